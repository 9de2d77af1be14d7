// What racks are taken to draw: at nameplate, as planners budget them, as meters read them, or as a run had them. Each is a
// different number, and all go through the same power path: a rack counts so many times what it draws at full load, and its
// cords share that evenly or as they were measured.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "sim/power/flow.h"

namespace headroom {

enum class LoadBasis { nameplate, budgeted, measured, simulated };
constexpr auto names(LoadBasis) {
  return std::array{std::pair{LoadBasis::nameplate, "nameplate"}, std::pair{LoadBasis::budgeted, "budgeted"}, std::pair{LoadBasis::measured, "measured"}, std::pair{LoadBasis::simulated, "simulated"}};
}

struct RackLoads {
  LoadBasis basis = LoadBasis::nameplate;
  std::vector<double> times;           // of each rack, of what it draws at full load; empty: 1
  std::vector<std::vector<double>> shares;       // of each rack: of its load, on each strip; empty: even
  std::vector<Power> delivered;        // simulated: of each server, instead of `times`
  int unread = 0;                      // racks without a reading: they count at nameplate
};

RackLoads nameplate_loads();
// `budget` of each rack. Throws InputError naming the racks that have none.
RackLoads budgeted_loads(const PowerGraph& graph);
// A table of `name, power_kw` (`name, power_w`; more rows of one name: the highest counts): of racks, of single strips
// ("h1/r-3:a"), or of nodes that feed racks, whose reading is spread over the strips below it as their nameplates are. What stands nearer to
// the rack counts. Throws InputError: names that the site does not have, readings beyond a circuit.
RackLoads measured_loads(const PowerGraph& graph, const std::filesystem::path& readings);

// Full load everywhere, or what was delivered, with every rack counting so often.
void set_loads(PowerFlow& flow, const RackLoads& loads);
// Where cords were measured: the strips that live share what their rack draws as they were measured. After every change of
// who is fed, and before what is then read.
void set_strip_shares(PowerFlow& flow, const RackLoads& loads);

double strip_times(const RackLoads& loads, std::size_t rack);

}  // namespace headroom
