#include "conditions/tariffs/usage.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace headroom {
namespace {

// A stretch in which month, mix and offset stay.
struct Stretch {
  std::int64_t to_s = 0;
  std::int32_t offset_s = 0;
  std::size_t month = 0, mix = 0;
};

class Stretches {
 public:
  Stretches(const TariffSpec& tariff, const PeriodTable& table, const TimeZone& zone, std::vector<MonthUse>& months) : table_(table), zone_(zone), months_(months) {
    for (auto const& day : tariff.holidays) holidays_.insert(day.year * 10000 + day.month * 100 + day.day);
  }

  std::vector<Stretch> between(std::int64_t from_s, std::int64_t end_s) {
    std::vector<Stretch> out;
    for (std::int64_t at = from_s; at < end_s;) {
      LocalTime const clock = zone_.local(at);
      std::int64_t const stop = std::min({at + 86400 - clock.second, zone_.next_change(at).value_or(end_s), end_s});
      add_day(clock, at, stop, out);
      at = stop;
    }
    return out;
  }

 private:
  // What holds within one day while the offset stays.
  void add_day(const LocalTime& clock, std::int64_t at, std::int64_t stop, std::vector<Stretch>& out) {
    int const date = clock.month * 100 + clock.day;
    int const day = holidays_.contains(date) || holidays_.contains(clock.year * 10000 + date) ? holiday : clock.weekday;
    std::size_t const month = month_of(clock);
    std::int64_t const midnight = at - clock.second;
    for (int quarter = clock.second / 900; at < stop; ++quarter) {
      std::size_t const mix = table_.mix[PeriodTable::slot(clock.month, day, std::min(quarter, quarters_of_day - 1))];
      at = std::min(stop, midnight + (quarter + 1) * 900);
      if (!out.empty() && out.back().mix == mix && out.back().month == month && out.back().offset_s == clock.offset_s) out.back().to_s = at;
      else out.push_back({at, clock.offset_s, month, mix});
      months_[month].occurs[mix] = true;
    }
  }
  std::size_t month_of(const LocalTime& clock) {
    if (months_.empty() || months_.back().year != clock.year || months_.back().month != clock.month) {
      MonthUse month;
      month.year = clock.year;
      month.month = clock.month;
      month.from_s = zone_.moment(clock.year, clock.month, 1, 0);
      month.to_s = clock.month == 12 ? zone_.moment(clock.year + 1, 1, 1, 0) : zone_.moment(clock.year, clock.month + 1, 1, 0);
      month.mixes.resize(table_.mixes.size());
      month.occurs.resize(table_.mixes.size());
      months_.push_back(std::move(month));
    }
    return months_.size() - 1;
  }

  const PeriodTable& table_;
  const TimeZone& zone_;
  std::vector<MonthUse>& months_;
  std::set<int> holidays_;
};

// Means over the demand interval, by the clock on the wall. What is not metered of an interval counts as nothing.
class IntervalMeans {
 public:
  IntervalMeans(Duration interval, std::vector<MonthUse>& months) : interval_ns_(interval.ns), seconds_(interval.seconds()), months_(months) {}

  void add(std::int64_t from_ns, std::int64_t to_ns, double power_w, double reactive_var, const Stretch& stretch) {
    while (from_ns < to_ns) {
      if (from_ns >= end_ns_) begin(from_ns, stretch);
      if (from_ns == begin_ns_ && to_ns - from_ns >= interval_ns_) {      // whole intervals of one power
        keep(power_w, reactive_var);
        from_ns += (to_ns - from_ns) / interval_ns_ * interval_ns_;
        end_ns_ = from_ns;
        continue;
      }
      std::int64_t const until = std::min(to_ns, end_ns_);
      double const seconds = Duration{until - from_ns}.seconds();
      energy_j_ += power_w * seconds;
      reactive_vas_ += reactive_var * seconds;
      from_ns = until;
      if (until == end_ns_) close();
    }
  }
  void close() {
    if (energy_j_ != 0 || reactive_vas_ != 0) keep(energy_j_ / seconds_, reactive_vas_ / seconds_);
    energy_j_ = reactive_vas_ = 0;
  }

