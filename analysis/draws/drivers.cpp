#include "analysis/draws/drivers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/errors.h"

namespace headroom {
namespace {

std::vector<std::size_t> sorted_order(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
  return order;
}

// From 0; equal values at the mean of their ranks.
std::vector<double> ranks(const std::vector<double>& values, const std::vector<std::size_t>& order) {
  std::vector<double> out(values.size());
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (std::size_t i = first; i < end; ++i) out[order[i]] = 0.5 * static_cast<double>(first + end - 1);
  }
  return out;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double const n = static_cast<double>(a.size()), mean = 0.5 * (n - 1);      // of ranks, both
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) * (a[i] - mean);
    bb += (b[i] - mean) * (b[i] - mean);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

// Sorts only what stands around the place.
double percentile_in(std::vector<double>& values, double share) {
  expects(!values.empty(), "percentiles are of at least one value");
  expects(share >= 0 && share <= 1, "a percentile's share is from 0 to 1");
  double const place = share * static_cast<double>(values.size() - 1);
  auto const below = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), below, values.end());
  double const part = place - std::floor(place);
  return part == 0 ? *below : *below + part * (*std::min_element(below + 1, values.end()) - *below);
}

// The mean outcome of the draws whose input lies around its percentile `share`.
double outcome_near(double share, const std::vector<std::size_t>& order, const std::vector<double>& outcome) {
  double const n = static_cast<double>(order.size());
  std::size_t const first = static_cast<std::size_t>(std::floor((share - 0.05) * n)), end = std::max(first + 1, static_cast<std::size_t>(std::ceil((share + 0.05) * n)));
  double sum = 0;
  for (std::size_t i = first; i < std::min(end, order.size()); ++i) sum += outcome[order[i]];
  return sum / static_cast<double>(std::min(end, order.size()) - first);
}

}  // namespace

double percentile(std::vector<double> values, double share) { return percentile_in(values, share); }

Percentiles percentiles(std::vector<double> values) {
  Percentiles out;
  out.p10 = percentile_in(values, 0.1);
  out.p50 = percentile_in(values, 0.5);
  out.p90 = percentile_in(values, 0.9);
  return out;
}

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  expects(a.size() == b.size(), "a rank correlation is of as many values as others");
  return correlation(ranks(a, sorted_order(a)), ranks(b, sorted_order(b)));
}

std::vector<Driver> drivers(const DrawTable& draws, const std::vector<double>& outcome, std::size_t most) {
  expects(outcome.size() == draws.count, "there is an outcome for every draw");
  auto const taken = static_cast<std::ptrdiff_t>(std::min(draws.count, drivers_sample));
  std::vector<double> const y(outcome.begin(), outcome.begin() + taken), y_ranks = ranks(y, sorted_order(y));
  std::vector<Driver> out;
  for (std::size_t i = 0; i < draws.quantities.size(); ++i) {
    if (draws.quantities[i].shape == UncertainShape::fixed) continue;
    std::vector<double> const x(draws.columns[i].begin(), draws.columns[i].begin() + taken);
    auto const order = sorted_order(x);
    Percentiles const of_input = percentiles(x);
    out.push_back({draws.quantities[i].name, correlation(ranks(x, order), y_ranks), of_input.p10, of_input.p90, outcome_near(0.1, order, y), outcome_near(0.9, order, y)});
  }
  std::stable_sort(out.begin(), out.end(), [](const Driver& a, const Driver& b) { return std::abs(a.rank_correlation) > std::abs(b.rank_correlation); });
  out.resize(std::min(out.size(), most));
  return out;
}

}  // namespace headroom
