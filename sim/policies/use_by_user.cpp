#include "sim/policies/use_by_user.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double most_half_lives = 256;      // from R; 2^256 is far below the largest double
constexpr std::int64_t decayed_away = 2200;  // half-lives: beyond the range of doubles

}  // namespace

UseByUser::UseByUser(Duration half_life, const std::vector<Resources>& servers) : half_life_(half_life), scale_s_(half_life.seconds() / std::log(2.0)) {
  for (auto const& server : servers) {
    cores_ += server.cores.value();
    gpus_ += server.gpus.value();
  }
}

std::int32_t UseByUser::number_of(const std::string& user) {
  auto const [place, fresh] = numbers_.try_emplace(user, static_cast<std::int32_t>(users_.size()));
  if (fresh) users_.emplace_back();
  return place->second;
}

double UseByUser::share(const Allocation& held) const {
  Amount cores, gpus;
  for (auto const& piece : held) {
    cores += piece.resources.cores;
    gpus += piece.resources.gpus;
  }
  return std::max(cores_ > 0 ? cores.value() / cores_ : 0, gpus_ > 0 ? gpus.value() / gpus_ : 0);
}

double UseByUser::growth_at(Instant now) {
  if (now == asked_) return growth_;
  asked_ = now;
  auto const half_lives = [&] { return (now - reference_).seconds() / half_life_.seconds(); };
  if (half_lives() > most_half_lives) {
    std::int64_t const whole = (now - reference_).ns / half_life_.ns;
    for (User& user : users_) user.before = std::ldexp(user.before, -static_cast<int>(std::min(whole, decayed_away)));
    reference_ = reference_ + Duration{whole * half_life_.ns};
  }
  return growth_ = scale_s_ * std::exp2(half_lives());
}

void UseByUser::hold(std::int32_t number, const Allocation& allocation, int sign, Instant now) {
  double const growth = growth_at(now), more = sign * share(allocation);
  User& user = users_[static_cast<std::size_t>(number)];
  user.jobs += sign;
  user.before -= more * growth;
  user.held = user.jobs == 0 ? 0 : user.held + more;       // exactly zero, whatever was rounded on the way
}

double UseByUser::compared(std::int32_t number, Instant now) {
  double const growth = growth_at(now);
  User const& user = users_[static_cast<std::size_t>(number)];
  return user.held == 0 ? user.before : user.before + user.held * growth;
}

double UseByUser::of(std::int32_t number, Instant now) { return compared(number, now) * scale_s_ / growth_at(now); }

}  // namespace headroom
