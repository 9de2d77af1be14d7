#include "sim/engine/surroundings.h"

#include <algorithm>
#include <limits>

#include "sim/physics/psychrometrics.h"

namespace headroom {

Surroundings::Surroundings(const Model& model, SignalWriter& signals)
    : model_(model), signals_(signals), start_s_(model.scenario.start.unix_s), limit_w_(std::numeric_limits<double>::infinity()) {
  ConditionsUse const& use = model.conditions;
  GridSpec const& spec = model.scenario.conditions.grid;
  if (use.weather) {
    weather_ = &*use.weather;
    dry_bulb_ = signals_.open("dry_bulb_c", "C");
    wet_bulb_ = signals_.open("wet_bulb_c", "C");
    humidity_ = signals_.open("relative_humidity", "1");
    turn_weather({});
  }
  carbon_ = follow(use.grid.average_carbon, "carbon_g_per_kwh", "g/kWh", spec.carbon, "conditions.grid.carbon");
  follow(use.grid.marginal_carbon, "marginal_carbon_g_per_kwh", "g/kWh", spec.marginal_carbon, "conditions.grid.marginal_carbon");
  follow(use.grid.residual_carbon, "residual_carbon_g_per_kwh", "g/kWh", spec.residual_carbon, "conditions.grid.residual_carbon");
  price_ = follow(use.grid.price, "price_per_mwh", (use.grid.currency + "/MWh").c_str(), spec.price, "conditions.grid.price");
  follow(use.grid.renewable_share, "renewable_share", "1", std::nullopt, "conditions.grid.mix");
  follow(use.grid.carbon_free_share, "carbon_free_share", "1", std::nullopt, "conditions.grid.mix");
  if (!use.limit_w.empty()) {
    limit_ = signals_.open("connection_limit_w", "W");
    turn_limit({});
  }
  turn_to({});
}

Instant Surroundings::on_run(std::int64_t unix_s) const {
  bool const beyond = unix_s >= start_s_ + longest_duration.ns / nanoseconds_per_second;
  Instant const at = beyond ? never : Instant{} + whole_seconds(unix_s - start_s_);
  auto const& horizon = model_.scenario.horizon.length;
  return horizon && at >= Instant{} + *horizon ? never : at;      // what changes at the end holds for no time
}

std::size_t Surroundings::follow(const StepSeries& series, const char* name, const char* unit, const std::optional<SignalSpec>& spec, const char* key) {
  if (series.empty()) return SIZE_MAX;
  tracks_.push_back({&series, signals_.open(name, unit), series.at(start_s_), never, spec ? &*spec : nullptr, key});
  begin({}, tracks_.back());
  return tracks_.size() - 1;
}

// Its present value holds from now until the next one's date; equal values side by side are one.
void Surroundings::begin(Instant now, Track& track) {
  StepSeries const& series = *track.series;
  signals_.note(now, track.signal, series.values[track.at]);
  std::size_t next = track.at + 1;
  while (next < series.values.size() && series.values[next] == series.values[track.at]) ++next;
  track.next = next < series.values.size() ? on_run(series.from_s[next]) : on_run(series.end_s);
}

void Surroundings::turn_weather(Instant now) {
  std::int64_t const at_s = unix_s(now);
  if (!weather_->covers(at_s, at_s + 1)) require_cover(*weather_, start_s_, at_s + 1, model_.scenario.conditions.weather->where);
  sample_ = &weather_->at(at_s);
  outdoor_ = {sample_->dry_bulb_c, wet_bulb_c(sample_->dry_bulb_c, sample_->relative_humidity, sample_->pressure_pa), sample_->relative_humidity, sample_->pressure_pa};
  signals_.note(now, dry_bulb_, outdoor_.dry_bulb_c);
  signals_.note(now, wet_bulb_, outdoor_.wet_bulb_c);
  signals_.note(now, humidity_, outdoor_.relative_humidity);
  std::int64_t const until_s = weather_->holds_until(at_s);
  weather_next_ = until_s == INT64_MAX ? never : on_run(until_s);
}

void Surroundings::turn_limit(Instant now) {
  auto const& steps = model_.conditions.limit_w;
  while (limit_at_ + 1 < steps.size() && steps[limit_at_ + 1].from <= now) ++limit_at_;
  limit_w_ = steps[limit_at_].value;
  auto const& contract = model_.conditions.contract_w;
  auto const held = std::ranges::upper_bound(contract, now, {}, &Step::from);
  is_called_ = limit_w_ < (held == contract.begin() ? std::numeric_limits<double>::infinity() : std::prev(held)->value);
  signals_.note(now, limit_, limit_w_);
  limit_next_ = limit_at_ + 1 < steps.size() ? steps[limit_at_ + 1].from : never;
}

void Surroundings::turn_to(Instant now) {
  if (weather_next_ <= now) turn_weather(now);
  if (limit_next_ <= now) turn_limit(now);
  next_ = std::min(weather_next_, limit_next_);
  for (auto& track : tracks_) {
    if (track.next <= now) {
      std::int64_t const at_s = unix_s(now);
      if (at_s >= track.series->end_s) {
        if (track.spec != nullptr) throw series_too_short(*track.spec, track.key, *track.series);
        throw InputError(model_.scenario.conditions.where, track.key + ": its series ends before the run");
      }
      track.at = track.series->at(at_s);
      begin(now, track);
    }
    next_ = std::min(next_, track.next);
  }
}

}  // namespace headroom
