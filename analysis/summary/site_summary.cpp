#include "analysis/summary/site_summary.h"

#include <fmt/format.h>

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

void put(OrderedJson& out, const char* key, const std::optional<double>& value) {
  if (value) out[key] = *value;
}

OrderedJson months_json(const SiteSummary& site) {
  OrderedJson out = OrderedJson::array();
  for (std::size_t i = 0; i < site.months.size(); ++i) {
    PueMonth const& month = site.months[i];
    OrderedJson row{{"month", month.name}, {"it_kwh", month.it_kwh}, {"facility_kwh", month.facility_kwh}, {"pue", month.pue()}, {"cooling_kwh", month.cooling_kwh}, {"other_kwh", month.other_kwh},
                    {"losses_kwh", month.losses_kwh()}};
    if (i < site.carbon.months.size()) put(row, "location_kg", site.carbon.months[i].location_kg);
    out.push_back(std::move(row));
  }
  return out;
}

OrderedJson energy_json(const SiteEnergy& energy) {
  OrderedJson out{{"utility_kwh", energy.utility_kwh}, {"generator_kwh", energy.generator_kwh}, {"used_kwh", energy.used_kwh()}, {"cooling_kwh", energy.cooling_kwh}, {"other_kwh", energy.other_kwh}};
  if (!energy.pv_available_kwh) return out;
  out["pv_used_kwh"] = energy.pv_used_kwh;
  put(out, "pv_available_kwh", energy.pv_available_kwh);
  put(out, "pv_spilled_kwh", energy.pv_spilled_kwh);
  return out;
}

OrderedJson connection_json(const ConnectionUse& use) {
  OrderedJson out;
  put(out, "limit_min_kw", use.limit_kw_min);
  put(out, "limit_max_kw", use.limit_kw_max);
  put(out, "hours_at_limit", use.hours_at_limit);
  out.update({{"curtailed_mwh", use.curtailed_mwh}, {"curtailed_hours", use.curtailed_hours}, {"slowed_hours", use.slowed_hours}});
  return out;
}

void add_kpis(const SiteKpis& kpis, OrderedJson& out) {
  put(out, "pue_run", kpis.pue);
  put(out, "ref", kpis.ref);
  put(out, "erf", kpis.erf);
  put(out, "iteusv", kpis.iteusv);
  put(out, "cer", kpis.cer);
  put(out, "cue_kg_per_kwh", kpis.cue_kg_per_kwh);
  put(out, "cue_market_kg_per_kwh", kpis.cue_market_kg_per_kwh);
  put(out, "wue_l_per_kwh", kpis.wue_l_per_kwh);
  put(out, "wue_source_l_per_kwh", kpis.wue_source_l_per_kwh);
  put(out, "pv_self_use", kpis.pv_self_use);
  for (auto const& [figure, needs] : kpis.missing) out["missing"][figure] = needs;
}

std::string tonnes(double kg) { return std::abs(kg) >= 1e3 ? fmt::format("{:.4g} t", kg / 1e3) : fmt::format("{:.4g} kg", kg); }

}  // namespace

std::optional<SiteSummary> site_summary(const RunReader& run) {
  if (run.signals().empty() && run.quantities().empty()) return std::nullopt;
  SiteSummary out;
  out.energy = site_energy(run);
  out.carbon = carbon_use(run);
  out.water = water_use(run, out.carbon);
  out.kpis = site_kpis(run, out.energy, out.carbon, out.water);
  out.connection = connection_use(run);
  out.storage = storage_use(run);
  out.months = pue_by_month(run);
  out.load_duration = load_duration(run, 0);
  if (std::int64_t const times = run.meta_whole("chiller_beyond_curves_times"); times > 0)
    out.beyond_curves = {times, run.meta_number("chiller_beyond_curves_s") / 3600, run.meta_number("chiller_beyond_curves_chilled_k"), run.meta_number("chiller_beyond_curves_condenser_k"),
                         run.meta_number("chiller_beyond_curves_part_load")};
  return out;
}

OrderedJson carbon_json(const CarbonUse& carbon) {
  OrderedJson out{{"grid_kwh", carbon.grid_kwh}};
  put(out, "location_kg", carbon.location_kg);
  put(out, "marginal_kg", carbon.marginal_kg);
  put(out, "market_kg", carbon.market_kg);
  put(out, "mean_g_per_kwh", carbon.mean_g_per_kwh);
  put(out, "time_mean_g_per_kwh", carbon.time_mean_g_per_kwh);
  put(out, "renewable_share", carbon.renewable_share);
  put(out, "carbon_free_share", carbon.carbon_free_share);
  if (carbon.contracted_kwh > 0) out.update({{"contracted_kwh", carbon.contracted_kwh}, {"contracted_renewable_kwh", carbon.contracted_renewable_kwh}});
  if (carbon.fuel_l) out.update({{"fuel_l", *carbon.fuel_l}, {"generators_kg", carbon.generators_kg}});
  return out;
}

