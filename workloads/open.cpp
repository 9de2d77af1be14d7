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

void check(const FlexibilitySpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (s.by != FlexibleBy::call && !s.above) problem("by price or carbon needs above: the value of the signal beyond which it acts");
  if (s.by == FlexibleBy::call && s.above) problem("by call has no threshold; leave out above");
}

void check(const TrafficSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (s.every && s.phases) problem("has both every and phases; one of them says how often");
  if (is_with_others(s.pattern) && s.with.empty()) problem("with is missing: the servers, racks or places outside at the other end");
  if (!is_with_others(s.pattern) && !s.with.empty()) problem("with is of storage-read, storage-write and requests; this pattern is between the job's own servers");
  if (s.volume_of == VolumeOf::job && !is_with_others(s.pattern)) problem("volume_of is of storage-read, storage-write and requests; the pattern says what the volume is of");
  if (s.answer && s.pattern != Pattern::requests) problem("answer is of requests");
}

void check(const WorkloadSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (s.trace.empty() && !s.generate) problem("has neither trace nor generate; one of them says where the jobs come from");
  if (!s.trace.empty() && s.generate) problem("has both trace and generate; write two workloads");
  if (s.generate && s.format) problem("format is of a trace; generated jobs have none");
  if (s.generate && s.flop_rate) problem("flop_rate is of a trace whose jobs state their work; generated jobs state their run times");
  if (s.generate && s.service) problem("service is of a trace of tokens; generated jobs state their run times");
  if (s.generate && !s.on.empty()) problem("on is of a series of measurements; where jobs go is the policy's business");
}

std::unique_ptr<JobSource> open_workload(const WorkloadSpec& spec, int index, const Opening& opening) {
  LoadTarget target = spec.scale_to.value_or(LoadTarget{});
  target.offered_load /= spec.amount.value();      // a processor of the trace is so much of a unit of the site
  auto const to_target = [&](std::unique_ptr<JobSource> source) {
    return spec.scale_to ? scaled(std::move(source), target, index, opening.processors, opening.seed, spec.where) : std::move(source);
  };
  if (spec.generate) return to_target(open_generator(*spec.generate, {index, opening.seed, opening.start, spec.arrivals}));
  TraceFormat const format = spec.format ? *spec.format : guess_format(opening.file);
  FormatEntry const& entry = format_entry(format);
  if (spec.flop_rate && !entry.takes_flop_rate) throw InputError(spec.where, "flop_rate: the jobs of this trace state their run times, not their work; leave it out");
  if (spec.service && !entry.has_tokens) throw InputError(spec.where, "service: the jobs of this trace state their run times, not tokens; leave it out");
  if (spec.scale_to && entry.is_drawn) throw InputError(spec.where, "scale_to: the requests of this trace are drawn from rates; set these with arrivals");
  TraceOptions const options{spec.flop_rate, opening.bursts, spec.service.value_or(ServiceSpec{}), opening.seed, index, spec.arrivals, opening.network};
  return to_target(with_arrivals(open_job_source(format, opening.file, options, spec.where), index, entry.is_drawn ? 1.0 : spec.arrivals, spec.where));
}

}  // namespace headroom
