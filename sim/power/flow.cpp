#include "sim/power/flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/power/device_stage.h"

namespace headroom {
namespace {

bool is_leaf(const PowerNode& node) { return node.kind == NodeKind::server || node.kind == NodeKind::auxiliary; }

}  // namespace

PowerFlow::PowerFlow(const PowerGraph& graph) : graph_(&graph) {
  lay_out();
  mark_energised();
  for (std::size_t i = 0; i < graph.servers.size(); ++i)
    state_.demand_w[static_cast<std::size_t>(graph.servers[i].node)] =
        server_power(graph.server_types[static_cast<std::size_t>(graph.servers[i].type)].power, {}).si();
  solve_all();
}

void PowerFlow::lay_out() {
  auto const& nodes = graph_->nodes;
  std::size_t const n = nodes.size();
  std::vector<std::uint32_t> children(n, 0);
  level_.assign(n, 0);
  first_slot_.assign(1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (NodeId parent : nodes[i].parents) {
      auto const p = static_cast<std::uint32_t>(parent.index);
      slots_.push_back({p, children[p]++});
      level_[i] = std::max(level_[i], level_[p] + 1);
    }
    first_slot_.push_back(static_cast<std::uint32_t>(slots_.size()));
    stages_.push_back(is_leaf(nodes[i]) ? lossless_stage() : stage_of(*graph_, nodes[i], nodes[i].count));
  }
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::uint32_t leaves = children[i] == 0 ? 0 : 1;
    while (leaves < children[i]) leaves *= 2;
    tree_.push_back(begin);
    leaves_.push_back(leaves);
    begin += 2 * leaves;
  }
  int it_loads = 0;
  for (std::size_t i = 0; i < n; ++i) {
    bool const it = is_leaf(nodes[i]) && (nodes[i].part == LoadPart::it || nodes[i].kind == NodeKind::server);
    it_slot_.push_back(it ? it_loads++ : -1);
    if (nodes[i].follows_it) followers_.push_back({static_cast<std::int32_t>(i)});
  }
  state_.it = PairwiseSum(static_cast<std::size_t>(it_loads));
  state_.flows.assign(n, {});
  state_.sums.assign(begin, {});
  state_.demand_w.assign(n, 0.0);
  state_.in_service.assign(n, 1);
  for (std::size_t i = 0; i < n; ++i)
    if (nodes[i].kind == NodeKind::auxiliary) state_.demand_w[i] = nodes[i].power.si();
  marked_.resize(static_cast<std::size_t>(*std::max_element(level_.begin(), level_.end())) + 1);
  is_marked_.assign(n, 0);
}

int PowerFlow::live_parents(std::size_t node) const {
  int live = 0;
  for (auto k = first_slot_[node]; k < first_slot_[node + 1]; ++k) live += state_.flows[slots_[k].parent].energised ? 1 : 0;
  return live;
}

// Who is fed, from the utilities down; whoever's feeding changed is marked, also where one feed came as another went.
void PowerFlow::mark_energised() {
  std::vector<char> switched(state_.flows.size(), 0);
  for (std::size_t i = 0; i < state_.flows.size(); ++i) {
    NodeFlow& flow = state_.flows[i];
    bool const utility = graph_->nodes[i].kind == NodeKind::utility;
    int const live = live_parents(i);
    bool const energised = state_.in_service[i] != 0 && (utility || live > 0);
    bool fed_otherwise = live != flow.live_parents;
    for (auto k = first_slot_[i]; k < first_slot_[i + 1]; ++k) fed_otherwise |= switched[slots_[k].parent] != 0;
    switched[i] = energised != flow.energised ? 1 : 0;
    if (switched[i] == 0 && !fed_otherwise) continue;
    flow.energised = energised;
    flow.live_parents = live;
    mark(i);
  }
  topology_changed_ = false;
}

void PowerFlow::mark(std::size_t node) {
  if (is_marked_[node] != 0) return;
  is_marked_[node] = 1;
  marked_[static_cast<std::size_t>(level_[node])].push_back(static_cast<std::uint32_t>(node));
}

void PowerFlow::set_server_power(ServerId server, Power delivered) {
  auto const node = static_cast<std::size_t>(graph_->servers[static_cast<std::size_t>(server)].node);
  if (state_.demand_w[node] == delivered.si()) return;
  state_.demand_w[node] = delivered.si();
  mark(node);
}

void PowerFlow::set_auxiliary_power(NodeId node, Power power) {
  auto const i = static_cast<std::size_t>(node);
  if (state_.demand_w[i] == power.si()) return;
  state_.demand_w[i] = power.si();
  mark(i);
}

void PowerFlow::set_rack_scale(double scale) {
  state_.rack_scale = scale;
  for (std::size_t i = 0; i < graph_->nodes.size(); ++i)
    if (graph_->nodes[i].kind == NodeKind::rack || it_slot_[i] >= 0) mark(i);
}

void PowerFlow::set_in_service(NodeId node, bool in_service) {
  state_.in_service[static_cast<std::size_t>(node)] = in_service ? 1 : 0;
  topology_changed_ = true;
}

void PowerFlow::update() {
  changed_.clear();
  if (topology_changed_) mark_energised();
  solve_marked();
  if (followers_.empty()) return;
  Power const overhead = graph_->cooling.fixed + graph_->cooling.proportional * it_power();
  for (NodeId follower : followers_) set_auxiliary_power(follower, overhead);
  solve_marked();
}

