#include "sim/power/power_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr int most_rounds = 10'000;      // of one instant; elements take one step at a time and wait in between

bool speaks_for_itself(const PowerNode& node) { return node.kind == NodeKind::server || node.kind == NodeKind::generator; }

}  // namespace

PowerSystem::PowerSystem(const PowerGraph& graph, std::uint64_t seed, ChangeSink sink, std::optional<Duration> reset_after)
    : shared_(graph, seed, std::move(sink), reset_after), elements_(elements_of(shared_)), breakers_(shared_), planned_(elements_.size(), never) {
  std::size_t const n = graph.nodes.size();
  element_of_.assign(n, -1);
  alarm_va2_.assign(n, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    auto const node = static_cast<std::size_t>(elements_[i]->node());
    element_of_[node] = static_cast<std::int32_t>(i);
    alarm_va2_[node] = elements_[i]->alarm_va() * elements_[i]->alarm_va();
  }
  shared_.flow.update();               // batteries are ready now
  ask_all();                           // some may be overloaded from the start
  for (std::size_t i = 0; i < n; ++i) energised_.push_back(flow().at({static_cast<std::int32_t>(i)}).energised ? 1 : 0);
}

Instant PowerSystem::next() const {
  if (flow().switched()) return passed_;       // not settled yet
  return std::min({dates_.empty() ? never : dates_.begin()->first, breakers_.next(), shared_.next_reset()});
}

void PowerSystem::fail(Instant now, NodeId node, int units, const std::string& state, std::int64_t cause, const std::string& reason) {
  shared_.now = std::max(shared_.now, now);
  int const count = shared_.node(node).count, out = shared_.out(node) + units;
  shared_.set_out(node, out);
  shared_.change(node, out >= count ? state : fmt::format("{} of {} {}", out, count, state), cause, reason);
}

void PowerSystem::repair(Instant now, NodeId node, int units, const std::string& reason) {
  int const count = shared_.node(node).count, out = shared_.out(node) - units;
  expects(out >= 0, "what is repaired was out");
  shared_.set_out(node, out);
  shared_.now = std::max(shared_.now, now);
  if (out >= count) return;
  if (out > 0) {
    shared_.change(node, fmt::format("{} of {} failed", out, count), shared_.last_change(node), reason);
    return;
  }
  if (shared_.tripped(node)) shared_.reset(node);
  returned_.push_back(node);
}

void PowerSystem::tell(Instant now, NodeId node, const std::string& state, const std::string& reason, std::int64_t cause) {
  shared_.now = std::max(shared_.now, now);
  shared_.change(node, state, cause, reason);
}

void PowerSystem::settle(Instant now) {
  changed_.clear();
  alarmed_.clear();
  feeds_changed_ = false;
  pass(now);
  bool moved = shared_.next_reset() <= now;
  if (moved)
    for (NodeId node : shared_.reset_due()) returned_.push_back(node);
  for (int round = 0; round == 0 || moved; ++round) {
    expects(round < most_rounds, "the elements of the power path come to rest");
    bool const switched = flow().switched();
    solve();
    if (switched) note_feeds();
    bool const tripped = breakers_.trip_due();
    moved = (switched || moved ? ask_all() : ask_watched()) || tripped;
  }
}

// What elements hold moves on under the flow that was there until now.
void PowerSystem::pass(Instant now) {
  double const seconds = (now - std::exchange(passed_, now)).seconds();
  shared_.now = now;
  if (seconds <= 0) return;
  for (std::size_t element : active_) elements_[element]->pass(seconds);
}

void PowerSystem::solve() {
  shared_.flow.update();
  changed_.insert(changed_.end(), flow().changed().begin(), flow().changed().end());
  for (NodeId node : flow().changed()) {
    auto const i = static_cast<std::size_t>(node);
    if (breakers_.watches(node)) breakers_.look(node);
    if (alarm_va2_[i] == std::numeric_limits<double>::infinity()) continue;
    Load const output = flow().at(node).output;
    if (output.p.si() * output.p.si() + output.q.si() * output.q.si() >= alarm_va2_[i]) alarmed_.push_back(static_cast<std::size_t>(element_of_[i]));
  }
}

