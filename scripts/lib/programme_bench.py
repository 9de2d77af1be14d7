"""The programmes' rows of scripts/bench: all their runs made anew."""
from program import WORK


def programme_benchmarks():
    """2020 to 2025 with all drivers: 36 runs of reference sites, money, the ledger; 60 s on two cores."""
    return [(f"programme {name}", 60, None, "", ["programme", name, "--again", "-o", WORK / name, "-q"]) for name in ("new-infrastructure-2020", "us-data-centres")]
