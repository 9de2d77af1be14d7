// What one thing carries over time, in bytes: its total, the fullest recorded interval, and a coarse series whose buckets
// double their width when there are too many of them.
//
// Bytes come evenly between two dates (add) or at a rate from now on (change_rate): either, never both. Dates do not go back.
#pragma once

#include <cstdint>
#include <vector>

#include "base/sum.h"
#include "base/time.h"

namespace headroom {

class LoadMeter {
 public:
  struct Interval {
    std::int64_t number = 0;         // of the first of `count` equal ones
    std::int64_t count = 1;
    double bytes = 0;                // in each
  };

  // `every`: length of an interval. `closed`: gets each interval that is over and carried anything; may be null.
  explicit LoadMeter(Duration every) : every_(every) {}

  void add(Instant from, Instant to, double bytes, std::vector<Interval>* closed = nullptr);
  void change_rate(Instant now, double by_bytes_per_s, std::vector<Interval>* closed = nullptr);
  // Up to the end, where the interval that has begun is as long as it has come.
  void finish(Instant end, std::vector<Interval>* closed = nullptr);

  double bytes() const { return total_.value(); }
  double peak_bytes_per_s() const { return peak_; }
  double rate() const { return rate_; }
  const std::vector<double>& buckets() const { return buckets_; }
  std::int64_t intervals_per_bucket() const { return per_bucket_; }

  static constexpr std::size_t most_buckets = 96;

 private:
  void close(double bytes, std::int64_t count, std::vector<Interval>* closed);
  void into_buckets(std::int64_t interval, std::int64_t count, double bytes);

  Duration every_;
  CompensatedSum total_;
  double in_interval_ = 0;           // of the interval that has begun
  std::int64_t interval_ = 0;
  double peak_ = 0;
  double rate_ = 0;                  // bytes/s, since `since_`
  Instant since_;
  std::vector<double> buckets_;      // bytes; empty while nothing was carried
  std::int64_t per_bucket_ = 1;
};

}  // namespace headroom
