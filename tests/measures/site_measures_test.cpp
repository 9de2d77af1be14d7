// Carbon, water, PUE by month and the figures of merit, of run files written by hand.
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "analysis/measures/carbon.h"
#include "analysis/measures/connection_use.h"
#include "analysis/measures/embodied.h"
#include "analysis/measures/facility_time.h"
#include "analysis/measures/site_kpis.h"
#include "analysis/summary/data_sheet.h"
#include "analysis/summary/site_summary.h"
#include "base/sum.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t second_ns = 1'000'000'000, hour_ns = 3600 * second_ns;
constexpr double kwh_j = 3.6e6;

// A utility, a generator, a chiller, a transformer and a server.
void begin(RunFile& file, std::int64_t length_ns, const std::string& start, const std::string& zone, const std::string& grid = "{}") {
  file.meta("start", std::string_view(start));
  file.meta("timezone", std::string_view(zone));
  file.meta("site", std::string_view("site"));
  file.meta("end_ns", length_ns);
  file.meta("servers", std::int64_t{1});
  file.meta("cores", std::int64_t{10});
  file.input({"scenario", "", "{\"conditions\": {\"grid\": " + grid + "}}"});
  file.node({0, "utility", "utility", "", "", 1, -1, -1, -1, {}, {}, {}, {}, 400, 3});
  file.node({1, "generator", "generator", "", "", 1, -1, -1, -1, {}, 100e3, {}, {}, 400, 3});
  file.node({2, "transformer", "transformer", "", "", 1, -1, -1, -1, {}, 50e3, {}, {}, 400, 3});
  file.node({3, "chiller", "chiller", "", "facility", 1, -1, -1, -1, {}, {}, {}, {}, 400, 3});
  file.node({4, "server", "server", "", "it", 1, 0, 0, 0, {}, {}, {}, {}, 400, 3});
}

// Energies of one span in kWh: from the utility, from the generator, to the chiller, to IT.
void add_totals(RunFile& file, double utility, double generator, double chiller, double it) {
  for (const char* span : {"run", "window"}) {
    file.totals({it_meter, span, it * kwh_j, 0, 0, 0, 600e3});
    file.totals({facility_meter, span, (utility + generator) * kwh_j});
    file.totals({0, span, utility * kwh_j});
    file.totals({1, span, generator * kwh_j});
    file.totals({2, span, (utility + generator) * kwh_j, (chiller + it) * kwh_j, (utility + generator - chiller - it) * kwh_j});
    file.totals({3, span, chiller * kwh_j});
    file.totals({4, span, it * kwh_j});
  }
}

}  // namespace

TEST_CASE("carbon is energy times intensity, cut exactly where the intensity changes", "[measures]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    begin(file, 4 * hour_ns, "2024-01-01T00:00:00+00:00", "UTC");
    add_totals(file, 10, 0, 1, 8);
    file.interval({0, 0, 3 * hour_ns, 6 * kwh_j, 2000, 2000});           // 2 kW, three hours in one row
    file.interval({0, 3 * hour_ns, 4 * hour_ns, 4 * kwh_j, 4000, 4000});
    file.signal({0, "carbon_g_per_kwh", "g/kWh"});
    file.signal_value({0, 0, 100});
    file.signal_value({0, hour_ns / 2, 300});
    file.signal_value({0, 3 * hour_ns + hour_ns / 4, -20});
    file.signal({1, "marginal_carbon_g_per_kwh", "g/kWh"});
    file.signal_value({1, 0, 500});
    file.finish();
  }
  CarbonUse const use = carbon_use(RunReader(folder.path()));
  CHECK(use.grid_kwh == Approx(10).epsilon(1e-14));
  double const grams = 1 * 100 + 5 * 300 + 1 * 300 - 3 * 20;
  CHECK(use.location_kg.value() == Approx(grams / 1e3).epsilon(1e-13));
  CHECK(use.marginal_kg.value() == Approx(5).epsilon(1e-13));
  CHECK(use.mean_g_per_kwh.value() == Approx(grams / 10));
  CHECK(use.time_mean_g_per_kwh.value() == Approx((0.5 * 100 + 2.75 * 300 - 0.75 * 20) / 4));
  CHECK_FALSE(use.market_kg);
  auto const steps = carbon_steps(RunReader(folder.path()));
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].kwh == Approx(6));
  CHECK(steps[2].g == Approx(-60));
  // another intensity, from a file of series
  CarbonUse const other = carbon_use(RunReader(folder.path()), DatedSeries{{1704067200, 1704067200 + 7200}, {10, 20}, 1704067200 + 14400});
  CHECK(other.location_kg.value() == Approx((4 * 10 + 6 * 20) / 1e3).epsilon(1e-13));
  CHECK_THROWS_WITH(carbon_use(RunReader(folder.path()), DatedSeries{{1704067200}, {10}, 1704067200 + 14399}), Catch::Contains("the intensities from 2024-01-01T00:00:00+00:00 to 2024-01-01T03:59:59+00:00"));
}

