#include "sim/cooling/cooling_plant.h"

#include <algorithm>

#include "sim/physics/psychrometrics.h"

namespace headroom {
namespace {

constexpr double no_limit_w = 1e15;

}  // namespace

// --- what there is ---

CoolingPlant::CoolingPlant(const PowerGraph& graph) : spec_(graph.cooling_plant.spec.value_or(PlantSpec{})) {
  expects(graph.cooling_plant.spec.has_value(), "the site has a cooling plant");
  auto const& elements = graph.cooling_plant.elements;
  halls_.resize(graph.halls.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    CoolingElement const& element = elements[i];
    if (groups_.empty() || groups_.back().role != element.role || groups_.back().hall != element.hall) {
      int const number = static_cast<int>(groups_.size());
      groups_.push_back({element.role, element.hall, element.handlers, i, i, 0});
      switch (element.role) {
        case CoolingRole::air_handler: halls_[static_cast<std::size_t>(element.hall)].handlers = number; break;
        case CoolingRole::cdu: halls_[static_cast<std::size_t>(element.hall)].cdus = number; break;
        case CoolingRole::chiller: chillers_ = number; break;
        case CoolingRole::chilled_pump: chilled_pumps_ = number; break;
        case CoolingRole::condenser_pump: condenser_pumps_ = number; break;
        case CoolingRole::tower:
        case CoolingRole::dry_cooler: rejection_ = number; break;
      }
    }
    groups_.back().end = i + 1;
  }
  water_cooled_ = spec_.chillers && spec_.chillers->type.value.condenser == CondenserKind::water;
  if (spec_.economiser && spec_.economiser->air_side) {
    dew_least_pa_ = saturation_pressure_pa(spec_.economiser->air_side->dew_point_least.celsius());
    dew_most_pa_ = saturation_pressure_pa(spec_.economiser->air_side->dew_point_most.celsius());
  }
  state_.element_w.resize(elements.size());
  for (auto* by_hall : {&state_.capacity_w, &state_.removed_w, &state_.supply_c, &state_.liquid_capacity_w, &state_.liquid_removed_w}) by_hall->resize(halls_.size());
}

const AirHandlerSpec& CoolingPlant::handler_type(int group) const {
  return spec_.air_handlers[static_cast<std::size_t>(groups_[static_cast<std::size_t>(group)].handlers)].type.value;
}

// --- the solve ---

const PlantState& CoolingPlant::solve(const Outdoor& outdoor, std::span<const double> air_w, std::span<const double> liquid_w, std::span<const int> live_units) {
  count_live(live_units);
  weather(outdoor);
  for (std::size_t i = 0; i < halls_.size(); ++i) {
    air(halls_[i], air_w[i]);
    liquid(halls_[i], liquid_w[i]);
  }
  Loads loads;
  ask(loads);
  carry(loads);
  give_halls(loads);
  run_machines(loads);
  return state_;
}

void CoolingPlant::count_live(std::span<const int> live_units) {
  expects(live_units.size() == state_.element_w.size(), "live units are given for each element");
  live_units_ = live_units;
  for (auto& group : groups_) {
    group.live = 0;
    for (std::size_t i = group.begin; i < group.end; ++i) group.live += live_units[i];
  }
}

bool CoolingPlant::past_air_limits(const Outdoor& outdoor) const {
  AirSideEconomiser const& limits = *spec_.economiser->air_side;
  if (limits.dry_bulb_most && outdoor.dry_bulb_c > limits.dry_bulb_most->celsius()) return true;
  if (outdoor.relative_humidity > limits.humidity_most) return true;
  double const vapour_pa = outdoor.relative_humidity * saturation_pressure_pa(outdoor.dry_bulb_c);
  return vapour_pa < dew_least_pa_ || vapour_pa > dew_most_pa_;
}

void CoolingPlant::weather(const Outdoor& outdoor) {
  outdoor_ = outdoor;
  double const supply_c = spec_.supply_air.celsius();
  air_w_per_flow_ = air_w_per_m3_per_s_k(outdoor.pressure_pa, supply_c) * spec_.air_rise.si();
  if (spec_.towers) rejection_c_ = outdoor.wet_bulb_c + spec_.towers->type.value.approach.si();
  if (spec_.dry_coolers) rejection_c_ = outdoor.dry_bulb_c + spec_.dry_coolers->type.value.approach.si();
  bool const air_side = spec_.economiser && spec_.economiser->air_side;
  air_free_ = air_side && !past_air_limits(outdoor) ? free_share(outdoor.dry_bulb_c, supply_c, supply_c + spec_.air_rise.si()) : 0;
  water_free_ = liquid_free_ = 0;
  if (spec_.economiser && spec_.economiser->water_side)
    water_free_ = free_share(rejection_c_ + spec_.economiser->water_side->approach.si(), spec_.chilled_water.celsius(), spec_.chilled_water.celsius() + spec_.chilled_rise.si());
  if (spec_.liquid && rejection_ >= 0)
    liquid_free_ = free_share(rejection_c_ + spec_.liquid->cdus.type.value.approach.si(), spec_.liquid->supply.celsius(), spec_.liquid->supply.celsius() + spec_.liquid->rise.si());
  if (!spec_.chillers) return;
  state_.condenser_c = water_cooled_ ? std::max(rejection_c_, spec_.condenser_least ? spec_.condenser_least->celsius() : rejection_c_) : outdoor.dry_bulb_c;
  chiller_.emplace(spec_.chillers->type.value, spec_.chilled_water.celsius(), state_.condenser_c);
}

// The air flow follows the heat of the servers; what the fans draw warms the air on top of that.
void CoolingPlant::air(HallWork& hall, double heat_w) {
  hall.most_w = hall.heat_w = hall.fans_w = hall.coil_w = hall.chilled_w = 0;
  if (int const units = live(hall.handlers); units > 0) {
    AirHandlerSpec const& type = handler_type(hall.handlers);
    double const full_flow_w = type.air_flow.si() / 1000 * air_w_per_flow_;
    hall.most_w = units * std::min(type.capacity.si(), full_flow_w);
    hall.heat_w = std::clamp(heat_w, 0.0, hall.most_w);
    hall.fans_w = units * fan_law_w(type.fan_power.si(), hall.heat_w / (units * full_flow_w), type.least_flow, type.fan_exponent);
    hall.coil_w = hall.heat_w + hall.fans_w;
    if (type.direct_expansion.empty()) hall.chilled_w = (1 - air_free_) * hall.coil_w;
  }
}

void CoolingPlant::liquid(HallWork& hall, double heat_w) {
  hall.liquid_w = hall.liquid_most_w = hall.pumps_w = 0;
  if (int const units = live(hall.cdus); units > 0) {
    CduSpec const& type = spec_.liquid->cdus.type.value;
    hall.liquid_most_w = units * type.capacity.si();
    hall.liquid_w = std::clamp(heat_w, 0.0, hall.liquid_most_w);
    hall.pumps_w = units * fan_law_w(type.pump_power.si(), hall.liquid_w / hall.liquid_most_w, type.least_flow, type.pump_exponent);
  }
}

// --- chilled water and rejection ---

// The most heat that the chilled-water pumps carry.
double CoolingPlant::chilled_flow_w() const {
  if (chilled_pumps_ < 0) return no_limit_w;
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
    loads.reused_liquid = std::min(spec_.reuse->share, (spec_.reuse->limit ? spec_.reuse->limit->si() : no_limit_w) / all_liquid_w);
  all_liquid_w *= 1 - loads.reused_liquid;
  loads.free_liquid_w = liquid_free_ * all_liquid_w;
  loads.liquid_w = all_liquid_w - loads.free_liquid_w;
  double const coils_w = std::min(loads.air_w + loads.liquid_w, chilled_flow_w());
  if (live(chilled_pumps_) > 0) {
    PumpSpec const& pump = spec_.chilled_pumps->type.value;
    loads.pump_w = live(chilled_pumps_) * fan_law_w(pump.power.si(), coils_w / chilled_flow_w(), pump.least_flow, pump.exponent);
  }
  if (spec_.reuse && !spec_.liquid)
    loads.reused_chilled_w = std::min(spec_.reuse->share * (coils_w + loads.pump_w), spec_.reuse->limit ? spec_.reuse->limit->si() : no_limit_w);
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

// --- results ---

void CoolingPlant::give_halls(const Loads& loads) {
  double const spare_w = loads.chilled_served < 1 ? 0 : std::max(0.0, loads.chilled_most_w - loads.chilled_w);
  double const free_spare_w = loads.free_served < 1 ? 0 : std::max(0.0, loads.free_most_w - loads.free_served * loads.free_liquid_w);
  for (std::size_t i = 0; i < halls_.size(); ++i) {
    HallWork const& hall = halls_[i];
    state_.supply_c[i] = spec_.supply_air.celsius();
    double const unserved_w = hall.chilled_w * (1 - loads.chilled_served);
    state_.removed_w[i] = hall.heat_w - unserved_w;
    bool const on_water = hall.handlers >= 0 && handler_type(hall.handlers).direct_expansion.empty() && air_free_ < 1;
    state_.capacity_w[i] = !on_water ? hall.most_w : std::min(hall.most_w, state_.removed_w[i] + spare_w / (1 - air_free_));
    if (unserved_w > 0) state_.capacity_w[i] = state_.removed_w[i];

    double const kept = 1 - loads.reused_liquid, all_w = hall.liquid_w + hall.pumps_w;
    double const short_w = all_w * kept * (liquid_free_ * (1 - loads.free_served) + (1 - liquid_free_) * (1 - loads.chilled_served));
    state_.liquid_removed_w[i] = hall.liquid_w - short_w;
    double more_w = no_limit_w;
    if (liquid_free_ > 0) more_w = std::min(more_w, free_spare_w / liquid_free_);
    if (liquid_free_ < 1) more_w = std::min(more_w, spare_w / (1 - liquid_free_));
    state_.liquid_capacity_w[i] = short_w > 0 ? state_.liquid_removed_w[i] : std::min(hall.liquid_most_w, hall.liquid_w + more_w);
  }
}

void CoolingPlant::set_power(int group, double watts) {
  if (group < 0) return;
  Group const& g = groups_[static_cast<std::size_t>(group)];
  for (std::size_t i = g.begin; i < g.end; ++i) state_.element_w[i] = g.live > 0 ? watts * live_units_[i] / g.live : 0;
}

void CoolingPlant::run_machines(const Loads& loads) {
  double const free_w = loads.free_served * loads.free_liquid_w;
  Split const on_water = split(loads.chilled_w, free_w);
  double air_past_w = 0, expanded_w = 0, compressors_w = 0, liquid_reused_w = 0;
  for (auto const& hall : halls_) {
    double input_w = 0;
    air_past_w += air_free_ * hall.coil_w;
    if (hall.handlers >= 0 && !handler_type(hall.handlers).direct_expansion.empty()) {
      double const heat_w = (1 - air_free_) * hall.coil_w;
      input_w = heat_w / direct_expansion_cop(handler_type(hall.handlers), outdoor_.dry_bulb_c);
      expanded_w += heat_w;
    }
    compressors_w += input_w;
    liquid_reused_w += loads.reused_liquid * (hall.liquid_w + hall.pumps_w);
    set_power(hall.handlers, hall.fans_w + input_w);
    set_power(hall.cdus, hall.pumps_w);
  }
  set_power(chillers_, on_water.input_w);
  set_power(chilled_pumps_, loads.pump_w);

  double const circulating_l_per_s = on_water.rejected_w / (water_w_per_l_per_s_k * spec_.condenser_rise.si());
  double condenser_pump_w = 0, fan_w = 0;
  if (int const units = live(condenser_pumps_); units > 0) {
    PumpSpec const& pump = spec_.condenser_pumps->type.value;
    condenser_pump_w = units * fan_law_w(pump.power.si(), circulating_l_per_s / (units * pump.flow.si()), pump.least_flow, pump.exponent);
  }
  set_power(condenser_pumps_, condenser_pump_w);
  double const rejected_w = on_water.rejected_w + condenser_pump_w;
  TowerWater water;
  if (int const units = live(rejection_); units > 0) {
    auto const fans = [&](auto const& type) { return units * fan_law_w(type.fan_power.si(), rejected_w / (units * type.capacity.si()), type.least_fan, type.fan_exponent); };
    fan_w = spec_.towers ? fans(spec_.towers->type.value) : fans(spec_.dry_coolers->type.value);
    if (spec_.towers) water = tower_water(spec_.towers->type.value, rejected_w, rejection_c_, circulating_l_per_s);
  }
  set_power(rejection_, fan_w);

  state_.evaporated_l_per_s = water.evaporated_l_per_s;
  state_.drift_l_per_s = water.drift_l_per_s;
  state_.blowdown_l_per_s = water.blowdown_l_per_s;
  state_.makeup_l_per_s = water.makeup_l_per_s();
  state_.reused_w = liquid_reused_w + loads.reused_chilled_w;
  state_.past_chillers_w = air_past_w + on_water.past_w + free_w;
  state_.chiller_load_w = on_water.chillers_w + expanded_w;
  state_.chiller_input_w = on_water.input_w + compressors_w;
  state_.outdoors_w = rejected_w + fan_w + (water_cooled_ ? 0 : on_water.chillers_w + on_water.input_w) + air_past_w + expanded_w + compressors_w;
  double const all_w = state_.past_chillers_w + state_.chiller_load_w;
  state_.economiser_share = all_w > 0 ? state_.past_chillers_w / all_w : 0;
  state_.excursion = on_water.chillers_w > 0 ? chiller_->excursion(on_water.chillers_w / live(chillers_)) : RangeExcursion{};
}

}  // namespace headroom
