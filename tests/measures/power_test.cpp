// Peaks, headroom, stranded power, energies and PUE by hand.
#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/measures/measures.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

Approx power_close_to(double value) { return Approx(value).epsilon(1e-9).margin(1e-9); }

const NodePower& node(const PowerPeaks& peaks, std::string_view name) {
  for (auto const& candidate : peaks.nodes)
    if (candidate.name == name) return candidate;
  throw std::runtime_error("no such node");
}
const Limit& limit(const NodePower& node, std::string_view unit) {
  for (auto const& candidate : node.limits)
    if (candidate.unit == unit) return candidate;
  throw std::runtime_error("no such limit");
}

// Two racks of one server of 1 kW idle and 4 kW full at power factor 0.8: 5 kVA each at full load, 10 kVA in all.
// The UPS has no losses to speak of: a converter of efficiency 1 stands in its place where figures must be whole.
std::string site_with(const std::string& path) {
  return R"(site:
  name: two racks
  halls: [{name: h, racks: [{name: r, count: 2, servers: [{type: {cores: 4, memory: 16 GB, power_factor: 0.8, power: {linear: {idle: 1 kW, full: 4 kW}}}}], circuit: {voltage: 400 V, current: 16 A}}]}]
)" + path;
}
const std::string full_for_an_hour = "submit_s,runtime_s,cores\n0,3600,4\n0,3600,4\n3600,0,1\n";

}  // namespace

TEST_CASE("headroom is limit minus peak in kW, kVA and A, and the smallest share binds", "[measures]") {
  Run const run(site_with(R"(  power:
    scheme: N
    utility: [{name: utility, voltage: 400 V, limit: 20 kW}]
    transformer: {type: {rated_apparent_power: 25 kVA, no_load_loss: 0 W, load_loss: 0 W}}
    switchboard: {voltage: 400 V, current: 40 A}
    ups: {type: {rated_power: 16 kW, rated_apparent_power: 12 kVA, efficiency: [{load: 0.25, efficiency: 1}, {load: 0.5, efficiency: 1}, {load: 1, efficiency: 1}]}}
)") + jobs_workload, full_for_an_hour);
  PowerPeaks const peaks = power_peaks(run.reader());

  NodePower const& ups = node(peaks, "ups-a");      // delivers 8 kW, 10 kVA
  CHECK(limit(ups, "kW").headroom() == power_close_to(16 - 8));
  CHECK(limit(ups, "kVA").headroom() == power_close_to(12 - 10));
  REQUIRE(ups.binding);
  CHECK(std::string(ups.binding->unit) == "kVA");

  // the UPS draws at its own power factor of 1: 8 kVA above it
  NodePower const& board = node(peaks, "switchboard-a");
  CHECK(limit(board, "A").carried == power_close_to(8000 / (std::sqrt(3.0) * 400)));
  CHECK(limit(board, "A").headroom() == power_close_to(40 - 8000 / (std::sqrt(3.0) * 400)));
  CHECK(limit(node(peaks, "transformer-a"), "kVA").headroom() == power_close_to(25 - 8));
  CHECK(limit(node(peaks, "utility"), "kW").headroom() == power_close_to(20 - 8));

  NodePower const& rack = node(peaks, "h/r-1");      // 5 kVA on one circuit
  CHECK(limit(rack, "circuit A").carried == power_close_to(5000 / (std::sqrt(3.0) * 400)));
  CHECK(limit(rack, "circuit A").headroom() == power_close_to(16 - 5000 / (std::sqrt(3.0) * 400)));
  CHECK(rack.input_peak_15min_kw == power_close_to(4));
}

TEST_CASE("stranded is what a node could carry but its feed cannot bring", "[measures]") {
  // racks: 16 A at 400 V and power factor 0.8 are 8.868 kW, 4.868 kW more than the 4 kW of today; the utility has 2 kW left
  Run const run(site_with("  power: {scheme: N, utility: [{name: utility, voltage: 400 V, limit: 10 kW}]}\n") + jobs_workload, full_for_an_hour);
  PowerPeaks const peaks = power_peaks(run.reader());
  double const room_kw = 16 * std::sqrt(3.0) * 400 * 0.8 / 1000 - 4;
  CHECK(node(peaks, "h/r-1").stranded_kw == power_close_to(room_kw - 2));
  CHECK(node(peaks, "utility").stranded_kw == 0);
}

TEST_CASE("nothing is stranded below a feed that can bring all of it", "[measures]") {
  Run const run(site_with("  power: {scheme: N, utility: [{name: utility, voltage: 400 V, limit: 30 kW}]}\n") + jobs_workload, full_for_an_hour);
  for (auto const& at : power_peaks(run.reader()).nodes) CHECK(at.stranded_kw == 0);
}

TEST_CASE("two feeds bring twice what the shorter of them can", "[measures]") {
  // each rack draws 2 kW from each side: 5 kW and 7 kW less 4 kW leave 1 kW and 3 kW; together 2 x 1 kW
  Run const run(R"(site:
  name: two sides
  halls: [{name: h, racks: [{name: r, count: 2, rated_power: 10 kW, servers: [{type: {cores: 4, memory: 16 GB, supplies: 2, power: {linear: {idle: 1 kW, full: 4 kW}}}}]}]}]
  power: {scheme: 2N, utility: [{name: one, voltage: 400 V, limit: 5 kW}, {name: two, voltage: 400 V, limit: 7 kW}], switchboard: {current: 20 A}}
)" + jobs_workload, full_for_an_hour);
  PowerPeaks const peaks = power_peaks(run.reader());
  double const board_room_kw = 20 * std::sqrt(3.0) * 400 / 1000 - 4;
  CHECK(node(peaks, "switchboard-a").stranded_kw == power_close_to(board_room_kw - 1));
  CHECK(node(peaks, "switchboard-b").stranded_kw == power_close_to(board_room_kw - 3));
}

TEST_CASE("PUE is facility over IT energy of the window, losses and overhead by their kind", "[measures]") {
  // IT 8 kW for an hour; a transformer of 100 W and none that follows load; cooling 1 kW and a quarter of IT
  Run const run(R"(site:
  name: pue
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 2 kW, full: 8 kW}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}], transformer: {type: {rated_apparent_power: 25 kVA, no_load_loss: 100 W, load_loss: 0 W}}}
  cooling: {fixed: 1 kW, proportional: 0.25}
)" + jobs_workload + "horizon: 2 h\n", "submit_s,runtime_s,cores\n0,3600,4\n3600,0,1\n");
  EnergyUse const use = energy_use(run.reader());
  CHECK(use.it_kwh == power_close_to(8 + 2));
  CHECK(use.overhead_kwh == power_close_to(1 + 8 * 0.25 + 1 + 2 * 0.25));
  CHECK(use.losses_kwh.at("transformer") == power_close_to(0.2));
  CHECK(use.losses_kwh.size() == 1);
  CHECK(use.facility_kwh == power_close_to(use.it_kwh + use.overhead_kwh + 0.2));
  CHECK(use.pue == power_close_to((8 + 1 + 2 + 0.1) / 8));      // of the first hour

  PowerPeaks const peaks = power_peaks(run.reader());
  CHECK(peaks.it_peak_kw == power_close_to(8));
  CHECK(peaks.facility_peak_kw == power_close_to(11.1));
  CHECK(peaks.facility_peak_15min_kw == power_close_to(11.1));
  CHECK(peaks.load_factor == power_close_to(1));
}

