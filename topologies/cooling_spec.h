// Cooling as a site writes it, at one of three levels: a load in proportion to IT (constant), in a proportion that follows
// the weather (curve), or the plant with its machines, each of them a load on a named switchboard.
// What of it is an assumption is said in docs/models.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "topologies/equipment/cooling_specs.h"

namespace headroom {

// Share of the IT load at an outdoor temperature: of either kind, the same at all points.
struct CoolingCurvePoint {
  std::optional<Temperature> wet_bulb, dry_bulb;
  double proportional = 0;
};

// Straight lines between the points, held beyond the first and the last.
double proportional_at(const std::vector<CoolingCurvePoint>& curve, double dry_bulb_c, double wet_bulb_c);
double highest_proportional(const std::vector<CoolingCurvePoint>& curve);

// Equal units that share their work evenly, spread evenly over their feeds.
template <class Spec>
struct CoolingUnits {
  Reference<Spec> type;
  int count = 1;
  int redundant = 0;                    // how many of them are spare: what is left carries the design load
  std::vector<std::string> feeds;       // nodes; empty: those of `cooling`
  Location where;
};

struct AirHandlers {
  Reference<AirHandlerSpec> type;
  int count = 1;                        // in each hall
  int redundant = 0;
  std::vector<std::string> feeds;
  std::vector<std::string> halls;       // empty: every hall
  Location where;
};

// Outdoor air straight to the servers, where it is neither too warm nor too dry or damp.
struct AirSideEconomiser {
  std::optional<Temperature> dry_bulb_most;                  // by default that of the air that returns from the servers
  Temperature dew_point_least = Temperature::from_celsius(-9), dew_point_most = Temperature::from_celsius(15);
  double humidity_most = 0.8;
};
// Water from the towers or dry coolers cools the chilled water, past the chillers, through a heat exchanger.
struct WaterSideEconomiser {
  TemperatureDifference approach = TemperatureDifference::from_si(2);       // of that heat exchanger
};
struct EconomiserSpec {
  std::optional<AirSideEconomiser> air_side;
  std::optional<WaterSideEconomiser> water_side;
  Location where;
};

// Coolant to the servers through CDUs: towers or dry coolers cool it as far as the weather lets them, chillers the rest.
struct LiquidLoopSpec {
  double share = 0.7;                   // of the IT heat
  Temperature supply = Temperature::from_celsius(32);        // of the coolant at the servers
  TemperatureDifference rise = TemperatureDifference::from_si(10);
  CoolingUnits<CduSpec> cdus;           // in each hall
  Location where;
};

// Heat that someone takes at the return temperature of the liquid loop or, without one, of the chilled water.
struct HeatReuseSpec {
  double share = 1;                     // of what that loop carries
  std::optional<Power> limit;
  Location where;
};

struct ThermalSpec {
  HeatCapacity capacity;                // of each hall: air, servers, racks, structure
  ThermalConductance heat_loss;         // of each hall to the outdoors
  Temperature throttle_at = Temperature::from_celsius(32), shutdown_at = Temperature::from_celsius(40), restart_below = Temperature::from_celsius(27);
  double throttle_to = 0.5;             // speed of the servers meanwhile
  Duration chiller_restart = whole_seconds(180);             // from the return of its feed until a chiller cools
  Location where;
};

// Whose losses the plant removes beside the heat in the halls.
enum class LossKind { transformer, ups, busway, panel, pdu, converter };
constexpr auto names(LossKind) {
  return std::array{std::pair{LossKind::transformer, "transformer"}, std::pair{LossKind::ups, "ups"}, std::pair{LossKind::busway, "busway"},
                    std::pair{LossKind::panel, "panel"}, std::pair{LossKind::pdu, "pdu"}, std::pair{LossKind::converter, "converter"}};
}

struct PlantSpec {
  Temperature supply_air = Temperature::from_celsius(24);
  TemperatureDifference air_rise = TemperatureDifference::from_si(12);           // across the servers
  Temperature chilled_water = Temperature::from_celsius(10);
  TemperatureDifference chilled_rise = TemperatureDifference::from_si(6);
  TemperatureDifference condenser_rise = TemperatureDifference::from_si(5.5);    // of the water of towers or dry coolers
  std::optional<Temperature> condenser_least;                // it is held no colder at the chillers
  std::vector<AirHandlers> air_handlers;
  std::optional<CoolingUnits<ChillerSpec>> chillers;
  std::optional<CoolingUnits<CoolingTowerSpec>> towers;
  std::optional<CoolingUnits<DryCoolerSpec>> dry_coolers;
  std::optional<CoolingUnits<PumpSpec>> chilled_pumps, condenser_pumps;
  std::optional<EconomiserSpec> economiser;
  std::optional<LiquidLoopSpec> liquid;
  std::optional<HeatReuseSpec> reuse;
  std::optional<ThermalSpec> thermal;
  std::vector<LossKind> losses_cooled = {LossKind::ups, LossKind::pdu, LossKind::converter, LossKind::busway, LossKind::panel};
  Location where;
};

// The level is that of which there is: constant (fixed, proportional), curve, or plant.
struct CoolingSpec {
  Power fixed;
  double proportional = 0;
  double power_factor = 1;
  std::vector<std::string> feeds;       // nodes; empty: the switchboards of the scheme (or what stands there)
  std::vector<CoolingCurvePoint> curve; // instead of proportional
  std::optional<PlantSpec> plant;       // instead of all three
  Location where;
};

enum class CoolingLevel { none, constant, curve, plant };
CoolingLevel level_of(const CoolingSpec& cooling);

}  // namespace headroom
