#include "analysis/spending/input_output.h"

#include <fmt/format.h>

namespace headroom {
namespace {

std::vector<double> drawn(const InputOutputTable& table, const Matrix& inputs, const std::vector<double>& weights) {
  auto found = drawn_by_columns(inputs, weights);
  if (!found) throw InputError(table.where, "the table cannot be solved: I - A is singular; some sectors buy all their output from each other");
  return *std::move(found);
}

}  // namespace

int InputOutputTable::find(const std::string& code) const {
  for (std::size_t i = 0; i < sectors.size(); ++i)
    if (sectors[i].code == code) return static_cast<int>(i);
  return -1;
}

Multipliers multipliers(const InputOutputTable& table) {
  std::vector<double> const ones(table.sectors.size(), 1.0);
  return {drawn(table, table.home, ones), drawn(table, table.all_inputs, ones), drawn(table, table.home, table.value_added), drawn(table, table.home, table.imports),
          drawn(table, table.home, table.residual)};
}

std::vector<std::string> input_output_caveats(const InputOutputTable& table) {
  return {
      "fixed prices and fixed input coefficients",
      "no capacity limit: suppliers are taken to deliver whatever is asked; equipment with queues of years is the opposite",
      "gross output counts the same good again at each stage; use value added for GDP",
      fmt::format("structure of the economy in {} ({}); amounts are not converted to prices of that year", table.year, table.name),
      "no displaced spending: what the money would have bought otherwise is not taken off",
      "imports matter most where the money is (electronics); the first purchase itself is counted as made at home",
  };
}

}  // namespace headroom
