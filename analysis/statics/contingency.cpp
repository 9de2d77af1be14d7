#include "analysis/statics/contingency.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "sim/physics/server_power.h"
#include "topologies/graph/single_points.h"

namespace headroom {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

std::vector<Power> full_load(const PowerGraph& graph) {
  std::vector<Power> out;
  for (auto const& server : graph.servers) out.push_back(server_power(graph.server_types[static_cast<std::size_t>(server.type)].power, {1.0, 1.0}));
  return out;
}

bool dark(const PowerFlow& flow, const RackPlace& rack) {
  return std::ranges::none_of(rack.strips, [&](NodeId strip) { return flow.at(strip).energised; });
}

}  // namespace

Contingency::Contingency(const PowerGraph& graph, std::vector<Power> delivered, const std::vector<PlannedOutage>& planned)
    : graph_(graph), flow_(graph), steady_(graph), delivered_(delivered.empty() ? full_load(graph) : std::move(delivered)), reach_(graph) {
  for (std::size_t i = 0; i < delivered_.size(); ++i) flow_.set_server_power({static_cast<std::int32_t>(i)}, delivered_[i]);
  for (auto const& outage : planned) flow_.set_units(outage.node, outage.units == 0 ? 0 : std::max(0, flow_.units(outage.node) - outage.units));
  steady_.settle(flow_);
  cascade_.emplace(flow_);
  bridges_.emplace(flow_, delivered_);
  hot_ = cascade_->overloaded(flow_);
  it_kw_ = flow_.it_power() / kilowatt;
  facility_kw_ = flow_.facility_power() / kilowatt;
  rack_of_.assign(graph.nodes.size(), -1);
  for (std::size_t i = 0; i < graph.racks.size(); ++i)
    for (NodeId strip : graph.racks[i].strips) rack_of_[static_cast<std::size_t>(strip)] = static_cast<int>(i);
  seen_.assign(graph.nodes.size() + graph.racks.size(), 0);
  for (std::size_t i = 0; i < graph.servers.size(); ++i)
    if (!flow_.at(graph.servers[i].node).energised) dark_before_.push_back(static_cast<int>(i));
  for (std::size_t i = 0; i < graph.racks.size(); ++i)
    if (dark(flow_, graph.racks[i])) racks_dark_before_.push_back(static_cast<int>(i));
  note_limits();
}

void Contingency::note_limits() {
  for (auto const& node : graph_.nodes) {
    Rating const& rating = node.rating;
    double const bus_va = rating.current ? carried_by(*rating.current, rating.voltage, rating.phases).si() : unlimited;
    limits_.push_back({rating.power ? rating.power->si() : unlimited, std::min(rating.apparent ? rating.apparent->si() : unlimited, bus_va),
                       rating.circuit ? carried_by(*rating.circuit, rating.voltage, rating.phases).si() : unlimited, node.count - node.redundant});
  }
  for (std::size_t i = 0; i < limits_.size(); ++i) shares_before_.emplace_back(used_share(i), i);
  std::ranges::stable_sort(shares_before_, std::greater<>{}, &std::pair<double, std::size_t>::first);
}

// With fewer devices than the ratings count, the limits are those of the ones that are left.
double Contingency::used_share(std::size_t node) const {
  NodeFlow const& now = flow_.at({static_cast<std::int32_t>(node)});
  Usage const& limit = limits_[node];
  int const units = flow_.units({static_cast<std::int32_t>(node)});
  if (!now.energised || units == 0) return 0;
  double const left = std::min(1.0, static_cast<double>(units) / limit.needed);
  double const output_va = limit.va < unlimited ? now.output.s().si() : 0, connection_va = limit.circuit_va < unlimited ? now.input.s().si() / std::max(1, now.live_parents) : 0;
  return std::max({now.output.p.si() / (limit.w * left), output_va / (limit.va * left), connection_va / limit.circuit_va});
}

