// What the site stands in while the run lasts: weather, prices, intensities, the limit of its connection. Each holds until its
// next date; what held is written to the run file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cooling/cooling_plant.h"
#include "sim/model/model.h"
#include "sim/engine/signal_writer.h"

namespace headroom {

class Surroundings {
 public:
  // Begins at the run's start. Both must outlive it.
  Surroundings(const Model& model, SignalWriter& signals);

  // When something changes next; never where all is constant.
  Instant next() const { return next_; }
  // Throws InputError: a series ends before the run.
  void turn_to(Instant now);

  bool has_weather() const { return weather_ != nullptr; }
  const Outdoor& outdoor() const { return outdoor_; }
  const WeatherSample& sample() const { return *sample_; }
  std::optional<double> price() const { return value(price_); }
  std::optional<double> carbon() const { return value(carbon_); }
  double limit_w() const { return limit_w_; }          // of the connection; infinite without one
  bool is_called() const { return is_called_; }        // is it less than the contract allows?
  // Of the moment: seconds since 1970-01-01T00:00:00Z.
  std::int64_t unix_s(Instant now) const { return start_s_ + now.ns / nanoseconds_per_second; }

 private:
  struct Track {                       // one series
    const DatedSeries* series;
    int signal;
    std::size_t at = 0;
    Instant next = never;
    const SignalSpec* spec;
    std::string key;
  };
  std::size_t follow(const DatedSeries& series, const char* name, const char* unit, const std::optional<SignalSpec>& spec, const char* key);
  void begin(Instant now, Track& track);
  void turn_weather(Instant now);
  void turn_limit(Instant now);
  Instant on_run(std::int64_t unix_s) const;
  std::optional<double> value(std::size_t track) const {
    if (track >= tracks_.size()) return std::nullopt;
    return tracks_[track].series->values[tracks_[track].at];
  }

  const Model& model_;
  SignalWriter& signals_;
  std::int64_t const start_s_;
  const Weather* weather_ = nullptr;
  const WeatherSample* sample_ = nullptr;
  Outdoor outdoor_{};
  Instant weather_next_ = never, limit_next_ = never, next_ = never;
  std::vector<Track> tracks_;
  std::size_t price_ = SIZE_MAX, carbon_ = SIZE_MAX;
  std::size_t limit_at_ = 0;
  double limit_w_;
  bool is_called_ = false;
  int dry_bulb_ = -1, wet_bulb_ = -1, humidity_ = -1, limit_ = -1;
};

}  // namespace headroom
