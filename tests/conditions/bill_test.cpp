// Bills by hand, published ones, and energy that no splitting changes.
#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "base/sum.h"
#include "base/text_file.h"
#include "conditions/tariffs/bill.h"

using namespace headroom;

namespace {

const std::filesystem::path shipped = std::filesystem::path(HEADROOM_SOURCE_DIR) / "conditions/tariffs";

TariffSpec tariff(const std::string& rest) { return read_tariff_text("kind: tariff\nversion: 1\nname: t\ncurrency: USD\n" + rest, "t.yaml"); }

std::int64_t unix_of(int year, int month, int day) { return days_from_date(year, month, day) * 86400; }

// Rows of equal length, each of its power in kW.
MeteredLoad load_of(std::int64_t start_s, Duration each, const std::vector<double>& kw) {
  MeteredLoad load;
  load.start_s = start_s;
  load.interval = each;
  for (double power : kw) load.rows.push_back({load.end_ns(), load.end_ns() + each.ns, power * 1000 * each.seconds(), 0, 0});
  return load;
}
MeteredLoad flat(std::int64_t start_s, std::int64_t hours, double kw) { return load_of(start_s, whole_seconds(3600), std::vector<double>(static_cast<std::size_t>(hours), kw)); }

double energy_of_lines(const ElectricityBill& bill) {
  CompensatedSum sum;
  for (auto const& month : bill.months)
    for (auto const& line : month.lines)
      if (line.section == "energy") sum.add(line.quantity);
  return sum.value();
}

double amount(const BilledMonth& month, const std::string& rule) {
  double sum = 0;
  for (auto const& line : month.lines)
    if (line.rule == rule) sum += line.amount;
  return sum;
}

Approx close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-12); }

}  // namespace

TEST_CASE("SAM's commercial bill, month by month, and with every wrong weekday", "[conditions]") {
  TariffSpec const sam = read_tariff(shipped / "sam-commercial.yaml");
  double const months[] = {7515.6322, 6751.1345, 7337.8196, 7555.5561, 9090.5996, 10654.0112, 11875.8174, 11578.6600, 9727.9132, 8756.8540, 6793.2119, 6977.2774};
  TimeZone const zone = TimeZone::fixed(0);
  ElectricityBill const bill = bill_of(sam, zone, read_metered_load(shipped / "loads/sam-commercial.csv.gz", zone, {unix_of(2018, 1, 1)}));
  CHECK(bill.total == Approx(104614.4872).margin(1e-3));
  CHECK(bill.energy_kwh == Approx(726208.3844).margin(1e-4));
  REQUIRE(bill.months.size() == 12);
  for (std::size_t i = 0; i < 12; ++i) CHECK(bill.months[i].total == Approx(months[i]).margin(1e-4));
  // years of 365 days that begin on Tuesday to Sunday
  std::pair<int, double> const others[] = {{2019, 104375.52}, {2014, 105176.79}, {2015, 104582.73}, {2021, 104040.22}, {2022, 104767.80}, {2017, 104757.51}};
  for (auto const& [year, total] : others) CHECK(bill_of(sam, zone, read_metered_load(shipped / "loads/sam-commercial.csv.gz", zone, {unix_of(year, 1, 1)})).total == Approx(total).margin(0.005));
}

TEST_CASE("PG&E's bills of flat loads", "[conditions]") {
  TimeZone const zone = TimeZone::named("America/Los_Angeles", {});
  ElectricityBill const e19 = bill_of(read_tariff(shipped / "pge-e19-2020.yaml"), zone, flat(zone.moment(2020, 7, 1, 0), 31 * 24, 1000));
  CHECK(e19.total == Approx(136549.42).margin(1e-6));
  double energy = 0;
  for (auto const& line : e19.months.at(0).lines)
    if (line.section == "energy") energy += line.amount;
  CHECK(energy == Approx(87409.42).margin(1e-6));
  TariffSpec const e20 = read_tariff(shipped / "pge-e20-2014.yaml");
  CHECK(bill_of(e20, zone, flat(zone.moment(2014, 5, 1, 0), 31 * 24, 5000)).total == Approx(159550).margin(1e-6));
  CHECK(bill_of(e20, zone, flat(zone.moment(2014, 2, 1, 0), 28 * 24, 5000)).total == Approx(61050).margin(1e-6));
}

