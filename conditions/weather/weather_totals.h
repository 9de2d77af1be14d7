// What a weather file says as a whole: means, extremes, sums, and the hours at which outdoor air or evaporated water is cold
// enough to cool with.
#pragma once

#include <optional>
#include <vector>

#include "conditions/weather/weather.h"

namespace headroom {

struct Spread {
  double least = 0, mean = 0, most = 0;
};

struct HoursOfBand {
  double from_c = 0, to_c = 0;                 // from <= t < to
  double dry_bulb_h = 0, wet_bulb_h = 0;
};

struct HoursBelow {
  double threshold_c = 0;
  double dry_bulb_h = 0, wet_bulb_h = 0;       // at it or below
};

struct WeatherTotals {
  std::size_t rows = 0;
  double hours = 0;
  Spread dry_bulb_c, wet_bulb_c;
  double relative_humidity_mean = 0, pressure_mean_pa = 0;
  double global_horizontal_kwh_m2 = 0;
  double cooling_degree_days = 0;              // above 18.3 C, by the row: sum of max(0, t - 18.3) over days
  std::vector<HoursOfBand> bands;              // 5 K wide, those that occur and what lies between
  std::optional<HoursBelow> below;
};

WeatherTotals totals_of(const Weather& weather, std::optional<double> below_c);

}  // namespace headroom
