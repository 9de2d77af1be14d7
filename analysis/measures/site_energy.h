// Where a site's electricity comes from, and what is used of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

// Of the whole run.
struct SiteEnergy {
  double utility_kwh = 0;                        // from the grid, net of what was given to it
  double generator_kwh = 0;                      // of generators on the site
  double pv_used_kwh = 0;                        // of arrays: used or stored on the site (or given to the grid, where it may)
  std::optional<double> pv_available_kwh, pv_spilled_kwh;
  double stored_kwh = 0;                         // in storage and batteries at the end, less what was in them at the start
  double it_kwh = 0;
  // What the data centre used: all of the above together, less what is stored. The denominator of REF, ERF; over IT energy: PUE.
  double used_kwh() const { return utility_kwh + generator_kwh + pv_used_kwh - stored_kwh; }
  std::map<std::string, double> cooling_kwh;     // by kind of machine; "cooling": the plant as one load
  std::map<std::string, double> losses_kwh;      // by kind of node, without those inside servers
  double other_kwh = 0;                          // loads on the facility's side that are not cooling
  double storage_charged_kwh = 0, storage_discharged_kwh = 0;     // at the terminals, of recorded intervals
  double cooling_total_kwh() const;
};

SiteEnergy site_energy(const RunReader& run);
bool is_cooling(const NodeRow& node);
bool is_source(const NodeRow& node);             // utility
// Nodes of these kinds.
std::vector<int> nodes_of_kind(const std::vector<NodeRow>& nodes, const std::string& kind);

}  // namespace headroom
