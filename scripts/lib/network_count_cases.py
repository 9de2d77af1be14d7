"""What the graph of a network says, as rows of scripts/validate: published counts, closed forms, and a price sheet."""
from program import WORK, ask, write


def add_network_count_cases(case):
    """Each through a site file and the program."""
    def networked_site(name, count, servers_in_rack, fabric, server="generic-100-350w"):
        """Racks of servers behind one utility, and one fabric over all of them."""
        racks = f"{{name: r, count: {count // servers_in_rack}, servers: [{{type: {server}, count: {servers_in_rack}}}]}}"
        return write(f"{name}.yaml", f"kind: site\nversion: 1\nname: {name}\nhalls: [{{name: h, rows: 20, racks: [{racks}]}}]\n"
                                     f"power: {{scheme: N, utility: [{{name: u, voltage: 400 V}}]}}\nnetwork: {fabric}\n")

    def network_of(*arguments):
        return ask("network", *arguments)["fabrics"][0]

    def tiers_of(fabric):
        return "/".join(str(tier["switches"]) for tier in fabric["tiers"])

    def links_of(fabric):
        """Links above servers, tier by tier."""
        return [links["links"] for links in fabric["links"] if not links.get("wan") and links["tier"] > 0]

    def ports_of_type(ports, gbit_per_s=400):
        return f"{{name: s{ports}, ports: {ports}, port_rate: {gbit_per_s} Gbit/s, power: 0 W}}"

    for k, hosts, cores, switches, bisection_links in [(4, 16, 4, 20, 8), (8, 128, 16, 80, 64), (16, 1024, 64, 320, 512), (48, 27648, 576, 2880, 13824)]:
        def fat_tree(k=k, hosts=hosts, cores=cores, switches=switches, bisection_links=bisection_links):
            got = network_of(networked_site(f"fat-tree-{k}", k * k * k // 4, k // 2, f"{{fabric: fat-tree, k: {k}, leaf: {ports_of_type(k)}}}"))
            yield "hosts", hosts, got["servers"], 0, "exact"
            yield "core switches", cores, got["tiers"][2]["switches"], 0, "exact"
            yield "switches", switches, got["switches"], 0, "exact"
            yield "bisection, links", bisection_links, got["bisection"]["rate_gbit_per_s"] / 400, 0, "exact"
            yield "links between switches whose loss cuts servers off", 0, sum(point["count"] for point in got["single_points"] if point["what"] == "link"), 0, "exact"
            yield "ways between two leaves without a link in common", k // 2, got["path_diversity"]["all_least"], 0, "exact"
            yield "links between servers, at most", 6, got["distance_links"]["longest"], 0, "exact"
        case(f"fat tree, k = {k}", "Al-Fares 2008: k^3/4, (k/2)^2, 5 k^2/4; bisection k^3/8", "headroom network SITE")(fat_tree)

    @case("fat tree of 48-port Gigabit Ethernet, cost", "Al-Fares 2008: 8.64 million USD for 27,648 hosts", "headroom spend SITE --year 2008")
    def fat_tree_cost():
        site = networked_site("fat-tree-gigabit", 27648, 24, "{fabric: fat-tree, k: 48, leaf: gigabit-48x1g}")
        lines = {line["class"]: line for line in ask("spend", site, "--year", 2008)["bill"]["lines"]}
        yield "switches", 2880, lines["switch-48g"]["quantity"], 0, "exact"
        yield "USD", 8_640_000, lines["switch-48g"]["amount"]["mid"], 0, "exact"

    SUPERPOD_B200 = [(64, "16/8", [512]), (128, "32/16", [1024]), (256, "64/32", [2048]), (512, "128/128/64", [4096, 4096]), (1024, "256/256/128", [8192, 8192]), (2048, "512/512/256", [16384, 16384])]
    SUPERPOD_B300 = [(64, "16/8", [512], ""), (1024, "256/128", [8192], ", spines: 128")]
    RAILS = "{{fabric: rail-optimised, ports: 8, leaf: {leaf}{more}}}"

    for nodes, switches, cables in SUPERPOD_B200:
        def superpod(nodes=nodes, switches=switches, cables=cables):
            got = network_of(networked_site(f"b200-{nodes}", nodes, 4, RAILS.format(leaf="infiniband-64x400g", more="")))
            yield "leaf/spine/core", switches, tiers_of(got), 0, "exact"
            yield "node cables", 8 * nodes, got["links"][0]["links"], 0, "exact"
            yield "cables between switches", cables, links_of(got), 0, "exact"
        case(f"DGX SuperPOD B200, {nodes} nodes", "NVIDIA DGX SuperPOD B200 reference architecture", "headroom network SITE")(superpod)

    for nodes, switches, cables, more in SUPERPOD_B300:
        def superpod_b300(nodes=nodes, switches=switches, cables=cables, more=more):
            got = network_of(networked_site(f"b300-{nodes}", nodes, 4, RAILS.format(leaf="ethernet-64x800g", more=more)))
            yield "leaf/spine", switches, tiers_of(got), 0, "exact"
            yield "node cables", 8 * nodes, got["links"][0]["links"], 0, "exact"
            yield "cables between switches", cables, links_of(got), 0, "exact"
        case(f"DGX SuperPOD B300, {nodes} nodes", "NVIDIA DGX SuperPOD B300 reference architecture", "headroom network SITE")(superpod_b300)

    for nodes, leaves, spines, cables, uplinks in [(31, 8, 4, 252, 256), (63, 16, 8, 508, 512), (95, 24, 16, 764, 768), (127, 32, 16, 1020, 1024)]:
        def superpod_h100(nodes=nodes, leaves=leaves, spines=spines, cables=cables, uplinks=uplinks):
            managers = ", ".join(f"leaf-{leaves - i}" for i in range(4))
            more = f", wan: [{{name: ufm, rate: 400 Gbit/s, count: 4, at: [{managers}]}}]"
            got = network_of(networked_site(f"h100-{nodes}", nodes, 1, RAILS.format(leaf="infiniband-64x400g", more=more)))
            yield "leaf/spine", f"{leaves}/{spines}", tiers_of(got), 0, "exact"
            yield "cables of nodes and fabric managers", cables, sum(links["links"] for links in got["links"] if links.get("wan") or links["tier"] == 0), 0, "exact"
            yield "leaf-spine cables", [uplinks], links_of(got), 0, "exact"
        case(f"DGX SuperPOD H100, {nodes} nodes", "NVIDIA DGX SuperPOD H100 reference architecture (127 nodes read, the rest recalled)", "headroom network SITE")(superpod_h100)

    @case("leaf-spine, oversubscription", "floor(P o/(1+o)) ports down; bisection N/2 x rate / o", "headroom network SITE")
    def leaf_spine():
        for oversubscription, servers, switches, uplinks in [(1, 2048, "64/32", 2048), (3, 1920, "40/16", 640), (7, 2240, "40/8", 320)]:
            got = network_of(networked_site(f"leaf-spine-{oversubscription}", servers, 8, f"{{fabric: leaf-spine, leaf: {ports_of_type(64)}, oversubscription: {oversubscription}}}"))
            yield f"leaf/spine at {oversubscription}:1", switches, tiers_of(got), 0, "exact"
            yield f"links between switches at {oversubscription}:1", [uplinks], links_of(got), 0, "exact"
            yield f"oversubscription as built at {oversubscription}:1", oversubscription, got["tiers"][0]["oversubscription"], 1e-12, "relative"
            yield f"bisection at {oversubscription}:1, Gbit/s", servers / 2 * 400 / oversubscription, got["bisection"]["rate_gbit_per_s"], 0, "exact"

    @case("clos, three tiers", "5 N/P switches and 2 N links above servers; with o at the leaf ceil(N/d) + 3 (N/o)/P", "headroom network SITE")
    def clos():
        for oversubscription, servers in [(1, 8192), (3, 6144)]:
            got = network_of(networked_site(f"clos-{oversubscription}", servers, 16, f"{{fabric: clos, leaf: {ports_of_type(64)}, oversubscription: {oversubscription}}}"))
            down = 64 * oversubscription // (1 + oversubscription)
            yield f"switches at {oversubscription}:1", servers // down + 3 * servers // oversubscription // 64, got["switches"], 0, "exact"
            yield f"links above servers at {oversubscription}:1", 2 * servers // oversubscription, sum(links_of(got)), 0, "exact"

    @case("dragonfly, p = h = 8, a = 16", "Kim 2008: g = a h + 1, N = a p g, a g routers, g a (a-1)/2 and g a h/2 links", "headroom network SITE")
    def dragonfly():
        got = network_of(networked_site("dragonfly", 16512, 8, f"{{fabric: dragonfly, leaf: {ports_of_type(31)}, dragonfly: {{routers: 16, servers: 8, global_links: 8}}}}"))
        yield "hosts", 16512, got["servers"], 0, "exact"
        yield "routers", 2064, got["switches"], 0, "exact"
        yield "local and global links", [15480 + 8256], links_of(got), 0, "exact"
        yield "links between servers, at most", 5, got["distance_links"]["longest"], 0, "exact"

    @case("torus, bisection", "2 x the switches of a cut across the slowest dimension", "headroom network SITE")
    def torus():
        for dimensions, servers, expected in [([8, 4, 4], 8, 32), ([6, 6], 8, 12), ([16], 4, 2)]:
            switches = 1
            for size in dimensions:
                switches *= size
            got = network_of(networked_site(f"torus-{len(dimensions)}", switches * servers, servers, f"{{fabric: torus, dimensions: {dimensions}, leaf: {ports_of_type(16)}}}"))
            name = " x ".join(map(str, dimensions))
            yield f"links, {name}", expected, got["bisection"]["rate_gbit_per_s"] / 400, 0, "exact"
            yield f"servers in each half, {name}", [switches * servers // 2] * 2, [got["bisection"]["servers_first"], got["bisection"]["servers_second"]], 0, "exact"
            yield f"links between servers at most, {name}", 2 + sum(size // 2 for size in dimensions), got["distance_links"]["longest"], 0, "exact"

    def price_sheet(uplinks_price):
        """The classes of the H100 price sheet of August 2024: links by the piece, the site by the rack of one node."""
        folder = WORK / f"price-sheet-{uplinks_price}"
        folder.mkdir(exist_ok=True)
        for name, count, price in [("node", "gpu_servers", 310_000), ("site", "racks", 50_000), ("switch", "switches", 36_000), ("host-link", "server_links", 1320), ("switch-link", "switch_links", 1240)]:
            (folder / f"{name}.yaml").write_text(f"kind: spending-class\nversion: 1\nname: {name}\ncount: {count}\nprice: {{mid: {price} USD/unit, year: 2024}}\nlife: 5 y\n"
                                                 f"sector: {{us_bea_summary: \"334\"}}\nevidence: seen\nsource: \"tech-talk-cto, H100 cluster price sheet, August 2024\"\n")
        return folder

    PRICE_SHEET = [(128, 48, 2, 50_429_440, ""), (2048, 768, 2, 806_871_040, ", spines: 256"), (4096, 2560, 3, 1_691_238_400, "")]
    for nodes, switches, tiers, total, more in PRICE_SHEET:
        def h100_sheet(nodes=nodes, switches=switches, tiers=tiers, total=total, more=more):
            site = networked_site(f"h100-sheet-{nodes}", nodes, 1, RAILS.format(leaf="infiniband-64x400g", more=more), server="dgx-h100")
            got = network_of(site)
            yield "switches", switches, got["switches"], 0, "exact"
            yield "host links", 8 * nodes, got["links"][0]["links"], 0, "exact"
            yield "links between switches", 8 * nodes * (tiers - 1), sum(links_of(got)), 0, "exact"
            bill = ask("spend", site, "--prices", price_sheet(1240), "--year", 2024)["bill"]
            yield "USD", total, bill["totals"]["total"]["mid"], 0, "exact"
        case(f"H100 price sheet, {nodes:,} nodes", "tech-talk-cto, H100 cluster price sheet, August 2024, to the dollar", "headroom spend SITE --prices DIR --year 2024")(h100_sheet)

    @case("what is bought and what is on the graph", "the bill of material against the links of the graph", "headroom network SITE --bill")
    def network_bill():
        site = networked_site("billed", 1024, 8, "{fabric: leaf-spine, leaf: infiniband-64x400g, oversubscription: 3}")
        answer = ask("network", site, "--bill")
        bill, fabric = answer["bill"][0], answer["fabrics"][0]
        fibres = sum(cable["count"] for cable in bill["cables"] if "type" not in cable)
        yield "cables and fibres", sum(links["links"] for links in fabric["links"]), sum(cable["count"] for cable in bill["cables"]), 0, "exact"
        yield "optics", 2 * fibres, sum(optic["count"] for optic in bill["optics"]), 0, "exact"
        yield "switches", fabric["switches"], sum(of["count"] for of in bill["switches"]), 0, "exact"
        yield "ports used", 2 * sum(links_of(fabric)) + 1024, sum(of["ports_used"] for of in bill["switches"]), 0, "exact"
        yield "metres laid", sum(use["total_m"] for use in fabric["cables"]), sum(cable["laid_m"] for cable in bill["cables"]), 1e-9, "relative"
