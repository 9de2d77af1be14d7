#include "analysis/placement/proof.h"

#include <algorithm>

#include "analysis/placement/path_states.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

double carried_share(const PackingLimit& limit) { return limit.carried / limit.allowed; }

class Prover {
 public:
  Prover(const Site& site, std::optional<Power> connection) : connection_(connection), graph_(build_power_graph(site)), flow_(graph_), steady_(graph_) {
    load_fully(flow_);
    steady_.settle(flow_);
  }

  Proof prove() {
    proof_.racks = static_cast<int>(graph_.racks.size());
    proof_.it_kw = flow_.it_power() / kilowatt;
    proof_.facility_kw = flow_.facility_power() / kilowatt;
    ++proof_.states;
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) look_at({static_cast<std::int32_t>(i)}, "");
    look_at_connection("");
    for (auto const& fault : counted_faults(graph_)) {
      ++proof_.states;
      flow_.begin_trial();
      take_out(fault, flow_, steady_);
      std::vector<NodeId> changed(flow_.changed_in_trial().begin(), flow_.changed_in_trial().end());
      std::ranges::sort(changed);
      changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
      for (NodeId node : changed) look_at(node, fault.name);
      look_at_connection(fault.name);
      flow_.undo();
    }
    std::ranges::stable_sort(proof_.passed, std::greater<>{}, carried_share);
    return std::move(proof_);
  }

 private:
  void look_at(NodeId node, const std::string& state) {
    for (auto const& limit : limits_now(flow_, node, true)) note({graph_.nodes[static_cast<std::size_t>(node)].name, limit.unit, state, limit.allowed, limit.carried});
  }

  void look_at_connection(const std::string& state) {
    if (connection_) note({"the connection", "kW", state, *connection_ / kilowatt, flow_.facility_power() / kilowatt});
  }

  void note(const PackingLimit& found) {
    if (!proof_.fullest || carried_share(found) > carried_share(*proof_.fullest)) proof_.fullest = found;
    if (carried_share(found) > 1 + 1e-9) proof_.passed.push_back(found);
  }

  std::optional<Power> const connection_;

  PowerGraph const graph_;
  PowerFlow flow_;
  SteadyState steady_;
  Proof proof_;
};

bool same(const PackingLimit& a, const PackingLimit& b) { return a.name == b.name && a.unit == b.unit && a.state == b.state; }

}  // namespace

Proof prove(const Site& site, std::optional<Power> connection) { return Prover(site, connection).prove(); }

std::vector<PackingLimit> newly_passed(const Proof& now, const Proof& before) {
  std::vector<PackingLimit> out;
  for (auto const& limit : now.passed)
    if (std::ranges::none_of(before.passed, [&](const PackingLimit& old) { return same(old, limit) && carried_share(old) >= carried_share(limit) * (1 - 1e-9); })) out.push_back(limit);
  return out;
}

}  // namespace headroom
