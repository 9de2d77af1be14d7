"""The network's rows of scripts/validate: every figure through YAML and `headroom run`."""
import json
import os
import pathlib

from program import headroom, rows, run, summary, write

HEAD = "kind: scenario\nversion: 1\nname: {name}\nwindow: all\n"
SERVER = "{cores: 1, memory: 16 GB, power: {linear: {idle: 100 W, full: 200 W}}}"
POWER = "  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}\n"
JOB = "submit_s,runtime_s,cores\n0,1,{servers}\n"


def ends(folder):
    """Seconds from its start to its end, of each job by workload and number."""
    return {(workload, number): (end - start) / 1e9 for workload, number, start, end in rows(folder, "SELECT workload, trace_id, start_ns, end_ns FROM jobs")}


def one_link(name, rate, latency, size, model):
    """A server that writes `size` to another over one link of this rate and latency (and a switch that adds neither). Both
    directions share it where the published time counts the traffic back."""
    jobs = write(f"{name}.csv", JOB.format(servers=1))
    text = HEAD.format(name=name) + f"""site:
  name: pair
  halls: [{{name: h, racks: [{{name: r, count: 2, servers: [{{type: {SERVER}}}]}}]}}]
  network:
    fabric: written
    latency: 0 s
    switch_latency: 0 s
    switches: [{{name: middle}}]
    links: [{{from: h/r-1, to: middle, rate: {rate}, latency: {latency}, shared: {"true" if model == "lv08" else "false"}}}, {{from: h/r-2, to: middle, rate: 1000000 Tbit/s}}]
{POWER}workload:
  - {{trace: {jobs}, processor: server, traffic: {{pattern: storage-write, with: h/r-2, volume: {size}, phases: 1}}}}
network: {{model: {model}}}
"""
    return ends(run(write(f"{name}.yaml", text)))[0, 1] - 1


RING = HEAD.format(name="ring") + """site:
  name: ring
  halls: [{{name: h, racks: [{{name: r, servers: [{{type: {server}, count: {servers}}}]}}]}}]
  network: {{fabric: star, leaf: {{ports: 64, port_rate: 100 Gbit/s, power: 0 W}}, latency: 1 us, switch_latency: 0 s}}
{power}workload:
  - {{trace: {jobs}, processor: server, several_servers: true, traffic: {{pattern: ring-all-reduce, volume: 1 GB, phases: 1}}}}
"""

# three flows over links of 10 and 4: the first over both, the second over the first, the third over the second
MAX_MIN = HEAD.format(name="max-min") + """site:
  name: three-places
  halls: [{{name: h, racks: [{{name: x, servers: [{{type: {server}, count: 2}}]}}, {{name: y, servers: [{{type: {server}, count: 2}}]}}, {{name: z, servers: [{{type: {server}, count: 2}}]}}]}}]
  network:
    fabric: written
    rate: 1 Tbit/s
    latency: 0 s
    switch_latency: 0 s
    switches: [{{name: x}}, {{name: y}}, {{name: z}}]
    links:
      - {{from: h/x-1, to: x, rate: 1 Tbit/s}}
      - {{from: h/y-1, to: y, rate: 1 Tbit/s}}
      - {{from: h/z-1, to: z, rate: 1 Tbit/s}}
      - {{from: x, to: y, rate: 10 Gbit/s}}
      - {{from: y, to: z, rate: 4 Gbit/s}}
{power}workload:
  - {{trace: {jobs}, processor: server, traffic: {{pattern: storage-write, with: h/z-1/1, volume: 250 MB, phases: 1}}}}
  - {{trace: {jobs}, processor: server, traffic: {{pattern: storage-write, with: h/y-1/2, volume: 1000 MB, phases: 1}}}}
  - {{trace: {jobs}, processor: server, traffic: {{pattern: storage-write, with: h/z-1/2, volume: 250 MB, phases: 1}}}}
"""

# eight racks of four servers, one uplink for each four: 4:1
FABRIC = HEAD.format(name="racks") + """site:
  name: racks
  halls: [{{name: h, racks: [{{name: r, count: {racks}, servers: [{{type: {server}, count: 4}}]}}]}}]
  network:
    fabric: leaf-spine
    leaf: {{ports: 5, port_rate: 100 Gbit/s, power: 0 W}}
    spine: {{ports: {racks}, port_rate: 100 Gbit/s, power: 0 W}}
    oversubscription: 4
    latency: 1 us
    switch_latency: 0 s
{power}workload:
  - {{trace: {jobs}, processor: server, several_servers: true, traffic: {{pattern: {pattern}, volume: {volume}, {often}}}}}
policy: {{placement: {placement}, backfill: easy}}
network: {{traffic: {traffic}}}
"""


