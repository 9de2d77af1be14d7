#include "sim/network/load_meter.h"

#include <algorithm>

namespace headroom {

void LoadMeter::add(Instant from, Instant to, double bytes, std::vector<Interval>* closed) {
  if (bytes <= 0) return;
  total_.add(bytes);
  std::int64_t const first = (from - Instant{}).ns / every_.ns;
  if (first > interval_) {
    close(in_interval_, 1, closed);
    in_interval_ = 0;
    interval_ = first;
  }
  double const per_ns = bytes / static_cast<double>(std::max<std::int64_t>(1, (to - from).ns));
  std::int64_t at = from.ns;
  while (to.ns - every_.ns * (interval_ + 1) > 0) {       // it reaches beyond the interval's end
    std::int64_t const end = every_.ns * (interval_ + 1);
    close(in_interval_ + per_ns * static_cast<double>(end - at), 1, closed);
    in_interval_ = 0;
    std::int64_t const whole = (to.ns - end) / every_.ns;
    ++interval_;
    if (whole > 0) {
      close(per_ns * static_cast<double>(every_.ns), whole, closed);
      interval_ += whole;
    }
    at = every_.ns * interval_;
  }
  in_interval_ += to.ns > at ? per_ns * static_cast<double>(to.ns - at) : to == from ? bytes : 0;
}

void LoadMeter::change_rate(Instant now, double by_bytes_per_s, std::vector<Interval>* closed) {
  add(since_, now, rate_ * (now - since_).seconds(), closed);
  since_ = now;
  rate_ += by_bytes_per_s;
  if (rate_ < 1e-3) rate_ = 0;       // what was added is taken away again, but for a rounding
}

void LoadMeter::finish(Instant end, std::vector<Interval>* closed) {
  change_rate(end, 0, closed);
  double const length_s = Duration{end.ns - every_.ns * interval_}.seconds();
  if (in_interval_ <= 0) return;
  if (length_s > 0 && length_s < every_.seconds()) {
    into_buckets(interval_, 1, in_interval_);
    peak_ = std::max(peak_, in_interval_ / length_s);
    if (closed != nullptr) closed->push_back({interval_, 1, in_interval_});
  } else close(in_interval_, 1, closed);
  in_interval_ = 0;
}

// The interval `interval_` and those behind it.
void LoadMeter::close(double bytes, std::int64_t count, std::vector<Interval>* closed) {
  if (bytes <= 0) return;
  peak_ = std::max(peak_, bytes / every_.seconds());
  into_buckets(interval_, count, bytes);
  if (closed != nullptr) closed->push_back({interval_, count, bytes});
}

void LoadMeter::into_buckets(std::int64_t interval, std::int64_t count, double bytes) {
  while ((interval + count - 1) / per_bucket_ >= static_cast<std::int64_t>(most_buckets)) {
    for (std::size_t i = 0; 2 * i < buckets_.size(); ++i) buckets_[i] = buckets_[2 * i] + (2 * i + 1 < buckets_.size() ? buckets_[2 * i + 1] : 0);
    buckets_.resize((buckets_.size() + 1) / 2);
    per_bucket_ *= 2;
  }
  auto const last = static_cast<std::size_t>((interval + count - 1) / per_bucket_);
  if (buckets_.size() <= last) buckets_.resize(last + 1);
  for (std::int64_t done = 0; done < count;) {
    std::int64_t const bucket = (interval + done) / per_bucket_;
    std::int64_t const here = std::min(count - done, (bucket + 1) * per_bucket_ - interval - done);
    buckets_[static_cast<std::size_t>(bucket)] += bytes * static_cast<double>(here);
    done += here;
  }
}

}  // namespace headroom
