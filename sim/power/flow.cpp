#include "sim/power/flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/power/device_stage.h"

namespace headroom {
namespace {

// So many nodes of a level, and a quarter of them at least: then adding up once is less work than following each change up.
constexpr std::size_t fewest_in_bulk = 16, bulk_share = 4;

}  // namespace

PowerFlow::PowerFlow(const PowerGraph& graph) : layout_(graph), overhead_share_(graph.cooling.proportional) {
  begin_state();
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) queue(i);
  mark_energised();
  for (std::size_t i = 0; i < graph.servers.size(); ++i)
    state_.demand_w[static_cast<std::size_t>(graph.servers[i].node)] =
        server_power(graph.server_types[static_cast<std::size_t>(graph.servers[i].type)].power, {}).si();
  solve_all();
}

void PowerFlow::begin_state() {
  auto const& nodes = layout_.graph->nodes;
  std::size_t const n = nodes.size();
  state_.it = PairwiseSum(layout_.it_loads);
  state_.flows.assign(n, {});
  state_.sums.assign(layout_.sums, {});
  state_.demand_w.assign(n, 0.0);
  state_.put_away_w.assign(layout_.givers.size(), 0.0);
  state_.closed.assign(layout_.slots.size(), 1);
  state_.running.assign(n, 0);
  state_.storage.assign(n, Storage::off);
  state_.bypass.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    state_.units.push_back(nodes[i].count);
    if (is_load_of_its_own(nodes[i].kind)) state_.demand_w[i] = nodes[i].power.si();
    if (nodes[i].kind == NodeKind::rack) state_.demand_w[i] = 1;
    if (nodes[i].transfer && !nodes[i].parents.empty()) std::fill(state_.closed.begin() + layout_.first_slot[i] + 1, state_.closed.begin() + layout_.first_slot[i + 1], 0);
  }
  for (NodeId utility : layout_.graph->utilities) state_.running[static_cast<std::size_t>(utility)] = 1;
  marked_.resize(layout_.levels);
  queued_.resize(layout_.levels);
  is_marked_.assign(n, 0);
  is_queued_.assign(n, 0);
  is_stale_.assign(n, 0);
  node_noted_.assign(n, 0);
  slot_noted_.assign(layout_.slots.size(), 0);
}

std::span<const NodeId> PowerFlow::children(NodeId node) const {
  auto const i = static_cast<std::size_t>(node);
  return {layout_.children.data() + layout_.first_child[i], layout_.first_child[i + 1] - layout_.first_child[i]};
}

Load PowerFlow::drawn_from(NodeId child, NodeId parent) const {
  auto const& parents = layout_.graph->nodes[static_cast<std::size_t>(child)].parents;
  for (std::size_t k = 0; k < parents.size(); ++k) {
    if (parents[k] != parent) continue;
    PowerPair const drawn = draw(layout_.first_slot[static_cast<std::size_t>(child)] + k);
    return {Power::from_si(drawn.p), ReactivePower::from_si(drawn.q)};
  }
  return {};
}

int PowerFlow::live_parents(std::size_t node) const {
  int live = 0;
  for (auto k = layout_.first_slot[node]; k < layout_.first_slot[node + 1]; ++k) live += state_.closed[k] != 0 && state_.flows[layout_.slots[k].parent].energised ? 1 : 0;
  return live;
}

// Who is fed, from the sources down; whoever's feeding changed is marked, also where one feed came as another went.
void PowerFlow::mark_energised() {
  for (auto& level : queued_) {
    for (std::size_t k = 0; k < level.size(); ++k) look_at_feed(level[k]);
    level.clear();
  }
  topology_changed_ = false;
}

void PowerFlow::queue(std::size_t node) {
  if (is_queued_[node] != 0) return;
  is_queued_[node] = 1;
  queued_[static_cast<std::size_t>(layout_.level[node])].push_back(static_cast<std::uint32_t>(node));
}

