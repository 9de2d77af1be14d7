#include "workloads/series_totals.h"

#include <algorithm>
#include <limits>

#include "base/sum.h"

namespace headroom {

SeriesTotals totals_of(SeriesSource& source) {
  SeriesTotals totals;
  totals.meaning = source.meaning();
  totals.columns = source.columns();
  totals.least = std::numeric_limits<double>::infinity();
  CompensatedSum samples, over_time;
  double of_row = 0;      // the sum of the values that hold until `from`
  Instant before, from;
  std::vector<double> values;
  for (bool more = true; more; before = from) {
    more = source.next(from, values);
    over_time.add(of_row * (from - before).seconds());
    if (!more) break;
    of_row = 0;
    for (double const value : values) {
      totals.least = std::min(totals.least, value);
      totals.most = std::max(totals.most, value);
      samples.add(value);
      of_row += value;
    }
  }
  totals.counts = source.counts();
  totals.span_s = from.seconds();
  totals.sum = samples.value();
  auto const width = static_cast<double>(totals.columns.size());
  totals.mean = totals.sum / (static_cast<double>(totals.counts.used) * width);
  totals.mean_over_time = over_time.value() / (totals.span_s * width);
  totals.sha256 = source.sha256();
  return totals;
}

}  // namespace headroom
