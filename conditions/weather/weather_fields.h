// The keys of `weather`.
#pragma once

#include "base/fields.h"
#include "conditions/weather/weather.h"

namespace headroom {

void fields(auto& v, WeatherColumns& s) {
  v("time", s.time, optional, "the moment from which a row holds, ISO 8601, with an offset from UTC or as timezone or utc_offset say");
  v("dry_bulb_c", s.dry_bulb_c, optional, "temperature of the air, C");
  v("relative_humidity", s.relative_humidity, optional, "0 to 1; this, the next, or the dew point");
  v("relative_humidity_percent", s.relative_humidity_percent, optional, "0 to 100");
  v("dew_point_c", s.dew_point_c, optional, "C");
  v("pressure_pa", s.pressure_pa, optional, "at the station, not reduced to sea level, Pa");
  v("pressure_hpa", s.pressure_hpa, optional, "the same in hPa");
  v("global_horizontal_w_m2", s.global_horizontal_w_m2, optional, "irradiance of the sun on level ground, mean of the row's time");
  v("direct_normal_w_m2", s.direct_normal_w_m2, optional, "of its beam on a plane that faces it");
  v("diffuse_horizontal_w_m2", s.diffuse_horizontal_w_m2, optional, "of the sky on level ground");
  v("wind_m_s", s.wind_m_s, optional, "speed of the wind, m/s");
  v("wind_km_per_h", s.wind_km_per_h, optional, "the same in km/h");
}
void fields(auto& v, WeatherSpec& s) {
  v("file", s.file, optional, "a name of what ships, or a path: EPW, TMY3 or a table; this or dry_bulb");
  v("year", s.year, optional.between(1900, 2200), "of a table that holds this year whole: it stands for every year");
  v("shift", s.shift, optional, "the weather comes so much later (30 d) or earlier (-30 d)");
  v("timezone", s.timezone, optional, "of a table whose times have no offset: the zone of its clock, daylight saving included");
  v("utc_offset", s.utc_offset, optional.between(-15 * 3600, 15 * 3600), "instead of timezone: one offset for the whole file, such as -5 h");
  v("columns", s.columns, optional, "of a table: what its columns are called, where not as these keys");
  v("elevation", s.elevation, optional.between(-500, 11000), "of a table: from which the pressure is taken where it states none; 0 m by default");
  v("dry_bulb", s.dry_bulb, optional, "of constant weather: the temperature of the air");
  v("relative_humidity", s.relative_humidity, optional.share(), "of constant weather, with dry_bulb");
  v("pressure", s.pressure, optional.between(30e3, 120e3), "of constant weather; that of elevation by default");
  v("global_horizontal", s.global_horizontal, optional.between(0, 1500), "of constant weather: irradiance of the sun on level ground");
  v("direct_normal", s.direct_normal, optional.between(0, 1500), "of its beam on a plane that faces it");
  v("diffuse_horizontal", s.diffuse_horizontal, optional.between(0, 1500), "of the sky on level ground");
}

void check(const WeatherSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
