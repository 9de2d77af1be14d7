"""Rows of scripts/validate about how much more fits."""
import csv
import gzip

from program import ask, run, write
from site_cases import data

TWO_FEEDS = """kind: site
version: 1
name: two-feeds
halls: [{name: h, racks: [{name: r, count: 30, servers: [{type: {cores: 4, memory: 16 GB, supplies: 2, power: {linear: {idle: 1 kW, full: 10 kW}}}}]}]}]
power: {scheme: 2N, utility: [{name: one, voltage: 400 V, limit: 600 kW}, {name: two, voltage: 400 V, limit: 400 kW}]}
"""

FAN = """kind: scenario
version: 1
name: fan
site:
  name: consolidated
  halls: [{name: h1, racks: [{name: r, count: 8, servers: [{type: {cores: 12, memory: 512 GB, power: {linear: {idle: 120 W, full: 420 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}], pdu: {type: pdu-floor-75kva, racks: 2}}
workload: [{trace: bitbrains, when_short: lose}]
policy: {overcommit: {cores: 4}, placement: worst-fit}
record: {every: 5 min, detail: rack}
"""

DOMAINS = """kind: scenario
version: 1
name: domains
site:
  name: cell
  halls: [{{name: h, racks: [{{name: r, feeds: [board], servers: [{{type: dell-poweredge-r740}}]}}]}}]
  power:
    nodes:
      - {{name: mains, utility: {{voltage: 480 V, limit: 4 MW}}}}
      - {{name: board, switchboard: {{voltage: 480 V}}}}
{nodes}
    circuits:
      - {{from: mains, to: board}}
{circuits}
workload: [{workload}]
horizon: {seconds} s
window: all
record: {{every: 5 min, detail: feeder}}
"""


def domains(files):
    """Each measured power domain of 1 MW behind a panel of its own."""
    nodes = "\n".join(f"      - {{name: panel-{n}, panel: {{rated_apparent_power: 1000 kVA}}}}\n      - {{name: domain-{n}, auxiliary: {{power: 1 MW, part: it}}}}" for n in files)
    circuits = "\n".join(f"      - {{from: board, to: panel-{n}}}\n      - {{from: panel-{n}, to: domain-{n}}}" for n in files)
    workload = ", ".join(f"{{trace: {path}, format: google-power, on: [domain-{n}]}}" for n, path in files.items())
    return DOMAINS.format(nodes=nodes, circuits=circuits, workload=workload, seconds=300 * min(len(shares_of(path)) for path in files.values()))


def shares_of(path):
    with (gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)) as lines:
        return [float(row["measured_power_util"]) for row in csv.DictReader(lines)]


def hours_above(shares, part):
    """Counted straight from the data, in thousandths: those are its digits."""
    values = [round(1000 * share) for share in shares]
    low, high = min(values), max(values)
    return sum(value - low > part * (high - low) + 1e-6 for value in values) / 12


def add_capacity_cases(case):
    @case("two feeds of 600 kW and 400 kW, dual-corded racks", "arithmetic: even cords, one feed lost, maximum flow", "headroom capacity two-feeds.yaml")
    def two_feeds():
        got = ask("capacity", write("two-feeds.yaml", TWO_FEEDS))
        yield "kW, everything in service", 800, got["normal"]["it_power_kw"], 1e-9, "relative"
        yield "kW, any one lost", 400, got["with_one_lost"]["it_power_kw"], 1e-9, "relative"
        yield "kW, routed freely", 1000, got["routed_freely"]["rack_power_kw"], 1e-9, "relative"

    @case("NVIDIA's sample power domain", "Domain Power Service: 750 kW, 1.6 MW, four of 450 kW, 144 trays of 5,640 W at 95 %", "headroom capacity dps-sample")
    def dps():
        got = ask("capacity", "dps-sample")
        yield "kW of IT at full trays", 144 * 5.64 / 0.95, got["it_nameplate_kw"], 1e-9, "relative"
        yield "what binds first is the utility", 1, int(got["ladder"][0]["binding"] == "utility"), 0, "exact"
        yield "what binds next is the switchboard", 1, int(got["ladder"][1]["binding"] == "switchboard"), 0, "exact"

    @case("Fan 2007: peak over nameplate falls from the rack to the PDU to the site", "shape only (ISCA 2007); virtual machines of Bitbrains", "headroom capacity RUN of 44 machines on 8 racks")
    def fan():
        levels = {level["level"]: level["peak_share_mean"] for level in ask("capacity", run(write("fan.yaml", FAN)))["run"]["levels"]}
        yield "rack over PDU, above 1", 1, int(levels["rack"] > levels["pdu"]), 0, "exact"
        yield "PDU over site, above 1", 1, int(levels["pdu"] > levels["site (IT)"]), 0, "exact"
        yield "site, below 1", 1, int(levels["site (IT)"] < 1), 0, "exact"

    @case("Google's power domains, May 2019: three through the power graph", "PowerData2019, hours counted straight from the data", "headroom capacity RUN of three measured domains")
    def google():
        files = {n: data("google-power-2019", f"cella_pdu{n}.csv.gz") for n in (6, 7, 8)}
        if not all(files.values()):
            yield "skip", "set HEADROOM_DATA", None, None, None
            return
        tops = {top["meter"]: top for top in ask("capacity", run(write("domains.yaml", domains(files))))["run"]["near_top"]}
        for n, path in files.items():
            for part in (90, 95, 99):
                yield f"h above {part} % of the range, domain {n}", hours_above(shares_of(path), part / 100), tops[f"panel-{n}"][f"above_{part}_h"], 1e-9, "absolute"