TEST_CASE("market-based: contracts by their intensity, the rest by the residual one", "[measures]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    begin(file, 2 * hour_ns, "2024-01-01T00:00:00+00:00", "UTC",
          R"({"carbon": "400 g/kWh", "residual_carbon": "500 g/kWh", "water_l_per_kwh": 1.5, "contracts": [{"share": 0.5, "carbon": "20 g/kWh", "renewable": true}, {"energy_per_year": "8760 kWh", "carbon": "100 g/kWh"}]})");
    add_totals(file, 10, 2, 1, 8);
    file.interval({0, 0, 2 * hour_ns, 10 * kwh_j, 5000, 5000});
    for (int id = 0; id < 2; ++id) file.signal({id, id == 0 ? "carbon_g_per_kwh" : "residual_carbon_g_per_kwh", "g/kWh"});
    file.signal_value({0, 0, 400});
    file.signal_value({1, 0, 500});
    file.quantity({0, "water_l", -1, "L", 16});
    file.quantity({1, "fuel_l", -1, "L", 0.5});
    file.quantity({2, "heat_reused_j", -1, "J", 3 * kwh_j});
    file.quantity({3, "heat_j", 0, "J", 8 * kwh_j});
    file.finish();
  }
  RunReader const run(folder.path());
  CarbonUse const use = carbon_use(run);
  // 5 kWh at 20, 8760 kWh a year are 2 kWh in two hours at 100, 3 kWh at 500
  CHECK(use.market_kg.value() == Approx((5 * 20 + 2 * 100 + 3 * 500) / 1e3));
  CHECK(use.location_kg.value() == Approx(4));
  CHECK(use.contracted_renewable_kwh == Approx(5));
  CHECK(use.generators_kg == Approx(0.5 * 10.21 / 3.785411784));
  SiteEnergy const energy = site_energy(run);
  CHECK(energy.used_kwh() == Approx(12));
  CHECK(energy.cooling_kwh.at("chiller") == Approx(1));
  CHECK(energy.losses_kwh.at("transformer") == Approx(3));
  SiteKpis const kpis = site_kpis(run, energy, use, water_use(run, use));
  CHECK(kpis.pue.value() == Approx(12.0 / 8));
  CHECK(kpis.ref.value() == Approx(5.0 / 12));
  CHECK(kpis.erf.value() == Approx(3.0 / 12));
  CHECK(kpis.cer.value() == Approx(8));
  CHECK(kpis.wue_l_per_kwh.value() == Approx(2));
  CHECK(kpis.wue_source_l_per_kwh.value() == Approx((16 + 15) / 8.0));
  CHECK(kpis.cue_kg_per_kwh.value() == Approx((4 + use.generators_kg) / 8));
  CHECK(kpis.cue_market_kg_per_kwh.value() == Approx((1.8 + use.generators_kg) / 8));
  REQUIRE(kpis.missing.size() == 2);       // no benchmark of the servers, no jobs
  CHECK(kpis.missing[0].first == "iteesv");
  CHECK(kpis.missing[1].first == "iteusv");
}

