"""Money's rows of scripts/bench."""


def money_benchmarks():
    """Three building cases of 200,000 draws, independent and correlated: 1 s in all; the hub's whole answer, every draw through the input-output table."""
    return [("the hub's bill, 10,000 draws through input-output", 2, None, "", ["spend", "hub-2n"])] + [(f"ratios K, {name}, 200,000 draws twice", 0.33, None, "", ["spend", name]) for name in ("cloud-2010", "china-2020", "us-ai-2025")]
