// From what a scenario says of a workload to its source.
#include <fmt/format.h>

#include <cmath>

#include "base/errors.h"
#include "workloads/derived_source.h"
#include "workloads/instant_order.h"

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

std::unique_ptr<JobSource> open_workload(const WorkloadSpec& spec, int index, const std::filesystem::path& file, std::int64_t processors, std::uint64_t seed, bool bursts) {
  TraceFormat const format = spec.format ? *spec.format : guess_format(file);
  FormatEntry const& entry = format_entry(format);
  if (spec.flop_rate && !entry.takes_flop_rate) throw InputError(spec.where, "flop_rate: the jobs of this trace state their run times, not their work; leave it out");
  if (spec.service && !entry.has_tokens) throw InputError(spec.where, "service: the jobs of this trace state their run times, not tokens; leave it out");
  if (spec.scale_to && entry.is_drawn) throw InputError(spec.where, "scale_to: the requests of this trace are drawn from rates; set these with arrivals");
  TraceOptions const options{spec.flop_rate, bursts, spec.service.value_or(ServiceSpec{}), seed, index, spec.arrivals};
  auto source = with_arrivals(open_job_source(format, file, options, spec.where), index, entry.is_drawn ? 1.0 : spec.arrivals, spec.where);
  if (!spec.scale_to) return source;
  LoadTarget target = *spec.scale_to;
  target.offered_load /= spec.amount.value();      // a processor of the trace is so much of a unit of the site
  return scaled(std::move(source), target, index, processors, seed, spec.where);
}

}  // namespace headroom
