// Named random streams: the numbers of one entity depend on the run's seed and the entity's name alone, so adding a
// server changes no other server's luck, and two scenarios can share theirs for a paired comparison.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"

namespace headroom {

// Counter-based: the i-th number is a hash of (key, i), the SplitMix64 finaliser (Steele, Lea, Flood, OOPSLA 2014).
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view name);
  std::uint64_t next();
  double uniform();                              // [0, 1), 53 bits
  std::uint64_t below(std::uint64_t bound);      // [0, bound), unbiased; bound > 0

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

// A time of an exponential distribution of this mean: at least a nanosecond, at most 100 years.
Duration exponential(RandomStream& random, Seconds mean);

// Mean 0, variance 1 (Box and Muller, Annals of Mathematical Statistics 29(2), 1958).
double standard_normal(RandomStream& random);

// Of a gamma distribution of this shape > 0 and scale 1: its mean is the shape (Marsaglia and Tsang, ACM TOMS 26(3), 2000;
// below shape 1 from that of shape + 1).
double gamma_distributed(RandomStream& random, double shape);

}  // namespace headroom