TEST_CASE("splitting at periods, months, daylight saving and price steps leaves the energy unchanged", "[conditions]") {
  TimeZone const zone = TimeZone::named("America/Denver", {});
  TariffSpec const pnm = read_tariff(shipped / "pnm-large.yaml");
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> kw(0, 5000);
  for (std::int64_t const row_s : {60LL * 7, 300LL, 3600LL, 86400LL, 31536000LL}) {
    std::vector<double> values(static_cast<std::size_t>(31536000 / row_s));
    bool const constant = row_s == 31536000;
    for (double& value : values) value = constant ? 1234.5 : kw(random);
    MeteredLoad const load = load_of(zone.moment(2023, 1, 1, 0), whole_seconds(row_s), values);
    CompensatedSum total;
    for (auto const& row : load.rows) total.add(row.import_j / 3.6e6);
    ElectricityBill const bill = bill_of(pnm, zone, load);
    CHECK(bill.energy_kwh == close_to(total.value()));
    CHECK(energy_of_lines(bill) == close_to(total.value()));
  }
}

TEST_CASE("days of 23 and 25 hours count their hours", "[conditions]") {
  TimeZone const zone = TimeZone::named("Europe/Madrid", {});
  TariffSpec const night = tariff("schedules: [{name: s, periods: [{name: night, when: {hours: 0-6}}, {name: day, otherwise: true}]}]\nenergy: [{name: Night, period: night, rate: 1 USD/kWh}, {name: Day, period: day, rate: 2 USD/kWh}]\n");
  ElectricityBill const spring = bill_of(night, zone, flat(zone.moment(2023, 3, 26, 0), 23, 1));
  CHECK(amount(spring.months.at(0), "Night") == close_to(5));
  CHECK(amount(spring.months.at(0), "Day") == close_to(2 * 18));
  ElectricityBill const autumn = bill_of(night, zone, flat(zone.moment(2023, 10, 29, 0), 25, 1));
  CHECK(amount(autumn.months.at(0), "Night") == close_to(7));
  CHECK(autumn.months.at(0).energy_kwh == close_to(25));
}

TEST_CASE("demand is the highest mean over the interval, not the instant", "[conditions]") {
  TariffSpec const quarter = tariff("demand: [{name: Demand, rate: 1 USD/kW}]\n"), hour = tariff("demand_interval: 1 h\ndemand: [{name: Demand, rate: 1 USD/kW}]\n");
  std::vector<double> kw(24 * 12, 0.0);
  kw[3] = 30;                                             // 5 minutes of 30 kW: 10 kW over its quarter, 2.5 kW over its hour
  MeteredLoad const load = load_of(unix_of(2023, 1, 1), whole_seconds(300), kw);
  CHECK(bill_of(quarter, TimeZone::fixed(0), load).total == close_to(10));
  CHECK(bill_of(hour, TimeZone::fixed(0), load).total == close_to(2.5));
}

