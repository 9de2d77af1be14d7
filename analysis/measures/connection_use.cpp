#include "analysis/measures/connection_use.h"

#include <algorithm>
#include <map>

#include "analysis/measures/kwh.h"
#include "analysis/measures/site_energy.h"
#include "analysis/measures/site_time.h"
#include "base/quantity.h"

namespace headroom {
namespace {

double hours_between(std::int64_t from_ns, std::int64_t to_ns) { return static_cast<double>(to_ns - from_ns) / 3.6e12; }

// Hours in which the utilities together drew at least 99.9 % of what they might. Their rows are of whole minutes each.
double hours_at_limit(const RunReader& run, const Track& limit) {
  std::map<std::int64_t, double> change_w;       // of their mean power, by time
  for (int node : nodes_of_kind(run.nodes(), "utility"))
    for (auto const& piece : energy_pieces(run, node)) {
      double const w = piece.energy_j / (static_cast<double>(piece.to_ns - piece.from_ns) / 1e9);
      change_w[piece.from_ns] += w;
      change_w[piece.to_ns] -= w;
    }
  std::vector<EnergyPiece> steps;
  double w = 0;
  for (auto at = change_w.begin(); at != change_w.end() && std::next(at) != change_w.end(); ++at) {
    w += at->second;
    steps.push_back({at->first, std::next(at)->first, w * hours_between(at->first, std::next(at)->first)});
  }
  double hours = 0;
  for (auto const& step : steps) {
    double const length = hours_between(step.from_ns, step.to_ns), mean_w = step.energy_j / length;
    cut_at_changes({{step.from_ns, step.to_ns, length}}, limit, [&](double part, double limit_w) { hours += mean_w >= 0.999 * limit_w ? part : 0; });
  }
  return hours;
}

}  // namespace

std::optional<ConnectionUse> connection_use(const RunReader& run) {
  Track const limit = recorded_track(run, "connection_limit_w"), speed = recorded_track(run, "it_speed");
  auto const curtailed = quantity_total(run, "curtailed_j");
  if (limit.empty() && curtailed.value_or(0) == 0) return std::nullopt;
  ConnectionUse out;
  if (!limit.empty()) {
    auto const [low, high] = std::ranges::minmax(limit.values);
    out.limit_kw_min = low / 1e3;
    out.limit_kw_max = high / 1e3;
    out.hours_at_limit = hours_at_limit(run, limit);
  }
  out.curtailed_mwh = kwh(curtailed.value_or(0)) / 1e3;
  for (auto const& piece : quantity_pieces(run, "curtailed_j"))
    if (piece.energy_j > 0) out.curtailed_hours += hours_between(piece.from_ns, piece.to_ns);
  for (std::size_t i = 0; i < speed.values.size(); ++i)
    if (speed.values[i] < 1) out.slowed_hours += hours_between(speed.from_ns[i], i + 1 < speed.values.size() ? speed.from_ns[i + 1] : speed.end_ns);
  return out;
}

std::optional<StorageUse> storage_use(const RunReader& run) {
  std::vector<NodeRow> const nodes = run.nodes();
  if (nodes_of_kind(nodes, "storage").empty()) return std::nullopt;
  SiteEnergy const energy = site_energy(run);
  StorageUse out;
  out.charged_kwh = energy.storage_charged_kwh;
  out.discharged_kwh = energy.storage_discharged_kwh;
  for (auto const& row : run.totals("run"))
    if (row.node >= 0 && nodes[static_cast<std::size_t>(row.node)].kind == "storage") {
      out.losses_kwh += kwh(row.loss_j);
      out.change_kwh += kwh(row.stored_j);
    }
  for (auto const& [key, value] : run.all_meta())
    if (key.starts_with("storage ") && key.ends_with(" energy_j")) out.capacity_kwh += kwh(run.meta_number(key));
  if (out.capacity_kwh > 0) out.cycles = out.discharged_kwh / out.capacity_kwh;
  return out;
}

}  // namespace headroom
