// Goals about the power path: what an overload opened, what was beyond its rating, what a fault would do at the worst moment.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/statics/contingency_text.h"
#include "analysis/study/goals_of_runs.h"
#include "analysis/study/moment.h"
#include "analysis/study/scenario_of_run.h"

namespace headroom {
namespace {

constexpr double rounding = 1e-9;      // of sums along the path

// States that an overload alone leads to.
bool by_overload(const std::string& state) {
  constexpr std::array states{"tripped", "overloaded", "bypass"};
  return std::ranges::find(states, state) != states.end();
}

bool unsafe(const FaultOutcome& outcome) { return !outcome.cascade.empty() || outcome.overloads(); }

std::string told(const FaultOutcome& outcome) {
  if (outcome.cascade.empty()) return fmt::format("leaves {} at {:.4g} % of its {}", outcome.fullest, 100 * outcome.limit->used_share(), outcome.limit->unit);
  std::string const more = outcome.cascade.size() > 1 ? fmt::format(", and {} more", outcome.cascade.size() - 1) : "";
  return fmt::format("takes others along: {}{}", step_text(outcome.cascade.front()), more);
}

}  // namespace

GoalResult judge_no_trip(const RunReader& run) {
  GoalResult result;
  for (auto const& change : run.changes()) {
    if (!by_overload(change.to)) continue;
    if (++result.value > 1) continue;
    result.where = change.element;
    result.why = fmt::format("{} ({})", change.to, change.reason);      // the first one
    result.at_s = static_cast<double>(change.time_ns) / 1e9;
  }
  result.met = result.value == 0;
  return result;
}

GoalResult judge_within_ratings(const RunReader& run) {
  GoalResult result;
  auto const peaks = node_peaks(run, "run");
  const NodePower* worst = nullptr;
  for (auto const& node : peaks) {
    if (!node.binding || node.binding->used_share() <= 1 + rounding) continue;
    ++result.value;
    if (worst == nullptr || node.binding->used_share() > worst->binding->used_share()) worst = &node;
  }
  result.met = worst == nullptr;
  if (result.met) return result;
  result.where = worst->name;
  result.why = fmt::format("carries {:.6g} {}, rated {:.6g}, at its peak", worst->binding->carried, worst->binding->unit, worst->binding->allowed);
  result.at_s = worst->input_peak_s;
  return result;
}

// The same faults and the same solve as `headroom contingency`, at the loads of that moment with everything in service.
GoalResult judge_n_minus_1_safe(const RunReader& run) {
  PowerGraph const graph = build_power_graph(scenario_of(run).site.value);
  Moment const moment = moment_of(run, peak_of(run));
  Contingency work(graph, delivered_at(graph, moment));
  GoalResult result;
  if (auto const steps = work.unprovoked(); !steps.empty()) {
    result.value = 1;
    result.where = "before any fault";
    result.why = step_text(steps.front());
  }
  auto singles = work.singles();
  std::erase_if(singles, [](const FaultOutcome& outcome) { return !unsafe(outcome); });
  sort_by_harm(singles);
  if (result.value == 0 && !singles.empty()) {
    result.where = "the loss of " + singles.front().fault.name;
    result.why = told(singles.front());
  }
  result.value += static_cast<double>(singles.size());
  result.met = result.value == 0;
  if (!result.met) result.at_s = moment.at.seconds();
  return result;
}

}  // namespace headroom
