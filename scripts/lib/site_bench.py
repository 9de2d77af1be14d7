"""The site's rows of scripts/bench: a year of weather, price and carbon in steps of five minutes, and what a plant adds to a run of jobs."""
import gzip
import math

from program import ROOT, common_input, write

SERIES = ["time,dry_bulb_c,relative_humidity,pressure_pa,global_horizontal_w_m2,direct_normal_w_m2,diffuse_horizontal_w_m2"]

SITE_YEAR = """kind: scenario
version: 1
name: site-year
site: cooled-hall
workload: []
conditions:
  weather: {weather}
  grid:
    carbon: {{file: {signals}, time: time, value: carbon, unit: g/kWh}}
    price: {{file: {signals}, time: time, value: price, unit: USD/MWh}}
start: 2025-01-01T00:00:00-06:00
horizon: 364 d
window: all
record: {{every: 5 min, detail: site}}
"""


def five_minutes():
    """Chicago's typical hours with straight lines between them, as a real year; a price and an intensity that differ at every step."""
    with gzip.open(ROOT / "conditions/weather/chicago.epw.gz", "rt") as lines:
        hours = [[float(cell) for cell in line.split(",")[6:16]] for line in list(lines)[8:]]
    air, signals = list(SERIES), ["time,carbon,price"]
    for step in range(365 * 288):
        hour, minute = divmod(step * 5, 60)
        here, there, part = hours[hour % 8760], hours[(hour + 1) % 8760], minute / 60
        between = [a + (b - a) * part for a, b in zip(here, there)]
        day, clock = divmod(step, 288)
        time = stamp(day, clock * 5)
        air.append(f"{time},{between[0]:.3f},{between[2] / 100:.4f},{between[3]:.0f},{max(0, between[7]):.1f},{max(0, between[8]):.1f},{max(0, between[9]):.1f}")
        signals.append(f"{time},{350 + 90 * math.sin(step / 45.8) + step % 17:.3f},{55 + 40 * math.sin(step / 45.8 + 1) + step % 29:.3f}")
    return write("air.csv", "\n".join(air) + "\n"), write("signals.csv", "\n".join(signals) + "\n")


def stamp(day, minute):
    month = 1
    for length in (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31):
        if day < length:
            break
        day -= length
        month += 1
    return f"2025-{month:02}-{day + 1:02}T{minute // 60:02}:{minute % 60:02}:00-06:00"


def site_year():
    weather, signals = five_minutes()
    return [write("site-year.yaml", SITE_YEAR.format(weather=weather, signals=signals)), "--no-report"]


PLANT = """
  cooling:
    plant:
      air_handlers: {type: crah-100kw, count: 40}
      chillers: {type: carrier-19fa-5651kw, count: 2, redundant: 1}
      towers: {type: tower-1200kw, count: 8}
      chilled_pumps: {type: pump-40l-s, count: 6}
      condenser_pumps: {type: pump-55l-s, count: 6}
      economiser: {water_side: {approach: 2 K}}
      thermal: {capacity: 300 MJ/K}
conditions: {weather: chicago, tariff: pnm-large, grid: {carbon: 363 g/kWh, price: 60 USD/MWh}}
"""


def plant_beside_jobs(with_plant):
    """100,000 jobs of the common input on 10,000 servers, with and without what this page is about."""
    site = """kind: scenario
version: 1
name: common-with-plant
site:
  name: common
  halls: [{name: h, racks: [{name: r, count: 10000, servers: [{type: generic-100-350w}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}"""
    workload = f"workload: [{{trace: {common_input(100_000)}}}]\nrecord: {{every: 5 min, detail: site}}\n"
    text = site + (PLANT if with_plant else "\n") + workload
    return [write(f"common-{'plant' if with_plant else 'bare'}.yaml", text)]


def site_benchmarks():
    return [
        ("a site-year at 5 minutes, 1,000 servers", 2, None, "", site_year),
        ("100,000 jobs on 10,000 servers, no plant", None, None, "", lambda: plant_beside_jobs(False)),
        ("100,000 jobs on 10,000 servers, plant, weather, bill", None, None, "at most 1.2 x the row above", lambda: plant_beside_jobs(True)),
    ]
