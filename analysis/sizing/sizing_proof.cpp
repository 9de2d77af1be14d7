#include "analysis/sizing/sizing_proof.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "analysis/capacity/path_limits.h"
#include "analysis/sizing/size_claims.h"
#include "sim/power/lines.h"

namespace headroom {
namespace {

constexpr double passed_from = 1 + 1e-9;

// Every limit of one graph in every state: what it uses, rack by rack who is dark.
class LimitWalk {
 public:
  LimitWalk(const PowerGraph& graph, double fifteen_minutes) : graph_(graph), fifteen_minutes_(fifteen_minutes), limits_(path_limits(graph, true, std::nullopt)), states_(graph), of_node_(graph.nodes.size()) {
    for (std::size_t i = 0; i < limits_.size(); ++i) of_node_[static_cast<std::size_t>(limits_[i].node)].push_back(i);
  }

  const std::vector<PathLimit>& limits() const { return limits_; }
  const std::vector<std::string>& states() const { return states_.names(); }

  // use_limit(state, limit, share, allowed, short of devices), dark(state, rack)
  void walk(const LoadCase& loads, auto use_limit, auto dark) const {
    auto const counts = counts_for(loads, graph_.nodes.size());
    states_.each(loads, [&](const PowerFlow& flow, std::size_t state, std::span<const NodeId> changed) {
      for (NodeId node : changed)
        if (counts[static_cast<std::size_t>(node)] != 0)
          for (std::size_t limit : of_node_[static_cast<std::size_t>(node)])
            if (double const share = share_of(limits_[limit], flow); share > 0) use_limit(state, limit, share, allowed_now(limits_[limit], flow), is_short_of_devices(flow, node));
      for (std::size_t rack = 0; rack < graph_.racks.size(); ++rack)
        if (std::ranges::none_of(graph_.racks[rack].strips, [&](NodeId strip) { return flow.at(strip).energised; })) dark(state, rack);
    });
  }

 private:
  double share_of(const PathLimit& limit, const PowerFlow& flow) const {
    double share = used_share(limit, flow, 1);
    if (limit.what == Carries::connection_va) return share;
    if (std::string_view(limit.unit) == "A" && flow.feeds_single_phases(limit.node)) share *= line_imbalance(flow, limit.node);
    return rule_of(graph_.nodes[static_cast<std::size_t>(limit.node)].kind) == SizingRule::fifteen_minutes ? share * fifteen_minutes_ : share;
  }

  const PowerGraph& graph_;
  double const fifteen_minutes_;
  std::vector<PathLimit> const limits_;
  LoadStates const states_;
  std::vector<std::vector<std::size_t>> of_node_;
};

class SizesProver {
 public:
  SizesProver(const PowerGraph& built, const PowerGraph& sized, double fifteen_minutes) : graph_(sized), built_(built, fifteen_minutes), sized_(sized, fifteen_minutes), worst_(sized_.limits().size()) {
    expects(built_.limits().size() == sized_.limits().size() && built_.states() == sized_.states(), "both graphs are of one layout");
  }

  SizingProof prove(const std::vector<LoadCase>& cases) {
    SizingProof proof;
    proof.states = static_cast<int>(sized_.states().size());
    proof.loads = static_cast<int>(cases.size());
    for (auto const& loads : cases) one(loads, proof);
    for (auto& limit : worst_)
      if (limit) proof.passed.push_back(std::move(*limit));
    std::ranges::stable_sort(proof.passed, std::greater<>{}, &ProvenLimit::share);
    return proof;
  }

 private:
  void one(const LoadCase& loads, SizingProof& proof) {
    std::set<std::pair<std::size_t, std::size_t>> passed_as_built, dark_as_built;      // by state
    built_.walk(
        loads, [&](std::size_t state, std::size_t limit, double share, double, bool) { if (share > passed_from) passed_as_built.emplace(state, limit); }, [&](std::size_t state, std::size_t rack) { dark_as_built.emplace(state, rack); });
    sized_.walk(
        loads,
        [&](std::size_t state, std::size_t limit, double share, double allowed, bool is_short) {
          bool const is_excused = passed_as_built.contains({state, limit}) && (is_short || sized_.limits()[limit].rated == built_.limits()[limit].rated);
          if (!is_excused) note(loads, state, limit, share, allowed, proof);
        },
        [&](std::size_t state, std::size_t rack) {
          if (!dark_as_built.contains({state, rack})) proof.darkened.push_back({graph_.racks[rack].name, loads.name, sized_.states()[state]});
        });
  }

  void note(const LoadCase& loads, std::size_t state, std::size_t number, double share, double allowed, SizingProof& proof) {
    bool const fullest = !proof.fullest || share > proof.fullest->share(), passed = share > passed_from && (!worst_[number] || share > worst_[number]->share());
    if (!fullest && !passed) return;
    ProvenLimit const found{name_of(sized_.limits()[number], graph_), sized_.limits()[number].unit, loads.name, sized_.states()[state], allowed, share * allowed};
    if (fullest) proof.fullest = found;
    if (passed) worst_[number] = found;
  }

  const PowerGraph& graph_;
  LimitWalk const built_, sized_;
  std::vector<std::optional<ProvenLimit>> worst_;
};

}  // namespace

SizingProof prove_sizes(const PowerGraph& built, const PowerGraph& sized, const std::vector<LoadCase>& cases, double fifteen_minutes) { return SizesProver(built, sized, fifteen_minutes).prove(cases); }

}  // namespace headroom
