#include "analysis/draws/draw_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/errors.h"
#include "base/random.h"

namespace headroom {
namespace {

using Column = std::vector<double>;
using Factors = std::map<std::string, Column>;      // of each group

Column normals(std::uint64_t seed, const std::string& stream, std::size_t count) {
  RandomStream random(seed, stream);
  Column out(count);
  for (auto& z : out) z = standard_normal(random);
  return out;
}

double correlation_of(const std::string& group, const Correlations& correlations) {
  auto const found = correlations.find(group);
  double const rho = found == correlations.end() ? default_correlation : found->second;
  expects(rho >= 0 && rho <= 1, "the correlation of a group with one common factor is from 0 to 1");
  return rho;
}

// The standard normal that ranks a quantity's draws: its group's factor and its own.
Column scores(const Uncertain& quantity, const Column& factor, double rho, std::uint64_t seed) {
  Column out = normals(seed, "draws own " + quantity.name, factor.size());
  double const shared = std::sqrt(rho), own = std::sqrt(1 - rho);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = shared * factor[i] + own * out[i];
  return out;
}

std::vector<std::size_t> order_of(const Column& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
  return order;
}

std::vector<std::size_t> shuffled(std::size_t count, RandomStream& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

Column stratified(const Uncertain& quantity, std::size_t count, const Column* ranking, RandomStream& random) {
  std::vector<std::size_t> const order = ranking != nullptr ? order_of(*ranking) : shuffled(count, random);
  Column out(count);
  for (std::size_t i = 0; i < count; ++i) out[order[i]] = value_at(quantity, (static_cast<double>(i) + random.uniform()) / static_cast<double>(count));
  return out;
}

Column plain(const Uncertain& quantity, std::size_t count, const Column* ranking, RandomStream& random) {
  Column out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = value_at(quantity, ranking != nullptr ? normal_cumulative((*ranking)[i]) : random.uniform());
  return out;
}

template <class Fill>
DrawTable draw(const std::vector<Uncertain>& quantities, std::size_t count, std::uint64_t seed, const Correlations& correlations, Fill fill) {
  expects(count > 0, "there is at least one draw");
  DrawTable table{count, quantities, {}};
  Factors factors;
  std::set<std::string> names;
  for (auto const& quantity : quantities) {
    expects(names.insert(quantity.name).second, "every quantity of a table has a name of its own");
    RandomStream random(seed, "draws " + quantity.name);
    if (quantity.group.empty() || quantity.shape == UncertainShape::fixed) {
      table.columns.push_back(fill(quantity, count, nullptr, random));
      continue;
    }
    Column& factor = factors[quantity.group];
    if (factor.empty()) factor = normals(seed, "draws factor " + quantity.group, count);
    Column const ranking = scores(quantity, factor, correlation_of(quantity.group, correlations), seed);
    table.columns.push_back(fill(quantity, count, &ranking, random));
  }
  return table;
}

}  // namespace

const std::vector<double>& DrawTable::column(const std::string& name) const {
  auto const found = std::find_if(quantities.begin(), quantities.end(), [&](const Uncertain& quantity) { return quantity.name == name; });
  expects(found != quantities.end(), "the table has a column of that name");
  return columns[static_cast<std::size_t>(found - quantities.begin())];
}

DrawTable latin_hypercube(const std::vector<Uncertain>& quantities, std::size_t count, std::uint64_t seed, const Correlations& correlations) {
  return draw(quantities, count, seed, correlations, stratified);
}

DrawTable plain_draws(const std::vector<Uncertain>& quantities, std::size_t count, std::uint64_t seed, const Correlations& correlations) {
  return draw(quantities, count, seed, correlations, plain);
}

std::vector<Uncertain> without_groups(std::vector<Uncertain> quantities) {
  for (auto& quantity : quantities) quantity.group.clear();
  return quantities;
}

}  // namespace headroom
