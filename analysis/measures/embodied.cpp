#include "analysis/measures/embodied.h"

#include <nlohmann/json.hpp>

#include <map>

#include "base/csv.h"
#include "base/quantity.h"
#include "base/shipped.h"
#include "base/units.h"

namespace headroom {
namespace {

constexpr double embodied_year_hours = 8760;

using Json = nlohmann::json;

Json scenario_with_site(const RunReader& run) {
  for (auto const& input : run.inputs())
    if (input.name == "scenario") return Json::parse(input.text);
  return Json::object();
}

double count_of(const Json& item) { return item.value("count", 1.0); }

// Of all servers, as the site says it of their types.
double memory_gb(const Json& scenario) {
  double out = 0;
  if (!scenario.contains("site")) return out;
  for (auto const& hall : scenario["site"].value("halls", Json::array()))
    for (auto const& rack : hall.value("racks", Json::array()))
      for (auto const& server : rack.value("servers", Json::array())) {
        if (!server.contains("type") || !server["type"].is_object() || !server["type"].contains("memory")) continue;
        auto const size = parse_quantity<DataSize>(server["type"]["memory"].get<std::string>());
        if (auto const* memory = std::get_if<DataSize>(&size)) out += count_of(rack) * count_of(server) * (*memory / gigabyte);
      }
  return out;
}

void add_node(const NodeRow& node, std::map<std::string, double>& amounts) {
  if (node.kind == "rack") amounts["rack"] += node.count;
  if (node.kind != "transformer" && node.kind != "ups" && node.kind != "generator") return;
  double const kva = node.rated_va ? *node.rated_va / 1e3 : node.rated_w ? *node.rated_w / 1e3 : 0;
  amounts[node.kind] += kva;
}

std::map<std::string, double> amounts_of(const RunReader& run) {
  std::map<std::string, double> out;
  double it_peak_w = 0;
  for (auto const& row : run.totals("run"))
    if (row.node == it_meter) it_peak_w = row.input_peak_w;
  for (auto const& node : run.nodes()) add_node(node, out);
  Json const scenario = scenario_with_site(run);
  out["server"] = out["nic"] = static_cast<double>(run.meta_whole("servers"));
  out["core"] = static_cast<double>(run.meta_whole("cores"));
  out["gpu"] = static_cast<double>(run.meta_whole("gpus"));
  out["memory"] = memory_gb(scenario);
  out["building"] = it_peak_w / 1e3;
  for (auto const& [key, value] : run.all_meta())
    if (key.starts_with("storage ") && key.ends_with(" energy_j")) out["storage"] += run.meta_number(key) / kilowatt_hour.si();
  if (scenario.contains("site") && scenario["site"].contains("onsite"))
    for (auto const& array : scenario["site"]["onsite"].value("photovoltaics", Json::array())) {
      auto const power = parse_quantity<Power>(array.value("dc_power", "0 W"));
      if (auto const* dc = std::get_if<Power>(&power)) out["photovoltaic"] += *dc / kilowatt;
    }
  return out;
}

}  // namespace

Embodied embodied(const RunReader& run) {
  Embodied out;
  std::map<std::string, double> const amounts = amounts_of(run);
  double assumed_kg = 0, it_kwh = 0;
  CsvReader table(shipped_root() / "analysis/carbon/embodied.csv", {{"item"}, {"unit"}, {"kg"}, {"life_years"}, {"evidence"}, {"source"}});
  while (table.next()) {
    auto const found = amounts.find(std::string(table.text(0)));
    if (found == amounts.end() || found->second <= 0) continue;
    EmbodiedRow row{std::string(table.text(0)), std::string(table.text(1)), std::string(table.text(4)), std::string(table.text(5)), found->second, found->second * table.number(2), table.number(3)};
    out.kg += row.kg;
    out.kg_per_year += row.kg_per_year();
    if (row.evidence != "seen") assumed_kg += row.kg;
    out.rows.push_back(std::move(row));
  }
  for (auto const& row : run.totals("run"))
    if (row.node == it_meter) it_kwh = row.input_j / kilowatt_hour.si();
  out.run_kg = out.kg_per_year * static_cast<double>(run.meta_whole("end_ns")) / 3.6e12 / embodied_year_hours;
  if (it_kwh > 0) out.kg_per_it_kwh = out.run_kg / it_kwh;
  if (out.kg > 0) out.assumed_share = assumed_kg / out.kg;
  return out;
}

}  // namespace headroom
