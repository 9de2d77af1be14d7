// Where the static and the timed answer to a fault differ, and why.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/statics/contingency_text.h"
#include "analysis/study/contingency_in_time.h"

namespace headroom {
namespace {

bool is_trip(const Change& change) { return change.to == "tripped" || change.to == "overloaded" || change.to == "bypass"; }
std::string at_text(const Change& change) { return seconds_text(change.when.seconds()); }
std::string told(const Change& change) { return fmt::format("{} {} at {} ({})", change.element, change.to, at_text(change), change.reason); }

class Comparison {
 public:
  Comparison(const PowerGraph& graph, const FaultOutcome& fixed, const TimedOutcome& timed) : graph_(graph), fixed_(fixed), timed_(timed) {
    for (auto const& change : timed.changes) by_id_[change.id] = &change;
  }

  std::vector<Disagreement> compare() {
    for (int rack : timed_.racks)
      if (!std::ranges::binary_search(fixed_.racks, rack)) add("dark at the end in time only", name(rack), why_dark(rack));
    for (int rack : fixed_.racks)
      if (!std::ranges::binary_search(timed_.racks, rack)) add("dark at the end in the static answer only", name(rack), why_not_dark());
    for (auto const& rack : timed_.for_a_while)
      if (!std::ranges::binary_search(fixed_.gap.racks, rack.rack)) add("dark for a while in time, not at the end", name(rack.rack), why_for_a_while(rack));
    compare_trips();
    return std::move(out_);
  }

 private:
  const std::string& name(int rack) const { return graph_.racks[static_cast<std::size_t>(rack)].name; }

  // Places with one reason stand together.
  void add(const std::string& what, const std::string& where, const std::string& reason) {
    auto const same = std::ranges::find_if(out_, [&](const Disagreement& each) { return each.what == what && each.reason == reason; });
    if (same != out_.end()) same->where.push_back(where);
    else out_.push_back({what, {where}, reason});
  }

  const Change* last_change(const std::string& element, const std::string& to) const {
    const Change* found = nullptr;
    for (auto const& change : timed_.changes)
      if (change.element == element && change.to == to) found = &change;
    return found;
  }

  // Up the chain to the first change that is more than a lost input.
  const Change* root_of(const Change* change) const {
    while (change != nullptr && change->to == "dark") {
      auto const cause = by_id_.find(change->cause);
      if (cause == by_id_.end()) return change;
      change = cause->second;
    }
    return change;
  }

  const Change* darkening(int rack) const {
    const Change* latest = nullptr;
    for (NodeId strip : graph_.racks[static_cast<std::size_t>(rack)].strips) {
      const Change* dark = last_change(graph_.nodes[static_cast<std::size_t>(strip)].name, "dark");
      if (dark != nullptr && (latest == nullptr || dark->id > latest->id)) latest = dark;
    }
    return root_of(latest);
  }

  const Change* first(std::initializer_list<std::string_view> states) const {
    auto const found = std::ranges::find_if(timed_.changes, [&](const Change& change) { return std::ranges::find(states, change.to) != states.end(); });
    return found == timed_.changes.end() ? nullptr : &*found;
  }

  std::string why_dark(int rack) const {
    const Change* root = darkening(rack);
    std::string reason = root == nullptr ? "out of service itself" : told(*root);
    if (const Change* start = first({"failed to start"})) reason += fmt::format("; {} failed to start by chance, which the static answer leaves out", start->element);
    else if (const Change* fuel = first({"out of fuel"})) reason += fmt::format("; the tank of {} is empty after {}, which the static answer leaves out", fuel->element, at_text(*fuel));
    return reason;
  }

  std::string why_not_dark() const {
    for (auto const& change : timed_.changes)
      if (change.to == "on battery" && last_change_of(change.element)->to == "on battery") return fmt::format("{} is on its battery still after a day", change.element);
    if (!fixed_.cascade.empty()) return "in the static answer " + step_text(fixed_.cascade.front()) + "; " + why_not_tripped(fixed_.cascade.front());
    if (const Change* root = timed_.changes.empty() ? nullptr : &timed_.changes.back()) return "in time it ended otherwise: " + told(*root);
    return "nothing changed in time";
  }

  const Change* last_change_of(const std::string& element) const {
    const Change* found = nullptr;
    for (auto const& change : timed_.changes)
      if (change.element == element) found = &change;
    return found;
  }

  std::string why_for_a_while(const TimedOutcome::ForAWhile& rack) const {
    const Change* root = darkening(rack.rack);
    return fmt::format("dark for {} only{}; {}", seconds_text(rack.dark_s), rack.servers_lost ? "" : ", which its servers ride through", root == nullptr ? "no input meanwhile" : told(*root));
  }

  void compare_trips() {
    std::set<std::string> in_time, in_static;
    for (auto const& change : timed_.changes)
      if (is_trip(change) && in_time.insert(change.element).second && !fixed_trips(change.element)) add("trips in time only", change.element, why_tripped(change));
    for (auto const& step : fixed_.cascade)
      if (in_static.insert(step.element).second && !in_time.contains(step.element)) add("trips in the static answer only", step.element, why_not_tripped(step));
  }

  bool fixed_trips(const std::string& element) const { return std::ranges::find(fixed_.cascade, element, &CascadeStep::element) != fixed_.cascade.end(); }

  std::string why_tripped(const Change& change) const {
    std::string reason = told(change);
    if (auto const cause = by_id_.find(change.cause); cause != by_id_.end()) reason += "; it followed " + told(*cause->second);
    return reason;
  }

  std::string why_not_tripped(const CascadeStep& step) const {
    if (const Change* sooner = first({"tripped", "overloaded", "battery empty", "failed to start"}); sooner != nullptr && sooner->when.seconds() < step.at_s)
      return fmt::format("in time {} came first, and its load went elsewhere", told(*sooner));
    if (timed_.servers_lost > 0) return fmt::format("in time {} servers lost their jobs before, and their load with them", timed_.servers_lost);
    if (step.at_s > 86400) return "it would trip later than a day after the fault";
    return "in time its load did not last for so long";
  }

  const PowerGraph& graph_;
  const FaultOutcome& fixed_;
  const TimedOutcome& timed_;
  std::map<std::int64_t, const Change*> by_id_;
  std::vector<Disagreement> out_;
};

}  // namespace

std::vector<Disagreement> disagreements(const PowerGraph& graph, const FaultOutcome& fixed, const TimedOutcome& timed) { return Comparison(graph, fixed, timed).compare(); }

}  // namespace headroom