TEST_CASE("blocks of energy by size and by kW, and a part of a month", "[conditions]") {
  TariffSpec const blocks = tariff("energy: [{name: E, tiers: [{up_to: 1000 kWh, rate: 0.1 USD/kWh}, {up_to: 2000 kWh, rate: 0.2 USD/kWh}, {rate: 0.3 USD/kWh}]}]\nfixed: [{name: F, rate: 31 USD/month}]\n");
  ElectricityBill const whole = bill_of(blocks, TimeZone::fixed(0), flat(unix_of(2023, 1, 1), 31 * 24, 10));       // 7,440 kWh
  CHECK(amount(whole.months.at(0), "E") == close_to(100 + 200 + 0.3 * 5440));
  CHECK(whole.notes.size() == 1);                          // of the interval alone
  ElectricityBill const week = bill_of(blocks, TimeZone::fixed(0), flat(unix_of(2023, 1, 1), 7 * 24, 10));
  CHECK(amount(week.months.at(0), "F") == close_to(7));
  CHECK(week.months.at(0).days == close_to(7));
  CHECK(amount(week.months.at(0), "E") == close_to(0.1 * 1000 * 7 / 31 + 0.2 * 1000 * 7 / 31 + 0.3 * (1680 - 2000.0 * 7 / 31)));
  TariffSpec const by_kw = tariff("energy: [{name: E, tiers: [{up_to: 150 kWh/kW, rate: 0.1216 USD/kWh}, {rate: 0.0803 USD/kWh}]}]\n");
  CHECK(bill_of(by_kw, TimeZone::fixed(0), flat(unix_of(2023, 1, 1), 31 * 24, 10)).total == close_to(1500 * 0.1216 + 5940 * 0.0803));
}

TEST_CASE("a ratchet, a minimum take and a minimum demand bill what was not measured, and say so", "[conditions]") {
  std::vector<double> kw(59 * 24, 50.0);
  kw[5] = 100;                                             // in January
  MeteredLoad const load = load_of(unix_of(2023, 1, 1), whole_seconds(3600), kw);
  ElectricityBill const ratchet = bill_of(tariff("demand: [{name: D, rate: 1 USD/kW, ratchet: {share: 0.8}}]\n"), TimeZone::fixed(0), load);
  CHECK(ratchet.months.at(0).total == close_to(100));
  CHECK(ratchet.months.at(1).total == close_to(80));
  CHECK(ratchet.months.at(1).lines.at(0).note == "ratchet: 0.8 of 100.000 (2023-01); measured 50.000");
  ElectricityBill const low = bill_of(tariff("demand: [{name: D, rate: 1 USD/kW, ratchet: {share: 0.4}}]\n"), TimeZone::fixed(0), load);
  CHECK(low.months.at(1).total == close_to(50));
  ElectricityBill const take = bill_of(tariff("contract: [{power: 100 kW}, {from: 2023-02-01, power: 200 kW}]\ndemand: [{name: D, rate: 1 USD/kW, minimum_take: 0.8}]\n"), TimeZone::fixed(0), load);
  CHECK(take.months.at(0).total == close_to(100));
  CHECK(take.months.at(1).total == close_to(160));
  ElectricityBill const energy = bill_of(tariff("contract: {power: 100 kW}\nminimum_take: [{name: M, share: 0.8, rate: 10 USD/MWh}]\n"), TimeZone::fixed(0), load);
  CHECK(energy.months.at(1).total == close_to((0.8 * 100 - 50) * 28 * 24 * 0.01));
}

TEST_CASE("coincident peaks, credits, export, minimum bill and taxes", "[conditions]") {
  std::vector<double> kw(31 * 24, 10.0);
  kw[40] = 70;
  MeteredLoad load = load_of(unix_of(2023, 1, 1), whole_seconds(3600), kw);
  load.rows[100].export_j = 5 * 3.6e6;
  TimeZone const utc = TimeZone::fixed(0);
  CHECK(bill_of(tariff("coincident: [{name: C, rate: 2 USD/kW, moments: ['2023-01-02T16:00:00Z', '2023-01-03T16:00:00Z', '2022-07-01T00:00:00Z']}]\n"), utc, load).total == close_to(2 * 40));
  CHECK(bill_of(tariff("coincident: [{name: C, rate: 2 USD/kW, days: [01-02], hours: 15-18}]\n"), utc, load).total == close_to(140));
  CHECK(bill_of(tariff("coincident: [{name: C, rate: 2 USD/kW, days: [01-02], hours: 17-18}]\n"), utc, load).total == close_to(20));
  CHECK(bill_of(tariff("export: [{name: X, rate: 0.03 USD/kWh}]\n"), utc, load).total == close_to(-0.15));
  CHECK(bill_of(tariff("credits: [{name: K, rate: -1 USD/kW}, {name: L, rate: -4 USD/month}]\n"), utc, load).total == close_to(-74));
  ElectricityBill const least = bill_of(tariff("fixed: [{name: F, rate: 30 USD/month}]\nminimum_bill: 100 USD/month\ntaxes: [{name: T, share: 0.1}, {name: U, share: 0.1, of: [F]}]\n"), utc, load);
  CHECK(least.total == close_to(100 + 10 + 3));
}

