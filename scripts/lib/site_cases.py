"""What surrounds a site, as rows of scripts/validate: bills that were published."""
import gzip

from program import ROOT, ask, write

# --- tariffs ---

SAM_MONTHS = [7515.6322, 6751.1345, 7337.8196, 7555.5561, 9090.5996, 10654.0112, 11875.8174, 11578.6600, 9727.9132, 8756.8540, 6793.2119, 6977.2774]
# years of 365 days by the weekday on which they begin, Monday first
SAM_WEEKDAYS = [(2018, 104614.49), (2019, 104375.52), (2014, 105176.79), (2015, 104582.73), (2021, 104040.22), (2022, 104767.80), (2017, 104757.51)]


def add_tariff_cases(case):
    load = ROOT / "conditions/tariffs/loads/sam-commercial.csv.gz"

    def flat(name, hours, kw):
        return write(f"{name}.csv", f"{kw}\n" * hours)

    @case("SAM, commercial demand charges", "NREL/ssc cmod_utilityrate5_test: 104,614.5 within 0.1", "headroom bill sam-commercial LOAD --start 2018-01-01")
    def sam():
        got = ask("bill", "sam-commercial", load, "--start", "2018-01-01")
        yield "USD", 104614.49, got["total"], 0.1, "absolute"
        with gzip.open(load, "rt") as lines:
            yield "kWh", sum(map(float, lines)), got["energy_kwh"], 1e-12, "relative"
        for month, expected in zip(got["months"], SAM_MONTHS):
            yield f"USD, {month['month']}", expected, month["total"], 1e-3, "absolute"

    @case("SAM, commercial demand charges, 1 January on each weekday", "computed apart from this program", "headroom bill sam-commercial LOAD --start YEAR-01-01")
    def sam_weekdays():
        for year, expected in SAM_WEEKDAYS:
            yield f"USD, as in {year}", expected, ask("bill", "sam-commercial", load, "--start", f"{year}-01-01")["total"], 0.005, "absolute"

    @case("PG&E E-19, May 2020: flat 1 MW in July", "rates of LBNL's DOPER tariff table; hours counted by hand", "headroom bill pge-e19-2020 LOAD --start 2020-07-01")
    def e19():
        got = ask("bill", "pge-e19-2020", flat("e19", 744, 1000), "--start", "2020-07-01")
        yield "energy, USD", 87409.42, sum(line["amount"] for line in got["lines"] if line["section"] == "energy"), 0.005, "absolute"
        yield "demand, USD", 49140, sum(line["amount"] for line in got["lines"] if line["section"] == "demand"), 1e-9, "relative"
        yield "total, USD", 136549.42, got["total"], 0.005, "absolute"

    @case("PG&E E-20, 2014: demand of flat 5 MW", "OpenEI's listing of the rate", "headroom bill pge-e20-2014 LOAD --start 2014-05-01")
    def e20():
        for name, start, hours, expected in [("summer", "2014-05-01", 744, 159550), ("winter", "2014-02-01", 672, 61050)]:
            yield f"{name}, USD a month", expected, ask("bill", "pge-e20-2014", flat(f"e20-{name}", hours, 5000), "--start", start)["total"], 1e-9, "relative"
