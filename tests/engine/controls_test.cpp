// Cooling, arrays, storage, the connection and flexible load in time, against closed forms.
#include <catch2/catch.hpp>

#include <cmath>

#include "tests/engine/support.h"

using namespace headroom;

namespace {

// Two servers (200 W idle, 600 W full) in one hall; a chiller of COP 4 and fans without power, so that cooling draws a quarter of the
// heat; 1 kJ/K: 200 W warm it by 0.2 K/s.
std::string cooled_site(const std::string& thermal = "capacity: 1 kJ/K", const std::string& more = "") {
  return R"(site:
  name: cooled
  halls: [{name: h, racks: [{name: r, feeds: [board], servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}, count: 2}]}]}]
  power:
    nodes:
      - {name: utility, utility: {voltage: 400 V}}
      - {name: board, switchboard: {}}
      - {name: mechanical, switchboard: {}}
    circuits: [{from: utility, to: board}, {from: utility, to: mechanical}]
  cooling:
    feeds: [mechanical]
    plant:
      air_handlers: {count: 2, type: {capacity: 1 kW, air_flow: 1 m3/s, fan_power: 0 W}}
      chillers:
        count: 2
        type: {condenser: air, capacity: 400 W, cop: 4, chilled_water: {reference: 7 C, least: 0 C, most: 30 C}, condenser_fluid: {reference: 35 C, least: -30 C, most: 60 C},
               capacity_curve: [1, 0, 0, 0, 0, 0], input_curve: [1, 0, 0, 0, 0, 0], part_load_curve: [0, 1, 0]}
      thermal: {)" + thermal + "}\n" + more;
}
const std::string mild = "conditions: {weather: {dry_bulb: 20 C, relative_humidity: 0.5}}\n";
const std::string exact = "control_interval: 0 s\nrecord: {every: 1 min, detail: server}\n";

std::vector<TemperatureRow> temperatures(const Run& run) { return run.reader().temperatures(0); }
double celsius_at(const Run& run, double second) {
  TemperatureRow before{};
  for (auto const& row : temperatures(run)) {
    double const at_s = static_cast<double>(row.time_ns) / 1e9;
    if (at_s >= second) {
      double const from_s = static_cast<double>(before.time_ns) / 1e9;
      return at_s == from_s ? row.celsius : before.celsius + (row.celsius - before.celsius) * (second - from_s) / (at_s - from_s);
    }
    before = row;
  }
  return before.celsius;
}
double quantity(const Run& run, std::string_view name) {
  for (auto const& row : run.reader().quantities())
    if (row.name == name) return row.total;
  throw std::runtime_error("the run has no such quantity");
}
double change_s(const Run& run, std::string_view element, std::string_view to) {
  for (auto const& row : run.reader().changes())
    if (row.element == element && row.to == to) return static_cast<double>(row.time_ns) / 1e9;
  return -1;
}

}  // namespace

TEST_CASE("the plant draws a quarter of the heat, whatever the servers do") {
  Run const run(cooled_site() + jobs_workload + mild + exact + "horizon: 1 h\nwindow: all\n", "submit_s,runtime_s,cores\n600,1200,4\n");
  double const it_j = run.totals(it_meter).input_j;
  CHECK(it_j == Approx(200 * 3600 + 200 * 1200));
  CHECK(run.totals(run.node("chiller")).input_j == Approx(it_j / 4).epsilon(1e-12));
  CHECK(quantity(run, "heat_j") == Approx(it_j).epsilon(1e-12));
  CHECK(celsius_at(run, 1000) == 24);
}

TEST_CASE("loss of cooling: the time to each limit is the closed form, servers slow down, shut down, and start again") {
  // 200 W of idle servers and a job of 200 W on one of them; both chillers out at 100 s for 200 s
  std::string const events = "events: [{at: 100 s, fail: chiller, for: 200 s}]\n";
  std::string const thermal = "capacity: 4 kJ/K, throttle_at: 30 C, throttle_to: 0.5, shutdown_at: 40 C, restart_below: 26 C, chiller_restart: 0 s";
  Run const run(cooled_site(thermal) + jobs_workload + mild + exact + events + "horizon: 1 h\nwindow: all\n", "submit_s,runtime_s,cores\n0,190,4\n");
  // 400 W into 4 kJ/K: 0.1 K/s, 30 C after 60 s
  CHECK(celsius_at(run, 160) == Approx(30).margin(1e-6));
  // then at half speed 300 W: 0.075 K/s, and the job's last 30 s take 60
  CHECK(end_s(run.job(1)) == Approx(220).margin(1e-6));
  CHECK(run.job(1).slowed_s == Approx(30).margin(1e-6));
  CHECK(celsius_at(run, 220) == Approx(34.5).margin(1e-6));
  // idle 200 W: 0.05 K/s; at 300 s 38.5 C, when 800 W of chillers cool it again: -0.15 K/s
  CHECK(celsius_at(run, 300) == Approx(38.5).margin(1e-6));
  CHECK(celsius_at(run, 320) == Approx(35.5).margin(1e-6));
  CHECK(celsius_at(run, 300 + 14.5 / 0.15 + 1) == Approx(24).margin(1e-6));
  CHECK(change_s(run, "h/r-1/1", "shut down") == -1);
}

