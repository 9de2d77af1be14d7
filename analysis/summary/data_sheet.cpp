#include "analysis/summary/data_sheet.h"

#include <fmt/format.h>

#include "analysis/measures/carbon.h"
#include "analysis/measures/connection_use.h"
#include "analysis/measures/site_energy.h"
#include "analysis/measures/site_kpis.h"
#include "analysis/measures/site_time.h"
#include "base/quantity.h"

namespace headroom {
namespace {

constexpr double threshold_kw = 500;

class Sheet {
 public:
  explicit Sheet(const RunReader& run) : run_(run), energy_(site_energy(run)), carbon_(carbon_use(run)), water_(water_use(run, carbon_)), kpis_(site_kpis(run, energy_, carbon_, water_)) {}

  DataSheet made() {
    for (auto const& row : run_.totals("run"))
      if (row.node == it_meter) out_.installed_it_kw = row.input_peak_w / 1e3;
    out_.must_report = out_.installed_it_kw >= threshold_kw;
    out_.run_days = static_cast<double>(run_.meta_whole("end_ns")) / 8.64e13;
    add_site();
    add_energy();
    add_water_and_heat();
    add_renewable();
    add_information_technology();
    add_indicators();
    return std::move(out_);
  }

 private:
  void value(const char* symbol, const char* name, const char* unit, const std::optional<double>& figure, const char* from, const char* otherwise = "") {
    out_.fields.push_back({symbol, name, unit, figure, "", figure ? from : otherwise, !figure});
  }
  void text(const char* symbol, const char* name, std::string what, const char* from) { out_.fields.push_back({symbol, name, "", std::nullopt, std::move(what), from, false}); }
  void by_hand(const char* symbol, const char* name, const char* unit, const char* who) { out_.fields.push_back({symbol, name, unit, std::nullopt, "", who, true}); }

  void add_site() {
    text("", "name of the data centre", run_.meta_text("site"), "site.name");
    by_hand("", "owner and operator, contacts", "", "the operator");
    by_hand("", "place (local administrative unit), type (enterprise, colocation, co-hosting), year of going into operation", "", "the operator");
    by_hand("", "redundancy of power and cooling at the line, rack and room", "", "the operator; `headroom contingency RUN` says what the site survives");
    value("PD_IT", "installed IT power demand", "kW", out_.installed_it_kw, "peak of the IT meter: a lower bound; the nameplate is what the regulation asks for");
    by_hand("S_DC", "floor area", "m2", "the operator");
    by_hand("S_CR", "floor area of computer rooms", "m2", "the operator");
  }
  void add_energy() {
    value("E_DC", "total energy consumption", "kWh", energy_.used_kwh(), "energy.sources.used_kwh: utilities, generators and arrays, less what is stored");
    value("E_IT", "energy consumption of IT equipment", "kWh", energy_.it_kwh, "energy.it_energy_kwh: at the cords of servers; 30134-2 category 3");
    auto const use = connection_use(run_);
    auto const storage = storage_use(run_);
    text("", "services to the electricity grid", use ? "the connection's limit or calls are followed" : "none in the run", "connection");
    value("C_BtG", "battery capacity offered to the grid", "kW", storage ? std::nullopt : std::optional(0.0), "the site has no storage", "the operator: how much of the storage is offered");
  }
  void add_water_and_heat() {
    auto const reused = quantity_total(run_, "heat_reused_j");
    value("W_IN", "total water input", "m3", quantity_total(run_, "water_l") ? std::optional(water_->make_up_l / 1e3) : std::nullopt, "water.make_up_l", "the operator: the run has no cooling plant");
    by_hand("W_IN-POT", "of it potable", "m3", "the operator");
    value("E_REUSE", "waste heat reused", "kWh", reused ? std::optional(*reused / kilowatt_hour.si()) : std::nullopt, "quantities, heat_reused_j", "the operator: the run has no cooling plant");
    by_hand("T_WH", "mean temperature of the waste heat", "C", "the operator");
    by_hand("T_IN", "mean set point of the air at the servers", "C", "the operator; temperatures by hall are in the run file");
    by_hand("", "refrigerants of the cooling plant", "", "the operator");
    by_hand("CDD", "cooling degree days", "degree-days", "`headroom weather FILE` of the year");
  }
  void add_renewable() {
    value("E_RES-TOT", "renewable energy consumption", "kWh", carbon_.contracted_renewable_kwh + energy_.pv_used_kwh, "contracts that are renewable, and arrays on the site");
    by_hand("E_RES-GOO", "of it by guarantees of origin", "kWh", "the operator: which of the contracts they are");
    value("E_RES-PPA", "of it by power purchase agreements", "kWh", carbon_.contracted_renewable_kwh, "conditions.grid.contracts that are renewable; move those with guarantees alone to E_RES-GOO");
    value("E_RES-OS", "of it from the site", "kWh", energy_.pv_used_kwh, "energy.sources.pv_used_kwh");
  }
  void add_information_technology() {
    by_hand("C_SERV", "capacity of servers", "SERT active state performance", "the operator: by each server's benchmark");
    by_hand("C_STOR", "capacity of storage", "PB", "the operator");
    by_hand("B_IN, B_OUT", "bandwidth to and from the site", "Gbit/s", "the operator");
    std::optional<double> in, out;
    for (auto const& meter : run_.network_meters()) {
      if (meter.what != "wan") continue;
      double bytes = 0;
      for (auto const& load : run_.network_loads(meter.id)) bytes += load.bytes;
      std::optional<double>& sum = meter.direction == "in" ? in : out;
      sum = sum.value_or(0) + bytes / 1e18;
    }
    value("T_IN (traffic)", "incoming traffic", "EB", in, "network_loads of wan, in", "the operator: no traffic in the run leaves the site");
    value("T_OUT (traffic)", "outgoing traffic", "EB", out, "network_loads of wan, out", "the operator: no traffic in the run leaves the site");
  }
  void add_indicators() {
    value("PUE", "power usage effectiveness", "1", kpis_.pue, "E_DC / E_IT", "there is no IT energy");
    value("WUE", "water usage effectiveness", "L/kWh", kpis_.wue_l_per_kwh, "W_IN / E_IT", "the operator: W_IN / E_IT");
    value("ERF", "energy reuse factor", "1", kpis_.erf, "E_REUSE / E_DC", "the operator: E_REUSE / E_DC");
    value("REF", "renewable energy factor", "1", kpis_.ref, "E_RES-TOT / E_DC", "there is no energy");
  }

