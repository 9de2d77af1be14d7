// Arrays and storage on boards: what they give flows up as far as nobody takes it.
#include <catch2/catch.hpp>

#include "sim/power/flow.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

// One server of 100 W to 300 W behind a transformer without losses at the board.
PowerGraph with_onsite(const std::string& onsite) {
  return build_power_graph(read_site_text(R"(kind: site
version: 1
name: s
halls: [{name: h, racks: [{name: r, feeds: [board], servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]
power:
  nodes:
    - {name: grid, utility: {voltage: 10 kV}}
    - {name: tx, transformer: {rated_apparent_power: 1 kVA, no_load_loss: 2 W, load_loss: 10 W, impedance: 0.05}}
    - {name: board, switchboard: {}}
    - {name: ups, ups: {rated_power: 1 kW, rated_apparent_power: 1 kVA, efficiency: [{load: 0.25, efficiency: 0.95}, {load: 0.5, efficiency: 0.96}, {load: 1, efficiency: 0.96}]}}
  circuits: [{from: grid, to: tx}, {from: tx, to: board}, {from: board, to: ups}]
onsite:
)" + onsite, "site.yaml"));
}

}  // namespace

TEST_CASE("what an array gives beyond the load goes back through the transformer, which loses of it") {
  PowerGraph const graph = with_onsite("  photovoltaics: [{name: pv, dc_power: 1 kW, feeds: [board]}]\n  exports: true\n");
  PowerFlow flow(graph);
  NodeId const pv = *graph.find("pv"), tx = *graph.find("tx"), board = *graph.find("board"), grid = *graph.find("grid");
  double const ups_loss_w = flow.at(*graph.find("ups")).loss.si();
  CHECK(flow.at(board).output.p.si() == Approx(100 + ups_loss_w));
  flow.set_generation(pv, 600.0 * watt);
  flow.update();
  double const back_w = 600 - 100 - ups_loss_w;
  CHECK(flow.at(board).output.p.si() == Approx(-back_w));
  CHECK(flow.at(tx).loss.si() == Approx(2 + 10 * back_w * back_w / 1e6).epsilon(0.01));
  CHECK(flow.at(grid).input.p.si() == Approx(-back_w + flow.at(tx).loss.si()));
  // the site takes what it takes, whoever gives it
  CHECK(flow.facility_power().si() == Approx(100 + ups_loss_w + flow.at(tx).loss.si()));
  flow.set_in_service(grid, false);
  flow.update();
  CHECK(flow.at(pv).input.p.si() == 0);
}

TEST_CASE("storage balances: what it draws is what it stores and loses") {
  PowerGraph const graph = with_onsite("  storage: [{name: battery, energy: 10 kWh, power: 1 kW, feeds: [board]}]\n");
  PowerFlow flow(graph);
  NodeId const battery = *graph.find("battery");
  NodeId const tx = *graph.find("tx");
  double const before_w = flow.facility_power().si(), transformer_w = flow.at(tx).loss.si();
  flow.set_storage_power(battery, 500.0 * watt, 475.0 * watt);
  flow.update();
  CHECK(flow.at(battery).loss.si() == Approx(25));
  CHECK(flow.facility_power().si() == Approx(before_w + 25 + flow.at(tx).loss.si() - transformer_w));
  flow.set_storage_power(battery, -95.0 * watt, -100.0 * watt);
  flow.update();
  CHECK(flow.at(battery).loss.si() == Approx(5));
  CHECK(flow.at(*graph.find("board")).output.p.si() == Approx(100 + flow.at(*graph.find("ups")).loss.si() - 95));
}

TEST_CASE("nothing flows back through a UPS") {
  CHECK_THROWS_WITH(with_onsite("  photovoltaics: [{name: pv, dc_power: 1 kW, feeds: [ups]}]\n"),
                    "site.yaml:13:19: error: onsite.photovoltaics pv: 'ups' is a ups, which lets nothing back; hang it on a switchboard, switchgear or utility");
}
