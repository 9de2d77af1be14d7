#include "analysis/placement/limit_uses.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "analysis/placement/path_states.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

// One limit of a node in one state, and what the candidates use of it.
struct Row {
  Limit limit;                             // carried: before any new rack
  std::string state;
  std::vector<std::pair<int, double>> uses;      // candidate, amount; by candidate
};

// Does keeping `a` keep `b`, whatever is placed?
bool covers(const Row& a, const Row& b) {
  if (a.limit.used_share() < b.limit.used_share() * (1 - 1e-12)) return false;
  auto at = a.uses.begin();
  for (auto const& [candidate, amount] : b.uses) {
    while (at != a.uses.end() && at->first < candidate) ++at;
    if (at == a.uses.end() || at->first != candidate || at->second / a.limit.allowed < amount / b.limit.allowed * (1 - 1e-12)) return false;
  }
  return true;
}

class Probes {
 public:
  explicit Probes(const PlannedPlaces& places) : places_(places), graph_(build_power_graph(with_probes(places))), flow_(graph_), steady_(graph_) {
    load_fully(flow_);
    find_own_nodes();
    problem_.candidates.resize(places.options.size());
    for (auto const& spot : places.spots) problem_.places.push_back(spot.name());
    for (auto const& group : places.groups) problem_.types.push_back({group.name, group.count, 0});
    for (std::size_t i = 0; i < places.options.size(); ++i) {
      problem_.candidates[i].type = places.options[i].group;
      problem_.candidates[i].place = places.options[i].spot;
      switch_probe(i, false);
    }
    steady_.settle(flow_);
  }

  PackingProblem find() {
    ask_in("");
    for (auto const& fault : counted_faults(graph_)) {
      flow_.begin_trial();
      take_out(fault, flow_, steady_);
      ask_in(fault.name);
      flow_.undo();
    }
    write_limits();
    return std::move(problem_);
  }

 private:
  void find_own_nodes() {
    std::unordered_map<std::string, std::size_t> number;
    for (std::size_t i = 0; i < places_.options.size(); ++i) number[probe_name(places_, i)] = i;
    strips_.resize(places_.options.size());
    owner_.assign(graph_.nodes.size(), -1);
    for (auto const& rack : graph_.racks) {
      auto const found = number.find(rack.name);
      if (found == number.end()) continue;
      strips_[found->second] = rack.strips;
      for (NodeId strip : rack.strips) owner_[static_cast<std::size_t>(strip)] = static_cast<int>(found->second);
    }
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)      // whatever feeds a node has a smaller number
      for (NodeId parent : graph_.nodes[i].parents)
        if (owner_[i] < 0) owner_[i] = owner_[static_cast<std::size_t>(parent)];
  }

  void switch_probe(std::size_t option, bool on) {
    for (NodeId strip : strips_[option]) flow_.set_in_service(strip, on);
  }

  void ask_in(const std::string& state) {
    rows_.clear();
    for (std::size_t i = 0; i < strips_.size(); ++i) ask(i, state);
    for (auto& [key, row] : rows_) {
      row.state = state;
      keep(key, std::move(row));
    }
  }

  // Switches one rack on and off again.
  void ask(std::size_t option, const std::string& state) {
    double const it_before = flow_.it_power() / kilowatt;
    std::vector<std::pair<NodeId, std::vector<Limit>>> with_it;
    flow_.begin_trial();
    switch_probe(option, true);
    steady_.settle(flow_);
    for (NodeId node : flow_.changed_in_trial()) {
      int const owner = owner_[static_cast<std::size_t>(node)];
      auto limits = limits_now(flow_, node, false);
      if (owner >= 0) look_at_own(option, node, limits, state);
      else if (!limits.empty()) with_it.emplace_back(node, std::move(limits));
    }
    if (state.empty()) problem_.types[static_cast<std::size_t>(places_.options[option].group)].kw = flow_.it_power() / kilowatt - it_before;
    flow_.undo();
    for (auto const& [node, after] : with_it) note_uses(option, node, after);
  }

  void note_uses(std::size_t option, NodeId node, const std::vector<Limit>& after) {
    auto const before = limits_now(flow_, node, false);
    for (std::size_t k = 0; k < after.size(); ++k) {
      Limit limit = after[k];
      limit.carried = k < before.size() ? before[k].carried : 0;      // dark before: it carried nothing
      double const amount = after[k].carried - limit.carried;
      if (amount <= 1e-9 * limit.allowed) continue;
      Row& row = rows_[{node.index, static_cast<int>(k)}];
      row.limit = limit;
      if (row.uses.empty() || row.uses.back().first != static_cast<int>(option)) row.uses.emplace_back(static_cast<int>(option), amount);
    }
  }

  // Its own strips, circuits and shelves: nothing else hangs there.
  void look_at_own(std::size_t option, NodeId node, const std::vector<Limit>& limits, const std::string& state) {
    auto const worst = binding_limit(limits);
    if (!worst || worst->used_share() <= 1 + 1e-9) return;
    auto& refused = problem_.candidates[option].refused;
    if (refused && refused->limit.carried / refused->limit.allowed >= worst->used_share()) return;
    PowerNode const& at = graph_.nodes[static_cast<std::size_t>(node)];
    std::string const fed_by = graph_.nodes[static_cast<std::size_t>(at.parents.front())].name;
    bool const circuit = std::string_view(worst->unit) == "circuit A";
    std::string const what = at.kind == NodeKind::rack ? (circuit ? "its circuit from " : "its strip on ") + fed_by : "its " + to_text(at.kind);
    refused = OwnRefusal{{what, circuit ? "A" : worst->unit, state, worst->allowed, worst->carried}};
  }

  void keep(std::pair<int, int> key, Row row) {
    auto& kept = kept_[key];
    if (std::ranges::any_of(kept, [&](const Row& other) { return covers(other, row); })) return;
    std::erase_if(kept, [&](const Row& other) { return covers(row, other); });
    kept.push_back(std::move(row));
  }

  void write_limits() {
    for (auto const& [key, rows] : kept_)
      for (auto const& row : rows) {
        int const number = static_cast<int>(problem_.limits.size());
        problem_.limits.push_back({graph_.nodes[static_cast<std::size_t>(key.first)].name, row.limit.unit, row.state, row.limit.allowed, row.limit.carried});
        for (auto const& [candidate, amount] : row.uses) problem_.candidates[static_cast<std::size_t>(candidate)].uses.push_back({number, amount});
      }
  }

  PlannedPlaces const& places_;
  PowerGraph const graph_;
  PowerFlow flow_;
  SteadyState steady_;
  std::vector<std::vector<NodeId>> strips_;      // of each option's rack
  std::vector<int> owner_;                       // of each node: the option whose rack it is of; -1
  std::map<std::pair<int, int>, Row> rows_;      // of the state: by node and limit
  std::map<std::pair<int, int>, std::vector<Row>> kept_;
  PackingProblem problem_;
};

}  // namespace

PackingProblem packing_problem(const PlannedPlaces& places) { return Probes(places).find(); }

}  // namespace headroom
