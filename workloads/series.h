// Demand over time in columns: one value a column for each interval, as measured or made. Replayed a row at a time, so a
// year of ten thousand machines is some thousands of updates of the site, not 10^8 jobs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "workloads/source.h"

namespace headroom {

// What a value is a share of: of the processors of a server, or of the power of a constant load. 0..1.
enum class SeriesMeaning { processors, power };

class SeriesSource {
 public:
  virtual ~SeriesSource() = default;
  virtual SeriesMeaning meaning() const = 0;
  // Their names, in order; one at least.
  virtual const std::vector<std::string>& columns() const = 0;
  // The next row: the values hold from `from` (counted from the start of the trace, rising) until the next row's. False at
  // the end: then `from` is when the last row's values end. `values` has one for each column. Throws InputError with the place.
  virtual bool next(Instant& from, std::vector<double>& values) = 0;
  virtual ReadCounts counts() const = 0;             // of the rows read so far
  virtual std::string sha256() = 0;                  // of the unpacked bytes of the trace; reads on to its end
  virtual double share_read() const { return 1; }
};

}  // namespace headroom
