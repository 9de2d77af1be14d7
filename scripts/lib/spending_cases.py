"""Rows of scripts/validate about what must be bought: the hub's bill counted by hand, and what the tables draw."""
import ast
import csv
import operator

from program import ROOT, ask, write

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: operator.pow}

# Type I home and all inputs of Table 6.2's printed digits: by table and the sector that sells
TYPE_1 = {
    "us-2022": {"334": (1.326, 1.482), "335": (1.786, 2.214), "23": (1.784, 2.007)},
    "china-2020": {"20": (2.349, 3.966), "19": (2.888, 3.537), "27": (2.822, 3.085)},
    "china-2020-153": {"090": (2.46, 4.10), "085": (2.85, 3.61), "086": (2.84, 3.37)},
}
TYPE_2 = {"china-2020-153": {"090": {"wages": (3.03, 5.30), "household use": (3.43, 6.25)}, "091": {"wages": (3.31, 5.29), "household use": (3.83, 6.34)}}}
KEY_OF_TABLE = {"us-2022": "us_bea_summary", "china-2020": "china_42", "china-2020-153": "china_153"}

CLASS = """kind: spending-class
version: 1
name: building
count: building
price: {{mid: 10 USD/W, year: 2020}}
life: 15 y
sector: {{{key}: "{code}"}}
evidence: assumption
source: "a purchase of one sector"
"""


# A load of 100 MW ten miles from the grid, as the cost studies of transmission take it
HUNDRED_MEGAWATTS = """kind: site
version: 1
name: hundred-megawatts
halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 1 kW, full: 10 kW}}}}]}]}]
power: {scheme: N, utility: [{name: utility, voltage: 138 kV, limit: 100 MW}]}
grid: {country: us, distance: 10 mile, substation: new}
"""
DOLLARS_OF_2019_IN_2025 = 135.328 / 107.865      # deflators.csv


def arithmetic(text):
    """The value of a sum written out: numbers and + - * / ** only."""
    def value(node):
        if isinstance(node, ast.Expression):
            return value(node.body)
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        return float(ast.literal_eval(node))
    return value(ast.parse(text, mode="eval"))


def ratios_of_one_sector(table, code):
    """The named ratios of a site that buys its building, and nothing else, from one sector: works bear no margins of trade."""
    folder = write("one-sector.yaml", "").parent / f"prices-{table}-{code}"
    folder.mkdir(exist_ok=True)
    (folder / "building.yaml").write_text(CLASS.format(key=KEY_OF_TABLE[table], code=code))
    return ask("spend", "rack", "--prices", folder, "--economy", table, "--draws", 10)["knock_on"]["ratios"]


def add_spending_cases(case):
    @case("the hub's bill, class by class", "tests/spending/expected_by_hand.csv: counted and multiplied by hand", "headroom spend hub-2n")
    def hub():
        lines = {line["class"]: line for line in ask("spend", "hub-2n")["bill"]["lines"]}
        with open(ROOT / "tests/spending/expected_by_hand.csv", newline="") as file:
            by_hand = list(csv.DictReader(file))
        yield "classes", len(by_hand), len(lines), 0, "exact"
        for row in by_hand:
            yield f"{row['class']}, quantity", arithmetic(row["quantity"]), lines[row["class"]]["quantity"], 1e-9, "relative"
            yield f"{row['class']}, USD", arithmetic(row["amount"]), lines[row["class"]]["amount"]["mid"], 0.005, "absolute"
        total = sum(arithmetic(row["amount"]) for row in by_hand if not lines[row["class"]]["inside_building"])
        yield "total, USD", total, ask("spend", "hub-2n")["bill"]["totals"]["total"]["mid"], 0.005, "absolute"

    @case("a connection of 100 MW at 138 kV, 10 miles", "NREL reVX prices by MISO's method: two circuits of 13 miles 37.6, substation 7.8, transformers 1.57, x 1.25 x 1.075", "headroom spend hundred-megawatts.yaml")
    def hundred_megawatts():
        got = ask("spend", write("hundred-megawatts.yaml", HUNDRED_MEGAWATTS), "--year", 2025)
        lines = {line["class"]: line["amount"]["mid"] / DOLLARS_OF_2019_IN_2025 / 1e6 for line in got["bill"]["lines"]}
        works = sum(lines[name] for name in ("grid-lines", "grid-substation", "grid-transformers"))
        yield "million USD of 2019", 63.1, works, 0.001, "relative"
        yield "kV", 138, got["grid"]["voltage_kv"], 0, "exact"
        yield "circuits", 2, got["grid"]["circuits"], 0, "exact"
        yield "one line, 10 miles, million USD of 2019", 14.46, lines["grid-lines"] / 2 / 1.3 / (1.25 * 1.075), 0.001, "relative"

    for table, sectors in TYPE_1.items():
        def type_1(table=table, sectors=sectors):
            digits = 0.006 if table == "china-2020-153" else 0.001
            for code, (home, everything) in sectors.items():
                got = {ratio["name"]: ratio["value"] for ratio in ratios_of_one_sector(table, code)}
                yield f"{code}, home", home, got["Type I home"], digits, "absolute"
                yield f"{code}, all inputs", everything, got["Type I all inputs"], digits, "absolute"
                for closure, (at_home, of_all) in TYPE_2.get(table, {}).get(code, {}).items():
                    yield f"{code}, Type II home ({closure})", at_home, got[f"Type II home ({closure})"], digits, "absolute"
                    yield f"{code}, Type II all inputs ({closure})", of_all, got[f"Type II all inputs ({closure})"], digits, "absolute"
        case(f"multipliers of {table}", "worked out from the table by another program", f"headroom spend ... --economy {table}")(type_1)