TEST_CASE("with the limit reached servers shut down, their jobs are lost and start again when it is cool") {
  std::string const thermal = "capacity: 4 kJ/K, throttle_at: 30 C, throttle_to: 0.5, shutdown_at: 33 C, restart_below: 26 C, chiller_restart: 60 s";
  std::string const events = "events: [{at: 100 s, fail: chiller, for: 300 s}]\n";
  Run const run(cooled_site(thermal) + jobs_workload + mild + exact + events + "window: all\n", "submit_s,runtime_s,cores\n0,1000,4\n");
  // 60 s at 0.1 K/s to 30 C, 40 s at 0.075 K/s to 33 C: dark from 200 s on, so nothing warms the hall any more
  CHECK(change_s(run, "h/r-1/1", "shut down") == Approx(200).margin(1e-6));
  CHECK(run.job(1).interruptions == 1);
  CHECK(celsius_at(run, 399) == Approx(33).margin(1e-6));
  // chillers are fed again at 400 s and cool from 460 s on: 800 W, 0.2 K/s, 26 C after 35 s; then a boot of 120 s
  CHECK(change_s(run, "h/r-1/1", "live") == Approx(495).margin(1e-6));
  CHECK(start_s(run.job(1)) == Approx(495 + 120).margin(1e-3));
}

TEST_CASE("heat that goes through the walls makes it an exponential") {
  // 200 W through 10 W/K from 20 C outdoors: it ends at 40 C; tau = 100 s
  std::string const thermal = "capacity: 1 kJ/K, heat_loss: 10 W/K, throttle_at: 35 C, shutdown_at: 50 C";
  Run const run(cooled_site(thermal) + "workload: []\n" + mild + exact + "events: [{at: 100 s, fail: chiller}]\nhorizon: 1000 s\nwindow: all\n", "");
  double const reached_s = 100 + 100 * std::log((40.0 - 24) / (40 - 35));
  CHECK(celsius_at(run, reached_s) == Approx(35).margin(1e-6));
  CHECK(celsius_at(run, 1000) == Approx(40 - 16 * std::exp(-9.0)).margin(1e-6));
}

TEST_CASE("a chiller on a dead board stays dead, and its hall warms") {
  Run const run(cooled_site() + "workload: []\n" + mild + exact + "events: [{at: 100 s, fail: mechanical, for: 20 s}]\nhorizon: 200 s\nwindow: all\n", "");
  CHECK(change_s(run, "chiller", "dark") == 100);
  CHECK(run.totals(run.node("chiller")).input_j < 100 * 50 + 1);
  CHECK(celsius_at(run, 120) == Approx(28).margin(1e-6));
  // fed again at 120 s it takes its three minutes: the hall warms on
  CHECK(celsius_at(run, 130) == Approx(30).margin(1e-6));
}

TEST_CASE("storage holds the draw at a target, what it gives and stores is exact") {
  // idle 200 W, with the job 400 W from 600 s to 1800 s; target 300 W; 100 W for 1200 s is 33.3 Wh
  std::string const storage = "  onsite:\n    storage: [{name: battery, energy: 1 kWh, power: 150 W, charge_efficiency: 0.9, discharge_efficiency: 0.8, initial: 0.5, dispatch: peak-shaving, target: 300 W, feeds: [board]}]\n";
  std::string site = cooled_site();
  site = site.substr(0, site.find("  cooling:")) + storage;
  std::size_t const mechanical = site.find("      - {name: mechanical");
  site.erase(mechanical, site.find('\n', mechanical) - mechanical + 1);
  site.replace(site.find(", {from: utility, to: mechanical}"), std::string(", {from: utility, to: mechanical}").size(), "");
  Run const run(site + jobs_workload + exact + "horizon: 1 h\nwindow: all\n", "submit_s,runtime_s,cores\n600,1200,4\n");
  TotalsRow const utility = run.totals(run.node("utility"));
  CHECK(utility.input_peak_w == Approx(300));
  // it charges with 100 W beside 200 W until 600 s, gives 100 W until 1800 s, charges again
  CHECK(utility.input_j == Approx(300.0 * 3600).epsilon(1e-9));
  TotalsRow const battery = run.totals(run.node("battery"));
  double const charged_j = 100 * 2400, given_j = 100 * 1200;
  CHECK(battery.input_j == Approx(charged_j - given_j));
  CHECK(battery.stored_j == Approx(0.9 * charged_j - given_j / 0.8));
  CHECK(quantity(run, "storage_j") == Approx(battery.stored_j));
  CHECK(run.totals(facility_meter).input_j == Approx(utility.input_j - battery.stored_j));
}

