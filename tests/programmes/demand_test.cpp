#include "analysis/programmes/demand.h"

#include <catch2/catch.hpp>

#include <numeric>

#include "tests/programmes/small_programme.h"

using namespace headroom;

namespace {

double mean_of_week(const LoadHours& hours) { return std::accumulate(hours.begin(), hours.begin() + hours_a_week, 0.0) / hours_a_week; }

// What a site can take, without a layout.
ReferenceSite site_of(const SiteKind& kind, double cores, double gpus, double bit_s) {
  ReferenceSite out;
  out.kind = &kind;
  out.cores = cores;
  out.gpus = gpus;
  out.places = {{kind.users, {bit_s, {}}}};
  return out;
}

}  // namespace

TEST_CASE("a shape moves hours and leaves the mean", "[programmes]") {
  ProgrammeSpec const p = small_programme();
  LoadHours const flat = hour_factors(nullptr), office = hour_factors(&p.shapes[0]);
  CHECK(mean_of_week(flat) == 1);
  CHECK(flat[hours_a_week] == 1);
  CHECK(mean_of_week(office) == Approx(1).epsilon(1e-14));
  CHECK(office[8] == Approx(168.0 / 40));      // Monday, 8 to 9
  CHECK(office[7] == 0);
  CHECK(office[5 * 24 + 8] == 0);              // Saturday
  LoadShape holidays = p.shapes[0];
  holidays.peak_day = 1.5;
  CHECK(hour_factors(&holidays)[hours_a_week + 8] == Approx(1.5 * 168 / 40));
  CHECK(hour_factors(&holidays)[8] == Approx(168.0 / 40));
}

TEST_CASE("what a unit asks for comes to bytes, cores and sites by hand", "[programmes]") {
  ProgrammeSpec const p = small_programme();
  KindDemand const edge = demand_of(p, p.sites[0], 2020, {});
  REQUIRE(edge.streams.size() == 1);
  CHECK(edge.streams[0].received == Approx(1000 * 500e3));
  CHECK(edge.streams[0].passed_on == Approx(1000 * 50e3));
  CHECK(edge.streams[0].cores == Approx(8 * 1000 * 550e3 / 1e9));      // a core for each Gbit/s, in and on
  CHECK(edge.streams[0].gpus == 0);
  ReferenceSite const one = site_of(p.sites[0], 2, 0, 1e12);
  SitesNeeded const needed = sites_needed(p, edge, one);
  CHECK(needed.count == 3);                    // 4.4 cores over 2 x 0.9
  CHECK(needed.bound_by == "cores");
  CHECK(needed.sector_shares == std::vector<double>{1, 0});
  CHECK(sites_needed(p, edge, site_of(p.sites[0], 2, 0, 1e9)).bound_by == "links to users");
  CHECK(sites_needed(p, edge, site_of(p.sites[0], 2, 0, 1e9)).count == 4);      // 4 Gbit/s
}

TEST_CASE("one site whose work just fits is enough, and a little more asks for two", "[programmes]") {
  ProgrammeSpec p = small_programme();
  p.sites[0].fill = 1;
  KindDemand const edge = demand_of(p, p.sites[0], 2020, {});
  CHECK(sites_needed(p, edge, site_of(p.sites[0], 4.4, 0, 1e12)).count == 1);
  CHECK(sites_needed(p, edge, site_of(p.sites[0], 4.3999, 0, 1e12)).count == 2);
}

TEST_CASE("kept data is a stock that asks for sites of its own", "[programmes]") {
  ProgrammeSpec p = small_programme({"sectors[city].drivers[cameras].work={every: 1 s, received: 500 kB, kept: 500 kB, kept_for: 1 y, evidence: seen, source: a guide}", "sites[edge].storage=1 PB"});
  KindDemand const edge = demand_of(p, p.sites[0], 2020, {});
  CHECK(edge.kept_bytes() == Approx(1000 * 500e3 * 8760 * 3600));
  SitesNeeded const needed = sites_needed(p, edge, site_of(p.sites[0], 1000, 0, 1e12));
  CHECK(needed.bound_by == "storage");
  CHECK(needed.count == 16);                   // 15.8 PB
  CHECK(needed.sector_shares == std::vector<double>{1, 0});
  CHECK(served_by(edge, site_of(p.sites[0], 1000, 0, 1e12), 16).turned_away == 0);
  CHECK(served_by(edge, site_of(p.sites[0], 1000, 0, 1e12), 4).turned_away == Approx(1 - 4 / 15.768).epsilon(1e-6));
}

TEST_CASE("links that are full turn work away, on the busiest day more than in the mean week", "[programmes]") {
  ProgrammeSpec p = small_programme({"sectors[city].drivers[cameras].shape=office", "shapes[office].peak_day=2"});
  KindDemand const edge = demand_of(p, p.sites[0], 2020, {});
  ReferenceSite const narrow = site_of(p.sites[0], 1000, 0, 4e9 * 4.2);      // what the busiest hour of the mean week sends
  CHECK(served_by(edge, narrow, 1).turned_away == 0);
  CHECK(served_by(edge, narrow, 1).turned_away_peak_day == Approx(0.5));
  CHECK(served_by(edge, narrow, 0.5).turned_away == Approx(0.5));
  CHECK(sites_needed(p, edge, narrow).count == 2);
}

TEST_CASE("what sites cannot hold is turned away in its hour, and is not passed on", "[programmes]") {
  ProgrammeSpec p = small_programme({"sectors[city].drivers[cameras].shape=office"});
  KindDemand const edge = demand_of(p, p.sites[0], 2020, {});
  ReferenceSite const one = site_of(p.sites[0], 10, 0, 1e12);
  Served const enough = served_by(edge, one, 3), half = served_by(edge, one, 4.4 * 4.2 / 2 / 9);
  CHECK(enough.turned_away == 0);
  CHECK(half.turned_away == Approx(0.5));
  CHECK(half.cores[8] == Approx(0.5));
  CHECK(half.cores[0] == 1);
  KindDemand const core = demand_of(p, p.sites[1], 2020, {{&p.sites[0], &edge, &half}});
  REQUIRE(core.streams.size() == 1);
  CHECK(core.streams[0].job_class == "driver-1-from-edge");
  CHECK(core.streams[0].comes_by == "edge");
  CHECK(core.streams[0].received == Approx(1000 * 50e3));
  CHECK(core.streams[0].factors[8] == Approx(4.2 / 2));
  CHECK(served_by(edge, one, 0).turned_away == 1);
}
