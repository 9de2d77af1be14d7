// Cloning and thinning a trace. Every job of every copy draws two numbers of its copy's stream, used or not, so neither
// who is kept nor when it is submitted depends on the target: a higher one only adds jobs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/errors.h"
#include "base/random.h"
#include "workloads/derived_source.h"

namespace headroom {
namespace {

constexpr double most_jobs = 2e8;      // 16 bytes each

// Keeps what passes through.
class RecordingSource final : public DerivedSource {
 public:
  RecordingSource(std::unique_ptr<JobSource> source, std::vector<Job>& jobs, const Location& where) : DerivedSource(std::move(source)), jobs_(jobs), where_(where) {}
  bool next(Job& job) override {
    if (!source_->next(job)) return false;
    if (!job.after.empty()) throw InputError(where_, fmt::format("scale_to: job {} of the trace comes after others; a workflow can be neither cloned nor thinned job by job", job.id));
    jobs_.push_back(job);
    return true;
  }

 private:
  std::vector<Job>& jobs_;
  const Location& where_;
};

class ScaledSource final : public JobSource {
 public:
  ScaledSource(std::unique_ptr<JobSource> source, const LoadTarget& target, int index, std::int64_t processors, std::uint64_t seed, Location where)
      : target_(target), index_(index), seed_(seed), where_(std::move(where)) {
    RecordingSource recording(std::move(source), jobs_, where_);
    trace_ = totals_of(recording);
    header_ = recording.header();
    for (Job const& job : jobs_)
      while (stride_ <= job.id) stride_ *= 10;
    double const copies = wanted_copies(processors);
    auto const whole = static_cast<std::uint32_t>(copies);
    for (std::uint32_t copy = 0; copy < whole; ++copy) add_copy(copy, 1.0);
    add_copy(whole, copies - whole);
    sort();
  }

  bool next(Job& job) override {
    if (given_ == entries_.size()) return false;
    Entry const& entry = entries_[given_++];
    job = jobs_[entry.job];
    job.id += entry.copy * stride_;
    job.submit = Instant{entry.submit_ns};
    job.workload = index_;
    return true;
  }

  // Of the trace itself, which has been read whole.
  ReadCounts counts() const override { return trace_.counts; }
  std::string sha256() override { return trace_.sha256; }
  double share_read() const override { return entries_.empty() ? 1 : static_cast<double>(given_) / static_cast<double>(entries_.size()); }
  std::optional<std::int64_t> machine_processors() const override { return trace_.machine_processors; }
  std::map<std::string, std::string> header() const override { return header_; }

 private:
  struct Entry {
    std::int64_t submit_ns;
    std::uint32_t job, copy;
  };

  double wanted_copies(std::int64_t processors) const {
    auto const load = trace_.offered_load(processors);
    if (!load || *load <= 0) throw InputError(where_, "scale_to: no job of the trace keeps a processor busy, so no number of copies offers a load");
    double const copies = target_.offered_load / *load;
    double const jobs = copies * static_cast<double>(jobs_.size());
    if (jobs > most_jobs || (copies + 1) * static_cast<double>(stride_) > 9e18)
      throw InputError(where_, fmt::format("scale_to.offered_load: the trace offers {:.4g} to {} processors, so {:g} would be {:.3g} copies of it, {:.3g} jobs; {:g} jobs are the most",
                                           *load, processors, target_.offered_load, copies, jobs, most_jobs));
    return copies;
  }

  void add_copy(std::uint32_t copy, double share) {
    RandomStream random(seed_, fmt::format("workload {} copy {}", index_, copy));
    for (std::uint32_t i = 0; i < jobs_.size(); ++i) {
      bool const kept = random.uniform() < share;
      std::int64_t const shift = target_.jitter.ns > 0 ? static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(target_.jitter.ns))) : 0;
      if (!kept) continue;
      std::int64_t const submit_ns = jobs_[i].submit.ns + (copy == 0 ? 0 : shift);
      if (submit_ns > longest_duration.ns) throw InputError(where_, fmt::format("scale_to.jitter: puts a copy of job {} beyond 100 years", jobs_[i].id));
      entries_.push_back({submit_ns, i, copy});
    }
  }

  void sort() {
    auto const key = [this](const Entry& e) { return std::tuple(e.submit_ns, e.copy, jobs_[e.job].id, e.job); };
    std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
  }

  LoadTarget target_;
  int index_;
  std::uint64_t seed_;
  Location where_;
  TraceTotals trace_;
  std::map<std::string, std::string> header_;
  std::vector<Job> jobs_;          // the trace
  std::vector<Entry> entries_;     // the jobs that come of it
  std::int64_t stride_ = 1;
  std::size_t given_ = 0;
};

}  // namespace

std::unique_ptr<JobSource> scaled(std::unique_ptr<JobSource> source, const LoadTarget& target, int index, std::int64_t processors, std::uint64_t seed, const Location& where) {
  expects(target.offered_load > 0 && target.jitter.ns >= 0, "an offered load is positive and a jitter is not negative");
  expects(processors > 0, "a site has processors to offer a load to");
  return std::make_unique<ScaledSource>(std::move(source), target, index, processors, seed, where);
}

}  // namespace headroom
