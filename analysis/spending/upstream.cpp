#include "analysis/spending/upstream.h"

#include <fmt/format.h>

namespace headroom {

void Drawn::add(double amount, const Multipliers& per_unit, std::size_t sector) {
  spent += amount;
  output_home += amount * per_unit.type_1_home[sector];
  output_all_inputs += amount * per_unit.type_1_all_inputs[sector];
  value_added_home += amount * per_unit.value_added_home[sector];
  imports += amount * per_unit.imports_home[sector];
}

Upstream upstream_of(const Bill& bill, const InputOutputTable& table) {
  Multipliers const per_unit = multipliers(table);
  Upstream out{table.title, table.year, table.currency, {}, {}, {}, input_output_caveats(table), table.warnings};
  std::map<std::size_t, Drawn> sectors;
  for (auto const& line : bill.lines) {
    SpendingClass const& bought = line.spending_class;
    if (bought.price.mid.currency != table.currency)
      throw InputError(bought.price.where, fmt::format("price: in {}, but the input-output table is in {}, and there is no rate between them", bought.price.mid.currency, table.currency));
    int const found = table.find(bought.sector.us_bea_summary);
    expects(found >= 0, "the sector of a class that was read is in the table");
    auto const sector = static_cast<std::size_t>(found);
    out.groups[line.group].add(line.amount.mid, per_unit, sector);
    if (line.inside_building) continue;
    out.total.add(line.amount.mid, per_unit, sector);
    sectors[sector].add(line.amount.mid, per_unit, sector);
  }
  for (auto const& [sector, drawn] : sectors) out.sectors.push_back({table.sectors[sector], drawn});
  return out;
}

}  // namespace headroom