TEST_CASE("the loss in power supplies is inside IT and told apart", "[measures]") {
  Run const run(R"(site:
  name: supplies
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, supplies: 1, converter: {fixed_loss: 10 W, efficiency: 0.5}, power: {measured_at: dc, linear: {idle: 90 W, full: 290 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
)" + jobs_workload + "horizon: 1 h\n", "submit_s,runtime_s,cores\n");
  EnergyUse const use = energy_use(run.reader());
  CHECK(use.it_kwh == power_close_to(0.2));      // (90 + 10) / 0.5
  CHECK(use.losses_kwh.at("power-supply") == power_close_to(0.11));
  CHECK(use.pue == power_close_to(1));
  double lost = 0, into_it = 0;
  for (auto const& flow : use.flows) {
    if (flow.to == "losses: power-supply") lost += flow.kwh;
    if (flow.to == "it") into_it += flow.kwh;
  }
  CHECK(lost == power_close_to(0.11));
  CHECK(into_it == power_close_to(0.2));
}

TEST_CASE("the load factor is the mean over the 15-minute peak", "[measures]") {
  // one hour of 600 W, one of 200 W
  Run const run(two_servers + jobs_workload + "horizon: 2 h\nwindow: all\n", "submit_s,runtime_s,cores\n0,3600,4\n0,3600,4\n");
  PowerPeaks const peaks = power_peaks(run.reader());
  CHECK(peaks.facility_mean_kw == power_close_to(0.4));
  CHECK(peaks.load_factor == power_close_to(0.4 / 0.6));
}