  const RunReader& run_;
  SiteEnergy energy_;
  CarbonUse carbon_;
  std::optional<WaterUse> water_;
  SiteKpis kpis_;
  DataSheet out_;
};

}  // namespace

DataSheet data_sheet(const RunReader& run) { return Sheet(run).made(); }

nlohmann::ordered_json to_json(const DataSheet& sheet) {
  nlohmann::ordered_json out{{"regulation", "(EU) 2024/1364"}, {"installed_it_kw", sheet.installed_it_kw}, {"must_report", sheet.must_report}, {"run_days", sheet.run_days}, {"fields", nlohmann::ordered_json::array()}};
  for (auto const& field : sheet.fields) {
    nlohmann::ordered_json row;
    if (!field.symbol.empty()) row["symbol"] = field.symbol;
    row["name"] = field.name;
    if (!field.unit.empty()) row["unit"] = field.unit;
    if (field.value) row["value"] = *field.value;
    else if (!field.by_hand) row["value"] = field.text;
    row[field.by_hand ? "by_hand" : "from"] = field.from;
    out["fields"].push_back(std::move(row));
  }
  return out;
}

std::string to_text(const DataSheet& sheet) {
  std::string out = fmt::format("Data sheet after Delegated Regulation (EU) 2024/1364, of {:.4g} days\n", sheet.run_days);
  out += fmt::format("installed IT power {:.6g} kW: {}\n", sheet.installed_it_kw, sheet.must_report ? "500 kW or more, to be reported" : "below 500 kW, need not be reported");
  if (sheet.run_days < 364.5) out += "the regulation asks for a calendar year; these figures are of a shorter run\n";
  for (bool const by_hand : {false, true}) {
    out += by_hand ? "\nto be filled in by hand\n" : "\nfrom the run\n";
    for (auto const& field : sheet.fields) {
      if (field.by_hand != by_hand) continue;
      std::string const value = by_hand ? "" : field.value ? fmt::format("{:.6g} {}", *field.value, field.unit == "1" ? "" : field.unit) : field.text;
      out += fmt::format("  {:<16}{:<44} {:<24} {}\n", field.symbol, field.name, value, field.from);
    }
  }
  return out;
}

}  // namespace headroom