void PowerFlow::look_at_feed(std::size_t node) {
  is_queued_[node] = 0;
  mark(node);
  int const inputs = live_parents(node);
  bool const on_battery = carried_by_battery(node, inputs);
  int const live = on_battery ? 0 : inputs;
  bool const energised = state_.units[node] > 0 && (state_.running[node] != 0 || on_battery || live > 0);
  NodeFlow& flow = state_.flows[node];
  if (energised == flow.energised && live == flow.live_parents) return;
  note(node);
  if (energised != flow.energised)
    for (NodeId child : children({static_cast<std::int32_t>(node)})) queue(static_cast<std::size_t>(child));
  flow.energised = energised;
  flow.live_parents = live;
}

void PowerFlow::enlist(std::size_t node) {
  is_marked_[node] = 1;
  marked_[static_cast<std::size_t>(layout_.level[node])].push_back(static_cast<std::uint32_t>(node));
}

void PowerFlow::set_server_power(ServerId server, Power delivered) {
  std::size_t const node = layout_.node_of_server[static_cast<std::size_t>(server)];
  if (state_.demand_w[node] == delivered.si()) return;
  note(node);
  state_.demand_w[node] = delivered.si();
  mark(node);
}

void PowerFlow::set_auxiliary_power(NodeId node, Power power) {
  auto const i = static_cast<std::size_t>(node);
  if (state_.demand_w[i] == power.si()) return;
  note(i);
  state_.demand_w[i] = power.si();
  mark(i);
}

void PowerFlow::set_storage_power(NodeId node, Power drawn, Power stored) {
  auto const giver = std::ranges::find(layout_.givers, node) - layout_.givers.begin();
  double& put_away_w = state_.put_away_w[static_cast<std::size_t>(giver)];
  if (std::exchange(put_away_w, stored.si()) != stored.si()) mark(static_cast<std::size_t>(node));
  set_auxiliary_power(node, drawn);
}

void PowerFlow::set_rack_scale(double scale) {
  state_.rack_scale = scale;
  for (std::uint32_t node : layout_.feeds_of_racks) mark(node);
}

void PowerFlow::set_strip_times(NodeId strip, double times) {
  auto const i = static_cast<std::size_t>(strip);
  expects(layout_.graph->nodes[i].kind == NodeKind::rack && times >= 0, "only strips of racks count so many times");
  if (state_.demand_w[i] == times) return;
  note(i);
  state_.demand_w[i] = times;
  mark(i);
}

void PowerFlow::set_rack_times(std::vector<double> times_by_rack) {
  expects(trials_.empty() && times_by_rack.size() == layout_.graph->racks.size(), "what racks draw is set for all, and before a trial");
  state_.rack_times = std::move(times_by_rack);
  for (std::size_t i = 0; i < layout_.rack_of.size(); ++i)
    if (layout_.rack_of[i] >= 0 && layout_.it_slot[i] >= 0) mark(i);
}

// What racks add to the IT load by standing there more than once is counted when somebody asks, once for all scales.
Power PowerFlow::it_power() const {
  double const w = state_.it.value();
  if (state_.rack_scale == 1) return Power::from_si(w);
  if (!it_in_racks_w_) {
    it_in_racks_w_ = 0.0;
    for (std::size_t slot = 0; slot < layout_.it_in_rack.size(); ++slot)
      if (layout_.it_in_rack[slot] != 0) *it_in_racks_w_ += state_.it.at(slot);
  }
  return Power::from_si(w + (state_.rack_scale - 1) * *it_in_racks_w_);
}

bool PowerFlow::carried_by_battery(std::size_t node, int live) const {
  Storage const storage = state_.storage[node];
  return state_.units[node] > 0 && storage != Storage::off && (storage == Storage::carrying || live == 0);
}

void PowerFlow::mark_switched(NodeId node) {
  note(static_cast<std::size_t>(node));
  queue(static_cast<std::size_t>(node));
  topology_changed_ = true;
}

