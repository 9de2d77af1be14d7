// headroom weather: what a weather file says as a whole, before a run is built on it.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/read_fields.h"
#include "base/temperature.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "conditions/weather/weather_fields.h"
#include "conditions/weather/weather_totals.h"

namespace headroom {
namespace {

struct WeatherOptions {
  std::string subject, below;
  std::vector<std::string> settings;
};

// The spec that a scenario would have: this file, with settings for its other keys.
WeatherSpec spec_of(const WeatherOptions& options) {
  auto name = std::make_shared<Tree>();
  name->kind = Tree::Kind::scalar;
  name->text = find_file(options.subject, {"weather"}).string();
  name->where = {"--set", 0, 0};           // its path is from the current folder
  Tree tree;
  tree.kind = Tree::Kind::map;
  tree.where = name->where;
  tree.entries.push_back({"file", name->where, name});
  auto const overrides = parse_overrides(options.settings);
  ReadContext context;
  context.overrides = &overrides;
  return read_document<WeatherSpec>(tree, context);
}

std::optional<double> threshold_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto const parsed = Temperature::parse(text);
  if (auto const* what = std::get_if<std::string>(&parsed)) throw InputError({"--below", 0, 0}, *what);
  return std::get<Temperature>(parsed).celsius();
}

std::string offset_text(std::int32_t offset_s) { return fmt::format("UTC{}{:02}:{:02}", offset_s < 0 ? '-' : '+', std::abs(offset_s) / 3600, std::abs(offset_s) / 60 % 60); }

std::string kind_of(const Weather& weather) { return weather.is_typical ? "typical year" : weather.repeats ? "one year, repeated" : "real years"; }

nlohmann::ordered_json to_json(const Weather& weather, const WeatherTotals& totals) {
  nlohmann::ordered_json out{{"file", weather.file}, {"kind", kind_of(weather)}, {"rows", totals.rows}, {"step_s", weather.step_s}, {"utc_offset_h", weather.offset_s / 3600.0}};
  if (!weather.station.empty()) out["station"] = weather.station;
  if (!weather.place.empty()) out["place"] = weather.place;
  if (!weather.source.empty()) out["source"] = weather.source;
  if (weather.has_place) {
    out["latitude"] = weather.latitude;
    out["longitude"] = weather.longitude;
    out["elevation_m"] = weather.elevation_m;
  }
  if (!weather.repeats) {
    out["from"] = to_text(DateTime{weather.begin_s + weather.shift_s, weather.offset_s});
    out["until"] = to_text(DateTime{weather.end_s(), weather.offset_s});
  }
  for (auto const& [name, spread] : {std::pair{"dry_bulb", totals.dry_bulb_c}, std::pair{"wet_bulb", totals.wet_bulb_c}}) {
    out[fmt::format("{}_min_c", name)] = spread.least;
    out[fmt::format("{}_mean_c", name)] = spread.mean;
    out[fmt::format("{}_max_c", name)] = spread.most;
  }
  out["relative_humidity_mean"] = totals.relative_humidity_mean;
  out["pressure_mean_pa"] = totals.pressure_mean_pa;
  if (weather.has_irradiance) out["global_horizontal_kwh_m2"] = totals.global_horizontal_kwh_m2;
  out["cooling_degree_days_18_3"] = totals.cooling_degree_days;
  for (auto const& band : totals.bands) out["bands"].push_back({{"from_c", band.from_c}, {"to_c", band.to_c}, {"dry_bulb_h", band.dry_bulb_h}, {"wet_bulb_h", band.wet_bulb_h}});
  if (totals.below) out["below"] = {{"threshold_c", totals.below->threshold_c}, {"dry_bulb_h", totals.below->dry_bulb_h}, {"wet_bulb_h", totals.below->wet_bulb_h}};
  if (!weather.notes.empty()) out["notes"] = weather.notes;
  out["sha256"] = weather.sha256;
  return out;
}

std::string bands_text(const WeatherTotals& totals) {
  std::string out = "\n  hours          dry bulb  wet bulb\n";
  for (auto const& band : totals.bands) out += fmt::format("  {:>3} to {:>3} C  {:>8.6g}  {:>8.6g}\n", band.from_c, band.to_c, band.dry_bulb_h, band.wet_bulb_h);
  if (!totals.below) return out;
  auto const share = [&](double hours) { return fmt::format("{:.6g} h ({:.1f} %)", hours, 100 * hours / totals.hours); };
  return out + fmt::format("\n  at {} C or below: dry bulb {}, wet bulb {}\n", number_text(totals.below->threshold_c), share(totals.below->dry_bulb_h), share(totals.below->wet_bulb_h));
}

std::string to_text(const Weather& weather, const WeatherTotals& totals) {
  std::string out;
  auto const line = [&](std::string_view label, const std::string& value) { out += fmt::format("  {:<22}{}\n", label, value); };
  auto const spread = [](const Spread& s) { return fmt::format("{:.1f} to {:.1f} C, mean {:.2f} C", s.least, s.most, s.mean); };
  if (!weather.station.empty()) line("station", fmt::format("{}{}{}", weather.station, weather.place.empty() ? "" : ", ", weather.place));
  if (weather.has_place) line("place", fmt::format("latitude {}, longitude {}, {} m", weather.latitude, weather.longitude, weather.elevation_m));
  line("kind", weather.source.empty() ? kind_of(weather) : fmt::format("{} ({})", kind_of(weather), weather.source));
  line("rows", fmt::format("{}, {} apart, {}", totals.rows, human(whole_seconds(weather.step_s)), offset_text(weather.offset_s)));
  if (!weather.repeats) line("from, until", fmt::format("{}, {}", to_text(DateTime{weather.begin_s + weather.shift_s, weather.offset_s}), to_text(DateTime{weather.end_s(), weather.offset_s})));
  for (auto const& note : weather.notes) line("", note);
  line("dry bulb", spread(totals.dry_bulb_c));
  line("wet bulb", spread(totals.wet_bulb_c));
  line("relative humidity", fmt::format("mean {:.1f} %", 100 * totals.relative_humidity_mean));
  line("pressure", fmt::format("mean {:.2f} kPa", totals.pressure_mean_pa / 1000));
  if (weather.has_irradiance) line("sun on level ground", fmt::format("{:.1f} kWh/m2", totals.global_horizontal_kwh_m2));
  line("cooling degree days", fmt::format("{:.1f} K d above 18.3 C", totals.cooling_degree_days));
  line("sha256", weather.sha256);
  return out + bands_text(totals);
}

int show_weather(const WeatherOptions& options, const Globals& globals) {
  Weather const weather = load_weather(spec_of(options));
  WeatherTotals const totals = totals_of(weather, threshold_of(options.below));
  print_result(globals.format == OutputFormat::json ? to_json(weather, totals).dump(2) : to_text(weather, totals));
  return done;
}

}  // namespace

void add_weather(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<WeatherOptions>();
  CLI::App* verb = subcommand(app, globals, "weather", "totals of a weather file: temperatures, sun, hours at which outdoor air or water is cold enough");
  verb->add_option("file", options->subject, "a name of what ships, or a path: EPW, TMY3 or a table")->required();
  verb->add_option("--below", options->below, "a temperature such as '18 C': the hours at it or below, by dry bulb and by wet bulb");
  verb->add_option("--set", options->settings, "KEY=VALUE as under conditions.weather of a scenario, such as utc_offset='-5 h'")->expected(1)->take_all();
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return show_weather(*options, globals); }; });
}

}  // namespace headroom
