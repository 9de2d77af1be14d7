// The cooling plant of a site at one point: weather and IT load, everything in service, nothing in time. And what it could
// still remove with one unit of each kind lost.
//
// IT heat, the losses that the plant removes and its own power depend on each other through the power path: they are solved
// in turn until nothing changes (1e-12), which the losses, a few per cent of the power, make fast.
#pragma once

#include <nlohmann/json.hpp>

#include "sim/cooling/cooling_plant.h"
#include "sim/power/flow.h"

namespace headroom {

struct ElementPower {
  std::string name, kind;
  int units = 1;
  double power_w = 0;
};

struct CapacityWithout {
  std::string lost;                  // "" for nothing, "chiller:switchboard-a", ...
  double capacity_w = 0;             // the most that halls and coolant could give: everywhere as much as it can carry
  double short_w = 0;                // of the heat at this point: what it could not remove
};

struct CoolingPoint {
  CoolingLevel level = CoolingLevel::none;
  Outdoor outdoor;
  double it_w = 0, facility_w = 0, losses_w = 0, cooling_w = 0, other_w = 0;      // other: loads of the facility that do not cool
  double heat_w = 0, liquid_w = 0;   // into halls and coolant; the part into the coolant
  PlantState state;                  // of level plant, and what follows
  std::vector<ElementPower> elements;
  std::vector<CapacityWithout> capacity;
  double pue() const { return facility_w / it_w; }
  double chiller_cop() const { return state.chiller_load_w / state.chiller_input_w; }
};

// Absent IT: at nameplate. Servers are scaled to the IT power that is asked for; other IT loads stand.
CoolingPoint cooling_point(const PowerGraph& graph, const Outdoor& outdoor, std::optional<Power> it);

nlohmann::ordered_json to_json(const CoolingPoint& point);
std::string to_text(const CoolingPoint& point);

}  // namespace headroom