void PowerFlow::set_in_service(NodeId node, bool in_service) { set_units(node, in_service ? layout_.graph->nodes[static_cast<std::size_t>(node)].count : 0); }

void PowerFlow::set_units(NodeId node, int units) {
  expects(units >= 0 && units <= layout_.graph->nodes[static_cast<std::size_t>(node)].count, "no more devices work than there are");
  mark_switched(node);
  state_.units[static_cast<std::size_t>(node)] = units;
}

void PowerFlow::set_closed(NodeId node, std::size_t parent, bool closed) {
  mark_switched(node);
  std::size_t const slot = layout_.first_slot[static_cast<std::size_t>(node)] + parent;
  note_slot(slot);
  state_.closed[slot] = closed ? 1 : 0;
}

void PowerFlow::set_running(NodeId generator, bool running) {
  mark_switched(generator);
  state_.running[static_cast<std::size_t>(generator)] = running ? 1 : 0;
}

void PowerFlow::set_storage(NodeId node, Storage mode) {
  expects(mode == Storage::off || layout_.battery[static_cast<std::size_t>(node)] >= 0, "only a node with a battery stores");
  mark_switched(node);
  state_.storage[static_cast<std::size_t>(node)] = mode;
}

void PowerFlow::set_bypass(NodeId node, bool bypass) {
  mark_switched(node);
  state_.bypass[static_cast<std::size_t>(node)] = bypass ? 1 : 0;
}

void PowerFlow::update() {
  changed_.clear();
  if (topology_changed_) mark_energised();
  solve_marked();
  if (layout_.followers.empty()) return;
  Power const overhead = layout_.graph->cooling.fixed + overhead_share_ * it_power();
  for (NodeId follower : layout_.followers) set_auxiliary_power(follower, overhead);
  solve_marked();
}

void PowerFlow::solve_all() {
  for (std::size_t i = 0; i < state_.flows.size(); ++i) mark(i);
  update();
}

// Leaves first: whatever a node draws is known before the node that feeds it is solved.
void PowerFlow::solve_marked() {
  for (std::size_t level = marked_.size(); level-- > 0;) {
    auto& nodes = marked_[level];
    in_bulk_ = nodes.size() >= fewest_in_bulk && bulk_share * nodes.size() >= layout_.nodes_of_level[level];
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      is_marked_[nodes[k]] = 0;
      solve(nodes[k]);
    }
    nodes.clear();
  }
  in_bulk_ = false;
  if (std::exchange(it_is_stale_, false)) state_.it.add_up();
}

void PowerFlow::solve(std::size_t node) {
  if (layout_.leaf[node] >= 0) return solve_leaf(node, layout_.all_leaves[static_cast<std::size_t>(layout_.leaf[node])]);
  if (is_stale_[node] != 0) add_up(node);
  NodeFlow const now = flow_of(node);
  double const imbalance = std::abs((now.input.p - now.output.p - now.loss - now.stored).si());
  double const scale = std::max(std::abs(now.input.p.si()), std::abs(now.output.p.si()));
  if (!(imbalance <= 1e-9 * scale) || !(now.input.p.si() >= 0 || layout_.gives_below[node] != 0))
    throw ContractError(fmt::format("power does not balance at {}: {} W in, {} W out, {} W lost, {} W stored", layout_.graph->nodes[node].name,
                                    now.input.p.si(), now.output.p.si(), now.loss.si(), now.stored.si()));
  note(node);
  state_.flows[node] = now;
  changed_.push_back({static_cast<std::int32_t>(node)});
  pass_up(node, layout_.graph->nodes[node].kind == NodeKind::rack ? state_.demand_w[node] : 1.0);
}

