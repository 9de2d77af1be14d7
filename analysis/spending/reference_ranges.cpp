#include "analysis/spending/reference_ranges.h"

namespace headroom {
namespace {

double sum_mid(const Bill& bill, auto wanted) {
  double out = 0;
  for (auto const& line : bill.lines)
    if (wanted(line)) out += line.amount.mid;
  return out;
}

double critical_watts(const Bill& bill) {
  auto const* line = bill.building_line();
  return line == nullptr ? 0 : line->quantity * price_unit(line->spending_class.price.mid.per).si;
}

}  // namespace

double ReferenceRange::beyond() const { return value > high ? value / high : value < low ? value / low : 1; }

std::vector<ReferenceRange> reference_ranges(const Bill& bill, const GridWorks* works, const PriceTeller& teller) {
  std::vector<ReferenceRange> out;
  double const to_usd = teller.rates().convert(1, {bill.money.currency, bill.money.year}, {"USD", 2025});
  double const equipment = bill.equipment().mid, building = bill.building().mid, watts = critical_watts(bill);
  if (equipment > 0)
    out.push_back({"network in IT + network", "%", "Hamilton 2010 16 %, H100 price sheet 2024 4.6 to 14.6 %, Bernstein 2025 13 % of all; checked against 8 to 20 %", 100 * bill.of(SpendingGroup::network).mid / equipment, 8, 20});
  if (works != nullptr && works->draw.si() > 0)
    out.push_back({"grid connection", "USD/W of what may be drawn", "RMI: 0.25 and 1.0; NREL reVX with MISO's factors: 0.23 to 0.63; checked against 0.1 to 1.2", to_usd * bill.of(SpendingGroup::grid).mid / works->draw.si(), 0.1, 1.2});
  if (watts > 0)
    out.push_back({"whole build", "USD/W of IT", "China 2022 22 (NDRC), US AI campus 2025 42 (Bernstein 35 per watt of facility at PUE 1.2)", to_usd * bill.total().mid / watts, 22, 42});
  double const parts = sum_mid(bill, [](const BillLine& line) { return line.inside_building && (line.group == SpendingGroup::power_path || line.group == SpendingGroup::cooling) && line.spending_class.evidence != FigureEvidence::share; });
  if (building > 0 && parts > 0)
    out.push_back({"power path and cooling by their parts over the building's share of them", "ratio", "building x 53 % critical capacity (Cushman and Wakefield 2025); classes priced from shares are left out; 40 % either way", parts / (critical_share_of_building * building), 1 - bottom_up_tolerance, 1 + bottom_up_tolerance});
  return out;
}

}  // namespace headroom