TEST_CASE("months are those of the site's clock, and their energies add up to the run's", "[measures]") {
  TemporaryFolder const folder;
  constexpr std::int64_t year_ns = 366 * 24 * hour_ns;
  CompensatedSum all;
  {
    RunFile file(folder.path());
    begin(file, year_ns, "2024-01-01T00:00:00-06:00", "America/Chicago");
    std::mt19937_64 luck(1);
    std::int64_t at = 0;
    while (at < year_ns) {             // rows of odd lengths, over midnight, months and changes of the clock
      std::int64_t const to = std::min<std::int64_t>(year_ns, at + static_cast<std::int64_t>(luck() % 400 + 1) * 60 * second_ns);
      double const joules = static_cast<double>(luck() % 1'000'000) * 1.1;
      for (int node : {0, it_meter, facility_meter}) file.interval({node, at, to, joules, 0, 0});
      all.add(joules);
      at = to;
    }
    add_totals(file, all.value() / kwh_j, 0, 0, all.value() / kwh_j);
    file.signal({0, "carbon_g_per_kwh", "g/kWh"});
    for (int h = 0; h < 366 * 24; ++h) file.signal_value({0, h * hour_ns, h % 7 * 100.0});
    file.finish();
  }
  RunReader const run(folder.path());
  auto const months = RunClock(run).months();
  REQUIRE(months.size() == 12);
  CHECK(months[1].from_ns == 31 * 24 * hour_ns);
  CHECK(months[3].from_ns == ((31 + 29 + 31) * 24 - 1) * hour_ns);       // March has an hour less
  CHECK(months[11].from_ns == (366 - 31) * 24 * hour_ns);                // November has it back
  CarbonUse const use = carbon_use(run);
  CompensatedSum energy, carbon;
  for (auto const& month : use.months) {
    energy.add(month.grid_kwh);
    carbon.add(month.location_kg.value());
  }
  CHECK(std::abs(energy.value() / (all.value() / kwh_j) - 1) < 1e-12);
  CHECK(std::abs(use.grid_kwh / (all.value() / kwh_j) - 1) < 1e-12);
  CHECK(std::abs(carbon.value() / *use.location_kg - 1) < 1e-12);
  CompensatedSum in_steps;
  for (auto const& step : carbon_steps(run)) in_steps.add(step.kwh);
  CHECK(std::abs(in_steps.value() / use.grid_kwh - 1) < 1e-12);
  double pue_energy = 0;
  for (auto const& month : pue_by_month(run)) pue_energy += month.facility_kwh;
  CHECK(pue_energy == Approx(use.grid_kwh).epsilon(1e-12));
}

TEST_CASE("the load duration curve falls, and the hours above a share of the peak are counted", "[measures]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    begin(file, 10 * hour_ns, "2024-01-01T00:00:00+00:00", "UTC");
    add_totals(file, 10, 0, 1, 8);
    file.interval({facility_meter, 0, 4 * hour_ns, 4 * 50 * kwh_j, 0, 0});
    file.interval({facility_meter, 4 * hour_ns, 5 * hour_ns, 100 * kwh_j, 0, 0});
    file.interval({facility_meter, 5 * hour_ns, 10 * hour_ns, 5 * 20 * kwh_j, 0, 0});
    file.finish();
  }
  LoadDuration const load = load_duration(RunReader(folder.path()), 11);
  CHECK(load.peak_kw == Approx(100));
  CHECK(load.hours_above.at(100) == Approx(1));
  CHECK(load.hours_above.at(50) == Approx(5));
  CHECK(load.hours_above.at(20) == Approx(10));
  CHECK(load.hours_above.at(30) == Approx(5));
  REQUIRE(load.curve.size() == 11);
  CHECK(load.curve.front().second == Approx(100));
  CHECK(load.curve[3].second == Approx(50));
  CHECK(load.curve.back().second == Approx(20));
}