// What a leaf loses is what its input is more than its output: it balances by that, and needs only to be a load at all.
void PowerFlow::solve_leaf(std::size_t node, const FlowLayout::Leaf& leaf) {
  note(node);
  NodeFlow& flow = state_.flows[node];
  Power const demand = Power::from_si(state_.demand_w[node]);
  if (!flow.energised) {
    flow.input = flow.output = {};
    flow.loss = flow.stored = {};
  } else if (leaf.gives) {
    flow.input = {demand, {}};
    flow.stored = stored_at(node);
    flow.output = layout_.graph->nodes[node].kind == NodeKind::photovoltaic ? flow.input : Load{};
    flow.loss = flow.input.p - flow.output.p - flow.stored;
  } else if (leaf.server == nullptr) {
    flow.input = flow.output = with_power_factor(demand, leaf.power_factor);
  } else {
    int const supplies = flow.live_parents == leaf.parents ? leaf.supplies : std::max(1, leaf.supplies * flow.live_parents / leaf.parents);
    flow.input = server_input(*leaf.server, demand, supplies);
    flow.output = {demand, {}};              // what its parts get; the rest is lost in its power supplies
    flow.loss = flow.input.p - flow.output.p;
  }
  if (!(flow.input.p.si() >= 0 || leaf.gives)) throw ContractError(fmt::format("{} draws {} W", layout_.graph->nodes[node].name, flow.input.p.si()));
  changed_.push_back({static_cast<std::int32_t>(node)});
  if (layout_.it_slot[node] >= 0) set_it(node, flow.input.p.si());
  pass_up(node, 1.0);
}

Power PowerFlow::stored_at(std::size_t node) const {
  auto const giver = std::ranges::find(layout_.givers, NodeId{static_cast<std::int32_t>(node)}) - layout_.givers.begin();
  return Power::from_si(state_.put_away_w[static_cast<std::size_t>(giver)]);
}

void PowerFlow::set_it(std::size_t node, double input_w) {
  auto const slot = static_cast<std::size_t>(layout_.it_slot[node]);
  it_in_racks_w_.reset();
  bool const counts_once = state_.rack_times.empty() || layout_.rack_of[node] < 0;
  double const w = counts_once ? input_w : input_w * state_.rack_times[static_cast<std::size_t>(layout_.rack_of[node])];
  if (!in_bulk_) return state_.it.set(slot, w);
  state_.it.put(slot, w);
  it_is_stale_ = true;
}

void PowerFlow::add_up(std::size_t node) {
  is_stale_[node] = 0;
  PowerPair* const tree = &state_.sums[layout_.tree[node]];
  for (std::uint32_t i = layout_.leaves[node] - 1; i >= 1; --i) tree[i] = {tree[2 * i].p + tree[2 * i + 1].p, tree[2 * i].q + tree[2 * i + 1].q};
}

NodeFlow PowerFlow::flow_of(std::size_t node) const {
  NodeFlow now = state_.flows[node];
  now.output = now.input = {};
  now.loss = now.stored = {};
  if (!now.energised) return now;
  if (layout_.leaves[node] > 0) {
    PowerPair const sum = state_.rack_scale == 1 ? state_.sums[layout_.tree[node] + 1] : drawn_by_children(node);
    now.output = {Power::from_si(sum.p), ReactivePower::from_si(sum.q)};
  }
  Stage unusual;
  Stage const& stage = is_usual(node, now.live_parents) ? layout_.stages[node] : (unusual = unusual_stage(node, now.live_parents));
  StageInput const taken = stage_input(stage, now.output);
  now.input = taken.input;
  now.loss = taken.loss;
  bool const stores = now.live_parents == 0 ? state_.storage[node] != Storage::off : state_.storage[node] == Storage::charging;
  if (stores) store(node, now, stage.sets_power_factor ? stage.tan_phi : 0);
  return now;
}