def fabric(name, jobs, racks=8, pattern="ring-all-reduce", volume="10 GB", often="phases: 1", placement="first-fit", traffic="flows", power=POWER):
    return run(write(f"{name}.yaml", FABRIC.format(jobs=write(f"{name}.csv", jobs), racks=racks, pattern=pattern, volume=volume, often=often, placement=placement,
                                                   traffic=traffic, server=SERVER, power=power)))


def mixed_jobs():
    """Two hundred jobs of one to eight servers, a minute or so each, that arrive every seven seconds."""
    sizes, lengths = [1, 4, 2, 4, 8, 4], [50, 70, 40, 90, 60]
    return "submit_s,runtime_s,cores\n" + "".join(f"{7 * i},{lengths[i % 5]},{sizes[i % 6]}\n" for i in range(200))


def add_network_cases(case):
    simgrid = "SimGrid, published outputs of its network models"

    @case("SimGrid's LV08, 100 kB over 10 ms and 1 Mbit/s", simgrid, "headroom run lv08.yaml (network.model: lv08)")
    def lv08():
        yield "transfer s", 0.996079, one_link("lv08", "1 Mbit/s", "10 ms", "100 kB", "lv08"), 5e-7, "absolute"

    @case("SimGrid's CM02, 10 GB over 10 GB/s", simgrid, "headroom run cm02.yaml (network.model: cm02, ideal)")
    def cm02():
        for latency, expected in [("0 s", 1.0), ("10 us", 1.00001), ("1 ms", 4.769372), ("100 ms", 476.937158)]:
            yield f"transfer s, latency {latency}", expected, one_link("cm02", "80 Gbit/s", latency, "10 GB", "cm02"), 5e-7, "absolute"
        yield "transfer s, latency 1 ms, no window", 1.001, one_link("ideal", "80 Gbit/s", "1 ms", "10 GB", "ideal"), 5e-7, "absolute"

    @case("SimGrid's link energy, 1 W idle and 3 W busy at 100 kB/s", "SimGrid, published output of its link energy plugin", "headroom run link-energy.yaml")
    def link_energy():
        # as a switch of 1 W that draws 2 W more at full rate, 2.5 uJ a bit; the way takes 10 s
        jobs = write("moment.csv", "submit_s,runtime_s,cores\n0,0.000000001,1\n")
        for size, seconds, joules in [("25 kB", 10.25, 10.75), ("50 MB", 510, 1510)]:
            text = HEAD.format(name="link-energy") + f"""site:
  name: pair
  halls: [{{name: h, racks: [{{name: r, servers: [{{type: {{cores: 1, memory: 1 GB, power: {{linear: {{idle: 0 W, full: 0 W}}}}}}, count: 2}}]}}]}}]
  network: {{fabric: star, leaf: {{ports: 2, port_rate: 800 kbit/s, power: 1 W, energy_per_bit: 2500 nJ/bit}}, latency: 5 s, switch_latency: 0 s}}
{POWER}workload: [{{trace: {jobs}, processor: server, traffic: {{pattern: storage-write, with: h/r-1/2, phases: 1, volume: {size}}}}}]
"""
            folder = run(write("link-energy.yaml", text))
            yield f"s, {size}", seconds, ends(folder)[0, 1], 1e-6, "absolute"
            yield f"J, {size}", joules, summary(folder)["energy"]["it_energy_kwh"] * 3.6e6, 1e-6, "relative"

    @case("max-min: links of 10 and 4, three flows", "by hand: 2, 8 and 2 Gbit/s", "headroom run max-min.yaml")
    def max_min():
        jobs = write("one.csv", JOB.format(servers=1))
        got = ends(run(write("max-min.yaml", MAX_MIN.format(server=SERVER, power=POWER, jobs=jobs))))
        for workload, label, expected in [(0, "over both", 2), (1, "over the first", 8), (2, "over the second", 2)]:
            size = 8 if workload == 1 else 2
            yield f"Gbit/s of the flow {label}", expected, size / (got[workload, 1] - 1), 1e-6, "relative"

    @case("ring all-reduce on n idle servers", "2 (n - 1)/n S/B + 2 (n - 1) latencies", "headroom run ring.yaml")
    def ring():
        for n in (2, 4, 16, 64):
            got = ends(run(write("ring.yaml", RING.format(server=SERVER, power=POWER, servers=n, jobs=write(f"ring-{n}.csv", JOB.format(servers=n))))))[0, 1] - 1
            yield f"s on {n} servers", 2 * (n - 1) / n * 1e9 / 12.5e9 + 2 * (n - 1) * 2e-6, got, 1e-6, "relative"

    @case("two jobs over one uplink", "each takes twice as long", "headroom run racks.yaml")
    def uplink():
        # both on rack 1, each writes to a server of rack 2 of its own
        for label, jobs, times in [("alone", 1, 1), ("two at once", 2, 2)]:
            folder = fabric("uplink", "submit_s,runtime_s,cores\n" + jobs * "0,1,1\n", racks=2, pattern="storage-write, with: [h/r-2/1, h/r-2/2]")
            for waited, alone in rows(folder, "SELECT waited_s, waited_alone_s FROM jobs"):
                yield f"waited s, {label}", times * 10e9 / 12.5e9 + 4e-6, waited, 1e-6, "relative"
                yield f"alone s, {label}", 10e9 / 12.5e9 + 4e-6, alone, 1e-6, "relative"

    @case("packed against spread placement, 4:1", "the same jobs on the same fabric", "headroom run racks.yaml --set policy.placement=...")
    def placements():
        got = {name: summary(fabric(name, mixed_jobs(), volume="40 GB", often="every: 10 s", placement=name))["network"] for name in ("round-robin", "first-fit", "same-leaf")}
        yield "jobs slowed where they are spread, more than network-local", True, got["round-robin"]["jobs_slowed"] > got["same-leaf"]["jobs_slowed"], 0, "exact"
        yield "mean stretch, spread above first fit", True, got["round-robin"]["stretch_mean"] > got["first-fit"]["stretch_mean"], 0, "exact"
        yield "mean stretch, first fit above network-local", True, got["first-fit"]["stretch_mean"] > got["same-leaf"]["stretch_mean"], 0, "exact"

    @case("flows against matrix", "the same small case: mean load of every link", "headroom run racks.yaml --set network.traffic=...")
    def levels():
        jobs = "submit_s,runtime_s,cores\n0,100,8\n"
        flows, matrix = (fabric(level, jobs, racks=2, volume="4 GB", often="every: 10 s", pattern="all-to-all", traffic=level) for level in ("flows", "matrix"))
        carried = [dict(rows(folder, "SELECT channel, bytes FROM network_links WHERE bytes > 0")) for folder in (flows, matrix)]
        yield "links that carried", len(carried[0]), len(carried[1]), 0, "exact"
        length = [summary(folder)["run"]["simulated_s"] for folder in (flows, matrix)]
        worst = max(abs(carried[1].get(link, 0) / length[1] / (bytes_ / length[0]) - 1) for link, bytes_ in carried[0].items())
        yield "mean load, largest relative difference", 0, worst, 1e-6, "absolute"

    @case("Batsim's parallel tasks on cluster512", "Batsim, expected_execution_time of test_homo_ptasks.json", "headroom site import cluster512.xml; headroom run ptasks.yaml")
    def ptasks():
        data = pathlib.Path(os.environ.get("HEADROOM_DATA", "nowhere"), "batsim").resolve()
        if not data.exists():
            yield "skip", "set HEADROOM_DATA", None, None, None
            return
        site = write("cluster512-site.yaml", "")
        headroom("site", "import", data / "platforms/cluster512.xml", "-o", site)
        # the trace submits all at once, and each is timed alone: here they come one after the other
        tasks = json.loads((data / "workloads/test_homo_ptasks.json").read_text())
        for number, job in enumerate(tasks["jobs"]):
            job["subtime"] = 100 * number
        trace = write("ptasks.json", json.dumps(tasks))
        text = HEAD.format(name="ptasks") + f"site: {site}\nworkload: [{{trace: {trace}, format: batsim, flop_rate: 1000000000}}]\n"
        got = ends(run(write("ptasks.yaml", text)))
        for number, (job, (_, took)) in enumerate(zip(tasks["jobs"], sorted(got.items())), 1):
            yield f"{job['id']} s", tasks["profiles"][job["profile"]]["expected_execution_time"], took, 5e-7, "absolute"