 private:
  void begin(std::int64_t at_ns, const Stretch& stretch) {
    std::int64_t const offset_ns = stretch.offset_s * nanoseconds_per_second, wall_ns = at_ns + offset_ns;
    std::int64_t const part = ((wall_ns % interval_ns_) + interval_ns_) % interval_ns_;
    begin_ns_ = at_ns - part;
    end_ns_ = begin_ns_ + interval_ns_;
    use_ = &months_[stretch.month].mixes[stretch.mix];
  }
  void keep(double mean_w, double mean_var) {
    use_->peak_w = std::max(use_->peak_w, mean_w);
    use_->peak_va = std::max(use_->peak_va, mean_var == 0 ? mean_w : std::hypot(mean_w, mean_var));
  }

  std::int64_t interval_ns_;
  double seconds_;
  std::vector<MonthUse>& months_;
  std::int64_t begin_ns_ = INT64_MIN, end_ns_ = INT64_MIN;
  double energy_j_ = 0, reactive_vas_ = 0;
  MixUse* use_ = nullptr;
};

std::int64_t floor_seconds(std::int64_t ns) { return ns >= 0 ? ns / nanoseconds_per_second : -((-ns + nanoseconds_per_second - 1) / nanoseconds_per_second); }

}  // namespace

std::vector<MonthUse> usage_of(const TariffSpec& tariff, const PeriodTable& table, const TimeZone& zone, const MeteredLoad& load, const DatedSeries* price) {
  std::vector<MonthUse> months;
  if (load.rows.empty()) return months;
  std::int64_t const start_ns = load.start_s * nanoseconds_per_second, begin_ns = start_ns + load.rows.front().from_ns, end_ns = start_ns + load.end_ns();
  std::int64_t const begin_s = floor_seconds(begin_ns), end_s = floor_seconds(end_ns - 1) + 1;
  std::vector<Stretch> const stretches = Stretches(tariff, table, zone, months).between(begin_s, end_s);
  IntervalMeans means(tariff.demand_interval, months);
  auto const reactive_share = load.power_factor && !load.has_reactive ? std::sqrt(1 / (*load.power_factor * *load.power_factor) - 1) : 0.0;
  std::size_t at = 0, step = price == nullptr ? 0 : price->at(begin_s);
  for (auto const& row : load.rows) {
    double const length_ns = static_cast<double>(row.to_ns - row.from_ns);
    double const reactive_vas = load.has_reactive ? row.reactive_vas : row.import_j * reactive_share;
    double const power_w = row.import_j / (length_ns / 1e9), reactive_var = reactive_vas / (length_ns / 1e9);
    for (std::int64_t from = start_ns + row.from_ns, end = start_ns + row.to_ns; from < end;) {
      while (stretches[at].to_s * nanoseconds_per_second <= from) ++at;
      std::int64_t to = std::min(end, stretches[at].to_s * nanoseconds_per_second);
      if (price != nullptr) {
        while (step + 1 < price->from_s.size() && price->from_s[step + 1] * nanoseconds_per_second <= from) ++step;
        if (step + 1 < price->from_s.size()) to = std::min(to, price->from_s[step + 1] * nanoseconds_per_second);
      }
      double const share = from == start_ns + row.from_ns && to == end ? 1.0 : static_cast<double>(to - from) / length_ns;
      MonthUse& month = months[stretches[at].month];
      MixUse& use = month.mixes[stretches[at].mix];
      month.covered_ns += to - from;
      use.import_j.add(row.import_j * share);
      use.export_j.add(row.export_j * share);
      use.reactive_vas.add(reactive_vas * share);
      if (price != nullptr) use.priced.add(row.import_j * share * price->values[step]);
      means.add(from, to, power_w, reactive_var, stretches[at]);
      from = to;
    }
  }
  means.close();
  return months;
}

}  // namespace headroom