// Racks standing there more than once.
PowerFlow::PowerPair PowerFlow::drawn_by_children(std::size_t node) const {
  PowerPair const* const tree = &state_.sums[layout_.tree[node]];
  if (layout_.feeds_racks[node] == 0) return tree[1];
  PowerPair sum;
  for (auto k = layout_.first_child[node]; k < layout_.first_child[node + 1]; ++k) {
    PowerPair const& drawn = tree[layout_.leaves[node] + (k - layout_.first_child[node])];
    double const times = layout_.graph->nodes[static_cast<std::size_t>(layout_.children[k])].kind == NodeKind::rack ? state_.rack_scale : 1.0;
    sum.p += times * drawn.p;
    sum.q += times * drawn.q;
  }
  return sum;
}

// An enclosure's converters are spread over its feeds: those on a dead feed neither carry nor lose.
bool PowerFlow::is_usual(std::size_t node, int live) const {
  PowerNode const& spec = layout_.graph->nodes[node];
  if (state_.bypass[node] != 0 || state_.units[node] != spec.count) return false;
  auto const parents = static_cast<int>(spec.parents.size());
  return spec.kind != NodeKind::enclosure || live == 0 || live == parents || spec.count % parents != 0;
}

Stage PowerFlow::unusual_stage(std::size_t node, int live) const {
  PowerNode const& spec = layout_.graph->nodes[node];
  if (state_.bypass[node] != 0) return lossless_stage();
  if (state_.units[node] != spec.count) return stage_of(*layout_.graph, spec, state_.units[node]);
  return stage_of(*layout_.graph, spec, spec.count / static_cast<int>(spec.parents.size()) * live);
}

// The battery on the converter's side of the input: discharging it carries output and losses, charging adds to the input.
void PowerFlow::store(std::size_t node, NodeFlow& flow, double tan_phi) const {
  Battery const& battery = layout_.batteries[static_cast<std::size_t>(layout_.battery[node])];
  if (flow.live_parents == 0) {
    double const delivered_w = flow.input.p.si();
    double const drained_w = drain_w(battery, delivered_w);
    flow.loss += Power::from_si(drained_w - delivered_w);
    flow.stored = Power::from_si(-drained_w);
    flow.input = {};
    return;
  }
  double const stored_w = fill_w(battery);
  flow.input.p += Power::from_si(battery.charge_w);
  flow.input.q += ReactivePower::from_si(battery.charge_w * tan_phi);
  flow.loss += Power::from_si(battery.charge_w - stored_w);
  flow.stored = Power::from_si(stored_w);
}

// Each live parent carries an even share; dead ones nothing.
void PowerFlow::pass_up(std::size_t node, double times) {
  NodeFlow const& now = state_.flows[node];
  double const share = now.live_parents > 0 ? times / now.live_parents : 0.0;
  auto const first = layout_.first_slot[node], end = layout_.first_slot[node + 1];
  if (now.energised && now.live_parents == static_cast<int>(end - first)) {      // all of them live
    PowerPair const each{now.input.p.si() * share, now.input.q.si() * share};
    for (auto k = first; k < end; ++k) set_draw(k, each);
    return;
  }
  for (auto k = first; k < end; ++k) {
    bool const live = share > 0 && now.energised && state_.closed[k] != 0 && state_.flows[layout_.slots[k].parent].energised;
    set_draw(k, live ? PowerPair{now.input.p.si() * share, now.input.q.si() * share} : PowerPair{});
  }
}

Power PowerFlow::facility_power() const {
  Power sum;
  for (NodeId utility : layout_.graph->utilities) sum += at(utility).input.p;
  for (NodeId generator : layout_.graph->generators) sum += at(generator).input.p;
  for (NodeId giver : layout_.givers) sum += at(giver).loss - at(giver).input.p;
  return sum;
}

// Set, but not solved.
void PowerFlow::forget_marks() {
  for (auto& level : marked_) {
    for (auto node : level) is_marked_[node] = 0;
    level.clear();
  }
  for (auto& level : queued_) {
    for (auto node : level) is_queued_[node] = 0;
    level.clear();
  }
  topology_changed_ = false;
}

}  // namespace headroom