void add_site_json(const SiteSummary& site, OrderedJson& out) {
  out["energy"]["sources"] = energy_json(site.energy);
  out["carbon"] = carbon_json(site.carbon);
  if (site.water) {
    out["water"] = {{"make_up_l", site.water->make_up_l}};
    put(out["water"], "evaporated_l", site.water->evaporated_l);
    put(out["water"], "power_stations_l", site.water->power_stations_l);
  }
  if (site.connection) out["connection"] = connection_json(*site.connection);
  if (site.storage) {
    StorageUse const& use = *site.storage;
    out["storage"] = {{"capacity_kwh", use.capacity_kwh}, {"charged_kwh", use.charged_kwh}, {"discharged_kwh", use.discharged_kwh}, {"losses_kwh", use.losses_kwh}, {"change_kwh", use.change_kwh}, {"cycles", use.cycles}};
  }
  if (site.beyond_curves) {
    BeyondCurves const& beyond = *site.beyond_curves;
    out["chillers_beyond_curves"] = {{"times", beyond.times}, {"hours", beyond.hours}, {"chilled_k", beyond.chilled_k}, {"condenser_k", beyond.condenser_k}, {"part_load", beyond.part_load}};
  }
  out["months"] = months_json(site);
  for (auto const& [percent, hours] : site.load_duration.hours_above) out["load_duration"]["hours_above_percent"][std::to_string(percent)] = hours;
  add_kpis(site.kpis, out["kpi"]);
}

void add_site_text(const SiteSummary& site, const TextLine& line) {
  CarbonUse const& carbon = site.carbon;
  if (carbon.location_kg) line("carbon", fmt::format("{} by location ({:.1f} g/kWh at use){}", tonnes(*carbon.location_kg), carbon.mean_g_per_kwh.value_or(0), carbon.market_kg ? ", " + tonnes(*carbon.market_kg) + " market-based" : ""));
  if (carbon.marginal_kg) line("", fmt::format("{} by the marginal intensity", tonnes(*carbon.marginal_kg)));
  if (carbon.generators_kg > 0) line("", fmt::format("{} from {:.4g} L of fuel burnt on the site", tonnes(carbon.generators_kg), *carbon.fuel_l));
  if (site.water && site.water->make_up_l > 0) line("water", fmt::format("{:.4g} m3 drawn, WUE {:.3f} L/kWh", site.water->make_up_l / 1e3, site.kpis.wue_l_per_kwh.value_or(0)));
  if (site.energy.pv_available_kwh.value_or(0) > 0)
    line("photovoltaics", fmt::format("{:.4g} MWh used of {:.4g} MWh that could be had", site.energy.pv_used_kwh / 1e3, *site.energy.pv_available_kwh / 1e3));
  if (site.storage) line("storage", fmt::format("{:.4g} MWh out, {:.4g} MWh in, {:.4g} full cycles", site.storage->discharged_kwh / 1e3, site.storage->charged_kwh / 1e3, site.storage->cycles));
  if (site.connection && site.connection->curtailed_mwh > 0)
    line("curtailed", fmt::format("{:.4g} MWh of IT energy in {:.4g} h; {:.4g} h at the connection's limit", site.connection->curtailed_mwh, site.connection->curtailed_hours, site.connection->hours_at_limit.value_or(0)));
  if (site.beyond_curves)
    line("chiller curves", fmt::format("outside their range {} times, {:.4g} h in all, by at most {:.3g} K (chilled water), {:.3g} K (condenser), {:.3g} (part load): held at the range's bounds",
                                       site.beyond_curves->times, site.beyond_curves->hours, site.beyond_curves->chilled_k, site.beyond_curves->condenser_k, site.beyond_curves->part_load));
  if (site.kpis.ref.value_or(0) > 0) line("renewable", fmt::format("REF {:.3f}", *site.kpis.ref));
  if (site.kpis.erf.value_or(0) > 0) line("heat reused", fmt::format("ERF {:.3f}", *site.kpis.erf));
}

}  // namespace headroom
