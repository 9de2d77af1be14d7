// Puts jobs that share a submit time in the order of their numbers, so that a source sorted by submit time alone is
// sorted by (submit, id). Holds the jobs of one submit time, and the first one after them.
#pragma once

#include <algorithm>
#include <vector>

#include "workloads/job.h"

namespace headroom {

class InstantOrder {
 public:
  // `read(job)` gives the jobs as they come, false at the end; the same one each time.
  template <class Read>
  bool next(Job& job, Read read) {
    look_ahead(read);
    if (given_ == jobs_.size() && !gather(read)) return false;
    job = std::move(jobs_[given_++]);
    return true;
  }

  // Reads the first job, and with it whatever stands before it.
  template <class Read>
  void look_ahead(Read read) {
    if (looked_) return;
    looked_ = true;
    has_ahead_ = read(ahead_);
  }

 private:
  template <class Read>
  bool gather(Read read) {
    jobs_.clear();
    given_ = 0;
    if (!has_ahead_) return false;
    Instant const submit = ahead_.submit;
    do {
      jobs_.push_back(std::move(ahead_));
      ahead_ = Job{};
      has_ahead_ = read(ahead_);
    } while (has_ahead_ && ahead_.submit == submit);
    auto const by_number = [](const Job& a, const Job& b) { return a.id < b.id; };
    if (!std::is_sorted(jobs_.begin(), jobs_.end(), by_number)) std::stable_sort(jobs_.begin(), jobs_.end(), by_number);
    return true;
  }

  std::vector<Job> jobs_;          // of one submit time, `given_` of them already given
  std::size_t given_ = 0;
  Job ahead_;                      // the first job after them
  bool looked_ = false, has_ahead_ = false;
};

}  // namespace headroom