void Contingency::find_fullest(FaultOutcome& outcome) {
  double worst = 0;
  std::size_t fullest = SIZE_MAX;
  auto const consider = [&](double share, std::size_t node) {
    if (share < worst || (share == worst && node >= fullest)) return;
    worst = share;
    fullest = node;
  };
  ++looks_;
  for (NodeId node : flow_.changed_in_trial()) {
    seen_[static_cast<std::size_t>(node)] = looks_;
    if (double const share = used_share(static_cast<std::size_t>(node)); share > 0) consider(share, static_cast<std::size_t>(node));
  }
  for (auto const& [share, node] : shares_before_) {
    if (seen_[node] == looks_ || share <= 0) continue;
    consider(share, node);
    break;
  }
  if (fullest == SIZE_MAX) return;
  PowerNode const& node = graph_.nodes[fullest];
  NodeFlow const& now = flow_.at({static_cast<std::int32_t>(fullest)});
  outcome.fullest = node.name;
  Rating rating = node.rating;
  double const left = std::min(1.0, static_cast<double>(flow_.units({static_cast<std::int32_t>(fullest)})) / limits_[fullest].needed);
  if (rating.power) rating.power = *rating.power * left;
  if (rating.apparent) rating.apparent = *rating.apparent * left;
  outcome.limit = binding_limit(limits_of(rating, {now.output.p.si(), now.output.s().si(), now.input.s().si() / std::max(1, now.live_parents)}));
}

void Contingency::take_out(const PathFault& fault) {
  for (NodeId node : fault.nodes) flow_.set_units(node, fault.kind == FaultKind::unit ? std::max(0, flow_.units(node) - 1) : 0);
}

// Inside a trial: what it has darkened.
Contingency::Dark Contingency::newly_dark() {
  Dark out;
  ++looks_;
  for (NodeId id : flow_.changed_in_trial()) {
    auto const i = static_cast<std::size_t>(id);
    if (flow_.at(id).energised || seen_[i] == looks_) continue;
    seen_[i] = looks_;
    if (int const server = graph_.nodes[i].server; server >= 0) out.servers.push_back(server);
    if (rack_of_[i] < 0) continue;
    auto const rack = static_cast<std::size_t>(rack_of_[i]);
    auto& seen = seen_[graph_.nodes.size() + rack];
    if (seen == looks_ || !dark(flow_, graph_.racks[rack])) continue;
    seen = looks_;
    out.racks.push_back(rack_of_[i]);
  }
  if (reach_.has_network()) add_cut_off(out);
  return out;
}

void Contingency::add_cut_off(Dark& dark) {
  reach_.look([&](NodeId node) { return flow_.at(node).energised; });
  for (std::int32_t server : reach_.cut_off()) {
    auto& seen = seen_[static_cast<std::size_t>(graph_.servers[static_cast<std::size_t>(server)].node)];
    if (std::exchange(seen, looks_) != looks_) dark.servers.push_back(server);
  }
}

std::vector<CascadeStep> Contingency::follow(const std::vector<NodeId>& hot) {
  std::vector<CascadeStep> steps;
  cascade_->forget();
  for (CascadeStep step; cascade_->step(flow_, steady_, hot, step);) steps.push_back(step);
  return steps;
}

std::vector<CascadeStep> Contingency::unprovoked() {
  flow_.begin_trial();
  steady_.reset();
  auto const steps = follow(hot_);
  flow_.undo();
  return steps;
}

FaultOutcome Contingency::outcome(const PathFault& fault) {
  FaultOutcome outcome;
  outcome.fault = fault;
  flow_.begin_trial();
  steady_.reset();
  take_out(fault);
  steady_.settle(flow_);
  outcome.gap = bridges_->gap(flow_, steady_);
  std::size_t const dark_at_once = newly_dark().servers.size();
  outcome.cascade = follow(hot_);
  Dark now = newly_dark();
  std::erase_if(now.servers, [&](int server) { return std::ranges::binary_search(dark_before_, server); });
  std::erase_if(now.racks, [&](int rack) { return std::ranges::binary_search(racks_dark_before_, rack); });
  std::ranges::sort(now.racks);
  std::ranges::sort(now.servers);
  outcome.racks = std::move(now.racks);
  outcome.servers = std::move(now.servers);
  outcome.it_kw_lost = it_kw_ - flow_.it_power() / kilowatt;
  outcome.facility_kw = flow_.facility_power() / kilowatt;
  find_fullest(outcome);
  flow_.undo();
  bool const carried = !outcome.gap.servers.empty();
  if (carried) outcome.first_dark_s = outcome.gap.first_dark_s;
  else if (dark_at_once > 0) outcome.first_dark_s = 0;
  else if (outcome.darkens()) outcome.first_dark_s = outcome.cascade.empty() ? 0 : outcome.cascade.back().at_s;
  return outcome;
}

