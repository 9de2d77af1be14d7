#include "sim/engine/hall_air.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/physics/thermal_mass.h"

namespace headroom {
namespace {

constexpr double near_k = 1e-9;      // dates are rounded up to whole nanoseconds, so a limit is passed by a little when it is due

}  // namespace

void HallAir::set(Instant now, double heat_w, double capacity_w, double supply_c, double outdoor_c) {
  if (!begun_) celsius_ = supply_c;
  begun_ = true;
  supply_c_ = supply_c;
  outdoor_c_ = outdoor_c;
  since_ = now;
  is_warm_ = heat_w > capacity_w * (1 + 1e-12) || celsius_ > supply_c + near_k;
  if (!is_warm_) celsius_ = supply_c;
  net_w_ = heat_w - capacity_w;
  plan(now);
}

void HallAir::pass(Instant now) {
  if (!is_warm_) return;
  celsius_ = temperature_after_c({spec_.capacity.si(), spec_.heat_loss.si()}, celsius_, net_w_, outdoor_c_, (now - since_).seconds());
  since_ = now;
  double const throttle_c = spec_.throttle_at.celsius(), shutdown_c = spec_.shutdown_at.celsius(), restart_c = spec_.restart_below.celsius();
  if (celsius_ >= throttle_c - near_k) is_throttled_ = true;
  if (celsius_ >= shutdown_c - near_k) is_shut_ = true;
  if (celsius_ <= restart_c + near_k) is_throttled_ = is_shut_ = false;
  plan(now);
}

void HallAir::plan(Instant now) {
  due_ = never;
  if (!is_warm_) return;
  double seconds = std::numeric_limits<double>::infinity();
  auto const reach = [&](double limit_c) {
    double const in_s = seconds_to_reach({spec_.capacity.si(), spec_.heat_loss.si()}, celsius_, net_w_, outdoor_c_, limit_c);
    if (in_s > 0) seconds = std::min(seconds, in_s);
  };
  if (!is_throttled_) reach(spec_.throttle_at.celsius());
  if (!is_shut_) reach(spec_.shutdown_at.celsius());
  if (is_throttled_ || is_shut_) reach(spec_.restart_below.celsius());
  if (celsius_ > supply_c_) reach(supply_c_);
  double const ns = std::ceil(seconds * 1e9);
  if (ns < static_cast<double>(longest_duration.ns)) due_ = now + Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(ns))};
}

}  // namespace headroom