void PowerFlow::solve_all() {
  for (std::size_t i = 0; i < state_.flows.size(); ++i) mark(i);
  update();
}

// Leaves first: whatever a node draws is known before the node that feeds it is solved.
void PowerFlow::solve_marked() {
  for (std::size_t level = marked_.size(); level-- > 0;) {
    for (std::size_t k = 0; k < marked_[level].size(); ++k) {
      auto const node = marked_[level][k];
      is_marked_[node] = 0;
      solve(node);
    }
    marked_[level].clear();
  }
}

void PowerFlow::solve(std::size_t node) {
  NodeFlow const now = flow_of(node);
  double const imbalance = std::abs((now.input.p - now.output.p - now.loss).si());
  if (!(imbalance <= 1e-9 * std::abs(now.input.p.si())) || !(now.input.p.si() >= 0))
    throw ContractError(fmt::format("power does not balance at {}: {} W in, {} W out, {} W lost", graph_->nodes[node].name,
                                    now.input.p.si(), now.output.p.si(), now.loss.si()));
  state_.flows[node] = now;
  changed_.push_back({static_cast<std::int32_t>(node)});
  if (it_slot_[node] >= 0) {
    double const times = graph_->nodes[node].hall >= 0 ? state_.rack_scale : 1.0;
    state_.it.set(static_cast<std::size_t>(it_slot_[node]), now.input.p.si() * times);
  }
  pass_up(node);
}

NodeFlow PowerFlow::flow_of(std::size_t node) const {
  NodeFlow now = state_.flows[node];
  now.output = now.input = {};
  now.loss = {};
  if (!now.energised) return now;
  PowerNode const& spec = graph_->nodes[node];
  if (is_leaf(spec)) {
    now.input = leaf_draw(node, now.live_parents);
    now.output = now.input;
    if (spec.kind == NodeKind::server) {     // what its parts get; the rest is lost in its power supplies
      now.output = {Power::from_si(state_.demand_w[node]), {}};
      now.loss = now.input.p - now.output.p;
    }
    return now;
  }
  if (leaves_[node] > 0) {
    PowerPair const sum = state_.sums[tree_[node] + 1];
    now.output = {Power::from_si(sum.p), ReactivePower::from_si(sum.q)};
  }
  // an enclosure's converters are spread over its feeds: those on a dead feed neither carry nor lose
  auto const parents = static_cast<int>(spec.parents.size());
  bool const fewer = spec.kind == NodeKind::enclosure && now.live_parents < parents && spec.count % parents == 0;
  StageInput const taken = stage_input(fewer ? stage_of(*graph_, spec, spec.count / parents * now.live_parents) : stages_[node], now.output);
  now.input = taken.input;
  now.loss = taken.loss;
  return now;
}

Load PowerFlow::leaf_draw(std::size_t node, int live) const {
  PowerNode const& spec = graph_->nodes[node];
  Power const demand = Power::from_si(state_.demand_w[node]);
  if (spec.kind == NodeKind::auxiliary) return with_power_factor(demand, spec.power_factor);
  ServerPlace const& server = graph_->servers[static_cast<std::size_t>(spec.server)];
  int const supplies = std::max(1, server.supplies * live / static_cast<int>(spec.parents.size()));
  return server_input(graph_->server_types[static_cast<std::size_t>(server.type)], demand, supplies);
}

// Each live parent carries an even share; dead ones nothing.
void PowerFlow::pass_up(std::size_t node) {
  NodeFlow const& now = state_.flows[node];
  double const times = graph_->nodes[node].kind == NodeKind::rack ? state_.rack_scale : 1.0;
  double const share = now.live_parents > 0 ? times / now.live_parents : 0.0;
  for (auto k = first_slot_[node]; k < first_slot_[node + 1]; ++k) {
    bool const live = now.energised && state_.flows[slots_[k].parent].energised;
    set_draw(slots_[k], live ? PowerPair{now.input.p.si() * share, now.input.q.si() * share} : PowerPair{});
  }
}

void PowerFlow::set_draw(Slot at, PowerPair draw) {
  PowerPair* const tree = &state_.sums[tree_[at.parent]];
  std::uint32_t i = leaves_[at.parent] + at.slot;
  if (tree[i] == draw) return;
  tree[i] = draw;
  for (i /= 2; i >= 1; i /= 2) tree[i] = {tree[2 * i].p + tree[2 * i + 1].p, tree[2 * i].q + tree[2 * i + 1].q};
  mark(at.parent);
}

Power PowerFlow::facility_power() const {
  Power sum;
  for (NodeId utility : graph_->utilities) sum += at(utility).input.p;
  return sum;
}

void PowerFlow::begin_trial() {
  bool const solved = !topology_changed_ && std::all_of(marked_.begin(), marked_.end(), [](const auto& level) { return level.empty(); });
  expects(solved, "a trial begins from a solved state: update() first");
  before_trial_ = std::make_unique<State>(state_);
}

void PowerFlow::undo() {
  expects(before_trial_ != nullptr, "undo() takes back a trial that begin_trial() began");
  state_ = std::move(*before_trial_);
  before_trial_.reset();
  for (auto& level : marked_) {       // set, but not solved
    for (auto node : level) is_marked_[node] = 0;
    level.clear();
  }
  topology_changed_ = false;
}

}  // namespace headroom
