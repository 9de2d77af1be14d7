"""Rows of scripts/validate about programmes: published products of counts and units, through runs of reference sites."""
from program import WORK, ask


def value(answer, year, kind, figure):
    of_year = next(y for y in answer["years"] if y["year"] == year)
    return next(k for k in of_year["kinds"] if k["kind"] == kind)["figures"][figure]["value"]


def add_programme_cases(case):
    @case("650,000 5G stations at 3.5 kW", "China Tower 2019 for the station, a forecast of June 2020 for their number: 2.3 GW, 19.9 TWh a year", "headroom programme new-infrastructure-2020 --only five-g-stations")
    def stations():
        answer = ask("programme", "new-infrastructure-2020", "--only", "five-g-stations", "-o", WORK / "stations", "-q")
        driver = next(y for y in answer["years"] if y["year"] == 2020)["drivers"][0]
        yield "stations in 2020", 650_000, driver["units"], 0, "relative"
        yield "mean power, GW", 2.3, driver["mean_mw"] / 1e3, 0.05, "absolute"
        yield "energy, TWh", 19.9, driver["energy_twh"], 0.05, "absolute"

    @case("1,000,000 cameras at 4 Mbit/s", "1080p H.264 at 30 frames/s; 4 Tbit/s and 43 PB a day arriving", "headroom programme new-infrastructure-2020 --only cameras --set ...years={2020: 1000000, ...}")
    def cameras():
        years = ", ".join(f"{year}: 1000000" for year in range(2020, 2026))
        answer = ask("programme", "new-infrastructure-2020", "--only", "cameras", "--set", f"sectors[smart-city].drivers[cameras].counts.years={{{years}}}", "--set", "sectors[smart-city].drivers[cameras].shape=flat",
                     "--set", "sectors[smart-city].drivers[cameras].counts.before=1000000", "-o", WORK / "cameras", "-q")
        yield "arriving at the sites, Tbit/s", 4, value(answer, 2020, "edge", "arriving_tbit_s"), 1e-3, "absolute"
        yield "arriving at the sites, PB a day", 43.2, value(answer, 2020, "edge", "from_users_pb_a_day"), 1e-2, "absolute"
