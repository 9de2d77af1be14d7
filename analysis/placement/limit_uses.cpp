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

// A node and the number of its limit; {-1, 0}: the connection.
using Key = std::pair<int, int>;

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
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) feeding_.push_back(flow_.at({static_cast<std::int32_t>(i)}));
  }

  PackingProblem find() {
    for (std::size_t i = 0; i < strips_.size(); ++i) note_uses(i, ask(i, ""));
    normal_ = rows_;
    keep_rows("");
    for (auto const& fault : counted_faults(graph_)) {
      flow_.begin_trial();
      take_out(fault, flow_, steady_);
      ask_after(fault.name);
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
    for (auto const& strips : strips_) above_.push_back(all_above(strips));
  }

  std::vector<NodeId> all_above(std::vector<NodeId> nodes) const {
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (NodeId parent : graph_.nodes[static_cast<std::size_t>(nodes[i])].parents)
        if (std::ranges::find(nodes, parent) == nodes.end()) nodes.push_back(parent);
    return nodes;
  }

  void switch_probe(std::size_t option, bool on) {
    for (NodeId strip : strips_[option]) flow_.set_in_service(strip, on);
  }

  // Where a fault has changed nothing of who feeds whom above a rack, the rack uses what it uses with everything in service;
  // only what is carried beside it is other.
  void ask_after(const std::string& state) {
    rows_.clear();
    std::vector<char> const switched = switched_nodes();
    for (std::size_t i = 0; i < strips_.size(); ++i)
      if (std::ranges::any_of(above_[i], [&](NodeId node) { return switched[static_cast<std::size_t>(node)] != 0; })) note_uses(i, ask(i, state));
      else others_.push_back(static_cast<int>(i));
    if (!others_.empty()) note_as_in_normal();
    others_.clear();
    keep_rows(state);
  }

  void note_as_in_normal() {
    std::vector<char> is_other(strips_.size(), 0);
    for (int const option : others_) is_other[static_cast<std::size_t>(option)] = 1;
    for (auto const& [key, normal] : normal_) {
      Row row{limit_at(key), "", {}};
      if (row.limit.allowed <= 0 || row.limit.carried <= normal.limit.carried * (1 + 1e-12)) {
        if (!rows_.contains(key)) continue;        // no fuller than with everything in service, which stands for it
      }
      for (auto const& use : normal.uses)
        if (is_other[static_cast<std::size_t>(use.first)] != 0) row.uses.push_back(use);
      if (row.uses.empty()) continue;
      auto const [place, is_new] = rows_.emplace(key, row);
      if (is_new) continue;
      auto& uses = place->second.uses;
      uses.insert(uses.end(), row.uses.begin(), row.uses.end());
      std::ranges::sort(uses);
    }
  }

  Limit limit_at(const Key& key) const {
    if (key.first < 0) return connection_now();
    auto const limits = limits_now(flow_, {key.first}, false);
    return static_cast<std::size_t>(key.second) < limits.size() ? limits[static_cast<std::size_t>(key.second)] : Limit{};
  }

  Limit connection_now() const { return {"kW", *places_.connection / kilowatt, flow_.facility_power() / kilowatt}; }

  std::vector<char> switched_nodes() const {
    std::vector<char> out(graph_.nodes.size(), 0);
    for (NodeId node : flow_.changed_in_trial()) {
      auto const i = static_cast<std::size_t>(node);
      NodeFlow const& now = flow_.at(node);
      if (now.energised != feeding_[i].energised || now.live_parents != feeding_[i].live_parents || flow_.units(node) != graph_.nodes[i].count) out[i] = 1;
      if (graph_.nodes[i].transfer)
        for (std::size_t k = 0; k < graph_.nodes[i].parents.size(); ++k)
          if (flow_.closed(node, k) != (k == 0)) out[i] = 1;
    }
    return out;
  }

  void keep_rows(const std::string& state) {
    for (auto& [key, row] : rows_) {
      row.state = state;
      keep(key, std::move(row));
    }
    rows_.clear();
  }

  // Switches one rack on and off again: each limit above it, with the rack.
  std::vector<std::pair<Key, Limit>> ask(std::size_t option, const std::string& state) {
    double const it_before = flow_.it_power() / kilowatt;
    std::vector<std::pair<Key, Limit>> with_it;
    flow_.begin_trial();
    switch_probe(option, true);
    steady_.settle(flow_);
    for (NodeId node : flow_.changed_in_trial()) {
      int const owner = owner_[static_cast<std::size_t>(node)];
      auto limits = limits_now(flow_, node, false);
      if (owner >= 0) look_at_own(option, node, limits, state);
      else
        for (std::size_t k = 0; k < limits.size(); ++k) with_it.emplace_back(Key{node.index, static_cast<int>(k)}, limits[k]);
    }
    if (places_.connection) with_it.emplace_back(Key{-1, 0}, connection_now());
    if (state.empty()) problem_.types[static_cast<std::size_t>(places_.options[option].group)].kw = flow_.it_power() / kilowatt - it_before;
    flow_.undo();
    return with_it;
  }

  void note_uses(std::size_t option, const std::vector<std::pair<Key, Limit>>& with_it) {
    for (auto const& [key, after] : with_it) {
      Limit limit = after;
      limit.carried = limit_at(key).carried;         // dark before: it carried nothing
      double const amount = after.carried - limit.carried;
      if (amount <= 1e-9 * limit.allowed) continue;
      Row& row = rows_[key];
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

  void keep(Key key, Row row) {
    auto& kept = kept_[key];
    if (std::ranges::any_of(kept, [&](const Row& other) { return covers(other, row); })) return;
    std::erase_if(kept, [&](const Row& other) { return covers(row, other); });
    kept.push_back(std::move(row));
  }

  void write_limits() {
    for (auto const& [key, rows] : kept_)
      for (auto const& row : rows) {
        int const number = static_cast<int>(problem_.limits.size());
        problem_.limits.push_back({key.first < 0 ? "the connection" : graph_.nodes[static_cast<std::size_t>(key.first)].name, row.limit.unit, row.state, row.limit.allowed, row.limit.carried});
        for (auto const& [candidate, amount] : row.uses) problem_.candidates[static_cast<std::size_t>(candidate)].uses.push_back({number, amount});
      }
  }

  PlannedPlaces const& places_;
  PowerGraph const graph_;
  PowerFlow flow_;
  SteadyState steady_;
  std::vector<std::vector<NodeId>> strips_;      // of each option's rack
  std::vector<int> owner_;                       // of each node: the option whose rack it is of; -1
  std::vector<std::vector<NodeId>> above_;       // of each option's rack: what may feed it, itself among it
  std::vector<NodeFlow> feeding_;                // of each node, with everything in service
  std::map<Key, Row> rows_, normal_;             // of one state; with everything in service
  std::vector<int> others_;
  std::map<Key, std::vector<Row>> kept_;
  PackingProblem problem_;
};

}  // namespace

PackingProblem packing_problem(const PlannedPlaces& places) { return Probes(places).find(); }

}  // namespace headroom
