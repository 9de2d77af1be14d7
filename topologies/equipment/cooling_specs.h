// What a device of the cooling plant is: the figures of its data sheet, one struct a kind, as catalogue files write them.
// Formulas that use them are in sim/physics.
#pragma once

#include "base/temperature.h"
#include "topologies/equipment/specs.h"

namespace headroom {

// A fluid at a chiller: the temperature of its ratings, and the range of the curves.
struct FluidRange {
  Temperature reference, least, most;
  bool operator==(const FluidRange&) const = default;
};
struct PartLoadRange {
  double least = 0, most = 1;                  // share of what is available
  bool operator==(const PartLoadRange&) const = default;
};

enum class CondenserKind { air, water };
constexpr auto names(CondenserKind) { return std::array{std::pair{CondenserKind::air, "air"}, std::pair{CondenserKind::water, "water"}}; }

// Energy input ratio by three curves, as EnergyPlus' Chiller:Electric:EIR: x is the chilled water that leaves, y the
// fluid that enters the condenser (outdoor air of an air-cooled machine), z the load over what is available.
struct ChillerSpec : Identity {
  static constexpr const char* kind = "chiller";
  CondenserKind condenser = CondenserKind::water;
  Power capacity;                              // heat taken from the chilled water at the reference temperatures, of one
  double cop = 1;                              // at the reference temperatures
  FluidRange chilled_water, condenser_fluid;
  std::vector<double> capacity_curve;          // c1 + c2 x + c3 x^2 + c4 y + c5 y^2 + c6 x y
  std::vector<double> input_curve;             // likewise
  std::vector<double> part_load_curve;         // c1 + c2 z + c3 z^2
  PartLoadRange part_load_range;               // of that curve
  PartLoadRange load_range;                    // of the machine: it cycles below
  double power_factor = 1;
  bool operator==(const ChillerSpec&) const = default;
};

struct CopPoint {
  Temperature dry_bulb;                        // outdoors
  double cop = 1;
  bool operator==(const CopPoint&) const = default;
};

// A CRAH (chilled-water coil), or a CRAC with compressors of its own: direct_expansion.
struct AirHandlerSpec : Identity {
  static constexpr const char* kind = "air-handler";
  Power capacity;                              // heat taken from the room net of its fans, at the rated air flow, of one
  VolumeFlow air_flow;                         // rated
  Power fan_power;                             // at the rated air flow
  double fan_exponent = 3;                     // of power by flow
  double least_flow = 0;                       // share of the rated flow; its fans turn no slower
  std::vector<CopPoint> direct_expansion;      // outdoor temperature rising; straight lines between, held beyond
  double power_factor = 1;
  bool operator==(const AirHandlerSpec&) const = default;
};

// An open cooling tower.
struct CoolingTowerSpec : Identity {
  static constexpr const char* kind = "cooling-tower";
  Power capacity;                              // heat given off, of one
  TemperatureDifference approach;              // of its water to the wet bulb
  Power fan_power;                             // at capacity
  double fan_exponent = 3;                     // of power by share of the capacity
  double least_fan = 0;                        // share of full speed; its fans turn no slower
  double cycles = 4;                           // of concentration: solids in its water over those in the make-up
  double drift = 0.00005;                      // share of the circulating water that leaves as drops
  double latent_share = 1;                     // of the heat: by evaporation; 1 is the most that can be
  double power_factor = 1;
  bool operator==(const CoolingTowerSpec&) const = default;
};

struct DryCoolerSpec : Identity {
  static constexpr const char* kind = "dry-cooler";
  Power capacity;                              // heat given off, of one
  TemperatureDifference approach;              // of its water to the outdoor air
  Power fan_power;                             // at capacity
  double fan_exponent = 3;
  double least_fan = 0;
  double power_factor = 1;
  bool operator==(const DryCoolerSpec&) const = default;
};

struct PumpSpec : Identity {
  static constexpr const char* kind = "pump";
  VolumeFlow flow;                             // rated, of one
  Power power;                                 // at the rated flow
  double exponent = 3;                         // of power by flow; 0: constant speed
  double least_flow = 0;                       // share of the rated flow
  double power_factor = 1;
  bool operator==(const PumpSpec&) const = default;
};

// A coolant distribution unit: heat exchanger and pumps between the coolant at the servers and the water of the plant.
struct CduSpec : Identity {
  static constexpr const char* kind = "cdu";
  Power capacity;                              // heat that it carries, of one
  Power pump_power;                            // at capacity
  double pump_exponent = 3;                    // of power by share of the capacity; 0: constant speed
  double least_flow = 0;
  TemperatureDifference approach;              // of the coolant that it supplies to the water that it takes
  double power_factor = 1;
  bool operator==(const CduSpec&) const = default;
};

}  // namespace headroom
