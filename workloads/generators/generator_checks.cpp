// What a `generate` cannot be, beyond the rule of each key.
#include <fmt/format.h>

#include <algorithm>

#include "workloads/generators/generator_fields.h"

namespace headroom {
namespace {

// Collects the problems of one struct.
struct Complaints {
  const Location& where;
  const std::string& path;
  std::vector<Problem>& problems;
  void operator()(const std::string& what) const { problems.push_back({where, fmt::format("{}: {}", path, what)}); }
};

void check_factors(const char* key, const std::vector<double>& factors, std::size_t wanted, const Complaints& complain) {
  if (factors.empty()) return;
  if (factors.size() != wanted) complain(fmt::format("{} has {} factors; write {}", key, factors.size(), wanted));
  else if (std::none_of(factors.begin(), factors.end(), [](double factor) { return factor > 0; })) complain(fmt::format("{}: all factors are zero, so that nothing ever arrives", key));
}

}  // namespace

void check(const DistributionSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Complaints const complain{s.where, path, problems};
  bool const fixed = s.kind == DistributionKind::constant || s.kind == DistributionKind::exponential;
  if (fixed && s.cv) complain(fmt::format("the cv of {} distribution is known; leave it out", s.kind == DistributionKind::constant ? "a constant" : "an exponential"));
  if (!fixed && !s.cv) complain("cv is missing: the standard deviation over the mean");
  if (s.kind == DistributionKind::hyperexponential && s.cv && *s.cv < 1) complain(fmt::format("a hyperexponential distribution has a cv of at least 1, not {}; gamma and weibull may have less", number_text(*s.cv)));
  if (s.mean.si() > longest_duration.seconds()) complain("mean is beyond 100 years");
  else if (s.at_most && s.at_most->seconds() < s.mean.si()) complain(fmt::format("at_most is {} and the mean {}: it must not be below the mean", to_text(*s.at_most), to_text(s.mean)));
}

void check(const ArrivalSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Complaints const complain{s.where, path, problems};
  check_factors("day", s.day, 24, complain);
  check_factors("week", s.week, 7, complain);
  if (s.cv > 0 && s.cv < smallest_cv) complain(fmt::format("a cv of {} is too small to draw; write 0 for regular arrivals, or at least {}", number_text(s.cv), number_text(smallest_cv)));
}

void check(const SizeSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Complaints const complain{s.where, path, problems};
  if (s.processors == Amount() && s.gpus == Amount()) complain("asks for no processors and no GPUs; it needs one at least");
  if (s.gpus > Amount(1) && !s.gpus.is_whole()) complain(fmt::format("asks for {} GPUs; above one they are whole", s.gpus));
}

void check(const LublinSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Complaints const complain{s.where, path, problems};
  if (s.serial + s.power_of_two > 1) complain(fmt::format("serial and power_of_two are {} together; shares of all jobs are at most 1", number_text(s.serial + s.power_of_two)));
  if (s.middle_log2() < s.log2_low || s.middle_log2() > s.highest_log2())
    complain(fmt::format("log2_middle is {}; it must lie between log2_low, {}, and log2 of the processors, {}", number_text(s.middle_log2()), number_text(s.log2_low), number_text(s.highest_log2())));
  if (s.short_shape * s.short_scale > s.runtime_log_limit || s.long_shape * s.long_scale > s.runtime_log_limit)
    complain("runtime_log_limit is below the mean logarithm of short or of long run times; none could be drawn");
  if (s.arrival_shape * s.rush_to_all * s.arrival_scale > s.arrival_log_limit) complain("arrival_log_limit is below the mean logarithm of the times between arrivals; none could be drawn");
}

void check(const GenerateSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Complaints const complain{s.where, path, problems};
  if (!s.jobs && !s.length) complain("says neither how many jobs nor for how long; write jobs or for");
  if (s.jobs && s.length) complain("has both jobs and for; one of them says where it ends");
  if (s.lublin && (s.arrivals || s.runtime || !s.sizes.empty())) complain("has lublin and one of arrivals, runtime and sizes; the model says these itself");
  if (s.lublin) return;
  for (auto const& [key, absent] : {std::pair{"arrivals", !s.arrivals}, std::pair{"runtime", !s.runtime}, std::pair{"sizes", s.sizes.empty()}})
    if (absent) complain(fmt::format("{} is missing; write it, or lublin for all three", key));
  if (!s.sizes.empty() && std::none_of(s.sizes.begin(), s.sizes.end(), [](const SizeSpec& size) { return size.weight > 0; })) complain("sizes: all weights are zero, so that no size can be drawn");
}

}  // namespace headroom
