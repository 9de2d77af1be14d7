// The cooling plant at one moment: what its machines draw, and what heat they remove, for given heat, weather and live units.
//
// Steady and without a clock: what time does to it (halls that warm, chillers that restart) is the engine's. Set points
// stand; equal units share evenly; where the plant cannot carry all heat, halls get equal shares of what they ask for.
// Heat is exact: what halls and coolant give and what the machines draw goes outdoors or is reused. The rules and their
// assumptions: docs/models.md, Cooling.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/physics/chiller.h"
#include "sim/physics/cooling_machines.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

constexpr double no_cooling_limit_w = 1e15;           // more than anything carries

struct Outdoor {
  double dry_bulb_c = 20, wet_bulb_c = 15, relative_humidity = 0.5, pressure_pa = 101325;
};

struct PlantState {
  std::vector<double> element_w;                   // by element of CoolingPlantGraph: what its live units draw together
  std::vector<double> capacity_w, removed_w;       // by hall, of its air. Below 0: fans run and nothing takes their heat
  std::vector<double> supply_c;                    // by hall: air to the servers while the plant keeps up
  std::vector<double> liquid_capacity_w, liquid_removed_w;   // by hall
  double makeup_l_per_s = 0, evaporated_l_per_s = 0, drift_l_per_s = 0, blowdown_l_per_s = 0;
  double reused_w = 0, outdoors_w = 0;             // where the heat went
  double past_chillers_w = 0;                      // of it, by the economiser
  double chiller_load_w = 0, chiller_input_w = 0;  // of chillers, and compressors in CRAC units
  double economiser_share = 0;                     // past_chillers_w over it and the load of the chillers
  double condenser_c = 0;                          // of what enters the condensers of the chillers
  RangeExcursion excursion;                        // of each chiller that carries load
};

class CoolingPlant {
 public:
  explicit CoolingPlant(const PowerGraph& graph);

  // air_w, liquid_w: heat by hall into the air and into the coolant. live_units: by element. Valid until the next solve.
  const PlantState& solve(const Outdoor& outdoor, std::span<const double> air_w, std::span<const double> liquid_w, std::span<const int> live_units);
  const PlantState& state() const { return state_; }

 private:
  // Equal machines of one hall or of the plant: elements [begin, end).
  struct Group {
    CoolingRole role = CoolingRole::chiller;
    int hall = -1, handlers = -1;
    std::size_t begin = 0, end = 0;
    int live = 0;
  };
  // Of one hall, within a solve.
  struct HallWork {
    int handlers = -1, cdus = -1;       // indices into groups_
    double heat_w = 0, most_w = 0, fans_w = 0, coil_w = 0, chilled_w = 0;      // air: asked for, bound of the handlers
    double liquid_w = 0, liquid_most_w = 0, pumps_w = 0;
  };
  // What chilled water and rejection are asked for, and what of it they carry.
  struct Loads {
    double air_w = 0, liquid_w = 0, free_liquid_w = 0;     // on the chilled water; past it
    double pump_w = 0, reused_chilled_w = 0, reused_liquid = 0;      // the last as a share
    double chilled_w = 0, chilled_most_w = 0, free_most_w = 0;       // carried
    double chilled_served = 1, free_served = 1;            // shares of what was asked for
  };
  // Heat on the water of towers or dry coolers.
  struct Split {
    double past_w = 0, chillers_w = 0, input_w = 0, rejected_w = 0;
  };

  void count_live(std::span<const int> live_units);
  void weather(const Outdoor& outdoor);
  void air(HallWork& hall, double heat_w);
  void liquid(HallWork& hall, double heat_w);
  void ask(Loads& loads) const;
  void carry(Loads& loads) const;
  Split split(double chilled_w, double free_liquid_w) const;
  double most_chilled(double from_w, double free_liquid_w) const;
  void give_halls(const Loads& loads);
  void run_machines(const Loads& loads);
  double chilled_flow_w() const;
  double rejection_most_w() const;
  int live(int group) const { return group < 0 ? 0 : groups_[static_cast<std::size_t>(group)].live; }
  void set_power(int group, double watts);
  bool past_air_limits(const Outdoor& outdoor) const;
  const AirHandlerSpec& handler_type(int group) const;

  PlantSpec const spec_;
  std::vector<Group> groups_;
  std::vector<HallWork> halls_;
  int chillers_ = -1, chilled_pumps_ = -1, condenser_pumps_ = -1, rejection_ = -1;
  bool water_cooled_ = false;
  double dew_least_pa_ = 0, dew_most_pa_ = 0;
  std::span<const int> live_units_;

  // weather of this solve
  Outdoor outdoor_;
  double air_free_ = 0, water_free_ = 0, liquid_free_ = 0;       // shares that go past the chillers
  double rejection_c_ = 0, air_w_per_flow_ = 0;
  std::optional<ChillerAt> chiller_;
  PlantState state_;
};

}  // namespace headroom
