#include "analysis/sizing/standard_sizes.h"

#include <cmath>
#include <span>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr double rounding = 1e-9;
// A decade of each, times 100.
constexpr std::array<int, 10> r10{100, 125, 160, 200, 250, 315, 400, 500, 630, 800};
constexpr std::array<int, 20> r20{100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900};

// Divided where the decade is small, so that every size is the double nearest to its decimal figure.
double in_decade(int hundredfold, int decade) { return decade >= 2 ? hundredfold * std::pow(10.0, decade - 2) : hundredfold / std::pow(10.0, 2 - decade); }

double from_series(std::span<const int> series, double needed) {
  int const decade = static_cast<int>(std::floor(std::log10(needed)));
  for (int at = decade - 1; at <= decade + 1; ++at)
    for (int number : series)
      if (double const size = in_decade(number, at); size >= needed * (1 - rounding)) return size;
  return needed;      // never: the next decade's first number is larger
}

}  // namespace

double standard_size(SizeSeries series, double needed) {
  expects(needed > 0 && std::isfinite(needed), "a size is needed for something");
  switch (series) {
    case SizeSeries::r10: return from_series(r10, needed);
    case SizeSeries::r20: return from_series(r20, needed);
    case SizeSeries::whole: return std::ceil(needed * (1 - rounding));
  }
  return needed;
}

double chosen_size(SizeSeries series, double needed, double built) {
  if (needed <= 0) return built;
  double const size = standard_size(series, needed);
  return built >= needed * (1 - rounding) && built < size ? built : size;
}

}  // namespace headroom
