#include "analysis/capacity/capacity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "analysis/capacity/fault_states.h"
#include "analysis/capacity/stranded.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

// With everything in service all live, so what is dark has changed since then.
void count_dark(const PowerFlow& flow, CapacityState& state) {
  for (auto const& rack : flow.graph().racks) {
    auto const live = std::ranges::count_if(rack.strips, [&](NodeId strip) { return flow.at(strip).energised; });
    if (live == 0) ++state.racks_dark;
    else if (live < std::ssize(rack.strips)) ++state.racks_short;
  }
  std::unordered_set<std::int32_t> dark;
  for (NodeId node : flow.changed_in_trial()) {
    NodeKind const kind = flow.graph().nodes[static_cast<std::size_t>(node)].kind;
    if (flow.at(node).energised || !dark.insert(node.index).second) continue;
    if (kind == NodeKind::server) ++state.servers_dark;
    state.loads_dark = state.loads_dark || kind == NodeKind::server || is_load_of_its_own(kind);
  }
}

// One question after the other to one power flow.
class Asking {
 public:
  Asking(const PowerGraph& graph, const CapacityQuestion& question)
      : graph_(graph), loads_(question.loads), limits_(path_limits(graph, question.more_of == MoreOf::load, question.connection)), largest_(graph, limits_, question.loads), flow_(graph), steady_(graph), tightest_(limits_.size()) {
    set_loads(flow_, loads_);
  }

  const PowerFlow& flow() const { return flow_; }
  const std::vector<PathLimit>& limits() const { return limits_; }

  CapacityState normal() {
    flow_.begin_trial();
    CapacityState state = look();
    normal_ = reach_.scale;
    note(state);
    flow_.undo();
    return state;
  }

  CapacityState without(const PathFault& fault) {
    flow_.begin_trial();
    lose(fault);
    CapacityState state;
    count_dark(flow_, state);
    CapacityState const found = look();
    state.bounded = found.bounded;
    state.scale = found.scale;
    state.it_kw = found.it_kw;
    state.first = found.first;
    state.lost = state.first.lost = fault.name;
    if (!state.loads_dark) note(state);
    flow_.undo();
    return state;
  }

  // Used shares at a load in a state of the path.
  void shares(const PathFault* fault, double scale, auto&& use) {
    flow_.begin_trial();
    if (fault != nullptr) lose(*fault);
    use(flow_, largest_.shares_at(flow_, scale));
    flow_.undo();
  }

  // Of each node its tightest limit, the tightest first: with everything in service, and after any loss that darkens nothing.
  std::vector<LadderStep> ladder(bool one_lost) const {
    std::vector<LadderStep> out;
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      LadderStep step = step_of(i, one_lost ? tightest_[i].scale : normal_[i]);
      if (one_lost) {
        step.lost = tightest_[i].lost;
        step.allowed = tightest_[i].allowed;
      }
      if (step.scale >= never_reached) continue;
      if (!out.empty() && out.back().binding == step.binding) {
        if (step.scale < out.back().scale) out.back() = std::move(step);
      } else {
        out.push_back(std::move(step));
      }
    }
    return out;
  }

 private:
  struct Tightest {
    double scale = never_reached;
    double allowed = 0;
    std::string lost;
  };

  void lose(const PathFault& fault) {
    take_out(fault, flow_, steady_);
    set_strip_shares(flow_, loads_);
  }

  CapacityState look() {
    CapacityState state;
    reach_ = largest_.reach(flow_);
    state.bounded = reach_.first < never_reached;
    if (!state.bounded) return state;
    state.scale = reach_.first;
    state.it_kw = flow_.it_power() / kilowatt;
    state.first = step_of(reach_.limit, reach_.first);
    state.first.allowed = allowed_now(limits_[reach_.limit], flow_);
    return state;
  }

  LadderStep step_of(std::size_t limit, double scale) const { return {name_of(limits_[limit], graph_), limits_[limit].unit, limits_[limit].allowed, limits_[limit].rated, scale, ""}; }

  void note(const CapacityState& state) {
    for (std::size_t i = 0; i < limits_.size(); ++i)
      if (reach_.scale[i] < tightest_[i].scale) tightest_[i] = {reach_.scale[i], allowed_now(limits_[i], flow_), state.lost};
  }

  const PowerGraph& graph_;
  const RackLoads& loads_;
  std::vector<PathLimit> const limits_;
  LargestLoad largest_;
  PowerFlow flow_;
  SteadyState steady_;
  LimitScales reach_;
  std::vector<double> normal_;
  std::vector<Tightest> tightest_;
};

