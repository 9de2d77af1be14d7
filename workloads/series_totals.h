// Totals of a series, as `headroom trace info` prints them.
#pragma once

#include "workloads/series.h"

namespace headroom {

struct SeriesTotals {
  SeriesMeaning meaning = SeriesMeaning::processors;
  std::vector<std::string> columns;
  ReadCounts counts;                       // of rows
  double span_s = 0;                       // from the first row to the end of the last one's values
  double least = 0, most = 0, mean = 0;    // of all values of all columns; the mean of samples, each for as much
  double mean_over_time = 0;               // each for as long as it holds
  double sum = 0;                          // of all values
  std::string sha256;
};
// Reads to the end; the series has one row at least.
SeriesTotals totals_of(SeriesSource& source);

}  // namespace headroom
