// The electricity that a site stands in: by the hour (or at any other step) what a kWh emits, costs and is made from. What
// people write under `conditions.grid`; load_grid() turns it into series that a run and its measures can follow.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/quantity.h"
#include "base/time.h"
#include "base/units.h"
#include "conditions/dated_series.h"

namespace headroom {

// One series: columns of a CSV file (plain or gzip), or one value for ever ("350 g/kWh").
struct SignalSpec {
  std::optional<double> constant;              // in `unit`
  std::string file;                            // relative to the file that mentions it, or $NAME/rest
  std::string time;                            // column of the moments; "": one row an hour of `year`, local standard time
  std::string value;                           // column of the values
  std::string unit;                            // of the values: g/kWh, kg/MWh, lb/kWh, USD/MWh ...
  std::string timezone;                        // of moments without an offset
  std::optional<Duration> utc_offset;          // instead of timezone
  std::optional<int> year;                     // the file holds this year whole: it stands for every year
  std::optional<Duration> shift;               // everything comes so much later
  std::optional<Duration> longest_gap;         // missing rows and empty cells up to so long keep the value before
  Location where;

  static constexpr const char* grammar = "a value for ever such as '350 g/kWh', or a mapping with a file";
  static Parsed<SignalSpec> parse(std::string_view text);
  std::string text() const;                    // "" where it takes a mapping
};

// Of a kWh made from a fuel: what its power station emits, or that with all that comes before and after (fuels.csv).
enum class FuelFactors { direct, life_cycle };
constexpr auto names(FuelFactors) { return std::array{std::pair{FuelFactors::direct, "direct"}, std::pair{FuelFactors::life_cycle, "life-cycle"}}; }

// What electricity is made from, by the hour: energy by fuel, in any one unit. Names of fuels are those of fuels.csv.
struct MixSpec {
  std::string file, time, timezone;
  std::map<std::string, std::string> fuels;    // by column of the file: the fuel
  FuelFactors factors = FuelFactors::direct;
  std::map<std::string, CarbonIntensity> carbon;     // by fuel, instead of fuels.csv
  std::optional<Duration> utc_offset;
  std::optional<int> year;
  std::optional<Duration> shift;
  std::optional<Duration> longest_gap;
  Location where;
};

// Electricity bought under a contract of its own: a share of each hour's use, or so much in a year.
struct SupplyContract {
  std::string name;
  std::optional<double> share;
  std::optional<Energy> energy_per_year;
  CarbonIntensity carbon;
  bool renewable = false;
  Location where;
};

struct GridSpec {
  std::optional<SignalSpec> carbon;            // average intensity; of the mix where this is absent
  std::optional<SignalSpec> marginal_carbon;
  std::optional<SignalSpec> price;
  std::optional<MixSpec> mix;
  std::vector<SupplyContract> contracts;
  std::optional<SignalSpec> residual_carbon;   // of what no contract covers, market-based; `carbon` where this is absent
  std::optional<double> renewable_share;       // of the grid's electricity; of the mix where this is absent
  std::optional<double> water_l_per_kwh;       // that power stations evaporate for a kWh delivered
  Location where;
};

// Moments in seconds since 1970-01-01T00:00:00Z; intensities in g/kWh, prices per MWh. Empty where the spec has none.
struct GridSignals {
  DatedSeries average_carbon, marginal_carbon, residual_carbon;
  DatedSeries price;
  std::string currency;                        // of the price: "USD"
  DatedSeries renewable_share, carbon_free_share;     // of the mix, 0..1
};

// For a run that begins at from_s and ends at to_s; absent: who knows when, and what repeats every year does so for ten years.
// Throws InputError: the place in the file of what is wrong with it, or where the spec was written; a series that begins
// after from_s or ends before to_s says when.
GridSignals load_grid(const GridSpec& spec, std::int64_t from_s, std::optional<std::int64_t> to_s = std::nullopt);

// One series alone, in g/kWh or per MWh.
struct LoadedSignal {
  DatedSeries series;
  std::string currency;                        // "" of an intensity
};
LoadedSignal load_signal(const SignalSpec& spec, const std::string& key, std::int64_t from_s, std::optional<std::int64_t> to_s = std::nullopt);

// For a run that is still going on at its end: which series, until when it reaches, and what would do.
InputError series_too_short(const SignalSpec& spec, const std::string& key, const DatedSeries& series);

}  // namespace headroom
