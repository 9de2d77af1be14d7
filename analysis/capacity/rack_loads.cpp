#include "analysis/capacity/rack_loads.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/errors.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

bool lives(const PowerFlow& flow, NodeId strip) { return flow.at(strip).energised; }

}  // namespace

RackLoads nameplate_loads() { return {}; }

// The draw of a rack at its feeds with every server full.
std::vector<double> nameplates_w(const PowerGraph& graph) {
  PowerFlow flow(graph);
  load_fully(flow);
  std::vector<double> out;
  for (auto const& rack : graph.racks) {
    double sum_w = 0;
    for (NodeId strip : rack.strips) sum_w += flow.at(strip).input.p.si();
    out.push_back(sum_w);
  }
  return out;
}

RackLoads budgeted_loads(const PowerGraph& graph) {
  RackLoads out;
  out.basis = LoadBasis::budgeted;
  std::vector<double> const nameplate_w = nameplates_w(graph);
  std::vector<std::string> without;
  for (std::size_t r = 0; r < graph.racks.size(); ++r) {
    if (!graph.racks[r].budget) without.push_back(graph.racks[r].name);
    else out.times.push_back(nameplate_w[r] > 0 ? graph.racks[r].budget->si() / nameplate_w[r] : 1.0);
  }
  if (!without.empty())
    throw InputError({"--basis budgeted", 0, 0}, fmt::format("{} of {} racks have no budget, such as {}; give their groups one (`budget: 8 kW`)", without.size(), graph.racks.size(), without.front()));
  return out;
}

double strip_times(const RackLoads& loads, std::size_t rack) { return loads.times.empty() ? 1.0 : loads.times[rack]; }

void set_loads(PowerFlow& flow, const RackLoads& loads) {
  if (loads.delivered.empty()) {
    load_fully(flow);
  } else {
    for (std::size_t i = 0; i < loads.delivered.size(); ++i) flow.set_server_power({static_cast<std::int32_t>(i)}, loads.delivered[i]);
  }
  auto const& racks = flow.graph().racks;
  if (!loads.times.empty()) flow.set_rack_times(loads.times);
  for (std::size_t r = 0; r < loads.times.size(); ++r)
    for (NodeId strip : racks[r].strips) flow.set_strip_times(strip, loads.times[r]);
  flow.update();
  set_strip_shares(flow, loads);
}

void set_strip_shares(PowerFlow& flow, const RackLoads& loads) {
  if (loads.shares.empty()) return;
  auto const& racks = flow.graph().racks;
  for (std::size_t r = 0; r < racks.size(); ++r) {
    auto const& shares = loads.shares[r];
    if (shares.empty()) continue;
    double living = 0;
    int count = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      if (!lives(flow, racks[r].strips[k])) continue;
      living += shares[k];
      ++count;
    }
    // one that was read at nothing still carries its rack when it is alone
    for (std::size_t k = 0; k < shares.size(); ++k)
      if (lives(flow, racks[r].strips[k])) flow.set_strip_times(racks[r].strips[k], strip_times(loads, r) * (living > 0 ? shares[k] * count / living : 1.0));
  }
  flow.update();
}

}  // namespace headroom
