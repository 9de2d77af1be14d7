#include "analysis/economy/leontief.h"

#include <fmt/format.h>

#include "base/sum.h"

namespace headroom {
namespace {

FactoredSystem factored(const InputOutputTable& table, const Matrix& a) {
  auto found = FactoredSystem::of(a);
  if (!found) throw InputError(table.where, "the table cannot be solved: I - A is singular; some sectors buy all their output from each other");
  return *std::move(found);
}

const Matrix& coefficients(const InputOutputTable& table, Inputs inputs) { return inputs == Inputs::home ? table.home : table.all_inputs; }

// A with the row of wages and the column of households.
Matrix with_households(const InputOutputTable& table, Inputs inputs, Closure closure) {
  if (!table.has_households()) throw InputError(table.where, fmt::format("the table {} does not tell what households use from what others do, so it has no Type II", table.name));
  double const divisor = closure == Closure::wages ? table.total_wages : table.total_household_use;
  if (!(divisor > 0)) throw InputError(table.where, fmt::format("the table {} has no {}, so it has no Type II", table.name, closure == Closure::wages ? "wages" : "household use"));
  Matrix const& a = coefficients(table, inputs);
  auto const& household = inputs == Inputs::home ? table.household_home : table.household_all;
  Matrix out(a.rows + 1, a.columns + 1);
  for (int r = 0; r < a.rows; ++r) {
    for (int c = 0; c < a.columns; ++c) out.at(r, c) = a.at(r, c);
    out.at(r, a.columns) = household[static_cast<std::size_t>(r)] / divisor;
    out.at(a.rows, r) = table.wages[static_cast<std::size_t>(r)];
  }
  return out;
}

double weighted(const std::vector<double>& per_unit, const std::vector<double>& output) {
  CompensatedSum sum;
  for (std::size_t i = 0; i < output.size(); ++i) sum.add(per_unit[i] * output[i]);
  return sum.value();
}

}  // namespace

Leontief::Leontief(const InputOutputTable& table, Inputs inputs) : sectors_(table.sectors.size()), system_(factored(table, coefficients(table, inputs))) {}

Leontief::Leontief(const InputOutputTable& table, Inputs inputs, Closure closure) : sectors_(table.sectors.size()), system_(factored(table, with_households(table, inputs, closure))) {}

std::vector<double> Leontief::output(const std::vector<double>& demand) const {
  expects(demand.size() == sectors_, "a demand for each sector");
  std::vector<double> whole = demand;
  whole.resize(system_.size(), 0.0);
  std::vector<double> x = system_.solve(whole);
  x.resize(sectors_);
  return x;
}

std::vector<double> Leontief::drawn_by(const std::vector<double>& weights) const {
  expects(weights.size() == sectors_, "a weight for each sector");
  std::vector<double> whole = weights;
  whole.resize(system_.size(), 0.0);
  std::vector<double> drawn = system_.solve_transposed(whole);
  drawn.resize(sectors_);
  return drawn;
}

std::vector<double> Leontief::multipliers() const { return drawn_by(std::vector<double>(sectors_, 1.0)); }

Multipliers multipliers(const InputOutputTable& table) {
  Leontief const home(table, Inputs::home), all(table, Inputs::all);
  return {home.multipliers(), all.multipliers(), home.drawn_by(table.value_added), home.drawn_by(table.wages), home.drawn_by(table.imports), home.drawn_by(table.residual)};
}

std::vector<double> type_2(const InputOutputTable& table, Inputs inputs, Closure closure) { return Leontief(table, inputs, closure).multipliers(); }

OutputEffects effects_of(const InputOutputTable& table, const std::vector<double>& output) {
  expects(output.size() == table.sectors.size(), "an output for each sector");
  OutputEffects out{weighted(std::vector<double>(output.size(), 1.0), output), weighted(table.value_added, output), weighted(table.wages, output), weighted(table.imports, output), weighted(table.residual, output), std::nullopt};
  if (!table.jobs.empty()) out.jobs = weighted(table.jobs, output);
  return out;
}

}  // namespace headroom