std::vector<FaultOutcome> Contingency::singles() {
  std::vector<FaultOutcome> out;
  for (auto const& fault : single_faults(graph_)) out.push_back(outcome(fault));
  return out;
}

namespace {

bool more_harm(const PairOutcome& a, const PairOutcome& b) {
  return std::tuple(a.racks_dark, a.servers_dark, a.it_kw_lost, -a.first, -a.second) > std::tuple(b.racks_dark, b.servers_dark, b.it_kw_lost, -b.first, -b.second);
}

// Is something dark that is in neither of the two? Sorted lists.
bool has_others(const std::vector<int>& dark, const std::vector<int>& a, const std::vector<int>& b) {
  return std::ranges::any_of(dark, [&](int each) { return !std::ranges::binary_search(a, each) && !std::ranges::binary_search(b, each); });
}

void keep_worst(std::vector<PairOutcome>& pairs, std::size_t kept) {
  if (pairs.size() <= kept) return;
  std::ranges::nth_element(pairs, pairs.begin() + static_cast<std::ptrdiff_t>(kept), more_harm);
  pairs.resize(kept);
}

}  // namespace

// The first fault stays while the other one comes and goes, so that a pair costs what the other one changes.
PairsAnswer Contingency::pairs(std::size_t kept) {
  PairsAnswer answer;
  for (auto& fault : single_faults(graph_))
    if (fault.kind == FaultKind::element || (fault.kind == FaultKind::common_cause && fault.counts)) answer.faults.push_back(std::move(fault));
  std::vector<FaultOutcome> alone;
  for (auto const& fault : answer.faults) alone.push_back(outcome(fault));
  for (std::size_t i = 0; i < answer.faults.size(); ++i) pair_with_others(i, alone, answer, kept);
  keep_worst(answer.worst, kept);
  std::ranges::sort(answer.worst, more_harm);
  return answer;
}

void Contingency::pair_with_others(std::size_t i, const std::vector<FaultOutcome>& alone, PairsAnswer& answer, std::size_t kept) {
  flow_.begin_trial();
  steady_.reset();
  take_out(answer.faults[i]);
  steady_.settle(flow_);
  auto const hot = cascade_->overloaded(flow_);
  Dark const with_one = newly_dark();
  for (std::size_t k = i + 1; k < answer.faults.size(); ++k) {
    flow_.begin_trial();
    steady_.reset();
    take_out(answer.faults[k]);
    steady_.settle(flow_);
    answer.cascade += follow(hot).empty() ? 0 : 1;
    Dark const dark = joined(newly_dark(), with_one);
    double const it_kw = flow_.it_power() / kilowatt;
    flow_.undo();
    ++answer.pairs;
    if (dark.racks.empty() && dark.servers.empty()) continue;
    PairOutcome const pair{static_cast<int>(i), static_cast<int>(k), static_cast<int>(dark.racks.size()), static_cast<int>(dark.servers.size()), it_kw_ - it_kw};
    ++answer.darken;
    if (!answer.worst_of_all || more_harm(pair, *answer.worst_of_all)) answer.worst_of_all = pair;
    if (!has_others(dark.servers, alone[i].servers, alone[k].servers) && !has_others(dark.racks, alone[i].racks, alone[k].racks)) continue;
    ++answer.worse;
    answer.worst.push_back(pair);
    if (answer.worst.size() >= 2 * kept + 1000) keep_worst(answer.worst, kept);
  }
  flow_.undo();
}

