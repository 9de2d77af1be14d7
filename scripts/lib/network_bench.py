"""The network's rows of scripts/bench: platforms, flows, a year of traffic."""
from program import BUILD, summary, rows, run, user_seconds_and_peak_mib, write

SITE = """kind: scenario
version: 1
name: {name}
site:
  name: {name}
  halls: [{{name: h, rows: 20, racks: [{{name: r, count: {racks}, servers: [{{type: generic-100-350w, count: {per_rack}}}]}}]}}]
  network: {{{network}, latency: 1 us, switch_latency: 0 s}}
  power: {{scheme: N, utility: [{{name: utility, voltage: 400 V}}]}}
record: {{every: 1 h, detail: site}}
"""
FAT_TREE = "fabric: fat-tree, k: 36, leaf: {ports: 36, port_rate: 100 Gbit/s, power: 100 W}"


def leaf_spine(per_rack, oversubscription):
    ports = per_rack + -(-per_rack // oversubscription)
    return f"fabric: leaf-spine, leaf: {{ports: {ports}, port_rate: 100 Gbit/s, power: 100 W}}, spine: {{ports: 1024, port_rate: 100 Gbit/s, power: 1 kW}}, oversubscription: {oversubscription}"


def fat_tree_platform():
    """10,008 servers in racks of 18, each rack an edge switch; one second, no jobs."""
    return [write("fat-tree.yaml", SITE.format(name="fat-tree", racks=556, per_rack=18, network=FAT_TREE) + "workload: []\nhorizon: 1 s\n"), "--no-report"]


def large_platform():
    """100,000 servers, three tiers; one second, no jobs."""
    network = "fabric: clos, leaf: {ports: 64, port_rate: 100 Gbit/s, power: 100 W}, oversubscription: 4, spine_oversubscription: 1"
    return [write("large.yaml", SITE.format(name="large", racks=2000, per_rack=50, network=network) + "network: {detail: rack}\nworkload: []\nhorizon: 1 s\n"), "--no-report"]


def year_of_matrix():
    """A year of 200,000 jobs of 1 to 64 servers on 100,000, each with a ring all-reduce every minute."""
    network = "fabric: clos, leaf: {ports: 64, port_rate: 100 Gbit/s, power: 100 W}, oversubscription: 4, spine_oversubscription: 1"
    text = SITE.format(name="year", racks=2000, per_rack=50, network=network) + """network: {traffic: matrix, detail: rack}
horizon: 365 d
workload:
  - generate: {jobs: 200000, arrivals: {every: 157 s}, runtime: {kind: exponential, mean: 12 h}, sizes: [{processors: 1}, {processors: 8}, {processors: 16}, {processors: 64}]}
    processor: server
    several_servers: true
    traffic: {pattern: ring-all-reduce, volume: 50 GB, every: 1 min, overlap: 0.5}
"""
    return [write("year.yaml", text), "--no-report"]


def thousand_flows():
    """1,000 jobs of one server that write 50 MB to another, twenty times, with a millisecond of work between: 20,000 flows, 2:1."""
    jobs = write("thousand.csv", "submit_s,runtime_s,cores\n" + 1000 * "0,0.02,1\n")
    text = SITE.format(name="thousand", racks=200, per_rack=50, network=leaf_spine(50, 2)) + f"""policy: {{placement: random}}
workload: [{{trace: {jobs}, processor: server, traffic: {{pattern: storage-write, with: h, volume: 50 MB, phases: 20}}}}]
"""
    return [write("thousand.yaml", text), "--no-report"]


def all_to_all(jobs, detail, servers=64):
    """Jobs of so many servers on racks of 50, all-to-all ten times: of 64 4,032 flows a phase; 10:1."""
    trace = write(f"all-to-all-{jobs}.csv", "submit_s,runtime_s,cores\n" + jobs * f"0,10,{servers}\n")
    text = SITE.format(name="all-to-all", racks=200, per_rack=50, network=leaf_spine(50, 10)) + f"""network: {{detail: {detail}}}
workload: [{{trace: {trace}, processor: server, several_servers: true, traffic: {{pattern: all-to-all, volume: 2 GB, every: 1 s}}}}]
"""
    return [write(f"all-to-all-{jobs}-{detail}.yaml", text), "--no-report"]


def network_benchmarks():
    """As scripts/bench has its rows."""
    return [("10,008 servers on a fat tree, platform", 2, None, "SimGrid's own zone 0.6-1.6 s", fat_tree_platform()),
            ("100,000 servers at detail rack, platform", 5, None, "SimGrid's own zone 235 s", large_platform()),
            ("100,000 servers, a year of matrix traffic", 60, 2048, "", year_of_matrix()),
            ("20,000 flows of 1,000 jobs at once, 2:1", None, None, "", thousand_flows()),
            ("all-to-all, 6.3 million job flows, 10:1, by leaf", 629, None, "SimGrid flow by flow 1,350 flows/s", all_to_all(156, "rack"))]


def print_pairs(runs):
    """The bar on flows: ours against a program of SimGrid's alone, the same flows, in turn. False when it is missed."""
    program = BUILD / "tests" / "bare-flows"
    if not program.exists():
        print("flows against bare SimGrid: build the target bare-flows first (cmake --build --preset release --target bare-flows)")
        return True
    ratios = []
    for _ in range(runs):
        ours, bare = (user_seconds_and_peak_mib([program, which, "20000", "1000", "25"])[0] for which in ("ours", "bare"))
        ratios.append(ours / bare)
    ratios.sort()
    middle = ratios[len(ratios) // 2]
    print(f"{'20,000 flows, 1,000 at once, 2:1, over bare SimGrid':<50} {'x 1.5':>7} {'x %.2f' % middle:>7} {'%.2f-%.2f' % (ratios[0], ratios[-1]):>13}{'   MISSED' if middle > 1.5 else ''}", flush=True)
    return middle <= 1.5


def print_leaves():
    """Mean loads of links between switches over the same hour, by leaf pair against flow by flow. How long both take differs, since
    a merged flow gets one share where its members got one each; that is printed, too."""
    loads, lengths = [], []
    for detail in ("server", "rack"):
        scenario, *_ = all_to_all(4, detail, servers=24)
        folder = run(scenario)
        lengths.append(summary(folder)["run"]["simulated_s"])
        loads.append({link: carried / 3600 for link, carried in rows(folder, "SELECT channel, bytes FROM network_links WHERE tier > 0 AND bytes > 0")})
    worst = max(abs(loads[1].get(link, 0) / load - 1) for link, load in loads[0].items())
    print(f"{'mean link load, by leaf against flow by flow':<50} {'1e-6':>7} {worst:>7.1e}  run lengths {lengths[1] / lengths[0]:.4f}{'   MISSED' if worst > 1e-6 else ''}", flush=True)
    return worst <= 1e-6
