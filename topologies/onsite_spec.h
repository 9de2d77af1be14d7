// What generates and stores behind the meter, on boards of the power path: photovoltaic arrays and battery storage.
// (Generators stand in the power path itself: they carry what they feed.)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/quantity.h"
#include "base/time.h"

namespace headroom {

// An array behind one inverter, by the equations of PVWatts version 5 (docs/models.md, "Photovoltaics"). Its sun is that of
// the weather, or it gives what a table of hours says.
struct PhotovoltaicSpec {
  std::string name;
  Power dc_power;                       // of its modules at 1000 W/m2 and 25 C
  double dc_ac_ratio = 1.2;             // DC power over the inverter's AC power: above 1 it clips
  double inverter_efficiency = 0.96;    // nominal
  double losses = 0.1408;               // soiling, wiring, mismatch ...: a share of the DC power
  double temperature_coefficient = -0.0037;     // of the power, per K above 25 C
  double tilt = 20, azimuth = 180;      // degrees; from north over east
  double albedo = 0.2;                  // of the ground before it
  std::string series;                   // a table instead: power by hour, of the whole array
  std::string column;                   // of that table
  bool series_is_dc = false;            // before the inverter
  std::vector<std::string> feeds;       // nodes; empty: the boards of the scheme
  Location where;
};

// peak-shaving: the site draws `target` at most, and charges below it. price, carbon: charges below one value of the signal,
// discharges above the other. smoothing: the site's draw follows its mean over `over`. backup: it is kept full.
enum class Dispatch { backup, peak_shaving, price, carbon, smoothing };
constexpr auto names(Dispatch) {
  return std::array{std::pair{Dispatch::backup, "backup"}, std::pair{Dispatch::peak_shaving, "peak-shaving"}, std::pair{Dispatch::price, "price"}, std::pair{Dispatch::carbon, "carbon"},
                    std::pair{Dispatch::smoothing, "smoothing"}};
}

// A bucket of energy behind a converter: dE/dt = eta_c P while it charges, -P / eta_d while it discharges, P at its terminals.
struct StorageSpec {
  std::string name;
  Energy energy;                        // that it holds between empty and full
  Power power;                          // at its terminals, either way
  std::optional<Power> charge_power;    // where it charges more slowly
  double charge_efficiency = 0.95, discharge_efficiency = 0.95;
  double initial = 0.5;                 // share of `energy` at the start
  double reserve = 0;                   // share that dispatch leaves for the connection's limits and calls
  Dispatch dispatch = Dispatch::backup;
  std::optional<Power> target;          // of peak-shaving
  std::optional<double> charge_below, discharge_above;      // of price (per MWh) and carbon (g/kWh)
  Duration over = whole_seconds(1800);  // of smoothing
  std::vector<std::string> feeds;
  Location where;
};

struct OnsiteSpec {
  std::vector<PhotovoltaicSpec> photovoltaics;
  std::vector<StorageSpec> storage;
  bool exports = false;                 // may give to the grid; else what nobody takes is spilled
  Location where;
};

}  // namespace headroom
