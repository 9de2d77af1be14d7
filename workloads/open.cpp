// From what a scenario says of a workload to its source.
#include <fmt/format.h>

#include <cmath>

#include "base/errors.h"
#include "workloads/derived_source.h"
#include "workloads/instant_order.h"
#include "workloads/spec_fields.h"

namespace headroom {
namespace {

class ArrivalsSource final : public DerivedSource {
 public:
  ArrivalsSource(std::unique_ptr<JobSource> source, int index, double arrivals, Location where)
      : DerivedSource(std::move(source)), index_(index), arrivals_(arrivals), where_(std::move(where)) {}

  bool next(Job& job) override {
    if (arrivals_ == 1.0) return read(job);
    return order_.next(job, [this](Job& ahead) { return read(ahead); });
  }

 private:
  bool read(Job& job) {
    if (!source_->next(job)) return false;
    job.workload = index_;
    if (arrivals_ != 1.0) job.submit = moved(job);
    return true;
  }

  // Dividing and rounding keep the order of submit times, but may make some of them one.
  Instant moved(const Job& job) const {
    long double const ns = static_cast<long double>(job.submit.ns) / static_cast<long double>(arrivals_);
    if (ns > static_cast<long double>(longest_duration.ns))
      throw InputError(where_, fmt::format("arrivals: {} puts the arrival of job {} beyond 100 years", arrivals_, job.id));
    return Instant{std::llround(ns)};
  }

  InstantOrder order_;
  int index_;
  double arrivals_;
  Location where_;
};

}  // namespace

std::unique_ptr<JobSource> with_arrivals(std::unique_ptr<JobSource> source, int index, double arrivals, const Location& where) {
  expects(arrivals > 0, "arrivals is a positive factor");
  return std::make_unique<ArrivalsSource>(std::move(source), index, arrivals, where);
}

void check(const WorkloadSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (s.trace.empty() && !s.generate) problem("has neither trace nor generate; one of them says where the jobs come from");
  if (!s.trace.empty() && s.generate) problem("has both trace and generate; write two workloads");
  if (s.generate && s.format) problem("format is of a trace; generated jobs have none");
  if (s.generate && s.flop_rate) problem("flop_rate is of a trace whose jobs state their work; generated jobs state their run times");
}

std::unique_ptr<JobSource> open_workload(const WorkloadSpec& spec, int index, const std::filesystem::path& file, std::int64_t processors, std::uint64_t seed, DateTime start) {
  if (spec.generate) {
    auto made = open_generator(*spec.generate, {index, seed, start, spec.arrivals});
    return spec.scale_to ? scaled(std::move(made), *spec.scale_to, index, processors, seed, spec.where) : std::move(made);
  }
  TraceFormat const format = spec.format ? *spec.format : guess_format(file);
  FormatEntry const& entry = format_entry(format);
  if (spec.flop_rate && !entry.takes_flop_rate) throw InputError(spec.where, "flop_rate: the jobs of this trace state their run times, not their work; leave it out");
  auto source = with_arrivals(entry.open(file, {spec.flop_rate}), index, spec.arrivals, spec.where);
  if (!spec.scale_to) return source;
  return scaled(std::move(source), *spec.scale_to, index, processors, seed, spec.where);
}

}  // namespace headroom
