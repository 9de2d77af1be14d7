#include "analysis/measures/facility_time.h"

#include <algorithm>

#include "analysis/measures/kwh.h"
#include "analysis/measures/site_energy.h"
#include "analysis/measures/site_time.h"
#include "base/quantity.h"

namespace headroom {
namespace {

}  // namespace

double PueMonth::losses_kwh() const {
  double loads = it_kwh + other_kwh;
  for (auto const& [kind, energy] : cooling_kwh) loads += energy;
  return facility_kwh - loads;
}

std::vector<PueMonth> pue_by_month(const RunReader& run) {
  std::vector<RunClock::Month> const months = RunClock(run).months();
  std::vector<PueMonth> out;
  for (auto const& month : months) out.push_back({month.name, 0, 0, {}, 0});
  auto const add = [&](int node, auto take) {
    std::vector<double> const energies = by_month(energy_pieces(run, node), months);
    for (std::size_t i = 0; i < months.size(); ++i) take(out[i], kwh(energies[i]));
  };
  add(it_meter, [](PueMonth& month, double energy) { month.it_kwh += energy; });
  add(facility_meter, [](PueMonth& month, double energy) { month.facility_kwh += energy; });
  for (auto const& node : run.nodes()) {
    if (node.kind == "photovoltaic") add(node.id, [](PueMonth& month, double energy) { month.facility_kwh -= energy; });
    else if (is_cooling(node)) add(node.id, [&](PueMonth& month, double energy) { month.cooling_kwh[node.kind == "auxiliary" ? "cooling" : node.kind] += energy; });
    else if (node.kind != "server" && node.part == "facility") add(node.id, [](PueMonth& month, double energy) { month.other_kwh += energy; });
  }
  return out;
}

LoadDuration load_duration(const RunReader& run, std::size_t points) {
  struct Step {
    double kw, hours;
  };
  std::vector<Step> steps;
  for (auto const& piece : energy_pieces(run, facility_meter)) {
    double const hours = static_cast<double>(piece.to_ns - piece.from_ns) / 3.6e12;
    if (hours > 0) steps.push_back({kwh(piece.energy_j) / hours, hours});
  }
  LoadDuration out;
  if (steps.empty()) return out;
  std::ranges::stable_sort(steps, std::greater<>(), &Step::kw);
  out.peak_kw = steps.front().kw;
  double all = 0;
  for (auto const& step : steps) all += step.hours;
  for (int percent = 10; percent <= 100; percent += 10) {
    double& hours = out.hours_above[percent];
    for (auto const& step : steps)
      if (step.kw >= out.peak_kw * percent / 100 * (1 - 1e-12)) hours += step.hours;
  }
  double before = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < points; ++i) {
    double const hours = all * static_cast<double>(i) / static_cast<double>(std::max<std::size_t>(points, 2) - 1);
    while (at + 1 < steps.size() && before + steps[at].hours <= hours) before += steps[at++].hours;
    out.curve.emplace_back(hours, steps[at].kw);
  }
  return out;
}

}  // namespace headroom
