"""Rows of scripts/validate about what surrounds the servers: weather, bills, cooling, the grid."""
import gzip

from program import ROOT, ask, write


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


# --- tariffs ---

SAM_MONTHS = [7515.6322, 6751.1345, 7337.8196, 7555.5561, 9090.5996, 10654.0112, 11875.8174, 11578.6600, 9727.9132, 8756.8540, 6793.2119, 6977.2774]
# years of 365 days by the weekday on which they begin, Monday first
SAM_WEEKDAYS = [(2018, 104614.49), (2019, 104375.52), (2014, 105176.79), (2015, 104582.73), (2021, 104040.22), (2022, 104767.80), (2017, 104757.51)]


def add_tariff_cases(case):
    load = ROOT / "conditions/tariffs/loads/sam-commercial.csv.gz"

    def flat(name, hours, kw):
        return write(f"{name}.csv", f"{kw}\n" * hours)

    @case("SAM, commercial demand charges", "NREL/ssc cmod_utilityrate5_test: 104,614.5 within 0.1", "headroom bill sam-commercial LOAD --start 2018-01-01")
    def sam():
        got = ask("bill", "sam-commercial", load, "--start", "2018-01-01")
        yield "USD", 104614.49, got["total"], 0.1, "absolute"
        with gzip.open(load, "rt") as lines:
            yield "kWh", sum(map(float, lines)), got["energy_kwh"], 1e-12, "relative"
        for month, expected in zip(got["months"], SAM_MONTHS):
            yield f"USD, {month['month']}", expected, month["total"], 1e-3, "absolute"

    @case("SAM, commercial demand charges, 1 January on each weekday", "computed apart from this program", "headroom bill sam-commercial LOAD --start YEAR-01-01")
    def sam_weekdays():
        for year, expected in SAM_WEEKDAYS:
            yield f"USD, as in {year}", expected, ask("bill", "sam-commercial", load, "--start", f"{year}-01-01")["total"], 0.005, "absolute"

    @case("PG&E E-19, May 2020: flat 1 MW in July", "rates of LBNL's DOPER tariff table; hours counted by hand", "headroom bill pge-e19-2020 LOAD --start 2020-07-01")
    def e19():
        got = ask("bill", "pge-e19-2020", flat("e19", 744, 1000), "--start", "2020-07-01")
        yield "energy, USD", 87409.42, sum(line["amount"] for line in got["lines"] if line["section"] == "energy"), 0.005, "absolute"
        yield "demand, USD", 49140, sum(line["amount"] for line in got["lines"] if line["section"] == "demand"), 1e-9, "relative"
        yield "total, USD", 136549.42, got["total"], 0.005, "absolute"

    @case("PG&E E-20, 2014: demand of flat 5 MW", "OpenEI's listing of the rate", "headroom bill pge-e20-2014 LOAD --start 2014-05-01")
    def e20():
        for name, start, hours, expected in [("summer", "2014-05-01", 744, 159550), ("winter", "2014-02-01", 672, 61050)]:
            yield f"{name}, USD a month", expected, ask("bill", "pge-e20-2014", flat(f"e20-{name}", hours, 5000), "--start", start)["total"], 1e-9, "relative"
