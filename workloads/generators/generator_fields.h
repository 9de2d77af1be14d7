// The keys of a workload's `generate`.
#pragma once

#include "base/fields.h"
#include "base/units.h"
#include "workloads/generators/generator.h"

namespace headroom {

void fields(auto& v, DistributionSpec& s) {
  v("kind", s.kind, optional, "constant, exponential, gamma, hyperexponential, log-normal or weibull");
  v("mean", s.mean, required.positive(), "of the distribution");
  v("cv", s.cv, optional.between(smallest_cv, largest_cv), "standard deviation over mean; not of constant and exponential, at least 1 of hyperexponential");
  v("at_most", s.at_most, optional.positive(), "longer ones are drawn again, which lowers the mean; not below `mean`; 100 years by default");
}
void fields(auto& v, ArrivalSpec& s) {
  v("every", s.every, required.positive(), "mean time between arrivals, over a whole week");
  v("cv", s.cv, optional.between(0, largest_gap_cv), "of the times between arrivals at a steady rate: 1 Poisson, 0 regular, else gamma");
  v("day", s.day, optional.non_negative(), "24 factors of the rate, from midnight by the clock of the scenario's `start`; only their proportions matter");
  v("week", s.week, optional.non_negative(), "7 factors of the rate, from Monday; only their proportions matter");
}
void fields(auto& v, SizeSpec& s) {
  v("processors", s.processors, optional, "what `processor` says: cores by default");
  v("gpus", s.gpus, optional, "of the whole job");
  v("memory", s.memory, optional.non_negative(), "of the whole job");
  v("weight", s.weight, optional.non_negative(), "so many times as frequent as a size of weight 1");
}
void fields(auto& v, LublinSpec& s) {
  v("processors", s.processors, required.between(2, 1 << 30), "of the machine: the largest job");
  v("serial", s.serial, optional.share(), "share of jobs of one processor");
  v("power_of_two", s.power_of_two, optional.share(), "share of jobs whose size is rounded to a power of two");
  v("log2_low", s.log2_low, optional.non_negative(), "log2 of the smallest parallel job");
  v("log2_middle", s.log2_middle, optional.non_negative(), "where the two stages of the size meet; log2(processors) - 2.5 by default");
  v("low_share", s.low_share, optional.share(), "of parallel jobs, below log2_middle");
  v("short_shape", s.short_shape, optional.positive(), "gamma shape of the logarithm of short run times");
  v("short_scale", s.short_scale, optional.positive(), "gamma scale of the logarithm of short run times");
  v("long_shape", s.long_shape, optional.positive(), "gamma shape of the logarithm of long run times");
  v("long_scale", s.long_scale, optional.positive(), "gamma scale of the logarithm of long run times");
  v("short_share", s.short_share, optional, "share of short run times among jobs of size 0");
  v("short_share_per_processor", s.short_share_per_processor, optional, "what each processor adds to it");
  v("runtime_log_limit", s.runtime_log_limit, optional.between(1, 20), "logarithm of the longest run time in seconds");
  v("arrival_shape", s.arrival_shape, optional.positive(), "gamma shape of the logarithm of the times between arrivals in rush hours");
  v("arrival_scale", s.arrival_scale, optional.positive(), "gamma scale of the logarithm of the times between arrivals");
  v("rush_to_all", s.rush_to_all, optional.positive(), "makes arrival_shape that of all hours");
  v("arrival_log_limit", s.arrival_log_limit, optional.between(1, 20), "logarithm of the longest time between arrivals in seconds");
  v("day_shape", s.day_shape, optional.positive(), "gamma shape of the arrivals over the day");
  v("day_scale", s.day_scale, optional.positive(), "gamma scale of the arrivals over the day, in half hours");
}
void fields(auto& v, GenerateSpec& s) {
  v("jobs", s.jobs, optional.between(1, 1e12), "how many; this or for");
  v("for", s.length, optional.positive(), "how long jobs arrive; this or jobs");
  v("arrivals", s.arrivals, optional, "when jobs come");
  v("runtime", s.runtime, optional, "how long they run");
  v("sizes", s.sizes, optional, "what they ask for: one of these at random, by weight");
  v("utilisation", s.utilisation, optional.share(), "of what each job holds");
  v("lublin", s.lublin, optional, "the workload model of Lublin and Feitelson (2003), instead of arrivals, runtime and sizes");
}

void check(const DistributionSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const ArrivalSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const SizeSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const LublinSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const GenerateSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
