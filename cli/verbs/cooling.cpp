// headroom cooling: the cooling of a site at one point of weather and load; the model of Lei and Masanet beside it.
#include <fmt/format.h>

#include "analysis/statics/cooling_point.h"
#include "base/csv.h"
#include "base/temperature.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "sim/physics/lei_masanet.h"
#include "sim/physics/psychrometrics.h"

namespace headroom {
namespace {

struct CoolingOptions {
  std::string subject, parameters, dry_bulb = "20 C", sea = "20 C", pressure = "101325 Pa", it;
  double humidity = 0.5;
  std::vector<std::string> settings;
};

template <class T>
T read(const char* option, const std::string& text, Parsed<T> (*parse)(std::string_view)) {
  auto const parsed = parse(text);
  if (auto const* what = std::get_if<std::string>(&parsed)) throw CLI::ValidationError(option, *what);
  return std::get<T>(parsed);
}

Outdoor outdoor_of(const CoolingOptions& options) {
  Outdoor out;
  out.dry_bulb_c = read("--dry-bulb", options.dry_bulb, Temperature::parse).celsius();
  out.relative_humidity = options.humidity;
  out.pressure_pa = read("--pressure", options.pressure, parse_quantity<Pressure>).si();
  if (out.dry_bulb_c < -60 || out.dry_bulb_c > 60) throw CLI::ValidationError("--dry-bulb", "-60 C to 60 C would do");
  if (out.pressure_pa < 50e3 || out.pressure_pa > 110e3) throw CLI::ValidationError("--pressure", "50 kPa to 110 kPa would do");
  out.wet_bulb_c = wet_bulb_c(out.dry_bulb_c, out.relative_humidity, out.pressure_pa);
  return out;
}

int show_point(const CoolingOptions& options, const Outdoor& outdoor, std::optional<Power> it, const Globals& globals) {
  PowerGraph const graph = build_power_graph(site_of(options.subject, options.settings));
  if (level_of(graph.cooling) == CoolingLevel::none) throw InputError({options.subject, 0, 0}, "the site has no cooling; add one, such as 'cooling: {proportional: 0.3}' or a plant (headroom schema site has its keys)");
  CoolingPoint const point = cooling_point(graph, outdoor, it);
  print_result(globals.format == OutputFormat::json ? to_json(point).dump(2) : to_text(point));
  return done;
}

// --- the model of Lei and Masanet ---

namespace lm = lei_masanet;

// A file has the symbols of one site, in any order.
std::pair<lm::Site, lm::Parameters> read_parameters(const std::string& file) {
  CsvReader csv(file, {{"symbol"}, {"value"}}, true);
  std::map<std::string, double, std::less<>> values;
  while (csv.next())
    if (!values.emplace(std::string(csv.text(0)), csv.number(1)).second) throw csv.problem(0, fmt::format("'{}' stands twice", csv.text(0)));
  lm::Site const site = values.contains("T_lo") ? lm::Site::air_side : values.contains("dT_m") ? lm::Site::sea_water : lm::Site::water_side;
  lm::Parameters out;
  std::vector<std::string> known;
  for (auto const& symbol : lm::symbols(site)) {
    known.emplace_back(symbol.name);
    auto const found = values.find(symbol.name);
    if (found == values.end()) throw InputError({file, 0, 0}, fmt::format("the symbol '{}' is missing", symbol.name));
    if (symbol.place) symbol.place(out) = found->second;
  }
  for (auto const& [name, value] : values)
    if (std::find(known.begin(), known.end(), name) == known.end()) throw InputError({file, 0, 0}, fmt::format("there is no symbol '{}' here{}", name, nearest_hint(name, known)));
  return {site, out};
}

int show_lei_masanet(const CoolingOptions& options, const Outdoor& outdoor, double sea_c, const Globals& globals) {
  auto const [site, parameters] = read_parameters(options.parameters);
  lm::Air const air{outdoor.dry_bulb_c, outdoor.relative_humidity, outdoor.pressure_pa};
  lm::Parts const p = site == lm::Site::air_side     ? lm::air_side(parameters, air)
                      : site == lm::Site::water_side ? lm::water_side(parameters, air)
                                                     : lm::sea_water(parameters, sea_c, outdoor.pressure_pa);
  std::pair<const char*, double> const parts[] = {{"ups", p.ups}, {"distribution", p.distribution}, {"lighting", p.lighting}, {"room_fan", p.room_fan}, {"humidifier", p.humidifier}, {"economiser_pump", p.economiser_pump},
                                                  {"chiller", p.chiller}, {"chilled_pump", p.chilled_pump}, {"tower_pump", p.tower_pump}, {"tower_fan", p.tower_fan}, {"sea_pump", p.sea_pump}};
  if (globals.format == OutputFormat::json) {
    nlohmann::ordered_json out{{"schema_version", 1}, {"pue", p.pue()}, {"economiser_share", p.economiser_share}, {"humidified_kg_per_it_kwh", p.humidified_kg_per_kwh}};
    for (auto const& [name, value] : parts) out["parts"][name] = value;
    print_result(out.dump(2));
    return done;
  }
  std::string text = fmt::format("PUE {:.6f}, {:.1f} % of the heat past the chiller (model of Lei and Masanet, {} economiser)\n", p.pue(), 100 * p.economiser_share,
                                 site == lm::Site::air_side ? "air-side" : site == lm::Site::water_side ? "water-side" : "sea-water");
  for (auto const& [name, value] : parts) text += fmt::format("  {:<16} {:.8f} of IT\n", name, value);
  print_result(text);
  return done;
}

}  // namespace

void add_cooling(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<CoolingOptions>();
  CLI::App* verb = subcommand(app, globals, "cooling", "the cooling plant at one point: power by element, PUE, water, capacity with one unit of each lost (static)");
  auto* const subject = verb->add_option("subject", options->subject, "a scenario, a site or a run");
  auto* const parameters = verb->add_option("--lei-masanet", options->parameters, "instead of a site: a parameter file (symbol, value) of the PUE model of Lei and Masanet");
  verb->add_option("--set", options->settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  verb->add_option("--dry-bulb", options->dry_bulb, "outdoors (default: 20 C)");
  verb->add_option("--humidity", options->humidity, "relative, 0 to 1 (default: 0.5)")->check(CLI::Range(0.0, 1.0));
  verb->add_option("--pressure", options->pressure, "of the outdoor air (default: 101325 Pa)");
  verb->add_option("--it", options->it, "IT power, such as \"1 MW\" (default: at nameplate)");
  auto* const sea = verb->add_option("--sea", options->sea, "Lei and Masanet's sea water (default: 20 C)");
  verb->callback([=, &globals] {
    if ((subject->count() > 0) == (parameters->count() > 0)) throw CLI::ValidationError("cooling", "name a site, or a parameter file with --lei-masanet");
    if (sea->count() > 0 && parameters->count() == 0) throw CLI::ValidationError("--sea", "is for --lei-masanet alone");
    Outdoor const outdoor = outdoor_of(*options);
    double const sea_c = read("--sea", options->sea, Temperature::parse).celsius();
    std::optional<Power> it;
    if (!options->it.empty()) it = read("--it", options->it, parse_quantity<Power>);
    if (it && *it <= Power{}) throw CLI::ValidationError("--it", "more than 0 would do");
    globals.chosen = [=, &globals] { return parameters->count() > 0 ? show_lei_masanet(*options, outdoor, sea_c, globals) : show_point(*options, outdoor, it, globals); };
  });
}

}  // namespace headroom
