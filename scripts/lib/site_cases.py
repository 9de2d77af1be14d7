"""Rows of scripts/validate about what surrounds the servers: weather, bills, cooling, the grid."""
import datetime
import gzip
import math
import os
import pathlib
import subprocess
import sys

from program import ROOT, SURF_WEEK, WORK, ask, rows, run, summary, write


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


# --- a site in time ---

ONE_SERVER = "halls: [{{name: h, racks: [{{name: r, servers: [{{type: {{cores: 1, memory: 16 GB, power: {{linear: {{idle: {idle}, full: {full}}}}}}}}}]}}]}}]"
HEAD = "kind: scenario\nversion: 1\nname: {name}\nwindow: all\nrecord: {{every: 1 min, detail: server}}\ncontrol_interval: 0 s\n"
UTILITY = "  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}\n"


def data(*parts):
    """A file of the data sets, or nothing where HEADROOM_DATA does not lead to it."""
    path = pathlib.Path(os.environ.get("HEADROOM_DATA", "nowhere"), *parts)
    return path.resolve() if path.exists() else None


def energy_j(folder, node):
    return rows(folder, f"SELECT input_j FROM totals JOIN nodes ON nodes.id = node WHERE name = '{node}' AND span = 'run'")[0][0]


def opendc_battery(name, threshold, tasks="0,600,1,0.5\n", rest=""):
    """One host of 100 to 200 W at half its clock for ten minutes, 0.1 kWh behind a charger of 1 kW, the intensity at 100 g/kWh."""
    jobs = write(f"{name}.csv", "submit_s,runtime_s,cores,utilisation\n" + tasks)
    host = ONE_SERVER.format(idle="100 W", full="200 W").replace("200 W}}", "200 W}}, boot: {time: 0 s}")
    text = HEAD.format(name=name) + f"""site:
  name: opendc
  {host}
{UTILITY}  onsite:
    storage: [{{name: battery, energy: 0.1 kWh, power: 1000 W, initial: 0, charge_efficiency: 1, discharge_efficiency: 1, dispatch: carbon, charge_below: {threshold}, discharge_above: {threshold}}}]
conditions: {{grid: {{carbon: 100 g/kWh}}}}
workload: [{{trace: {jobs}}}]
{rest}"""
    return run(write(f"{name}.yaml", text))


CLIMATE = """kind: scenario
version: 1
name: climate
site: cooled-hall
workload: []
conditions: {{weather: {weather}}}
start: 2025-01-01T00:00:00{offset}
horizon: 365 d
window: all
record: {{every: 1 h, detail: feeder}}
"""
CLIMATES = [("chicago", None, "-06:00"), ("greensboro", None, "-05:00"), ("Phoenix", "USA_AZ_Phoenix_TMYx.epw.gz", "-07:00"), ("Leesburg", "USA_VA_Leesburg_TMYx.epw.gz", "-05:00"),
            ("San Jose", "USA_CA_San.Jose_TMYx.epw.gz", "-08:00"), ("Shanghai", "CHN_SH_Shanghai-Hongqiao_TMYx.epw.gz", "+08:00")]


def saturation_pa(celsius):
    """Buck's equations (1996), another formulation than the program's; within 0.1 % from -40 to 50 C."""
    if celsius < 0:
        return 611.15 * math.exp((23.036 - celsius / 333.7) * celsius / (279.82 + celsius))
    return 611.21 * math.exp((18.678 - celsius / 234.5) * celsius / (257.14 + celsius))


def is_wet_bulb_above(limit_c, dry_c, humidity, pressure_pa):
    """Would water at limit_c give its heat to this air? Then the wet bulb is below it."""
    vapour = humidity * saturation_pa(dry_c)
    ratio, saturated = 0.622 * vapour / (pressure_pa - vapour), 0.622 * saturation_pa(limit_c) / (pressure_pa - saturation_pa(limit_c))
    return ratio > ((2501 - 2.326 * limit_c) * saturated - 1.006 * (dry_c - limit_c)) / (2501 + 1.86 * dry_c - 4.186 * limit_c)


def free_hours(file, limit_c):
    """Hours of a weather file whose wet bulb is at or below the limit, counted from its lines; and those within 0.05 C of it."""
    with gzip.open(file, "rt") as lines:
        cells = [line.strip().split(",") for line in lines]
    if file.name.endswith(".epw.gz"):
        air = [(float(row[6]), float(row[8]) / 100, float(row[9])) for row in cells[8:]]
    else:
        columns = {name: cells[1].index(name) for name in ("Dry-bulb (C)", "RHum (%)", "Pressure (mbar)")}
        air = [(float(row[columns["Dry-bulb (C)"]]), float(row[columns["RHum (%)"]]) / 100, 100 * float(row[columns["Pressure (mbar)"]])) for row in cells[2:]]
    free = sum(not is_wet_bulb_above(limit_c, *hour) for hour in air)
    near = sum(is_wet_bulb_above(limit_c - 0.05, *hour) != is_wet_bulb_above(limit_c + 0.05, *hour) for hour in air)
    return free, near


