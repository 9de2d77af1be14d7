#include "analysis/report/buckets.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/report/figures.h"

namespace headroom {
namespace {

constexpr double minute = 60, hour = 3600, day = 86400;
constexpr std::array round_lengths_s{1.0,       2.0,       5.0,      10.0,     15.0,     20.0,     30.0,     minute,   2 * minute, 5 * minute, 10 * minute, 15 * minute, 20 * minute,
                                     30 * minute, hour,    2 * hour, 3 * hour, 4 * hour, 6 * hour, 8 * hour, 12 * hour, day,      2 * day,    7 * day,    14 * day,    28 * day};

}  // namespace

BucketGrid bucket_grid(double end_s, double base_s) {
  if (!(end_s > 0)) return {};
  double const shortest_s = end_s / static_cast<double>(most_buckets);
  double length_s = base_s * std::ceil(std::max(1.0, shortest_s / base_s));
  auto const fits = [&](double round_s) { return round_s >= length_s && round_s <= 4 * length_s && std::fmod(round_s, base_s) == 0; };
  if (auto const round_s = std::find_if(round_lengths_s.begin(), round_lengths_s.end(), fits); round_s != round_lengths_s.end()) length_s = *round_s;
  return {length_s, end_s, static_cast<std::size_t>(std::ceil(end_s / length_s))};
}

Buckets::Buckets(const BucketGrid& grid) : grid_(grid), buckets_(grid.count) {}

void Buckets::hold(double from_s, double to_s, double mean, double minimum, double maximum) {
  to_s = std::min(to_s, grid_.end_s);
  for (auto i = static_cast<std::size_t>(from_s / grid_.length_s); i < buckets_.size() && from_s < to_s; ++i) {
    double const until_s = std::min(to_s, static_cast<double>(i + 1) * grid_.length_s);
    if (until_s <= from_s) continue;
    Bucket& bucket = buckets_[i];
    bool const first = bucket.held_s == 0;
    bucket.minimum = first ? minimum : std::min(bucket.minimum, minimum);
    bucket.maximum = first ? maximum : std::max(bucket.maximum, maximum);
    bucket.held_s += until_s - from_s;
    bucket.integral += mean * (until_s - from_s);
    from_s = until_s;
  }
}

template <class Value>
Json Buckets::array(Value value) const {
  Json::array_t out;
  out.reserve(buckets_.size());
  for (auto const& bucket : buckets_) out.push_back(bucket.held_s > 0 ? chart_number(value(bucket)) : Json());
  return out;
}

// A mean of rounded arithmetic lies between its bounds again.
Json Buckets::means() const {
  return array([](const Bucket& b) { return std::clamp(b.integral / b.held_s, b.minimum, b.maximum); });
}
Json Buckets::minima() const {
  return array([](const Bucket& b) { return b.minimum; });
}
Json Buckets::maxima() const {
  return array([](const Bucket& b) { return b.maximum; });
}

Json bucket_times(const BucketGrid& grid) {
  Json::array_t out;
  for (std::size_t i = 0; i < grid.count; ++i) out.push_back(chart_number(static_cast<double>(i) * grid.length_s));
  return out;
}

}  // namespace headroom
