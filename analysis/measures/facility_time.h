// The facility over time: PUE and its parts by month, the load duration curve.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

struct PueMonth {
  std::string name;                              // 2024-03, by the site's clock
  double it_kwh = 0, facility_kwh = 0;           // facility: from all sources, arrays too
  std::map<std::string, double> cooling_kwh;     // by kind of machine; only where feeders are recorded (record.detail)
  double other_kwh = 0;                          // loads on the facility's side that are not cooling
  double losses_kwh() const;                     // the rest: lost on the way and what is stored more than before
  double pue() const { return it_kwh > 0 ? facility_kwh / it_kwh : 0; }
};
std::vector<PueMonth> pue_by_month(const RunReader& run);

struct LoadDuration {
  std::vector<std::pair<double, double>> curve;  // hours, kW that are exceeded in so many of them; recorded intervals, falling
  double peak_kw = 0;                            // mean of the fullest recorded interval
  std::map<int, double> hours_above;             // by percent of that peak: 10, 20 ... 100 (reached)
};
// `points`: so many of the curve, evenly over its hours, its ends among them; 0: no curve.
LoadDuration load_duration(const RunReader& run, std::size_t points = 101);

}  // namespace headroom
