"""Capacity's rows of scripts/bench: a site of 10,000 racks."""
from program import write

# two sides for each of 20 halls of 500 racks, 20 racks to a PDU: about 1,300 elements of the path
LARGE_SITE = """kind: site
version: 1
name: large
halls:
{halls}
power:
  nodes:
{nodes}
  circuits:
{circuits}
  oversubscribed: true
cooling: {{fixed: 100 kW, proportional: 0.2, feeds: [{boards}]}}
"""
HALLS, RACKS, RACKS_OF_A_PDU = 20, 500, 20


def large_site():
    halls, nodes, circuits = [], [], []
    for side in "ab":
        nodes.append(f"utility-{side}, utility: {{voltage: 13.8 kV, limit: 80 MW}}")
        for hall in range(1, HALLS + 1):
            chain = [f"utility-{side}", f"transformer-{hall}-{side}", f"board-{hall}-{side}", f"ups-{hall}-{side}"]
            nodes += [f"{chain[1]}, count: 2, transformer: {{rated_apparent_power: 2500 kVA, no_load_loss: 3 kW, load_loss: 20 kW, impedance: 0.06}}", f"{chain[2]}, switchboard: {{voltage: 400 V}}",
                      f"{chain[3]}, count: 4, ups: {{rated_power: 1000 kW, rated_apparent_power: 1000 kVA, efficiency: [{{load: 0.25, efficiency: 0.94}}, {{load: 0.5, efficiency: 0.96}}, {{load: 1.0, efficiency: 0.955}}]}}"]
            circuits += list(zip(chain, chain[1:]))
            for pdu in range(RACKS // RACKS_OF_A_PDU):
                nodes.append(f"pdu-{hall}-{pdu}-{side}, pdu: {{rated_apparent_power: 225 kVA, no_load_loss: 1 kW, load_loss: 4 kW}}")
                circuits.append((chain[3], f"pdu-{hall}-{pdu}-{side}"))
    for hall in range(1, HALLS + 1):
        groups = [f"{{name: r{pdu}, count: {RACKS_OF_A_PDU}, feeds: [pdu-{hall}-{pdu}-a, pdu-{hall}-{pdu}-b], servers: [{{type: dell-poweredge-r740, count: 10, supplies: 2}}]}}" for pdu in range(RACKS // RACKS_OF_A_PDU)]
        halls.append(f"  - {{name: h{hall}, rows: 20, racks: [{', '.join(groups)}]}}")
    boards = ", ".join(f"board-{hall}-{side}" for hall in range(1, HALLS + 1) for side in "ab")
    return write("large.yaml", LARGE_SITE.format(boards=boards, halls="\n".join(halls), nodes="\n".join(f"    - {{name: {node}}}" for node in nodes), circuits="\n".join(f"    - {{from: {a}, to: {b}}}" for a, b in circuits)))


def capacity_benchmarks():
    return [("static capacity, 10,000 racks, every single fault", 10, None, "", lambda: ["capacity", large_site()])]
