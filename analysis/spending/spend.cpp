#include "analysis/spending/spend.h"

#include "analysis/economy/read_input_output.h"
#include "analysis/spending/prices.h"

namespace headroom {

Spending spend(const Site& site, const PowerGraph& graph) { return spend(site, graph, shipped_prices()); }

Spending spend(const Site& site, const PowerGraph& graph, const std::filesystem::path& prices) {
  InputOutputTable const table = find_input_output_table("us-2022");
  std::vector<std::string> sectors;
  for (auto const& sector : table.sectors) sectors.push_back(sector.code);
  Bill bill = make_bill(count_equipment(site, graph), read_prices(prices, sectors));
  Upstream upstream = upstream_of(bill, table);
  return {site.name, std::move(bill), std::move(upstream)};
}

}  // namespace headroom
