#include "sim/cooling/cooling_plant.h"

#include <algorithm>

#include "sim/physics/psychrometrics.h"

namespace headroom {

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
    double more_w = no_cooling_limit_w;
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
