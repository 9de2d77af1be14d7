"""Rows of scripts/validate about what surrounds the servers: weather, and what is made of it."""
from program import ask, write


# --- weather ---

def wet_bulb(dry_bulb_c, relative_humidity):
    """At sea level, from a table of two equal hours."""
    rows = "".join(f"2023-06-01T{hour:02}:00Z,{dry_bulb_c},{relative_humidity},101325\n" for hour in range(2))
    return ask("weather", write("air.csv", "time,dry_bulb_c,relative_humidity,pressure_pa\n" + rows))["wet_bulb_mean_c"]


def add_weather_cases(case):
    @case("wet bulb at sea level", "ASHRAE psychrometrics (Hyland-Wexler saturation, thermodynamic wet bulb)", "headroom weather air.csv")
    def wet_bulbs():
        for dry_bulb_c, relative_humidity, expected in [(20, 0.40, 12.355), (30, 0.50, 22.005), (35, 0.20, 18.870)]:
            yield f"C at {dry_bulb_c} C and {100 * relative_humidity:.0f} %", expected, wet_bulb(dry_bulb_c, relative_humidity), 5e-4, "absolute"

    @case("Chicago's typical year", "totals published with the file", "headroom weather chicago --below '18 C'")
    def chicago():
        at_18, at_27 = (ask("weather", "chicago", "--below", f"{threshold} C") for threshold in (18, 27))
        for figure, key, expected, tolerance in [("least dry bulb C", "dry_bulb_min_c", -22.8, 1e-9), ("mean", "dry_bulb_mean_c", 9.988, 5.1e-4), ("most", "dry_bulb_max_c", 35.0, 1e-9),
                                                 ("sun kWh/m2", "global_horizontal_kwh_m2", 1406.646, 5.1e-4), ("cooling degree days", "cooling_degree_days_18_3", 566.73, 5.1e-3)]:
            yield figure, expected, at_18[key], tolerance, "absolute"
        yield "mean relative humidity %", 70.335, 100 * at_18["relative_humidity_mean"], 5.1e-4, "absolute"
        yield "hours above 18 C", 2608, round(8760 - at_18["below"]["dry_bulb_h"]), 0, "exact"
        yield "hours above 27 C", 522, round(8760 - at_27["below"]["dry_bulb_h"]), 0, "exact"
