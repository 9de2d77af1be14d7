"""Rows of scripts/validate about what surrounds the servers: weather, and what is made of it."""
import os
import pathlib

from program import ask, write


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
