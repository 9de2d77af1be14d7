#include "analysis/spending/spend.h"

#include "analysis/spending/prices.h"
#include "analysis/spending/us_bea.h"

namespace headroom {

Spending spend(const Site& site, const PowerGraph& graph) { return spend(site, graph, shipped_prices()); }

Spending spend(const Site& site, const PowerGraph& graph, const std::filesystem::path& prices) {
  InputOutputTable const table = read_us_bea(shipped_tables());
  std::vector<std::string> sectors;
  for (auto const& sector : table.sectors) sectors.push_back(sector.code);
  Bill bill = make_bill(count_equipment(site, graph), read_prices(prices, sectors));
  Upstream upstream = upstream_of(bill, table);
  return {site.name, std::move(bill), std::move(upstream)};
}

}  // namespace headroom