TEST_CASE("storage stops when it is empty and when it is full, to the nanosecond") {
  std::string const storage = "  onsite:\n    storage: [{name: battery, energy: 10 kJ, power: 100 W, charge_efficiency: 1, discharge_efficiency: 1, initial: 0.5, dispatch: price, charge_below: 50, discharge_above: 50}]\n";
  std::string const price = "conditions: {grid: {price: {file: ./price.csv, time: time, value: price, unit: USD/MWh}}}\nstart: 2025-01-01T00:00:00+00:00\n";
  Run const run(two_servers + storage + "workload: []\n" + price + exact + "horizon: 10 min\nwindow: all\n",
                {{"price.csv", "time,price\n2025-01-01T00:00:00Z,80\n2025-01-01T00:05:00Z,20\n2025-01-01T00:10:00Z,20\n"}});
  // 5 kJ are gone after 50 s; from 300 s on it charges its 10 kJ in 100 s
  TotalsRow const utility = run.totals(run.node("utility"));
  CHECK(utility.input_j == Approx(200 * 600 - 5000 + 10000).epsilon(1e-12));
  CHECK(utility.input_peak_w == Approx(300));
  CHECK(run.totals(run.node("battery")).stored_j == Approx(5000));
}

TEST_CASE("a connection of 90 % of the peak: servers are slowed until the draw is within it, and storage avoids that") {
  // the peak is 600 W; the limit 540 W
  std::string const jobs = "submit_s,runtime_s,cores\n0,1000,4\n0,1000,4\n";
  std::string const limit = "connection: {steps: {limit: 540 W}}\n";
  Run const capped(two_servers + jobs_workload + limit + exact + "window: all\n", jobs);
  CHECK(capped.totals(capped.node("utility")).input_peak_w <= 540);
  CHECK(capped.totals(capped.node("utility")).input_peak_w == Approx(540).epsilon(2e-6));
  // 200 W idle and 340 W of 400: a speed of 0.85
  CHECK(end_s(capped.job(1)) == Approx(1000 / 0.85).epsilon(1e-5));
  CHECK(capped.job(1).slowed_s == Approx(0.15 * 1000 / 0.85).epsilon(1e-4));
  CHECK(quantity(capped, "curtailed_j") == Approx(60 * 1000 / 0.85).epsilon(1e-4));
  std::string const storage = "  onsite:\n    storage: [{name: battery, energy: 100 Wh, power: 100 W, charge_efficiency: 1, discharge_efficiency: 1, initial: 1, reserve: 1}]\n";
  Run const stored(two_servers + storage + jobs_workload + limit + exact + "window: all\n", jobs);
  CHECK(end_s(stored.job(1)) == 1000);
  CHECK(stored.totals(stored.node("battery")).stored_j == Approx(-60.0 * 1000).epsilon(1e-4));
  // 30 of the 60 kJ it takes: the other half of the time is capped
  std::string little = storage;
  little.replace(little.find("100 Wh"), 6, "30 kJ");
  Run const half(two_servers + little + jobs_workload + limit + exact + "window: all\n", jobs);
  CHECK(end_s(half.job(1)) == Approx(500 + 500 / 0.85).epsilon(1e-4));
}