TEST_CASE("power factor: kVA, demand adjusted, and kvarh beyond the limit", "[conditions]") {
  MeteredLoad load = flat(unix_of(2023, 1, 1), 31 * 24, 80);
  load.has_reactive = true;
  for (auto& row : load.rows) row.reactive_vas = 60e3 * 3600;                // 100 kVA at 0.8
  TimeZone const utc = TimeZone::fixed(0);
  CHECK(bill_of(tariff("demand: [{name: D, rate: 1 USD/kVA}]\n"), utc, load).total == close_to(100));
  CHECK(bill_of(tariff("demand: [{name: D, rate: 1 USD/kW, power_factor_limit: 0.9}]\n"), utc, load).total == close_to(90));
  CHECK(bill_of(tariff("power_factor: [{name: P, limit: 0.8, rate: 1 USD/kvarh}]\n"), utc, load).total == Approx(0).margin(1e-6));
  CHECK(bill_of(tariff("power_factor: [{name: P, limit: 1, rate: 1 USD/kvarh}]\n"), utc, load).total == close_to(60 * 31 * 24));
}

TEST_CASE("a price of the hour with its adder, and one that is too short", "[conditions]") {
  TariffSpec const real_time = tariff("real_time: [{name: R, factor: 1.05, adder: 0.01 USD/kWh}]\n");
  DatedSeries price{{unix_of(2023, 1, 1), unix_of(2023, 1, 1) + 1800}, {100, -20}, unix_of(2023, 1, 1) + 7200};
  MeteredLoad const load = flat(unix_of(2023, 1, 1), 2, 1000);
  CHECK(bill_of(real_time, TimeZone::fixed(0), load, price).total == close_to(1.05 * (0.5 * 100 - 1.5 * 20) + 20));
  price.end_s -= 1;
  CHECK_THROWS_WITH(bill_of(real_time, TimeZone::fixed(0), load, price), Catch::Contains("the price ends at 2023-01-01T01:59:59+00:00, the load at 2023-01-01T02:00:00+00:00"));
  CHECK_THROWS_WITH(bill_of(real_time, TimeZone::fixed(0), load), Catch::Contains("no price is given"));
}

TEST_CASE("Spain's hourly price over 2023, straight from its file", "[conditions]") {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data == nullptr) return;
  std::string const text = read_unpacked(std::filesystem::path(data) / "tariffs/PVPC_Spain_2023_hourly.csv.gz", 16u << 20);
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  DatedSeries price;
  double sum = 0;
  while (std::getline(lines, line)) {
    auto const last = line.rfind(';'), before = line.rfind(';', last - 1);
    if (line.back() == '\r') line.pop_back();
    price.values.push_back(std::stod(line.substr(before + 1)));
    price.from_s.push_back(parse_date_time(line.substr(last + 1)).value().unix_s);
    sum += price.values.back();
  }
  price.end_s = price.from_s.back() + 3600;
  REQUIRE(price.values.size() == 8760);
  TimeZone const madrid = TimeZone::named("Europe/Madrid", {});
  TariffSpec const pvpc = read_tariff_text("kind: tariff\nversion: 1\nname: pvpc\ncurrency: EUR\nreal_time: [{name: PVPC}]\n", "t.yaml");
  ElectricityBill const bill = bill_of(pvpc, madrid, flat(madrid.moment(2023, 1, 1, 0), 8760, 1000), price);
  CHECK(bill.months.size() == 12);
  CHECK(bill.total == Approx(sum).epsilon(1e-12));          // 1 MWh an hour
  CHECK(bill.months[2].energy_kwh == close_to(743e3));
  CHECK(bill.months[9].energy_kwh == close_to(745e3));
}
