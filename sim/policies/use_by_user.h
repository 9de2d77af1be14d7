// What each user has had of the site lately, for fair shares: use decays with a half-life h.
//
//   U(t) = integral up to t of c(s) 2^(-(t - s) / h) ds        seconds of the whole site
//
// c(s): the share of the site that the user's running jobs hold, of each job the larger of its share of the site's cores and
// of its GPUs (the dominant share of Ghodsi et al., NSDI 2011). The decay is exact at any time between starts and ends.
//
// As all use decays alike, users are compared by V(t) = U(t) 2^((t - R) / h), R being one moment for all. V of a user does not
// change while nothing of his runs, and while something does
//   V(t) = V(a) + c h / ln 2 (2^((t - R) / h) - 2^((a - R) / h)),        a: when c last changed.
// R moves along so that no number becomes too large; then every V is multiplied by one power of two, which is exact.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "sim/policies/capacity.h"

namespace headroom {

class UseByUser {
 public:
  UseByUser(Duration half_life, const std::vector<Resources>& servers);

  std::int32_t number_of(const std::string& user);
  // Times may not go back.
  void start(std::int32_t user, const Allocation& held, Instant now) { hold(user, held, +1, now); }
  void end(std::int32_t user, const Allocation& held, Instant now) { hold(user, held, -1, now); }

  // The use that users are compared by at one time, V; in seconds of the whole site, times what is common to all.
  double compared(std::int32_t user, Instant now);
  // U.
  double of(std::int32_t user, Instant now);

 private:
  // V(t) = before + held h / ln 2 2^((t - R) / h)
  struct User {
    double before = 0;
    double held = 0;
    std::int64_t jobs = 0;         // that run
  };
  double share(const Allocation& held) const;
  void hold(std::int32_t user, const Allocation& allocation, int sign, Instant now);
  double growth_at(Instant now);   // h / ln 2 2^((t - R) / h)

  Duration half_life_;
  double scale_s_;                 // h / ln 2
  double cores_ = 0, gpus_ = 0;    // of the site
  Instant reference_, asked_{-1};
  double growth_ = 0;              // at `asked_`
  std::unordered_map<std::string, std::int32_t> numbers_;
  std::vector<User> users_;
};

}  // namespace headroom
