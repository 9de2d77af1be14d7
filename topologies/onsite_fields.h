// The keys of what generates and stores behind the meter.
#pragma once

#include "base/fields.h"
#include "topologies/onsite_spec.h"

namespace headroom {

void fields(auto& v, PhotovoltaicSpec& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("dc_power", s.dc_power, required.positive(), "of its modules at 1000 W/m2 and 25 C");
  v("dc_ac_ratio", s.dc_ac_ratio, optional.positive(), "DC power over the inverter's AC power; above 1 it clips");
  v("inverter_efficiency", s.inverter_efficiency, optional.efficiency(), "nominal");
  v("losses", s.losses, optional.share(), "soiling, wiring, mismatch and so on, together; not of a series");
  v("temperature_coefficient", s.temperature_coefficient, optional.between(-0.02, 0), "of the power, per K above 25 C");
  v("tilt", s.tilt, optional.between(0, 90), "degrees from level");
  v("azimuth", s.azimuth, optional.between(0, 360), "degrees from north over east");
  v("albedo", s.albedo, optional.share(), "of the ground before it");
  v("series", s.series, optional, "a table of W by hour of a year, instead of the sun of the weather");
  v("column", s.column, optional, "of that table; its last by default");
  v("series_is_dc", s.series_is_dc, optional, "the table is before the inverter");
  v("feeds", s.feeds, optional, "nodes on which it hangs; the boards of the scheme by default");
}
void fields(auto& v, StorageSpec& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("energy", s.energy, required.positive(), "that it holds between empty and full");
  v("power", s.power, required.positive(), "at its terminals, either way");
  v("charge_power", s.charge_power, optional.positive(), "where it charges more slowly than it discharges");
  v("charge_efficiency", s.charge_efficiency, optional.efficiency(), "stored, of what is drawn");
  v("discharge_efficiency", s.discharge_efficiency, optional.efficiency(), "given, of what was stored");
  v("initial", s.initial, optional.share(), "share of its energy at the start");
  v("reserve", s.reserve, optional.share(), "share that dispatch leaves for limits and calls of the connection");
  v("dispatch", s.dispatch, optional, "backup (kept full), peak-shaving, price, carbon or smoothing");
  v("target", s.target, optional.positive(), "of peak-shaving: the most that the site shall draw");
  v("charge_below", s.charge_below, optional, "of price (per MWh) or carbon (g/kWh): charges while the signal is below");
  v("discharge_above", s.discharge_above, optional, "of price or carbon: discharges while the signal is above");
  v("over", s.over, optional.positive(), "of smoothing: the time over which the draw is evened");
  v("feeds", s.feeds, optional, "nodes on which it hangs; the boards of the scheme by default");
}
void fields(auto& v, OnsiteSpec& s) {
  v("photovoltaics", s.photovoltaics, optional, "arrays, each behind an inverter");
  v("storage", s.storage, optional, "batteries on boards of the power path");
  v("exports", s.exports, optional, "may give to the grid; else what nobody takes is spilled");
}

void check(const PhotovoltaicSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const StorageSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
