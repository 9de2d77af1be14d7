#include "workloads/generators/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>

#include "base/sum.h"
#include "workloads/generators/cycle.h"

namespace headroom {
namespace {

constexpr Duration hour_length = whole_seconds(3600);
constexpr Duration day_length = whole_seconds(86400);

double mean_of(const std::vector<double>& values) {
  CompensatedSum sum;
  for (double value : values) sum.add(value);
  return sum.value() / static_cast<double>(values.size());
}

// Population variance.
double variance_of(const std::vector<double>& values) {
  double const mean = mean_of(values);
  CompensatedSum sum;
  for (double value : values) sum.add((value - mean) * (value - mean));
  return sum.value() / static_cast<double>(values.size());
}

// Six digits: more than a sample tells.
double readable(double value) { return std::stod(fmt::format("{:.6g}", value)); }

// --- run times ---

// Over sorted values.
template <class Probability>
double largest_difference(const std::vector<double>& sorted, Probability probability) {
  double const n = static_cast<double>(sorted.size());
  double largest = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t after = i;
    while (after < sorted.size() && sorted[after] == sorted[i]) ++after;      // whole seconds: many are equal
    double const p = probability(sorted[i]);
    largest = std::max({largest, std::abs(p - static_cast<double>(i) / n), std::abs(p - static_cast<double>(after) / n)});
    i = after;
  }
  return largest;
}

double normal_probability(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

RuntimeFit fit_log_normal(const std::vector<double>& sorted, const std::vector<double>& logs) {
  double const n = static_cast<double>(sorted.size()), mu = mean_of(logs), sigma = std::sqrt(variance_of(logs));
  RuntimeFit fit;
  fit.kind = DistributionKind::log_normal;
  fit.mean = std::exp(mu + sigma * sigma / 2) * second;
  fit.cv = std::sqrt(std::expm1(sigma * sigma));
  fit.mean_to_longest = fit.mean * (normal_probability((logs.back() - mu) / sigma - sigma) / normal_probability((logs.back() - mu) / sigma));
  fit.log_likelihood = -n * (std::log(sigma) + 0.5 * std::log(2 * std::numbers::pi) + 0.5 + mu);
  fit.distance = largest_difference(sorted, [&](double x) { return normal_probability((std::log(x) - mu) / sigma); });
  return fit;
}

// Sums of (x / largest)^k, so that no power overflows.
struct PowerSums {
  double plain = 0, with_log = 0;      // of x^k and x^k ln x, both over largest^k
};
PowerSums power_sums(const std::vector<double>& logs, double k) {
  PowerSums sums;
  double const largest = logs.back();
  for (double log : logs) {
    double const power = std::exp(k * (log - largest));
    sums.plain += power;
    sums.with_log += power * log;
  }
  return sums;
}

RuntimeFit fit_weibull(const std::vector<double>& sorted, const std::vector<double>& logs) {
  double const n = static_cast<double>(sorted.size()), mean_log = mean_of(logs);
  double low = std::log(0.01), high = std::log(400.0);
  for (int i = 0; i < 60; ++i) {      // the equation of the shape rises with it
    double const middle = (low + high) / 2, k = std::exp(middle);
    PowerSums const sums = power_sums(logs, k);
    (sums.with_log / sums.plain - 1 / k < mean_log ? low : high) = middle;
  }
  double const k = std::exp((low + high) / 2);
  double const log_scale = logs.back() + std::log(power_sums(logs, k).plain / n) / k;
  RuntimeFit fit;
  fit.kind = DistributionKind::weibull;
  fit.mean = std::exp(log_scale + std::lgamma(1 + 1 / k)) * second;
  fit.cv = std::sqrt(std::expm1(std::lgamma(1 + 2 / k) - 2 * std::lgamma(1 + 1 / k)));
  double const longest = std::exp(k * (logs.back() - log_scale));
  fit.mean_to_longest = fit.mean * (gamma_probability(1 + 1 / k, longest) / -std::expm1(-longest));
  fit.log_likelihood = n * (std::log(k) - k * log_scale + (k - 1) * mean_log - 1);
  fit.distance = largest_difference(sorted, [&](double x) { return -std::expm1(-std::exp(k * (std::log(x) - log_scale))); });
  return fit;
}

void fit_runtimes(std::vector<double> runtimes, TraceFit& out) {
  std::sort(runtimes.begin(), runtimes.end());
  out.mean_runtime = mean_of(runtimes) * second;
  DistributionSpec& spec = out.spec.runtime.emplace();
  if (runtimes.front() == runtimes.back()) {
    spec.kind = DistributionKind::constant;
    spec.mean = runtimes.front() * second;
    return;
  }
  std::vector<double> logs;
  for (double runtime : runtimes) logs.push_back(std::log(runtime));
  out.runtimes = {fit_log_normal(runtimes, logs), fit_weibull(runtimes, logs)};
  std::stable_sort(out.runtimes.begin(), out.runtimes.end(), [](const RuntimeFit& a, const RuntimeFit& b) { return a.log_likelihood > b.log_likelihood; });
  spec.kind = out.runtimes.front().kind;
  spec.mean = readable(out.runtimes.front().mean.si()) * second;
  spec.cv = std::clamp(readable(out.runtimes.front().cv), smallest_cv, largest_cv);
  auto const longest = round_to_duration(runtimes.back() > 1 ? std::ceil(runtimes.back()) : runtimes.back());
  if (longest && longest->seconds() >= spec.mean.si()) spec.at_most = longest;
}

// --- arrivals ---

// Seconds between the two instants in each slot of a cycle.
std::vector<double> exposure(std::int64_t from_ns, std::int64_t to_ns, Duration slot, std::size_t slots) {
  std::vector<double> seconds(slots, 0.0);
  for (std::int64_t at = from_ns; at < to_ns;) {
    std::int64_t const next = std::min((at / slot.ns + 1) * slot.ns, to_ns);
    seconds[static_cast<std::size_t>(at / slot.ns) % slots] += Duration{next - at}.seconds();
    at = next;
  }
  return seconds;
}

// Arrivals of each slot for a second of it, over their mean; a slot the trace does not touch has the mean.
std::vector<double> factors(const std::vector<std::int64_t>& at_ns, Duration slot, std::size_t slots) {
  std::vector<double> const seconds = exposure(at_ns.front(), at_ns.back(), slot, slots);
  std::vector<double> counts(slots, 0.0);
  for (std::int64_t ns : at_ns) ++counts[static_cast<std::size_t>(ns / slot.ns) % slots];
  double const rate = static_cast<double>(at_ns.size()) / Duration{at_ns.back() - at_ns.front()}.seconds();
  std::vector<double> out;
  for (std::size_t i = 0; i < slots; ++i) out.push_back(seconds[i] > 0 ? std::round(counts[i] / seconds[i] / rate * 1000) / 1000 : 1.0);
  return out;
}

// The coefficient of variation of the times between arrivals, in the time of the mean rate.
double cv_of_gaps(const std::vector<std::int64_t>& at_ns, std::vector<double> weights) {
  double const mean_weight = mean_of(weights);
  std::vector<double> gaps;
  for (std::size_t i = 1; i < at_ns.size(); ++i) {
    double gap = 0;
    for (std::int64_t at = at_ns[i - 1]; at < at_ns[i];) {
      std::int64_t const next = std::min((at / hour_length.ns + 1) * hour_length.ns, at_ns[i]);
      gap += weights[static_cast<std::size_t>(at / hour_length.ns) % weights.size()] / mean_weight * Duration{next - at}.seconds();
      at = next;
    }
    gaps.push_back(gap);
  }
  double const mean = mean_of(gaps);
  return mean > 0 ? std::sqrt(variance_of(gaps)) / mean : 0;
}

// `submits_ns` from the begin of a week, sorted.
void fit_arrivals(const std::vector<std::int64_t>& submits_ns, TraceFit& out) {
  Duration const span{submits_ns.back() - submits_ns.front()};
  ArrivalSpec& spec = out.spec.arrivals.emplace();
  spec.every = readable(span.seconds() / static_cast<double>(submits_ns.size() - 1)) * second;
  if (span >= day_length) spec.day = factors(submits_ns, hour_length, 24);
  if (span >= Duration{14 * day_length.ns}) spec.week = factors(submits_ns, day_length, 7);
  double const cv = cv_of_gaps(submits_ns, hours_of_week(spec.day, spec.week));
  spec.cv = cv < smallest_cv ? 0 : std::min(largest_gap_cv, std::round(cv * 1000) / 1000);
}

// --- sizes ---

using Size = std::tuple<std::int64_t, std::int64_t>;      // thousandths of processors and GPUs

void fit_sizes(const std::map<Size, std::int64_t>& counts, TraceFit& out) {
  std::vector<std::pair<Size, std::int64_t>> sizes(counts.begin(), counts.end());
  std::stable_sort(sizes.begin(), sizes.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
  out.size_count = sizes.size();
  for (std::size_t i = most_sizes; i < sizes.size(); ++i) out.jobs_of_other_sizes += sizes[i].second;
  if (sizes.size() > most_sizes) sizes.resize(most_sizes);
  std::sort(sizes.begin(), sizes.end());
  for (auto const& [size, count] : sizes) {
    SizeSpec& spec = out.spec.sizes.emplace_back();
    spec.processors = Amount::of_thousandths(std::get<0>(size));
    spec.gpus = Amount::of_thousandths(std::get<1>(size));
    spec.weight = static_cast<double>(count);
  }
}

}  // namespace

TraceFit fit_trace(JobSource& source, DateTime start, const Location& where) {
  TraceFit out;
  std::int64_t const phase_ns = into_week(start).ns;
  std::vector<std::int64_t> submits_ns;
  std::vector<double> runtimes;
  std::map<Size, std::int64_t> sizes;
  CompensatedSum busy, used;           // processor-seconds (GPU-seconds where there are none), and at their utilisation
  Job job;
  while (source.next(job)) {
    submits_ns.push_back(job.submit.ns + phase_ns);
    if (job.runtime.ns > 0) runtimes.push_back(job.runtime.seconds());
    else ++out.without_runtime;
    ++sizes[{job.processors.thousandths(), job.gpus.thousandths()}];
    if (job.fragments.size() > 1) ++out.several_utilisations;
    double const work = std::max(job.processors, job.gpus).value() * job.runtime.seconds();
    busy.add(work);
    used.add(work * std::min(1.0, mean_utilisation(job).cores));
  }
  out.jobs = std::ssize(submits_ns);
  if (runtimes.size() < 10) throw InputError(where, fmt::format("the trace has {} jobs with a run time; a fit needs 10 at least", runtimes.size()));
  if (submits_ns.front() == submits_ns.back()) throw InputError(where, "all jobs of the trace arrive at one time; there is no rate to fit");
  out.spec.jobs = out.jobs;
  out.spec.utilisation = readable(std::min(1.0, used.value() / busy.value()));
  fit_arrivals(submits_ns, out);
  fit_runtimes(std::move(runtimes), out);
  fit_sizes(sizes, out);
  return out;
}

}  // namespace headroom
