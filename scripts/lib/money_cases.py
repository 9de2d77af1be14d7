"""Rows of scripts/validate about money: the ratios K of the building cases."""
from program import ask

# P10, P50, P90 of 200,000 independent draws, to the three digits printed
K_TABLE = {
    "cloud-2010": {"building": (8.896, 10.00, 11.10), "k1": (0.893, 1.049, 1.239), "grid_and_generation": (0.1345, 0.1670, 0.2070), "k2": (1.047, 1.217, 1.424), "k3": (3.81, 4.51, 5.38), "k3e_old": (4.69, 5.47, 6.43)},
    "china-2020": {"building": (4.323, 5.404, 6.836), "k1": (2.293, 3.069, 4.099), "grid_and_generation": (0.1968, 0.2686, 0.3655), "k2": (2.521, 3.343, 4.426), "k3": (6.90, 9.32, 12.58), "k3e_old": (8.16, 10.85, 14.42)},
    "us-ai-2025": {"building": (10.47, 11.94, 13.63), "k1": (1.965, 2.406, 2.938), "grid_and_generation": (0.1667, 0.2239, 0.2856), "k2": (2.170, 2.631, 3.184), "k3": (6.02, 7.47, 9.27), "k3e_old": (6.69, 8.20, 10.07)},
}


def add_money_cases(case):
    """Each through the program."""
    for name, figures in K_TABLE.items():
        def ratios(name=name, figures=figures):
            got = {figure["key"]: figure["independent"] for figure in ask("spend", name, "--independent")["figures"]}
            for key, expected in figures.items():
                for percentile, value in zip(("p10", "p50", "p90"), expected):
                    yield f"{key} {percentile.upper()}", value, got[key][percentile], 0.005, "relative"
        case(f"ratios K, {name}", "200,000 independent draws of triangular inputs by another program", f"headroom spend {name} --independent")(ratios)

    @case("ratios K, China 2020, whole build", "NDRC: 540,000 racks for 190 bn yuan in 2022, 22 USD/W all in", "headroom spend china-2020")
    def whole_build():
        figure = next(figure for figure in ask("spend", "china-2020")["figures"] if figure["key"] == "whole_build")["independent"]
        yield "22 USD/W lies between P10 and P90", True, figure["p10"] < 22 < figure["p90"], 0, "exact"
