// A trace that is read whole before it gives its first job: its jobs are not sorted, or what they need comes after them.
// So memory grows with the file.
#pragma once

#include <algorithm>

#include "workloads/source.h"

namespace headroom {

class WholeTrace : public JobSource {
 public:
  bool next(Job& job) override {
    if (given_ == jobs_.size()) return false;
    job = std::move(jobs_[given_++]);
    return true;
  }

  ReadCounts counts() const override {
    auto const used = static_cast<std::int64_t>(given_);
    ReadCounts counts{used, used, skipped_, changed_};
    for (auto const& [reason, count] : skipped_) counts.records += count;
    return counts;
  }

  std::string sha256() override { return sha256_; }
  std::map<std::string, std::string> header() const override { return header_; }
  double share_read() const override { return jobs_.empty() ? 1 : static_cast<double>(given_) / static_cast<double>(jobs_.size()); }

 protected:
  // By (submit, id), as every source gives its jobs.
  void sort_jobs() {
    std::stable_sort(jobs_.begin(), jobs_.end(), [](const Job& a, const Job& b) { return a.submit != b.submit ? a.submit < b.submit : a.id < b.id; });
  }

  std::vector<Job> jobs_;
  std::map<std::string, std::int64_t> skipped_, changed_;
  std::map<std::string, std::string> header_;
  std::string sha256_;

 private:
  std::size_t given_ = 0;
};

}  // namespace headroom
