#include "analysis/spending/counts.h"

#include <catch2/catch.hpp>

#include "tests/spending/support.h"

using namespace headroom;

namespace {

const Count& count(const std::vector<Count>& counts, const std::string& key) {
  for (auto const& c : counts)
    if (c.kind->key == key) return c;
  FAIL("nothing counted under " << key);
  return counts.front();
}

std::vector<std::string> element_names(const Count& c) {
  std::vector<std::string> out;
  for (auto const& element : c.elements) out.push_back(element.name);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("a small 2N site is counted as by hand", "[spending]") {
  auto const counts = counts_of(small_site());
  struct Expected {
    const char* key;
    double units, size;
  };
  for (auto const& e : {Expected{"servers", 6, 3600},                   // 2 racks x 3 x 600 W
                        Expected{"gpu_servers", 2, 20e3},               // 2 x 10 kW
                        Expected{"switches", 2, 2 * 3.2e12},            // 32 x 100 Gbit/s
                        Expected{"racks", 3, 0},
                        Expected{"rack_pdus", 4, 4 * 17.3e3},             // 2 racks x 2 sides; the GPU rack names none
                        Expected{"floor_pdus", 4, 4 * 75e3},            // 3 racks at 2 a PDU, on 2 sides
                        Expected{"switchboards", 2, 0},
                        Expected{"ups_modules", 4, 400e3},              // 2 sides x 2 x 100 kW
                        Expected{"transformers", 2, 2e6},               // 2 sides x 1000 kVA
                        Expected{"cooling", 1, 1e3 + 0.25 * 23980},
                        Expected{"utility_feeds", 2, 0},                // no limit given
                        Expected{"building", 3, 23980}}) {              // 3600 + 20,000 + 2 x 190 W
    CAPTURE(e.key);
    CHECK(count(counts, e.key).units() == e.units);
    CHECK(count(counts, e.key).size() == Approx(e.size).epsilon(1e-12));
  }
  CHECK(counts.size() == 12);
}

TEST_CASE("a count names its elements as the layout does", "[spending]") {
  auto const counts = counts_of(small_site());
  CHECK(element_names(count(counts, "switches")) == std::vector<std::string>{"h1/dual-1/leaf", "h1/dual-2/leaf"});
  CHECK(element_names(count(counts, "gpu_servers")) == std::vector<std::string>{"h1/gpu-1/1", "h1/gpu-1/2"});
  CHECK(element_names(count(counts, "ups_modules")) == std::vector<std::string>{"ups-a", "ups-b"});
  CHECK(element_names(count(counts, "transformers")) == std::vector<std::string>{"transformer-a", "transformer-b"});
  CHECK(element_names(count(counts, "utility_feeds")) == std::vector<std::string>{"utility-a", "utility-b"});
}

TEST_CASE("what stands by is counted: spare devices too, a board with a tie once", "[spending]") {
  auto const counts = counts_of(R"(kind: site
version: 1
name: standby
halls: [{name: h1, racks: [{name: r, servers: [{type: generic-100-350w}]}]}]
power:
  scheme: 2(N+1)
  tie: true
  utility: [{name: utility, voltage: 13.8 kV}]
  switchgear: {}
  transformer: {type: transformer-eu-dry-1000kva}
  generator: {type: diesel-150kw}
  transfer_switch: ats-400a
  switchboard: {}
  ups: {type: ups-modern-100kw, count: 2}
  battery: {type: vrla-100kw-5min, count: 4}
)");
  CHECK(element_names(count(counts, "switchboards")) == std::vector<std::string>{"switchboard-a", "switchboard-b", "switchgear-a", "switchgear-b"});
  CHECK(count(counts, "transfer_switches").units() == 2);
  CHECK(count(counts, "generators").units() == 4);
  CHECK(count(counts, "generators").size() == Approx(4 * 150e3));
  CHECK(count(counts, "ups_modules").units() == 6);
  CHECK(element_names(count(counts, "batteries")) == std::vector<std::string>{"ups-a", "ups-b"});
  CHECK(count(counts, "batteries").size() == Approx(8 * 100e3));
}

TEST_CASE("a switch written in place, in an enclosure, is still a switch", "[spending]") {
  auto const counts = counts_of(R"(kind: site
version: 1
name: shelf
halls:
  - name: h1
    racks:
      - name: r
        feeds: [u]
        enclosures:
          - name: shelf
            count: 2
            converter: frontier-rectifier
            converters: 3
            servers: [{type: {cores: 1, memory: 1 GB, power_factor: 1, power: {linear: {idle: 0 W, full: 500 W}}}, count: 2}]
            auxiliary: [{name: sw, type: {ports: 10, port_rate: 10 Gbit/s, power: 50 W}}, {name: fan, power: 20 W}]
power:
  nodes:
    - {name: u, utility: {voltage: 400 V, limit: 1 MW}}
    - {name: kvm, auxiliary: {power: 100 W, part: it}}
    - {name: light, count: 2, auxiliary: {power: 30 W}}
  circuits: [{from: u, to: kvm}, {from: u, to: light}]
)");
  CHECK(element_names(count(counts, "switches")) == std::vector<std::string>{"h1/r-1/shelf-1/sw", "h1/r-1/shelf-2/sw"});
  CHECK(count(counts, "switches").size() == Approx(2 * 100e9));
  CHECK(count(counts, "servers").units() == 4);
  CHECK(count(counts, "converters").units() == 6);
  CHECK(element_names(count(counts, "other_it_loads")) == std::vector<std::string>{"h1/r-1/shelf-1/fan", "h1/r-1/shelf-2/fan", "kvm"});
  CHECK(count(counts, "other_facility_loads").size() == Approx(60));
  // the rack: 2 x (2 x 500 + 50 + 20) W; the load outside racks stands by itself
  CHECK(element_names(count(counts, "building")) == std::vector<std::string>{"h1/r-1", "kvm"});
  CHECK(count(counts, "building").size() == Approx(2140 + 100));
  CHECK(count(counts, "utility_feeds").size() == Approx(1e6));
}

TEST_CASE("a server's nameplate is at its cords", "[spending]") {
  ServerSpec wall;
  wall.power.linear = LinearPower{100.0 * watt, 600.0 * watt};
  CHECK(nameplate(wall, 2) == 600.0 * watt);
  ServerSpec dc = wall;
  dc.converter = Reference<ConverterSpec>{};
  dc.converter->value.efficiency = 0.96;
  dc.converter->value.fixed_loss = 12.0 * watt;
  CHECK(nameplate(dc, 1) / watt == Approx(612 / 0.96).epsilon(1e-12));      // (P + c) / eta
}