// The tightest first; of equals in the order of nodes.
void add_site(const std::vector<SiteLimit>& site, bool one_lost, std::vector<LadderStep>& ladder) {
  for (auto const& limit : site) {
    if (limit.one_lost && !one_lost) continue;
    double const scale = limit.scale();
    if (scale < never_reached) ladder.push_back({fmt::format("{}: {}", limit.place, limit.what), limit.unit, limit.allowed, limit.allowed, scale, limit.one_lost ? "one machine of it" : ""});
  }
  std::ranges::stable_sort(ladder, {}, &LadderStep::scale);
}

void describe(const PowerGraph& graph, const CapacityQuestion& question, CapacityAnswer& answer) {
  answer.basis = question.loads.basis;
  answer.more_of = question.more_of;
  answer.code = graph.code;
  answer.ambient = graph.ambient;
  answer.racks = static_cast<int>(graph.racks.size());
  answer.servers = static_cast<int>(graph.servers.size());
  answer.unread = question.loads.unread;
  PowerFlow full(graph);
  load_fully(full);
  answer.it_nameplate_kw = full.it_power() / kilowatt;
  answer.facility_nameplate_kw = full.facility_power() / kilowatt;
}

}  // namespace

CapacityAnswer capacity(const PowerGraph& graph, const CapacityQuestion& question) {
  CapacityAnswer answer;
  describe(graph, question, answer);
  Asking asking(graph, question);
  answer.it_kw = asking.flow().it_power() / kilowatt;
  answer.facility_kw = asking.flow().facility_power() / kilowatt;
  answer.site = site_limits(graph, asking.flow());
  answer.normal = asking.normal();
  std::vector<PathFault> const faults = counted_faults(graph);
  std::vector<const PathFault*> survived;
  for (auto const& fault : faults) {
    answer.lost.push_back(asking.without(fault));
    if (!answer.lost.back().loads_dark) survived.push_back(&fault);
  }
  std::ranges::stable_sort(answer.lost, [](const CapacityState& a, const CapacityState& b) { return a.racks_dark != b.racks_dark ? a.racks_dark > b.racks_dark : a.scale < b.scale; });
  answer.ladder = asking.ladder(false);
  answer.ladder_one_lost = asking.ladder(true);
  add_site(answer.site, false, answer.ladder);
  add_site(answer.site, true, answer.ladder_one_lost);
  answer.bound = routed_bound(graph, asking.limits());
  if (!answer.ladder_one_lost.empty()) {
    StrandedCount count(graph, asking.limits());
    double const scale = answer.ladder_one_lost.front().scale;
    asking.shares(nullptr, scale, [&](const PowerFlow& flow, const std::vector<double>& shares) { count.normal(flow, shares); });
    for (auto const* fault : survived) asking.shares(fault, scale, [&](const PowerFlow&, const std::vector<double>& shares) { count.worst(shares, fault->name); });
    answer.stranded = count.result();
  }
  return answer;
}

std::optional<CapacityState> CapacityAnswer::with_one_lost() const {
  for (auto const& state : lost)
    if (!state.loads_dark) return state;
  return std::nullopt;
}

std::optional<int> CapacityAnswer::racks_that_fit(const std::vector<LadderStep>& steps) const {
  if (steps.empty()) return std::nullopt;
  return std::max(0, static_cast<int>(std::floor((steps.front().scale - 1) * racks + 1e-9)));
}

}  // namespace headroom
