// Down-sampling for charts: at most so many buckets of one length, each with its exact mean, least and greatest value.
// No peak is lost, however long the run.
#pragma once

#include <vector>

#include "base/json_fields.h"

namespace headroom {

struct BucketGrid {
  double length_s = 0, end_s = 0;
  std::size_t count = 0;
};

constexpr std::size_t most_buckets = 1000;

// Covers [0, end) in whole multiples of `base_s`, of a round length (5 min, 1 h, 1 d) where one fits.
BucketGrid bucket_grid(double end_s, double base_s);

class Buckets {
 public:
  explicit Buckets(const BucketGrid& grid);

  // Between these times the mean, least and greatest values were these. What crosses a bound is shared out by time.
  void hold(double from_s, double to_s, double mean, double minimum, double maximum);
  void hold(double from_s, double to_s, double value) { hold(from_s, to_s, value, value, value); }

  // Arrays of the page's data; null where nothing was held.
  Json means() const;
  Json minima() const;
  Json maxima() const;

 private:
  struct Bucket {
    double held_s = 0, integral = 0, minimum = 0, maximum = 0;
  };
  template <class Value> Json array(Value value) const;
  BucketGrid grid_;
  std::vector<Bucket> buckets_;
};

// The start of each bucket.
Json bucket_times(const BucketGrid& grid);

}  // namespace headroom
