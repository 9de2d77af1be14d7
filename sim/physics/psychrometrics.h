// Moist air: what humidity means in pressure, mass, heat and wet bulb. Ideal gas, SI units, temperatures in degrees Celsius.
//
// Source of all equations, by their numbers there: ASHRAE Handbook, Fundamentals (2013), chapter 1. [docs/models.md]
// Range: -100 to 70 C, 30 to 110 kPa, as long as water does not boil (saturation pressure below the air's).
#pragma once

namespace headroom {

// Of water vapour over ice below the triple point (0.01 C), over water above [Pa]. Hyland and Wexler 1983, equations 5 and 6:
//   ln p_ws = C1/T + C2 + C3 T + C4 T^2 + C5 T^3 + C6 T^4 + C7 ln T   over ice
//   ln p_ws = C8/T + C9 + C10 T + C11 T^2 + C12 T^3 + C13 ln T        over water          T in kelvin; -100 to 200 C
double saturation_pressure_pa(double celsius);

// Water by mass of dry air [kg/kg]. Equation 22: W = 0.621945 p_w / (p - p_w), p_w = relative humidity x p_ws.
double humidity_ratio(double dry_bulb_c, double relative_humidity, double pressure_pa);

// The humidity that gives this dew point: p_ws(dew point) / p_ws(dry bulb), equation 24; at most 1.
double relative_humidity_of(double dry_bulb_c, double dew_point_c);

// Where the vapour would saturate: p_ws(dew point) = p_w, solved to 1e-9 in ln p_w. Air drier than that of -100 C has -100 C.
double dew_point_c(double dry_bulb_c, double relative_humidity);

// The temperature t* at which water that evaporates into the air saturates it and gives the heat for that. Equation 35 over
// water, 37 over ice:
//   W = ((2501 - 2.326 t*) W_s(t*) - 1.006 (t - t*)) / (2501 + 1.86 t - 4.186 t*)        t* >= 0 C
//   W = ((2830 - 0.24 t*) W_s(t*) - 1.006 (t - t*)) / (2830 + 1.86 t - 2.1 t*)           t* < 0 C
// Just below 0 C both may have an answer (a wick can be wet or frozen): it is the wet one. Solved to 1e-9 of W's scale.
double wet_bulb_c(double dry_bulb_c, double relative_humidity, double pressure_pa);

// By mass of dry air, from 0 C [J/kg]. Equation 32: h = 1.006 t + W (2501 + 1.86 t) kJ/kg.
double moist_air_enthalpy_j_per_kg(double dry_bulb_c, double humidity_ratio);

// Of air and its water together [kg/m3]. Equation 28: v = 0.287042 (t + 273.15)(1 + 1.607858 W) / p, p in kPa; (1 + W) / v.
double moist_air_density_kg_per_m3(double dry_bulb_c, double humidity_ratio, double pressure_pa);

// Of the standard atmosphere [Pa], -500 to 11,000 m. Equation 3: p = 101325 (1 - 2.25577e-5 Z)^5.2559.
double standard_pressure_pa(double elevation_m);

}  // namespace headroom
