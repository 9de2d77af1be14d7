// headroom carbon RUN: what a run emitted, by the intensities that it has or by those of a file.
#include "analysis/measures/carbon.h"

#include <fmt/format.h>

#include "analysis/measures/embodied.h"
#include "analysis/summary/site_summary.h"
#include "base/csv.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"

namespace headroom {
namespace {

struct CarbonOptions {
  std::string run, intensity, time, value, unit = "g/kWh", timezone;
  bool steps = false;
};

// A file's first column is the time and its second the intensity, where nothing else is said.
std::optional<DatedSeries> intensity_of(const CarbonOptions& options, const RunReader& run) {
  if (options.intensity.empty()) return std::nullopt;
  SignalSpec spec;
  spec.file = find_file(options.intensity, {}).string();
  spec.time = options.time;
  spec.value = options.value;
  CsvReader const header(spec.file);
  if (header.columns().size() >= 2 && spec.time.empty()) spec.time = header.columns()[0].name;
  if (header.columns().size() >= 2 && spec.value.empty()) spec.value = header.columns()[1].name;
  if (spec.time.empty() || spec.value.empty()) throw InputError({options.intensity, 1, 1}, "the file needs two columns, the time and the intensity; --time and --value say which");
  spec.unit = options.unit;
  spec.timezone = options.timezone;
  spec.where = {"--intensity", 0, 0};
  RunClock const clock(run);
  LoadedSignal loaded = load_signal(spec, "carbon", clock.start_unix_s(), clock.start_unix_s() + (clock.end_ns() + 999'999'999) / 1'000'000'000);
  if (!loaded.currency.empty()) throw InputError({"--unit", 0, 0}, fmt::format("'{}' is a price; an intensity is in g/kWh, kg/MWh, lb/kWh and the like", options.unit));
  return loaded.series;
}

nlohmann::ordered_json embodied_json(const Embodied& made) {
  nlohmann::ordered_json out{{"kg", made.kg}, {"kg_per_year", made.kg_per_year}, {"run_kg", made.run_kg}, {"kg_per_it_kwh", made.kg_per_it_kwh}, {"assumed_share", made.assumed_share}, {"items", nlohmann::ordered_json::array()}};
  for (auto const& row : made.rows)
    out["items"].push_back({{"item", row.item}, {"amount", row.amount}, {"unit", row.unit}, {"kg", row.kg}, {"life_years", row.life_years}, {"kg_per_year", row.kg_per_year()}, {"evidence", row.evidence}, {"source", row.source}});
  return out;
}

nlohmann::ordered_json to_json(const CarbonUse& carbon, const Embodied& made, const std::vector<CarbonStep>& steps, bool with_steps) {
  nlohmann::ordered_json out = carbon_json(carbon);
  out["months"] = nlohmann::ordered_json::array();
  for (auto const& month : carbon.months) {
    nlohmann::ordered_json row{{"month", month.name}, {"grid_kwh", month.grid_kwh}};
    if (month.location_kg) row["location_kg"] = *month.location_kg;
    out["months"].push_back(std::move(row));
  }
  out["embodied"] = embodied_json(made);
  if (with_steps)
    for (auto const& step : steps) out["steps"].push_back({{"from_s", step.from_s}, {"to_s", step.to_s}, {"g_per_kwh", step.g_per_kwh}, {"kwh", step.kwh}, {"g", step.g}});
  return out;
}

std::string to_text(const CarbonUse& carbon, const Embodied& made) {
  std::string out = fmt::format("{:.6g} kWh from the grid\n", carbon.grid_kwh);
  auto const line = [&](const char* what, const std::optional<double>& kg) { if (kg) out += fmt::format("  {:<28}{:>14.6g} kg\n", what, *kg); };
  line("location-based", carbon.location_kg);
  line("by the marginal intensity", carbon.marginal_kg);
  line("market-based", carbon.market_kg);
  if (carbon.fuel_l) line("fuel burnt by generators", carbon.generators_kg);
  line("embodied, of the run's time", made.run_kg);
  if (!carbon.location_kg) out += "  the run has no intensity of the grid; give one by --intensity FILE, or conditions.grid.carbon in the scenario\n";
  if (carbon.mean_g_per_kwh) out += fmt::format("  {:.4f} g/kWh at use, {:.4f} g/kWh over the time of the run\n", *carbon.mean_g_per_kwh, carbon.time_mean_g_per_kwh.value_or(0));
  for (auto const& month : carbon.months) out += fmt::format("  {}  {:>14.6g} kWh  {:>14} kg\n", month.name, month.grid_kwh, month.location_kg ? fmt::format("{:.6g}", *month.location_kg) : "");
  out += fmt::format("embodied: {:.6g} kg in all, {:.6g} kg a year; {:.0f} % of it rests on figures that are assumed or recalled\n", made.kg, made.kg_per_year, 100 * made.assumed_share);
  for (auto const& row : made.rows) out += fmt::format("  {:<14}{:>12.6g} {:<5}{:>14.6g} kg over {:g} years ({})\n", row.item, row.amount, row.unit, row.kg, row.life_years, row.evidence);
  return out;
}

int carbon(const CarbonOptions& options, const Globals& globals) {
  RunReader const run(options.run);
  std::optional<DatedSeries> const intensity = intensity_of(options, run);
  CarbonUse const use = carbon_use(run, intensity);
  Embodied const made = embodied(run);
  print_result(globals.format == OutputFormat::json ? to_json(use, made, options.steps ? carbon_steps(run, intensity) : std::vector<CarbonStep>{}, options.steps).dump(2) : to_text(use, made));
  return done;
}

}  // namespace

void add_carbon(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<CarbonOptions>();
  CLI::App* verb = subcommand(app, globals, "carbon", "what a run emitted: by location, market and margin, by generators, and in the making");
  verb->add_option("run", options->run, "folder of a run, or its run.sqlite")->required();
  verb->add_option("--intensity", options->intensity, "a CSV file of intensities, instead of the run's own");
  verb->add_option("--time", options->time, "its column of moments (default: the first)");
  verb->add_option("--value", options->value, "its column of intensities (default: the second)");
  verb->add_option("--unit", options->unit, "their unit (default: g/kWh)");
  verb->add_option("--timezone", options->timezone, "of moments without an offset");
  verb->add_flag("--steps", options->steps, "with --format json: energy and emissions while each intensity holds");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return carbon(*options, globals); }; });
}

}  // namespace headroom
