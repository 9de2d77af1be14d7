#include "sim/engine/cooling_in_time.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace headroom {
namespace {

constexpr double at_rest = 1e-12;    // a draw that changes by less has come to rest

bool is_cooled(const PlantSpec& plant, NodeKind kind) {
  auto const named = [&](LossKind loss) {
    return std::ranges::any_of(names(loss), [&](auto const& entry) { return entry.first == loss && to_text(kind) == entry.second; });
  };
  return std::ranges::any_of(plant.losses_cooled, named);
}

bool is_chiller(const CoolingElement& element) { return element.role == CoolingRole::chiller; }

}  // namespace

CoolingInTime::CoolingInTime(const Model& model, const PowerFlow& flow, QuantityMeters& quantities, SignalWriter& signals, RunFile& file)
    : model_(model), graph_(model.graph), flow_(flow), quantities_(quantities), signals_(signals), file_(file), level_(level_of(model.graph.cooling)) {
  if (level_ != CoolingLevel::plant) return;
  plant_.emplace(graph_);
  find_heat();
  for (std::size_t hall = 0; hall < graph_.halls.size(); ++hall) {
    heat_.push_back({quantities_.add("heat_j", static_cast<int>(hall), "J")});
    if (graph_.cooling_plant.spec->thermal) air_.emplace_back(*graph_.cooling_plant.spec->thermal);
  }
  noted_c_.assign(graph_.halls.size(), std::numeric_limits<double>::quiet_NaN());
  noted_at_.assign(graph_.halls.size(), Instant{-1});
  air_w_.assign(graph_.halls.size(), 0);
  liquid_w_.assign(graph_.halls.size(), 0);
  std::size_t const elements = graph_.cooling_plant.elements.size();
  units_.assign(elements, 0);
  ready_.assign(elements, Instant{});
  was_live_.assign(elements, 1);
  drawn_w_.assign(elements, -1);
  water_ = quantities_.add("water_l", -1, "L");
  evaporated_ = quantities_.add("water_evaporated_l", -1, "L");
  reused_ = quantities_.add("heat_reused_j", -1, "J");
  past_chillers_ = quantities_.add("heat_past_chillers_j", -1, "J");
  unremoved_ = quantities_.add("heat_not_removed_j", -1, "J");
  economiser_ = signals_.open("economiser_share", "1");
}

void CoolingInTime::find_heat() {
  place_.assign(graph_.nodes.size(), {-1, SIZE_MAX});
  std::vector<std::size_t> racks(graph_.halls.size(), 0);
  std::size_t devices = 0;
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    PowerNode const& node = graph_.nodes[i];
    if (node.kind == NodeKind::rack) place_[i] = {node.hall, racks[static_cast<std::size_t>(node.hall)]++};
    else if (node.hall < 0 && is_cooled(*graph_.cooling_plant.spec, node.kind)) place_[i] = {-1, devices++};
  }
  for (std::size_t count : racks) racks_w_.emplace_back(count);
  losses_w_ = PairwiseSum(devices);
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    NodeId const node{static_cast<std::int32_t>(i)};
    read({&node, 1});
  }
}

bool CoolingInTime::read(std::span<const NodeId> changed) {
  if (!plant_) return false;
  bool differs = false;
  for (NodeId node : changed) {
    Place const place = place_[static_cast<std::size_t>(node)];
    if (place.slot == SIZE_MAX) continue;
    PairwiseSum& sum = place.hall >= 0 ? racks_w_[static_cast<std::size_t>(place.hall)] : losses_w_;
    double const w = place.hall >= 0 ? flow_.at(node).input.p.si() : flow_.at(node).loss.si();
    if (sum.at(place.slot) == w) continue;
    sum.set(place.slot, w);
    differs = true;
  }
  return differs;
}

// What the devices of the path lose is shared over the halls as their racks draw: it goes into their air.
void CoolingInTime::split_heat() {
  double const share = graph_.cooling_plant.spec->liquid ? graph_.cooling_plant.spec->liquid->share : 0;
  double racks_w = 0;
  for (auto const& sum : racks_w_) racks_w += sum.value();
  for (std::size_t hall = 0; hall < heat_.size(); ++hall) {
    double const w = racks_w_[hall].value(), part = racks_w > 0 ? w / racks_w : 1 / static_cast<double>(heat_.size());
    heat_[hall].liquid_w = share * w;
    heat_[hall].air_w = (1 - share) * w + part * losses_w_.value();
  }
}

// A chiller whose feed comes back takes its time to start; it draws nothing meanwhile.
void CoolingInTime::count_units(Instant now, const PowerFlow& flow) {
  auto const& plant = graph_.cooling_plant;
  for (std::size_t i = 0; i < plant.elements.size(); ++i) {
    NodeId const node = plant.elements[i].node;
    bool const live = flow.at(node).energised;
    if (live && was_live_[i] == 0 && is_chiller(plant.elements[i]) && plant.spec->thermal) ready_[i] = now + plant.spec->thermal->chiller_restart;
    was_live_[i] = live ? 1 : 0;
    units_[i] = live && ready_[i] <= now ? flow.units(node) : 0;
  }
}