def add_site_run_cases(case):
    @case("OpenDC, batteries 1 and 2", "OpenDC's own tests", "headroom run battery.yaml")
    def batteries():
        yield "threshold 90: J from the grid", 90_000, energy_j(opendc_battery("battery-1", 90), "utility"), 1e-9, "relative"
        folder = opendc_battery("battery-2", 120)
        yield "threshold 120: J from the grid", 450_000, energy_j(folder, "utility"), 1e-9, "relative"
        power = {at // 60_000_000_000: j / 60 for at, j in rows(folder, "SELECT from_ns, energy_j * 60e9 / (to_ns - from_ns) FROM intervals JOIN nodes ON nodes.id = node WHERE name = 'utility'")}
        yield "W while it charges", 1150, power[0], 1e-9, "relative"
        yield "W once it is full", 150, power[6], 1e-9, "relative"

    @case("OpenDC, batteries 6, 7 and 8", "OpenDC's own tests", "headroom run battery.yaml")
    def batteries_in_time():
        down = "events: [{at: 5 min, fail: h/r-1/1, for: 5 min}]\nfailed_server_power: idle\n"

        def end_s(folder):
            return rows(folder, "SELECT MAX(end_ns) FROM jobs")[0][0] / 1e9
        yield "a thousand tasks one after the other: end s", 600_000, end_s(opendc_battery("battery-6", 120, "0,600,1,0.5\n" * 1000)), 1e-9, "absolute"
        folder = opendc_battery("battery-7", 90, rest=down)
        yield "five minutes down: end s", 1200, end_s(folder), 1e-9, "absolute"
        yield "five minutes down: J from the grid", 165_000, energy_j(folder, "utility"), 1e-9, "relative"
        folder = opendc_battery("battery-8", 90, rest=down + "policy: {checkpoint: {every: 60 s, cost: 1 s}}\n")
        yield "the same with checkpoints: end s", 965, end_s(folder), 1e-9, "absolute"
        yield "the same with checkpoints: J of the host", 129_750, energy_j(folder, "h/r-1/1"), 1e-9, "relative"

    @case("PVWatts: AC from the DC column of a year in Golden", "NREL PVWatts' hourly result", "headroom run array.yaml")
    def array():
        table = data("pv-hourly", "pvwatts_8760_rackmount.csv.gz")
        if table is None:
            yield "skip", "set HEADROOM_DATA", 0, 0, ""
            return
        text = HEAD.format(name="array").replace("every: 1 min", "every: 1 h") + f"""site:
  name: golden
  location: {{latitude: 39.74, longitude: -105.17, timezone: America/Denver}}
  {ONE_SERVER.format(idle="10 W", full="10 W")}
{UTILITY}  onsite: {{exports: true, photovoltaics: [{{name: roof, dc_power: 4 kW, dc_ac_ratio: 1.2, inverter_efficiency: 0.96, series: {table}, column: "DC Array Output (W)", series_is_dc: true}}]}}
start: 2025-01-01T00:00:00-07:00
horizon: 365 d
workload: []
"""
        yield "kWh", 6023.6712, -energy_j(run(write("array.yaml", text)), "roof") / 3.6e6, 1e-6, "relative"

    @case("one plant at every climate", "the weather files, counted apart from this program", "headroom run climate.yaml")
    def climates():
        for name, file, offset in CLIMATES:
            path = data("weather-epw", file) if file else ROOT / f"conditions/weather/{'chicago.epw.gz' if name == 'chicago' else 'greensboro.csv.gz'}"
            if path is None:
                yield "skip", f"{name}: set HEADROOM_DATA", 0, 0, ""
                continue
            folder = run(write("climate.yaml", CLIMATE.format(weather=path, offset=offset)))
            values = rows(folder, "SELECT from_ns, value FROM signal_values WHERE signal = (SELECT id FROM signals WHERE name = 'economiser_share') ORDER BY from_ns")
            ends = [at for at, _ in values[1:]] + [365 * 86400 * 10**9]
            hours = sum(end - at for (at, value), end in zip(values, ends) if value == 1) / 3.6e12
            expected, near = free_hours(path, 8.8 - 2 - 4)
            yield f"{name}: hours past the chillers", expected, hours, max(1, near), "absolute"
            yield f"{name}: worst imbalance of a meter", 0, summary(folder)["run"]["energy_imbalance_worst"], 1e-9, "absolute"

    @case("one plant in constant weather: hotter and wetter is worse", "the order alone", "headroom run climate.yaml --set conditions.weather=...")
    def order():
        def pue(celsius, humidity):
            weather = f"{{dry_bulb: {celsius} C, relative_humidity: {humidity}, diffuse_horizontal: 100 W/m2}}"
            return summary(run(write("constant.yaml", CLIMATE.format(weather=weather, offset="Z").replace("365 d", "1 d"))))["kpi"]["pue"]
        dry, wet = [pue(c, 0.3) for c in (5, 15, 25, 35)], [pue(c, 0.8) for c in (5, 15, 25, 35)]
        yield "rises with temperature (pairs)", 6, sum(a <= b for series in (dry, wet) for a, b in zip(series, series[1:])), 0, "exact"
        yield "rises with humidity (pairs)", 4, sum(a <= b for a, b in zip(dry, wet)), 0, "exact"


# --- cooling ---

# A chiller alone: fans and pumps that draw nothing, condenser water by a dry cooler 5 K above the outdoor air.
CHILLER_SITE = """kind: site
version: 1
name: chiller
halls: [{{name: h, racks: [{{name: r, servers: [{{type: {{cores: 1, memory: 16 GB, power: {{linear: {{idle: 0 W, full: 1 MW}}}}}}}}]}}]}}]
power: {{scheme: N, utility: [{{name: utility, voltage: 400 V}}]}}
cooling:
  plant:
    chilled_water: {chilled} C
    air_handlers: {{type: {{capacity: 2 MW, air_flow: 200 m3/s, fan_power: 0 W}}}}
    dry_coolers: {{type: {{capacity: 3 MW, approach: 5 K, fan_power: 0 W}}}}
    chillers:
      type:
        condenser: water
        capacity: 2 MW
        cop: 5.5
        chilled_water: {{reference: 6.67 C, least: 5 C, most: 10 C}}
        condenser_fluid: {{reference: 29.4 C, least: 24 C, most: 35 C}}
        capacity_curve: [0.257183345, 0.038794102, -0.00021648, 0.046738887, -0.000940235, -0.000342491]
        input_curve: [0.933678591, -0.058199196, 0.00449937, 0.002429466, 0.000485893, -0.001214733]
        part_load_curve: [0.222903, 0.313387, 0.463710]
"""


def add_cooling_cases(case):
    @case("chiller by its curves", "EnergyPlus' Chiller:Electric:EIR, DOE-2 centrifugal, 2 MW, COP 5.5, load 1 MW", "headroom cooling chiller.yaml")
    def chiller():
        for chilled, condenser, power_kw, cop in [(6.67, 29.4, 180.0087, 5.5553), (10, 24, 157.3275, 6.3562)]:
            found = ask("cooling", write(f"chiller-{chilled}.yaml", CHILLER_SITE.format(chilled=chilled)), "--dry-bulb", f"{condenser - 5} C")
            yield f"kW at {chilled} C and {condenser} C", power_kw, found["chiller_power_kw"], 5.1e-5, "absolute"
            yield "COP", cop, found["chiller_cop"], 5.1e-5, "absolute"
            yield "kW of everything that cools", found["chiller_power_kw"], 1000 * found["pue_parts"]["cooling"], 1e-9, "relative"

    @case("chiller curves", "the same record: CAPFT x EIRFT at full load", "headroom cooling chiller.yaml")
    def curves():
        for chilled, condenser, capft, eirft in [(6.67, 29.4, 1.000569, 0.998868), (10, 24, 1.121436, 0.848269), (10, 35, 0.987678, 1.056717)]:
            found = ask("cooling", write(f"chiller-{chilled}.yaml", CHILLER_SITE.format(chilled=chilled)), "--dry-bulb", f"{condenser - 5} C")
            z = 0.5 / capft
            yield f"kW at {chilled} C and {condenser} C", 2000 * capft / 5.5 * eirft * (0.222903 + 0.313387 * z + 0.463710 * z * z), found["chiller_power_kw"], 2e-6, "relative"
            capacity = found["capacity"][0]["capacity_kw"]
            yield "capacity kW", min(2000.0, 2000 * capft), capacity, 1e-6, "relative"

    @case("PUE from physics", "Lei and Masanet, Energy (2020) 117556: 20 C, 40 %, 101325 Pa", "headroom cooling --lei-masanet airside.csv")
    def lei_masanet():
        folder = pathlib.Path(os.environ.get("HEADROOM_DATA", "")) / "pue-lei-masanet"
        if not (folder / "airside.csv").exists():
            yield "skip", "set HEADROOM_DATA", None, None, None
            return
        for site, pue in [("airside", 1.0746922969797756), ("waterside", 1.0887168184890426), ("seawater", 1.1140761465494835)]:
            yield site, pue, ask("cooling", "--lei-masanet", str(folder / f"{site}.csv"), "--dry-bulb", "20 C", "--humidity", "0.4")["pue"], 1e-12, "absolute"


# --- carbon ---

NL_2022 = [164.5177, 162.9489, 164.3010, 167.5809]      # quarter hours from 2022-01-01T00:00Z, as OpenDC's test asserts them


def quarter_hours(name, intensities):
    return write(name, "time,g_per_kwh\n" + "".join(f"2022-01-01T{i // 4:02}:{i % 4 * 15:02}Z,{value}\n" for i, value in enumerate(intensities)))


def one_host(name, jobs):
    """One host of 100 to 200 W from 2022-01-01T00:00Z; jobs as (run time, utilisation), one after the other."""
    trace = write(f"{name}.csv", "submit_s,runtime_s,cores,utilisation\n" + "".join(f"0,{runtime},1,{utilisation}\n" for runtime, utilisation in jobs))
    text = HEAD.format(name=name) + f"""site:
  name: opendc
  {ONE_SERVER.format(idle="100 W", full="200 W")}
{UTILITY}start: 2022-01-01T00:00:00Z
workload: [{{trace: {trace}}}]
"""
    return run(write(f"{name}.yaml", text))


def add_grid_cases(case):
    @case("carbon of 150 W for a minute", "OpenDC's own tests; by hand: W x s x g/kWh", "headroom carbon RUN --intensity minutes.csv --steps")
    def minutes():
        file = write("minutes.csv", "time,g_per_kwh\n2022-01-01T00:00Z,164.5177\n2022-01-01T00:01Z,162.9489\n")
        got = ask("carbon", one_host("two-minutes", [(120, 0.5)]), "--intensity", file, "--steps")
        for step, expected in zip(got["steps"], (0.41129425, 0.40737225)):
            yield f"g, minute {step['from_s'] / 60:.0f}", expected, step["g"], 1e-12, "relative"
        yield "g, both", 0.8186665, got["location_kg"] * 1e3, 1e-12, "relative"

    @case("OpenDC, carbon 1 to 3", "OpenDC's own tests", "headroom carbon RUN --intensity quarter-hours.csv --steps")
    def opendc():
        for name, jobs, end_s, energy in [("carbon-1", [(7200, 0.5)], 7200, 1_080_000), ("carbon-2", [(2400, 0.5), (2400, 1)] * 4, 19_200, 3_360_000), ("carbon-3", [(3600, 0.5)], 3600, 540_000)]:
            folder = one_host(name, jobs)
            yield f"{name}: end s", end_s, summary(folder)["run"]["simulated_s"], 0, "exact"
            yield f"{name}: J", energy, energy_j(folder, "utility"), 1e-12, "relative"
        got = ask("carbon", folder, "--intensity", quarter_hours("quarter-hours.csv", NL_2022), "--steps")
        for step, intensity, expected in zip(got["steps"], NL_2022, (0.411294, 0.407372, 0.411382, 0.418734)):
            yield f"g a minute at {intensity} g/kWh", expected, step["g"] / 15, 1e-3, "absolute"
        yield "g in all", 15 * sum((0.411294, 0.407372, 0.411382, 0.418734)), got["location_kg"] * 1e3, 0.1, "absolute"

    @case("a week of the Dutch cluster Lisa on the Dutch grid", "energy by the hour from the run file times the file's intensity, added up apart", "headroom carbon RUN --intensity NL_2021-2024.csv.gz")
    def surf():
        surf, intensities = data("opendc-surf"), data("carbon-opendc", "NL_2021-2024.csv.gz")
        if surf is None or intensities is None:
            yield "skip", "set HEADROOM_DATA", None, None, None
            return
        trace = WORK / "surf-carbon.utilisation.csv"
        subprocess.run([sys.executable, ROOT / "scripts/convert/opendc_to_utilisation_csv.py", surf / "surf_week_tasks.csv.gz", surf / "surf_week_fragments.csv.gz", trace], check=True, stderr=subprocess.DEVNULL)
        folder = run(write("surf-carbon.yaml", SURF_WEEK.format(trace=trace) + "start: 2022-10-06T22:00:00Z\n"))
        with gzip.open(intensities, "rt") as lines:
            by_hour = {line[:13]: float(line.split(",")[1]) for line in list(lines)[1:]}
        grams = 0.0
        for from_ns, to_ns, joules in rows(folder, "SELECT from_ns, to_ns, energy_j FROM intervals WHERE node = -2"):
            for at in range(from_ns, to_ns, 3600 * 10**9):
                hour = datetime.datetime.fromtimestamp(1665093600 + at // 10**9, datetime.timezone.utc)
                grams += joules * min(3600 * 10**9, to_ns - at) / (to_ns - from_ns) / 3.6e6 * by_hour[hour.strftime("%Y-%m-%dT%H")]
        yield "kg", grams / 1e3, ask("carbon", folder, "--intensity", intensities)["location_kg"], 1e-9, "relative"
