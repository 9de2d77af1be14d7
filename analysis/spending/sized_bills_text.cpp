// What sizing avoids, as text and JSON.
#include <fmt/format.h>

#include <cmath>

#include "analysis/spending/sized_bills.h"

namespace headroom {
namespace {

double rounded_to_cents(double amount) { return std::round(amount * 100) / 100; }

Json avoided_json(const Avoided& avoided, double inside) {
  return {{"mid_prices_inside_the_building", rounded_to_cents(inside)}, {"low_prices", rounded_to_cents(avoided.at_prices.low)}, {"mid_prices", rounded_to_cents(avoided.at_prices.mid)}, {"high_prices", rounded_to_cents(avoided.at_prices.high)}, {"p10", rounded_to_cents(avoided.spread.p10)}, {"p50", rounded_to_cents(avoided.spread.p50)}, {"p90", rounded_to_cents(avoided.spread.p90)}};
}

std::string avoided_text(const char* against, const Avoided& avoided, double inside, const std::string& currency) {
  return fmt::format("  against {:<28} {:>12.0f} {} at mid prices, {:.0f} to {:.0f} in 8 of 10 draws;\n  {:<36} {:>12.0f} of it inside the building (*)\n", against, avoided.at_prices.mid, currency, avoided.spread.p10, avoided.spread.p90, "", inside);
}

}  // namespace

Json to_json(const SizedBills& bills) {
  Json rows = Json::array();
  for (auto const& row : bills.rows)
    rows.push_back({{"class", row.spending_class}, {"inside_building", row.inside_building}, {"unit", row.unit}, {"built_units", row.built_units}, {"nameplate_units", row.nameplate_units}, {"simulated_units", row.simulated_units}, {"built", rounded_to_cents(row.built)}, {"nameplate", rounded_to_cents(row.nameplate)}, {"simulated", rounded_to_cents(row.simulated)}});
  return {{"currency", bills.currency}, {"year", bills.year}, {"classes", rows}, {"avoided_against_built", avoided_json(bills.against_built, bills.inside_against_built)}, {"avoided_against_nameplate", avoided_json(bills.against_nameplate, bills.inside_against_nameplate)}};
}

std::string to_table(const SizedBills& bills) {
  std::string out = fmt::format("{:<30} {:>14} {:>14} {:>14}  ({} of {}, mid prices)\n", "class", "as built", "at nameplate", "from the run", bills.currency, bills.year);
  for (auto const& row : bills.rows) out += fmt::format("{:<30} {:>14.0f} {:>14.0f} {:>14.0f}\n", row.spending_class + (row.inside_building ? " *" : ""), row.built, row.nameplate, row.simulated);
  out += "Avoided by sizes that the run asks for:\n";
  out += avoided_text("what is built:", bills.against_built, bills.inside_against_built, bills.currency);
  out += avoided_text("sizes for every server full:", bills.against_nameplate, bills.inside_against_nameplate, bills.currency);
  return out + "* is saved only where the building is paid by its parts: a price per watt of IT does not fall with them.\nFabrics are sized by formula and counted only: what they would save has no price here.\n";
}

}  // namespace headroom