// What the first fault darkened is dark still; part of it may stand among what the second one changed, too.
Contingency::Dark Contingency::joined(Dark dark, const Dark& with_one) {
  ++looks_;
  auto const rack_seen = [&](int rack) -> std::uint64_t& { return seen_[graph_.nodes.size() + static_cast<std::size_t>(rack)]; };
  auto const server_seen = [&](int server) -> std::uint64_t& { return seen_[static_cast<std::size_t>(graph_.servers[static_cast<std::size_t>(server)].node)]; };
  for (int rack : dark.racks) rack_seen(rack) = looks_;
  for (int server : dark.servers) server_seen(server) = looks_;
  for (int rack : with_one.racks)
    if (rack_seen(rack) != looks_) dark.racks.push_back(rack);
  for (int server : with_one.servers)
    if (server_seen(server) != looks_) dark.servers.push_back(server);
  return dark;
}

void sort_by_harm(std::vector<FaultOutcome>& outcomes) {
  auto const key = [](const FaultOutcome& outcome) {
    return std::tuple(outcome.racks.size(), outcome.servers.size(), outcome.gap.racks.size(), outcome.gap.servers.size(), outcome.cascade.size(), outcome.limit ? outcome.limit->used_share() : 0.0);
  };
  std::ranges::stable_sort(outcomes, [&](const FaultOutcome& a, const FaultOutcome& b) { return key(a) > key(b); });
}

namespace {

std::string overload_text(const FaultOutcome& outcome) {
  for (auto const& step : outcome.cascade)
    if (step.effect == "bypass") return fmt::format("puts {} on its bypass at {:.4g} %", step.element, 100 * step.load);
  return outcome.limit ? fmt::format("leaves {} at {:.4g} % of its {}", outcome.fullest, 100 * outcome.limit->used_share(), outcome.limit->unit) : "";
}

std::tuple<bool, int, int> harm(const Shortfall& s) { return {!s.for_a_while, s.racks, s.servers}; }

// The worst of the faults that a level asks to be borne; nothing: it is reached.
template <class Asked, class Broken>
std::optional<Shortfall> shortfall(Tolerance level, const std::vector<FaultOutcome>& singles, Asked asked, Broken broken) {
  std::optional<Shortfall> worst;
  for (auto const& single : singles) {
    if (!asked(single.fault) || !broken(single)) continue;
    bool const for_a_while = !single.darkens() && single.interrupts();
    Shortfall found{level, single.fault.name, static_cast<int>((for_a_while ? single.gap.racks : single.racks).size()), static_cast<int>((for_a_while ? single.gap.servers : single.servers).size()), for_a_while, ""};
    if (!single.interrupts()) found.why = overload_text(single);
    if (!worst || harm(found) > harm(*worst)) worst = found;
  }
  return worst;
}

}  // namespace

bool FaultOutcome::overloads() const {
  bool const on_bypass = std::ranges::any_of(cascade, [](const CascadeStep& step) { return step.effect == "bypass"; });
  return on_bypass || (limit && limit->used_share() > 1 + 1e-9);
}