std::string PowerSystem::state_in_service(NodeId node) const {
  if (shared_.node(node).kind == NodeKind::generator) return flow().running(node) ? "running" : "off";
  if (!flow().at(node).energised) return "dark";
  if (flow().on_battery(node)) return "on battery";
  return flow().bypass(node) ? "bypass" : flow().storage(node) == Storage::charging ? "recharging" : "live";
}

// From the top down, so that a cause has its number before its effect.
void PowerSystem::note_feeds() {
  feeds_changed_ = true;
  std::vector<NodeId> nodes(flow().changed().begin(), flow().changed().end());
  std::sort(nodes.begin(), nodes.end());
  for (NodeId node : std::exchange(returned_, {})) note_return(node);
  for (NodeId node : nodes) note_feed(node);
}

void PowerSystem::note_return(NodeId node) {
  if (!flow().in_service(node)) return;
  energised_[static_cast<std::size_t>(node)] = flow().at(node).energised ? 1 : 0;
  shared_.change(node, state_in_service(node), shared_.last_change(node), "in service again");
}

// A transfer switch on another source than its first says so.
std::string PowerSystem::fed_as(NodeId node) const {
  PowerNode const& spec = shared_.node(node);
  for (std::size_t k = 1; spec.transfer && k < spec.parents.size(); ++k)
    if (flow().connected(node, k)) return "on " + shared_.node(spec.parents[k]).name;
  return "live";
}

void PowerSystem::note_feed(NodeId node) {
  bool const live = flow().at(node).energised;
  if (std::exchange(energised_[static_cast<std::size_t>(node)], live ? 1 : 0) == (live ? 1 : 0)) return;
  if (speaks_for_itself(shared_.node(node)) || !flow().in_service(node)) return;
  std::string const& state = shared_.state(node);
  // these say it already
  if (live ? state.starts_with("on ") : state == "open" || state == "battery empty") return;
  if (live) shared_.change(node, fed_as(node), flow().has_input(node) ? shared_.why_input(node) : shared_.last_change(node), flow().has_input(node) ? "fed again" : "from its battery");
  else shared_.change(node, "dark", std::max(shared_.why_no_input(node), shared_.last_change(node)), "no input");
}

bool PowerSystem::ask_all() {
  bool moved = false;
  for (std::size_t i = 0; i < elements_.size(); ++i) moved |= ask(i);
  return moved;
}

bool PowerSystem::ask_watched() {
  bool const nobody = active_.empty() && alarmed_.empty() && (dates_.empty() || dates_.begin()->first > shared_.now);
  if (nobody) return false;
  std::vector<std::size_t> watched = active_;
  watched.insert(watched.end(), alarmed_.begin(), alarmed_.end());
  for (auto const& [when, element] : dates_) {
    if (when > shared_.now) break;
    watched.push_back(element);
  }
  std::sort(watched.begin(), watched.end());
  watched.erase(std::unique(watched.begin(), watched.end()), watched.end());
  bool moved = false;
  for (std::size_t element : watched) moved |= ask(element);
  return moved;
}

bool PowerSystem::ask(std::size_t index) {
  Element& element = *elements_[index];
  bool const moved = element.react();
  if (element.due != planned_[index]) {
    dates_.erase({planned_[index], index});
    planned_[index] = element.due;
    if (element.due != never) dates_.insert({element.due, index});
  }
  auto const place = std::lower_bound(active_.begin(), active_.end(), index);
  bool const listed = place != active_.end() && *place == index;
  if (element.active() && !listed) active_.insert(place, index);
  if (!element.active() && listed) active_.erase(place);
  return moved;
}

}  // namespace headroom