bool CoolingInTime::answer(Instant now, const Surroundings& around, PowerFlow& flow) {
  Outdoor const& outdoor = around.outdoor();
  if (level_ == CoolingLevel::curve) {
    double const share = proportional_at(graph_.cooling.curve, outdoor.dry_bulb_c, outdoor.wet_bulb_c);
    if (std::exchange(overhead_share_, share) == share) return false;
    flow.set_overhead_share(share);
    return true;
  }
  if (!plant_) return false;
  count_units(now, flow);
  split_heat();
  for (std::size_t hall = 0; hall < heat_.size(); ++hall) {
    air_w_[hall] = heat_[hall].air_w;
    liquid_w_[hall] = heat_[hall].liquid_w;
  }
  state_ = &plant_->solve(outdoor, air_w_, liquid_w_, units_);
  bool again = false;
  for (std::size_t hall = 0; hall < heat_.size(); ++hall) {
    // what the coolant cannot carry goes into the air; a hall that is too warm is cooled with all there is
    double const over_w = liquid_w_[hall] - state_->liquid_removed_w[hall];
    if (over_w > 1e-9 * liquid_w_[hall]) {
      heat_[hall].air_w += over_w;
      air_w_[hall] = heat_[hall].air_w;
      liquid_w_[hall] = state_->liquid_removed_w[hall];
      again = true;
    }
    if (!air_.empty() && air_[hall].is_warm() && air_[hall].celsius() > state_->supply_c[hall] + 1e-9) {
      air_w_[hall] = std::max(heat_[hall].air_w, state_->capacity_w[hall]);
      again = true;
    }
  }
  if (again) state_ = &plant_->solve(outdoor, air_w_, liquid_w_, units_);
  return draw(flow, *state_);
}

bool CoolingInTime::draw(PowerFlow& flow, const PlantState& state) {
  bool moved = false;
  for (std::size_t i = 0; i < drawn_w_.size(); ++i) {
    double const w = state.element_w[i];
    if (std::abs(w - drawn_w_[i]) <= at_rest * std::abs(w)) continue;
    drawn_w_[i] = w;
    flow.set_auxiliary_power(graph_.cooling_plant.elements[i].node, Power::from_si(w));
    moved = true;
  }
  return moved;
}

void CoolingInTime::record(Instant now, const Surroundings& around) {
  if (!plant_) return;
  PlantState const& state = *state_;
  watch_ranges(now);
  quantities_.set_rate(now, water_, state.makeup_l_per_s);
  quantities_.set_rate(now, evaporated_, state.evaporated_l_per_s);
  quantities_.set_rate(now, reused_, state.reused_w);
  signals_.note(now, economiser_, state.economiser_share);
  double unremoved_w = 0;
  for (std::size_t hall = 0; hall < heat_.size(); ++hall) {
    Heat const& heat = heat_[hall];
    quantities_.set_rate(now, heat.quantity, heat.air_w + liquid_w_[hall]);
    if (air_.empty()) {
      unremoved_w += std::max(0.0, heat.air_w - state.removed_w[hall]);
      continue;
    }
    air_[hall].set(now, heat.air_w, state.capacity_w[hall], state.supply_c[hall], around.outdoor().dry_bulb_c);
    note_temperature(now, hall);
  }
  quantities_.set_rate(now, past_chillers_, state.past_chillers_w);
  quantities_.set_rate(now, unremoved_, unremoved_w);
}

void CoolingInTime::watch_ranges(Instant now) {
  if (beyond_.is_now) beyond_.seconds += (now - beyond_.since).seconds();
  beyond_.since = now;
  RangeExcursion const& here = state_->excursion;
  if (!std::exchange(beyond_.is_now, here.any()) && here.any()) ++beyond_.times;
  beyond_.chilled_k = std::max(beyond_.chilled_k, std::abs(here.chilled_k));
  beyond_.condenser_k = std::max(beyond_.condenser_k, std::abs(here.condenser_k));
  beyond_.part_load = std::max(beyond_.part_load, std::abs(here.part_load));
}

// Straight lines between rows: where the air had one temperature until now and has another, both are written.
void CoolingInTime::note_temperature(Instant now, std::size_t hall) {
  double const celsius = air_[hall].celsius();
  bool const warms = air_[hall].is_warm();
  if (celsius == noted_c_[hall] && !warms) return;       // while it warms, its slope may be another from here on
  if (std::exchange(noted_at_[hall], now) == now && celsius == noted_c_[hall]) return;
  if (!std::isnan(noted_c_[hall]) && !warms) file_.temperature({static_cast<int>(hall), now.ns, noted_c_[hall]});
  file_.temperature({static_cast<int>(hall), now.ns, celsius});
  noted_c_[hall] = celsius;
}

Instant CoolingInTime::next() const {
  Instant first = never;
  for (auto const& air : air_) first = std::min(first, air.next());
  for (std::size_t i = 0; i < ready_.size(); ++i)
    if (was_live_[i] != 0 && units_[i] == 0 && ready_[i] > Instant{}) first = std::min(first, ready_[i]);
  return first;
}

void CoolingInTime::pass(Instant now) {
  for (std::size_t hall = 0; hall < air_.size(); ++hall) {
    air_[hall].pass(now);
    if (air_[hall].is_warm()) note_temperature(now, hall);
  }
}

void CoolingInTime::finish(Instant now) {
  if (plant_ && state_ != nullptr) watch_ranges(now);
  if (beyond_.times > 0) {
    file_.meta("chiller_beyond_curves_s", beyond_.seconds);
    file_.meta("chiller_beyond_curves_times", beyond_.times);
    file_.meta("chiller_beyond_curves_chilled_k", beyond_.chilled_k);
    file_.meta("chiller_beyond_curves_condenser_k", beyond_.condenser_k);
    file_.meta("chiller_beyond_curves_part_load", beyond_.part_load);
  }
  for (std::size_t hall = 0; hall < air_.size(); ++hall) {
    air_[hall].pass(now);
    file_.temperature({static_cast<int>(hall), now.ns, air_[hall].celsius()});
  }
}

}  // namespace headroom
