// The bill of a run is the tariff on what its utility meters counted.
#include <catch2/catch.hpp>

#include "analysis/measures/bill.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

// Two servers, 200 W idle; 400 W while a job holds all cores of one, for an hour from 10:00 by the local clock on.
const std::string two_days = two_servers + jobs_workload + "start: '2025-01-31T00:00:00-06:00'\nhorizon: 2 d\n";
const std::string one_job = "submit_s,runtime_s,cores\n36000,3600,4\n";

TariffSpec tariff(const std::string& rest) { return read_tariff_text("kind: tariff\nversion: 1\nname: t\ncurrency: USD\n" + rest, "t.yaml"); }
Approx bill_close_to(double value) { return Approx(value).epsilon(1e-12); }

}  // namespace

TEST_CASE("a run's bill is by its meters, month by month, and says which months are parts", "[measures]") {
  Run const run(two_days, one_job);
  ElectricityBill const bill = bill_of(run.reader(), tariff("timezone: America/Chicago\nenergy: [{name: E, rate: 0.1 USD/kWh}]\ndemand: [{name: D, rate: 10 USD/kW}]\nfixed: [{name: F, rate: 31 USD/month}]\n"));
  REQUIRE(bill.months.size() == 2);
  CHECK(bill.months[0].energy_kwh == bill_close_to(0.2 * 24 + 0.2));
  CHECK(bill.months[1].energy_kwh == bill_close_to(0.2 * 24));
  CHECK(bill.months[0].total == bill_close_to(0.1 * 5 + 10 * 0.4 + 1));
  CHECK(bill.months[1].total == bill_close_to(0.1 * 4.8 + 10 * 0.2 + 31.0 / 28));
  CHECK(bill.notes.size() == 2);
}

TEST_CASE("a run's energy does not change by being billed in periods", "[measures]") {
  Run const run(two_days, one_job);
  ElectricityBill const bill = bill_of(run.reader(), tariff("timezone: America/Chicago\nschedules: [{name: s, periods: [{name: a, when: {hours: '10:15-10:45'}}, {name: b, otherwise: true}]}]\nenergy: [{name: A, period: a, rate: 1 USD/kWh}, {name: B, period: b, rate: 0 USD/kWh}]\n"));
  CHECK(bill.total == bill_close_to(0.4 * 0.5 + 0.2 * 0.5));
  double metered_kwh = 0, billed_kwh = 0;
  for (auto const& row : metered_load(run.reader()).rows) metered_kwh += row.import_j / 3.6e6;
  for (auto const& line : bill.by_rule()) billed_kwh += line.quantity;
  CHECK(billed_kwh == bill_close_to(metered_kwh));
}

TEST_CASE("several utilities are billed together", "[measures]") {
  std::string site = two_servers;
  std::string const one = "{scheme: N, utility: [{name: utility, voltage: 400 V}]}";
  site.replace(site.find(one), one.size(), "{scheme: 2N, utility: [{name: left, voltage: 400 V}, {name: right, voltage: 400 V}]}");
  Run const run(site + jobs_workload + "start: '2025-01-31T00:00:00-06:00'\nhorizon: 2 d\n", one_job);
  ElectricityBill const bill = bill_of(run.reader(), tariff("demand: [{name: D, rate: 10 USD/kW}]\n"));
  CHECK(bill.energy_kwh == bill_close_to(0.2 * 48 + 0.2));
  CHECK(bill.months.at(0).peak_kw == bill_close_to(0.4));
}

TEST_CASE("a run whose scenario names no tariff has none, and its site a clock", "[measures]") {
  Run const run(two_days, one_job);
  CHECK(!tariff_of(run.reader()));
  CHECK(timezone_of(run.reader()) == "UTC");
}
