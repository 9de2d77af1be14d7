#include <algorithm>

#include "base/sum.h"
#include "workloads/source.h"

namespace headroom {
namespace {

// Nanoseconds of thousandths of a processor: 2^31 processors for 100 years are 2^103, so 2^24 such jobs fit.
__extension__ using Wide = __int128;

// Exact for whole seconds, which a product with 1e-9 is not.
double seconds_of(Wide ns) {
  Wide const whole = ns / nanoseconds_per_second;
  return static_cast<double>(whole) + static_cast<double>(ns % nanoseconds_per_second) / 1e9;
}

// Seconds at full utilisation in which one of its processors would do the same.
double busy_seconds(const Job& job) {
  if (job.fragments.empty()) return job.utilisation.cores * seconds_of(job.runtime.ns);
  CompensatedSum sum;
  for (auto const& fragment : job.fragments) sum.add(fragment.utilisation.cores * seconds_of(fragment.length.ns));
  return sum.value();
}

double unit_seconds(Wide thousandth_ns) { return seconds_of(thousandth_ns / 1000) + static_cast<double>(thousandth_ns % 1000) / 1e12; }

}  // namespace

Utilisations mean_utilisation(const Job& job) {
  if (job.fragments.empty() || job.runtime.ns == 0) return job.utilisation;
  Utilisations sum{0};
  for (auto const& fragment : job.fragments) {
    sum.cores += fragment.utilisation.cores * fragment.length.seconds();
    sum.gpus += fragment.utilisation.gpus * fragment.length.seconds();
  }
  return {sum.cores / job.runtime.seconds(), sum.gpus / job.runtime.seconds()};
}

TraceTotals totals_of(JobSource& source) {
  TraceTotals totals;
  Instant first = never, last{}, end{};
  Wide processor_time = 0, gpu_time = 0;      // thousandths of one, for a nanosecond
  Wide processors_requested = 0, gpus_requested = 0;      // thousandths
  Amount processors_with_work;
  CompensatedSum runtimes_with_work, busy;
  Job job;
  while (source.next(job)) {
    first = std::min(first, job.submit);
    last = std::max(last, job.submit);
    end = std::max(end, job.submit + job.runtime);
    totals.largest_job_processors = std::max(totals.largest_job_processors, job.processors);
    processor_time += Wide{job.processors.thousandths()} * job.runtime.ns;
    gpu_time += Wide{job.gpus.thousandths()} * job.runtime.ns;
    processors_requested += job.processors.thousandths();
    gpus_requested += job.gpus.thousandths();
    busy.add(job.processors * busy_seconds(job));
    if (job.runtime.ns == 0 || job.processors == Amount()) continue;
    ++totals.jobs_with_work;
    processors_with_work += job.processors;
    runtimes_with_work.add(seconds_of(job.runtime.ns));
  }
  totals.counts = source.counts();
  totals.machine_processors = source.machine_processors();
  totals.described = source.described();
  totals.sha256 = source.sha256();
  totals.processor_seconds_whole = static_cast<std::int64_t>(std::min<Wide>(processor_time / (1000 * nanoseconds_per_second), INT64_MAX));
  totals.processor_seconds = unit_seconds(processor_time);
  totals.gpu_seconds = unit_seconds(gpu_time);
  totals.busy_processor_seconds = busy.value();
  totals.processors_requested = static_cast<double>(processors_requested) / 1000;
  totals.gpus_requested = static_cast<double>(gpus_requested) / 1000;
  if (totals.counts.used > 0) {
    totals.first_submit_s = seconds_of(first.ns);
    totals.last_submit_s = seconds_of(last.ns);
    totals.last_end_s = seconds_of(end.ns);
    totals.load_span_s = seconds_of((end - first).ns);
  }
  if (totals.jobs_with_work > 0) {
    auto const jobs = static_cast<double>(totals.jobs_with_work);
    totals.runtime_mean_s = runtimes_with_work.value() / jobs;
    totals.processors_mean = processors_with_work.value() / jobs;
  }
  return totals;
}

std::optional<double> TraceTotals::offered_load(std::int64_t processors) const {
  if (processors <= 0 || load_span_s <= 0) return std::nullopt;
  return processor_seconds / (static_cast<double>(processors) * load_span_s);
}

}  // namespace headroom