TEST_CASE("a limit's hours, what it curtailed, and what storage moved", "[measures]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    begin(file, 4 * hour_ns, "2024-01-01T00:00:00+00:00", "UTC");
    file.node({5, "battery", "storage", "", "", 1, -1, -1, -1, {}, {}, {}, {}, 400, 3});
    add_totals(file, 10, 0, 1, 8);
    file.totals({5, "run", 2 * kwh_j, 0, 1 * kwh_j, 1 * kwh_j});
    file.meta("storage battery energy_j", 4 * kwh_j);
    file.interval({0, 0, 2 * hour_ns, 6 * kwh_j, 0, 0});           // 3 kW
    file.interval({0, 2 * hour_ns, 4 * hour_ns, 4 * kwh_j, 0, 0});
    file.interval({5, 0, hour_ns, 4 * kwh_j, 0, 0});
    file.interval({5, hour_ns, 2 * hour_ns, -2 * kwh_j, 0, 0});
    file.signal({0, "connection_limit_w", "W"});
    file.signal_value({0, 0, 3000});
    file.signal_value({0, hour_ns, 5000});
    file.signal({1, "it_speed", "1"});
    file.signal_value({1, 0, 0.5});
    file.signal_value({1, hour_ns, 1});
    file.quantity({0, "curtailed_j", -1, "J", 2 * kwh_j});
    file.quantity_interval({0, 0, hour_ns, 2 * kwh_j});
    file.finish();
  }
  RunReader const run(folder.path());
  auto const use = connection_use(run);
  REQUIRE(use);
  CHECK(use->limit_kw_min == 3);
  CHECK(use->limit_kw_max == 5);
  CHECK(use->hours_at_limit.value() == Approx(1));
  CHECK(use->curtailed_mwh == Approx(0.002));
  CHECK(use->curtailed_hours == Approx(1));
  CHECK(use->slowed_hours == Approx(1));
  auto const storage = storage_use(run);
  REQUIRE(storage);
  CHECK(storage->charged_kwh == Approx(4));
  CHECK(storage->discharged_kwh == Approx(2));
  CHECK(storage->losses_kwh == Approx(1));
  CHECK(storage->change_kwh == Approx(1));
  CHECK(storage->cycles == Approx(0.5));
}

TEST_CASE("embodied carbon is of what stands there, spread over its life, and the data sheet says what is to be filled in by hand", "[measures]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    begin(file, 8760 * hour_ns, "2024-01-01T00:00:00+00:00", "UTC");
    add_totals(file, 1000, 0, 100, 800);
    file.finish();
  }
  RunReader const run(folder.path());
  Embodied const made = embodied(run);
  double kg = 0, year = 0;
  for (auto const& row : made.rows) {
    kg += row.kg;
    year += row.kg / row.life_years;
    if (row.item == "core") CHECK(row.kg == Approx(10 * 30.7 / 80));
    if (row.item == "building") CHECK(row.kg == Approx(600 * 9e6 / 50e3));
  }
  CHECK(made.kg == Approx(kg));
  CHECK(made.run_kg == Approx(year));
  CHECK(made.kg_per_it_kwh == Approx(year / 800));
  CHECK(made.assumed_share > 0);
  DataSheet const sheet = data_sheet(run);
  CHECK(sheet.must_report);
  CHECK(sheet.run_days == Approx(365));
  int by_hand = 0;
  for (auto const& field : sheet.fields) {
    by_hand += field.by_hand;
    CHECK_FALSE(field.from.empty());
    if (field.symbol == "E_DC") CHECK(field.value.value() == Approx(1000));
    if (field.symbol == "PUE") CHECK(field.value.value() == Approx(1.25));
  }
  CHECK(by_hand > 10);
  CHECK_FALSE(site_summary(run));      // neither signals nor quantities
}
