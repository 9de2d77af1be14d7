// A quantity over time that is constant in between: a price, a carbon intensity, a temperature. Each value holds from its
// moment to the next one's; the last until `end_s`. Moments are seconds since 1970-01-01T00:00:00Z, rising.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/errors.h"

namespace headroom {

struct DatedSeries {
  std::vector<std::int64_t> from_s;
  std::vector<double> values;
  std::int64_t end_s = 0;

  bool empty() const { return values.empty(); }
  std::int64_t begin_s() const { return from_s.front(); }
  bool covers(std::int64_t first_s, std::int64_t last_s) const { return !empty() && begin_s() <= first_s && last_s <= end_s; }
  // The number of the value that holds at a moment within the series.
  std::size_t at(std::int64_t unix_s) const {
    expects(!empty() && unix_s >= begin_s() && unix_s < end_s, "a series is asked for what it covers");
    return static_cast<std::size_t>(std::ranges::upper_bound(from_s, unix_s) - from_s.begin()) - 1;
  }
  double value_at(std::int64_t unix_s) const { return values[at(unix_s)]; }
};

}  // namespace headroom
