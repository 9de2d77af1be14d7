// What chilled water and the water of towers or dry coolers are asked for, and what they carry.
#include <algorithm>

#include "sim/cooling/cooling_plant.h"

namespace headroom {

// The most heat that the chilled-water pumps carry.
double CoolingPlant::chilled_flow_w() const {
  if (chilled_pumps_ < 0) return no_cooling_limit_w;
  return live(chilled_pumps_) * spec_.chilled_pumps->type.value.flow.si() * water_w_per_l_per_s_k * spec_.chilled_rise.si();
}

// The most heat that towers or dry coolers take from their water, that of its pumps apart.
double CoolingPlant::rejection_most_w() const {
  if (rejection_ < 0) return 0;
  double most = live(rejection_) * (spec_.towers ? spec_.towers->type.value.capacity : spec_.dry_coolers->type.value.capacity).si();
  if (condenser_pumps_ < 0) return most;
  PumpSpec const& pump = spec_.condenser_pumps->type.value;
  most = std::max(0.0, most - live(condenser_pumps_) * pump.power.si());
  return std::min(most, live(condenser_pumps_) * pump.flow.si() * water_w_per_l_per_s_k * spec_.condenser_rise.si());
}

void CoolingPlant::ask(Loads& loads) const {
  double all_liquid_w = 0;
  for (auto const& hall : halls_) {
    loads.air_w += hall.chilled_w;
    all_liquid_w += hall.liquid_w + hall.pumps_w;
  }
  if (spec_.reuse && spec_.liquid && all_liquid_w > 0)
    loads.reused_liquid = std::min(spec_.reuse->share, (spec_.reuse->limit ? spec_.reuse->limit->si() : no_cooling_limit_w) / all_liquid_w);
  all_liquid_w *= 1 - loads.reused_liquid;
  loads.free_liquid_w = liquid_free_ * all_liquid_w;
  loads.liquid_w = all_liquid_w - loads.free_liquid_w;
  double const coils_w = std::min(loads.air_w + loads.liquid_w, chilled_flow_w());
  if (live(chilled_pumps_) > 0) {
    PumpSpec const& pump = spec_.chilled_pumps->type.value;
    loads.pump_w = live(chilled_pumps_) * fan_law_w(pump.power.si(), coils_w / chilled_flow_w(), pump.least_flow, pump.exponent);
  }
  if (spec_.reuse && !spec_.liquid)
    loads.reused_chilled_w = std::min(spec_.reuse->share * (coils_w + loads.pump_w), spec_.reuse->limit ? spec_.reuse->limit->si() : no_cooling_limit_w);
}

// Chilled water first by the economiser, as far as its share goes; then by the chillers, and what is beyond them by more
// water through the economiser.
CoolingPlant::Split CoolingPlant::split(double chilled_w, double free_liquid_w) const {
  Split out;
  int const units = live(chillers_);
  double const most_w = units > 0 ? units * chiller_->most_w() : 0;
  out.chillers_w = std::min((1 - water_free_) * chilled_w, most_w);
  out.past_w = chilled_w - out.chillers_w;
  if (units > 0) out.input_w = units * chiller_->input_w(out.chillers_w / units);
  out.rejected_w = free_liquid_w + out.past_w + (water_cooled_ ? out.chillers_w + out.input_w : 0);
  return out;
}

// The most chilled water from `from_w` up that economiser, chillers and rejection carry together.
double CoolingPlant::most_chilled(double from_w, double free_liquid_w) const {
  double chillers_w = live(chillers_) > 0 ? live(chillers_) * chiller_->most_w() : 0;
  double flow_w = chilled_flow_w();
  if (chilled_pumps_ < 0 && water_free_ > 0) {      // no pump bounds the flow: the handlers and CDUs do
    flow_w = 0;
    for (auto const& hall : halls_) flow_w += hall.most_w + hall.fans_w + hall.liquid_most_w + hall.pumps_w;
  }
  double high = water_free_ >= 1 ? flow_w : std::min(flow_w, chillers_w + water_free_ * flow_w);
  double const limit_w = rejection_most_w();
  if (!water_cooled_ && water_free_ <= 0) return high;
  if (high <= from_w || split(high, free_liquid_w).rejected_w <= limit_w) return high;
  double low = from_w;
  for (int i = 0; i < 50; ++i) {
    double const middle = 0.5 * (low + high);
    (split(middle, free_liquid_w).rejected_w <= limit_w ? low : high) = middle;
  }
  return low;
}

void CoolingPlant::carry(Loads& loads) const {
  double const coils_w = loads.air_w + loads.liquid_w, limit_w = rejection_most_w();
  double const asked_w = std::max(0.0, coils_w + loads.pump_w - loads.reused_chilled_w);
  double const most_w = most_chilled(0, 0);
  double chilled_w = std::min(asked_w, most_w), free_w = loads.free_liquid_w;
  loads.chilled_most_w = most_w;
  loads.free_most_w = limit_w;
  if (double const rejected_w = split(chilled_w, free_w).rejected_w; rejection_ >= 0 && rejected_w > limit_w) {
    double low = 0, high = 1;           // both share what the rejection takes
    for (int i = 0; i < 50; ++i) {
      double const middle = 0.5 * (low + high);
      (split(middle * chilled_w, middle * free_w).rejected_w <= limit_w ? low : high) = middle;
    }
    chilled_w *= low;
    free_w *= low;
    loads.chilled_most_w = chilled_w;
    loads.free_most_w = free_w;
  } else if (rejection_ >= 0) {
    loads.chilled_most_w = most_chilled(chilled_w, free_w);
    loads.free_most_w = free_w + limit_w - rejected_w;
  }
  loads.chilled_w = chilled_w;
  // below 0 where nothing cools the water that the pumps move: what they draw warms the halls
  if (coils_w > 0) loads.chilled_served = std::min(1.0, (chilled_w + loads.reused_chilled_w - loads.pump_w) / coils_w);
  if (loads.free_liquid_w > 0) loads.free_served = free_w / loads.free_liquid_w;
  if (loads.chilled_served < 1 && asked_w <= chilled_w) loads.chilled_served = 1;       // a rounding
}

}  // namespace headroom
