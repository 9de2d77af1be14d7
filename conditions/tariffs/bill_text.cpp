// A bill for people and as JSON.
#include <fmt/format.h>

#include "conditions/tariffs/bill.h"

namespace headroom {
namespace {

std::string line_text(const TariffLine& line, const std::string& currency) {
  std::string const rule = line.tier == 0 ? line.rule : line.section == "real-time-adder" ? line.rule + ", adder" : fmt::format("{}, tier {}", line.rule, line.tier + 1);
  return fmt::format("  {:<34} {:>16.3f} {:<6} {:>14.6g} {:>18.2f} {}\n", rule, line.quantity, line.unit, line.rate, line.amount, currency);
}

nlohmann::ordered_json to_json(const TariffLine& line) {
  nlohmann::ordered_json out{{"rule", line.rule}, {"section", line.section}, {"tier", line.tier}, {"quantity", line.quantity}, {"unit", line.unit}, {"rate", line.rate}, {"amount", line.amount}};
  if (!line.note.empty()) out["note"] = line.note;
  return out;
}

}  // namespace

std::string to_table(const ElectricityBill& bill) {
  std::string out = fmt::format("{}{} ({}, clock of {})\n", bill.tariff, bill.utility.empty() ? "" : ", " + bill.utility, bill.currency, bill.timezone);
  for (auto const& month : bill.months) {
    out += fmt::format("\n{:04}-{:02}{:<27} {:>16.3f} kWh, peak {:.3f} kW\n", month.year, month.month, month.is_whole ? "" : fmt::format(" ({:.2f} days)", month.days), month.energy_kwh, month.peak_kw);
    for (auto const& line : month.lines) {
      out += line_text(line, bill.currency);
      if (!line.note.empty()) out += fmt::format("    {}\n", line.note);
    }
    out += fmt::format("  {:<73} {:>18.2f} {}\n", "total", month.total, bill.currency);
  }
  out += "\nall months; rates are means\n";
  for (auto const& line : bill.by_rule()) out += line_text(line, bill.currency);
  out += fmt::format("  {:<34} {:>16.3f} kWh {:>37.2f} {}\n", "total", bill.energy_kwh, bill.total, bill.currency);
  for (auto const& note : bill.notes) out += "\nnote: " + note;
  return out;
}

nlohmann::ordered_json to_json(const ElectricityBill& bill) {
  nlohmann::ordered_json out{{"tariff", bill.tariff}, {"utility", bill.utility}, {"currency", bill.currency}, {"timezone", bill.timezone}, {"energy_kwh", bill.energy_kwh}, {"export_kwh", bill.export_kwh}, {"total", bill.total}};
  out["lines"] = nlohmann::ordered_json::array();
  for (auto const& line : bill.by_rule()) out["lines"].push_back(to_json(line));
  out["months"] = nlohmann::ordered_json::array();
  for (auto const& month : bill.months) {
    nlohmann::ordered_json one{{"month", fmt::format("{:04}-{:02}", month.year, month.month)}, {"days", month.days}, {"whole", month.is_whole}, {"energy_kwh", month.energy_kwh}, {"export_kwh", month.export_kwh}, {"peak_kw", month.peak_kw}, {"total", month.total}};
    one["lines"] = nlohmann::ordered_json::array();
    for (auto const& line : month.lines) one["lines"].push_back(to_json(line));
    out["months"].push_back(std::move(one));
  }
  out["notes"] = bill.notes;
  return out;
}

}  // namespace headroom
