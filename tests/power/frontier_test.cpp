// The power tree of Frontier as ExaDigiT/RAPS has it: node (P + 13 W)/0.98; a chassis of 16 nodes and 4 switches of 250 W on
// 4 rectifiers, each (p + 17 W)/0.96; 74 racks of 8 chassis; 25 CDUs of 8473.47 W. Closed forms, so exact.
#include <catch2/catch.hpp>

#include "sim/power/flow.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

PowerGraph frontier() {
  return build_power_graph(read_site_text(R"(kind: site
version: 1
name: frontier
halls:
  - name: hall
    racks:
      - name: cabinet
        count: 74
        feeds: [utility]
        enclosures:
          - name: chassis
            count: 8
            converter: frontier-rectifier
            converters: 4
            servers: [{type: frontier-node, count: 16}]
            auxiliary: [{name: switches, type: slingshot-frontier, count: 4}]
power:
  nodes:
    - {name: utility, utility: {voltage: 13.8 kV}}
    - {name: cdus, count: 25, auxiliary: {power: 8473.47 W, part: facility}}
  circuits: [{from: utility, to: cdus}]
)", "frontier.yaml"));
}

double megawatts(PowerFlow& flow, double busy_w, std::int32_t busy_nodes) {
  for (std::int32_t i = 0; i < 9472; ++i) flow.set_server_power({i}, (i < busy_nodes ? busy_w : 626.26) * watt);
  flow.update();
  return flow.facility_power() / megawatt;
}

}  // namespace

TEST_CASE("Frontier at idle, HPL and peak", "[power]") {
  PowerGraph const graph = frontier();
  REQUIRE(graph.servers.size() == 9472);
  PowerFlow flow(graph);
  CHECK(flow.facility_power() / megawatt == Approx(7.306524).epsilon(1e-6));       // idle from the catalogue's own figures
  CHECK(megawatts(flow, 626.26, 9472) == Approx(7.306524).epsilon(1e-6));
  CHECK(megawatts(flow, 2180.48, 9216) == Approx(22.531536).epsilon(1e-6));
  CHECK(megawatts(flow, 2704.26, 9472) == Approx(28.227884).epsilon(1e-6));

  // loss 1.809297 MW: everything that is not a node, a switch or a CDU
  double losses = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) losses += flow.at({static_cast<std::int32_t>(i)}).loss / megawatt;
  CHECK(losses == Approx(1.809297).epsilon(1e-6));
}
