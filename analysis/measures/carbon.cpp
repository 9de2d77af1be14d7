#include "analysis/measures/carbon.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "analysis/measures/kwh.h"
#include "analysis/measures/site_energy.h"
#include "base/quantity.h"
#include "base/read_fields.h"
#include "base/sum.h"
#include "base/yaml.h"
#include "conditions/grids/grid_spec_fields.h"

namespace headroom {
namespace {

constexpr double year_hours = 8760;

// Every recorded interval of every utility, by time within each.
std::vector<EnergyPiece> utility_pieces(const RunReader& run) {
  std::vector<EnergyPiece> out;
  for (int node : nodes_of_kind(run.nodes(), "utility")) {
    std::vector<EnergyPiece> const pieces = energy_pieces(run, node);
    out.insert(out.end(), pieces.begin(), pieces.end());
  }
  return out;
}

struct Weighed {
  double joules = 0, sum = 0;                    // energy covered by the track; energy times value
};

Weighed weigh(const std::vector<EnergyPiece>& pieces, const Track& track) {
  CompensatedSum joules, sum;
  cut_at_changes(pieces, track, [&](double energy_j, double value) {
    joules.add(energy_j);
    sum.add(energy_j * value);
  });
  return {joules.value(), sum.value()};
}

// g/kWh times J to kg.
double kilograms(const Weighed& weighed) { return kwh(weighed.sum) / 1e3; }

std::optional<double> emitted(const std::vector<EnergyPiece>& pieces, const Track& track) {
  return track.empty() ? std::nullopt : std::optional(kilograms(weigh(pieces, track)));
}

std::optional<double> mean_at_use(const std::vector<EnergyPiece>& pieces, const Track& track) {
  Weighed const weighed = weigh(pieces, track);
  return weighed.joules == 0 ? std::nullopt : std::optional(weighed.sum / weighed.joules);
}

std::optional<double> time_mean(const Track& track) {
  if (track.empty() || track.end_ns <= track.from_ns.front()) return std::nullopt;
  return mean_at_use({{track.from_ns.front(), track.end_ns, 1}}, track);
}

Track track_of(const DatedSeries& series, const RunClock& clock, const RunReader& run) {
  std::int64_t const end_s = clock.start_unix_s() + (clock.end_ns() + nanoseconds_per_second - 1) / nanoseconds_per_second;
  if (!series.covers(clock.start_unix_s(), end_s))
    throw InputError({run.directory().string(), 0, 0}, fmt::format("the run is from {} to {}, the intensities from {} to {}", to_text(DateTime{clock.start_unix_s(), 0}), to_text(DateTime{end_s, 0}),
                                                                   to_text(DateTime{series.begin_s(), 0}), to_text(DateTime{series.end_s, 0})));
  Track out;
  out.end_ns = clock.end_ns();
  for (std::size_t i = series.at(clock.start_unix_s()); i < series.values.size() && series.from_s[i] < end_s; ++i) {
    out.from_ns.push_back(std::max<std::int64_t>(0, (series.from_s[i] - clock.start_unix_s()) * nanoseconds_per_second));
    out.values.push_back(series.values[i]);
  }
  return out;
}

// Each contract takes its share of the use at every moment; what is left is of the residual intensity.
void add_market(const GridSpec& grid, const RunClock& clock, const std::vector<EnergyPiece>& pieces, const Track& average, const Track& residual, CarbonUse& out) {
  double left = 1, contracted_kg = 0;
  for (auto const& contract : grid.contracts) {
    double const bought_kwh = contract.energy_per_year ? *contract.energy_per_year / kilowatt_hour * clock.hours() / year_hours : 0;
    double const wanted = contract.share ? *contract.share : out.grid_kwh > 0 ? bought_kwh / out.grid_kwh : 0, share = std::min(left, wanted);
    left -= share;
    out.contracted_kwh += share * out.grid_kwh;
    if (contract.renewable) out.contracted_renewable_kwh += share * out.grid_kwh;
    contracted_kg += share * out.grid_kwh * (contract.carbon / gram_per_kilowatt_hour) / 1e3;
  }
  auto const rest = emitted(pieces, residual.empty() ? average : residual);
  if (rest && (!grid.contracts.empty() || !residual.empty())) out.market_kg = contracted_kg + left * *rest;
}

// The part of a track that holds within a span.
Track within(const Track& track, std::int64_t from_ns, std::int64_t to_ns) {
  Track out;
  out.end_ns = std::min(track.end_ns, to_ns);
  std::size_t i = static_cast<std::size_t>(std::ranges::upper_bound(track.from_ns, from_ns) - track.from_ns.begin());
  for (i = i == 0 ? 0 : i - 1; i < track.values.size() && track.from_ns[i] < to_ns; ++i) {
    out.from_ns.push_back(std::max(track.from_ns[i], from_ns));
    out.values.push_back(track.values[i]);
  }
  return out;
}

std::vector<EnergyPiece> within(const std::vector<EnergyPiece>& pieces, std::int64_t from_ns, std::int64_t to_ns) {
  std::vector<EnergyPiece> out;
  for (auto const& piece : pieces)
    if (piece.from_ns < to_ns && piece.to_ns > from_ns) out.push_back(piece);
  return out;
}

void add_months(const RunClock& clock, const std::vector<EnergyPiece>& pieces, const Track& average, CarbonUse& out) {
  std::vector<RunClock::Month> const months = clock.months();
  std::vector<double> const used = by_month(pieces, months);
  for (std::size_t i = 0; i < months.size(); ++i)
    out.months.push_back({months[i].name, kwh(used[i]), emitted(within(pieces, months[i].from_ns, months[i].to_ns), within(average, months[i].from_ns, months[i].to_ns))});
}

}  // namespace

GridSpec grid_of_run(const RunReader& run) {
  for (auto const& input : run.inputs()) {
    if (input.name != "scenario") continue;
    nlohmann::json const scenario = nlohmann::json::parse(input.text);
    if (!scenario.contains("conditions") || !scenario["conditions"].contains("grid")) return {};
    ReadContext context;
    return read_document<GridSpec>(*parse_yaml(scenario["conditions"]["grid"].dump(), run.directory().string() + ": conditions.grid"), context);
  }
  return {};
}

std::vector<CarbonStep> carbon_steps(const RunReader& run, const std::optional<DatedSeries>& intensity) {
  RunClock const clock(run);
  Track const average = intensity ? track_of(*intensity, clock, run) : recorded_track(run, "carbon_g_per_kwh");
  Track numbers = average;
  for (std::size_t i = 0; i < numbers.values.size(); ++i) numbers.values[i] = static_cast<double>(i);
  std::vector<CompensatedSum> energy_j(average.values.size());
  cut_at_changes(utility_pieces(run), numbers, [&](double part_j, double number) { energy_j[static_cast<std::size_t>(number)].add(part_j); });
  std::vector<CarbonStep> out;
  for (std::size_t i = 0; i < average.values.size(); ++i) {
    std::int64_t const to_ns = i + 1 < average.values.size() ? average.from_ns[i + 1] : average.end_ns;
    double const used = kwh(energy_j[i].value());
    out.push_back({static_cast<double>(average.from_ns[i]) / 1e9, static_cast<double>(to_ns) / 1e9, average.values[i], used, used * average.values[i]});
  }
  return out;
}

CarbonUse carbon_use(const RunReader& run, const std::optional<DatedSeries>& intensity) {
  CarbonUse out;
  RunClock const clock(run);
  std::vector<EnergyPiece> const pieces = utility_pieces(run);
  CompensatedSum used;
  for (auto const& piece : pieces) used.add(piece.energy_j);
  out.grid_kwh = kwh(used.value());
  Track const average = intensity ? track_of(*intensity, clock, run) : recorded_track(run, "carbon_g_per_kwh");
  out.location_kg = emitted(pieces, average);
  out.mean_g_per_kwh = mean_at_use(pieces, average);
  out.time_mean_g_per_kwh = time_mean(average);
  out.marginal_kg = emitted(pieces, recorded_track(run, "marginal_carbon_g_per_kwh"));
  out.renewable_share = mean_at_use(pieces, recorded_track(run, "renewable_share"));
  out.carbon_free_share = mean_at_use(pieces, recorded_track(run, "carbon_free_share"));
  add_market(grid_of_run(run), clock, pieces, average, recorded_track(run, "residual_carbon_g_per_kwh"), out);
  out.fuel_l = quantity_total(run, "fuel_l");
  if (out.fuel_l) out.generators_kg = *out.fuel_l * diesel_kg_per_l;
  add_months(clock, pieces, average, out);
  return out;
}

}  // namespace headroom