TEST_CASE("a call takes the draw down to the firm part, and flexible jobs are held, paused or slowed") {
  std::string const call = "connection: {steps: {limit: 1 kW, firm: 900 W}, calls: {at: 100 s, for: 300 s}, on_excess: record}\n";
  auto const flexible = [](const std::string& what) { return "workload: [{trace: ./jobs.csv, flexible: {by: call, " + what + "}}]\n"; };
  std::string const jobs = "submit_s,runtime_s,cores\n0,200,4\n150,10,4\n";
  Run const shifted(two_servers + flexible("action: shift") + call + exact + "window: all\n", jobs);
  CHECK(end_s(shifted.job(1)) == 200);
  CHECK(start_s(shifted.job(2)) == 400);
  CHECK(shifted.job(2).kept_s == 250);
  Run const paused(two_servers + flexible("action: pause") + call + exact + "window: all\n", jobs);
  CHECK(end_s(paused.job(1)) == 500);
  CHECK(paused.job(1).slowed_s == 300);
  CHECK(start_s(paused.job(2)) == 400);
  Run const slowed(two_servers + flexible("action: cap, to: 0.25") + call + exact + "window: all\n", jobs);
  CHECK(end_s(slowed.job(1)) == Approx(425));      // 75 of its last 100 s take the call, the rest 25
  CHECK(start_s(slowed.job(2)) == 150);
  // no longer than it may
  Run const soon(two_servers + flexible("action: shift, longest: 1 min") + call + exact + "window: all\n", jobs);
  CHECK(start_s(soon.job(2)) == 210);
}

TEST_CASE("an array without export gives what the site takes, and spills the rest") {
  std::string table = "month,dc\n";
  for (int hour = 0; hour < 8760; ++hour) table += hour < 2 ? "1,1000\n" : "1,100\n";
  std::string const pv = "  location: {latitude: 40, longitude: 0}\n  onsite:\n    photovoltaics: [{name: pv, dc_power: 1 kW, series: ./pv.csv}]\n";
  std::string const at = "workload: []\nstart: 2025-01-01T00:00:00+00:00\nhorizon: 4 h\nwindow: all\n";
  Run const run(two_servers + pv + at + exact, {{"pv.csv", table}});
  CHECK(run.totals(run.node("utility")).input_j == Approx(100.0 * 7200));
  CHECK(run.totals(run.node("pv")).input_j == Approx(-300.0 * 7200));
  CHECK(quantity(run, "pv_spilled_j") == Approx(800.0 * 7200));
  CHECK(run.totals(facility_meter).input_j == Approx(200.0 * 14400));
  Run const exported(two_servers + pv + "    exports: true\n" + at + exact, {{"pv.csv", table}});
  CHECK(exported.totals(exported.node("utility")).input_j == Approx(-800.0 * 7200 + 100 * 7200));
  CHECK(quantity(exported, "pv_spilled_j") == 0);
}

TEST_CASE("failing the feed of any machine of the plant changes its meter and the temperature of its hall") {
  std::string site = R"(site:
  name: plant
  halls: [{name: h, racks: [{name: r, feeds: [board], servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 10 kW, full: 30 kW}}}, count: 2}]}]}]
  power:
    nodes: [{name: utility, utility: {voltage: 400 V}}, {name: board, switchboard: {}}, {name: b1, switchboard: {}}, {name: b2, switchboard: {}}, {name: b3, switchboard: {}}, {name: b4, switchboard: {}}, {name: b5, switchboard: {}}]
    circuits: [{from: utility, to: board}, {from: utility, to: b1}, {from: utility, to: b2}, {from: utility, to: b3}, {from: utility, to: b4}, {from: utility, to: b5}]
  cooling:
    plant:
      chilled_water: 8 C
      air_handlers: {type: crah-100kw, feeds: [b1]}
      chillers: {type: york-ys-781kw, feeds: [b2]}
      towers: {type: tower-1200kw, feeds: [b3]}
      chilled_pumps: {type: pump-40l-s, feeds: [b4]}
      condenser_pumps: {type: pump-55l-s, feeds: [b5]}
      thermal: {capacity: 10 MJ/K}
workload: []
horizon: 20 min
window: all
)";
  std::string const weather = "conditions: {weather: {dry_bulb: 25 C, relative_humidity: 0.5}}\n";
  Run const whole(site + weather + exact, "");
  for (auto const& [board, machine] : std::vector<std::pair<std::string, std::string>>{{"b1", "h/air-handler"}, {"b2", "chiller"}, {"b3", "cooling-tower"}, {"b4", "chilled-water-pump"}, {"b5", "condenser-pump"}}) {
    CAPTURE(machine);
    Run const lost(site + weather + exact + "events: [{at: 10 min, fail: " + board + "}]\n", "");
    CHECK(lost.totals(lost.node(machine)).input_j == Approx(whole.totals(whole.node(machine)).input_j / 2).epsilon(1e-9));
    CHECK(celsius_at(whole, 1190) == 24);
    CHECK(celsius_at(lost, 599) == 24);
    // 20 kW of idle servers and what still runs, into 10 MJ/K for ten minutes
    CHECK(celsius_at(lost, 1200) >= 24 + 20e3 * 600 / 10e6 - 1e-6);
    CHECK(!lost.reader().intervals(lost.node(machine)).empty());
  }
}