// Fault tolerant: no counted fault darkens anything, at the end or in the gap. Concurrently maintainable: no element taken
// out in a planned way does; there is no gap then. N+1: no unit of what gives capacity does, generators' while nothing else
// feeds, and there is such a unit. None of these leaves anything beyond its rating.
ToleranceVerdict verdict_of(const std::vector<FaultOutcome>& singles, const std::vector<FaultOutcome>& on_generators) {
  auto const darkens = [](const FaultOutcome& single) { return single.darkens() || single.overloads(); };
  auto const interrupts = [](const FaultOutcome& single) { return single.interrupts() || single.overloads(); };
  auto const counts = [](const PathFault& fault) { return fault.counts; };
  auto const element = [](const PathFault& fault) { return fault.counts && fault.kind != FaultKind::common_cause; };
  auto const capacity = [](const PathFault& fault) { return fault.capacity; };
  std::optional<Shortfall> n_plus_1 = shortfall(Tolerance::n_plus_1, singles, capacity, interrupts);
  if (std::ranges::none_of(singles, [&](const FaultOutcome& single) { return capacity(single.fault); })) n_plus_1 = Shortfall{Tolerance::n_plus_1, "", 0, 0, false, ""};
  auto const all = [](const PathFault&) { return true; };
  if (auto const generator = shortfall(Tolerance::n_plus_1, on_generators, all, darkens); generator && (!n_plus_1 || harm(*generator) > harm(*n_plus_1))) n_plus_1 = generator;
  std::optional<Shortfall> const maintainable = shortfall(Tolerance::concurrently_maintainable, singles, element, darkens);
  std::optional<Shortfall> const tolerant = shortfall(Tolerance::fault_tolerant, singles, counts, interrupts);
  ToleranceVerdict verdict;
  if (!n_plus_1) verdict.tolerance = Tolerance::n_plus_1;
  if (!maintainable) verdict.tolerance = Tolerance::concurrently_maintainable;
  if (!tolerant) verdict.tolerance = Tolerance::fault_tolerant;
  for (auto const& each : {n_plus_1, maintainable, tolerant})
    if (each && each->missed > verdict.tolerance) verdict.shortfalls.push_back(*each);
  return verdict;
}

void lower(ToleranceVerdict& verdict, Shortfall found) {
  if (verdict.tolerance >= found.missed) verdict.tolerance = static_cast<Tolerance>(static_cast<int>(found.missed) - 1);
  auto const same = std::ranges::find(verdict.shortfalls, found.missed, &Shortfall::missed);
  if (same == verdict.shortfalls.end()) verdict.shortfalls.push_back(std::move(found));
  else if (harm(found) > harm(*same)) *same = std::move(found);
}

namespace {

std::vector<ContingencyAnswer::SinglePoint> points_above_racks(const PowerGraph& graph) {
  SinglePoints const points = single_points(graph);
  std::vector<ContingencyAnswer::SinglePoint> out;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    bool const above = graph.nodes[i].hall < 0;
    if (above && points.racks[i] + points.servers[i] > 0) out.push_back({graph.nodes[i].name, points.racks[i], points.servers[i]});
  }
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) { return std::tuple(a.racks, a.servers) > std::tuple(b.racks, b.servers); });
  return out;
}

}  // namespace

namespace {

// The loss of one unit of each generator while every utility is out.
std::vector<FaultOutcome> on_generators(const PowerGraph& graph, const std::vector<Power>& delivered) {
  std::vector<PlannedOutage> utilities;
  for (NodeId utility : graph.utilities) utilities.push_back({utility, 0});
  std::vector<FaultOutcome> out;
  if (graph.generators.empty()) return out;
  Contingency work(graph, delivered, utilities);
  for (auto const& fault : single_faults(graph)) {
    bool const generator = fault.capacity && graph.nodes[static_cast<std::size_t>(fault.nodes.front())].kind == NodeKind::generator;
    if (!generator) continue;
    out.push_back(work.outcome(fault));
    out.back().fault.name += ", the utilities out,";
  }
  return out;
}

}  // namespace

ContingencyAnswer contingency(const PowerGraph& graph, std::vector<Power> delivered, std::optional<std::size_t> pairs_kept) {
  Contingency work(graph, std::move(delivered));
  ContingencyAnswer answer;
  answer.racks = static_cast<int>(graph.racks.size());
  answer.servers = static_cast<int>(graph.servers.size());
  answer.it_kw = work.it_kw();
  answer.facility_kw = work.facility_kw();
  answer.unprovoked = work.unprovoked();
  answer.singles = work.singles();
  answer.verdict = verdict_of(answer.singles, on_generators(graph, work.delivered()));
  sort_by_harm(answer.singles);
  answer.single_points = points_above_racks(graph);
  if (pairs_kept) answer.pairs = work.pairs(*pairs_kept);
  return answer;
}

}  // namespace headroom
