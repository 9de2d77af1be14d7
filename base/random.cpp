#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/errors.h"

namespace headroom {
namespace {

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view name) : key_(mix(seed + 0x9e3779b97f4a7c15ULL)) {
  for (char c : name) key_ = mix(key_ ^ static_cast<unsigned char>(c)) + 0x9e3779b97f4a7c15ULL;
}

std::uint64_t RandomStream::next() { return mix(key_ + 0x9e3779b97f4a7c15ULL * ++counter_); }

double RandomStream::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::uint64_t RandomStream::below(std::uint64_t bound) {
  expects(bound > 0, "a random number below zero does not exist");
  std::uint64_t const unbiased = (0 - bound) % bound;   // 2^64 mod bound
  std::uint64_t x = next();
  while (x < unbiased) x = next();
  return x % bound;
}

Duration exponential(RandomStream& random, Seconds mean) {
  expects(mean > Seconds{}, "a mean time is above zero");
  double const ns = -std::log1p(-random.uniform()) * mean.si() * 1e9;      // uniform() is never 1
  if (ns >= static_cast<double>(longest_duration.ns)) return longest_duration;
  return Duration{std::max<std::int64_t>(1, std::llround(ns))};
}

double standard_normal(RandomStream& random) {
  double const radius = std::sqrt(-2 * std::log1p(-random.uniform()));
  return radius * std::cos(2 * std::numbers::pi * random.uniform());
}

double gamma_distributed(RandomStream& random, double shape) {
  expects(shape > 0, "the shape of a gamma distribution is above zero");
  if (shape < 1) return gamma_distributed(random, shape + 1) * std::pow(1 - random.uniform(), 1 / shape);
  double const d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    double const x = standard_normal(random), base = 1 + c * x;
    if (base <= 0) continue;
    double const v = base * base * base;
    if (std::log1p(-random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

}  // namespace headroom
