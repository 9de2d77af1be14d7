#include "topologies/read_site.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/random.h"
#include "base/yaml.h"
#include "topologies/graph/power_graph.h"

using namespace headroom;

namespace {

const char* const site_text = R"(kind: site
version: 1
name: two-halls
location: {latitude: 41.98, longitude: -87.92, timezone: America/Chicago}
halls:
  - name: h1
    rows: 2
    racks:
      - {name: gpu, count: 7, rated_power: 40 kW, servers: [{type: dgx-a100, count: 4}], auxiliary: [{name: leaf, count: 2, type: mellanox-sn3700}], rack_pdu: rack-pdu-17kva}
      - name: cpu
        count: 5
        first: 3
        feeds: [b, a]
        circuit: {voltage: 230 V, phases: 1, current: 32 A}
        servers:
          - type: {cores: 8, memory: 64 GB, power: {linear: {idle: 100 W, full: 350 W}}}
            count: 3
          - {type: dc-load-1600w, supplies: 2}
  - name: h2
    racks:
      - {name: hpc, count: 2, feeds: [a], enclosures: [{name: chassis, count: 2, converter: frontier-rectifier, converters: 4, servers: [{type: frontier-node, count: 3}], auxiliary: [{name: fan, power: 90 W}]}]}
power:
  scheme: 2N
  utility: [{name: utility-a, voltage: 13.8 kV, limit: 6 MW}, {name: utility-b, voltage: 13.8 kV}]
  transformer: {type: transformer-eu-dry-1000kva, count: 2}
  switchboard: {current: 2500 A}
  ups: {type: ups-modern-500kw, count: 2}
  pdu: {type: pdu-floor-300kva, racks: 4}
  rack_circuit: {voltage: 400 V, current: 63 A}
cooling: {fixed: 10 kW, proportional: 0.25, power_factor: 0.95}
)";

Json echo_of(const std::string& text) { return echo_site(read_site_text(text, "site.yaml")); }

// JSON with the keys of every object in an order of chance; still YAML.
std::string shuffled(const Json& json, RandomStream& random) {
  if (json.is_array()) {
    std::string out;
    for (auto const& item : json) out += (out.empty() ? "" : ", ") + shuffled(item, random);
    return "[" + out + "]";
  }
  if (!json.is_object()) return json.dump();
  std::vector<std::string> parts;
  for (auto const& [key, value] : json.items()) parts.push_back("\"" + key + "\": " + shuffled(value, random));
  for (std::size_t i = parts.size(); i > 1; --i) std::swap(parts[i - 1], parts[random.below(i)]);
  std::string out;
  for (auto const& part : parts) out += (out.empty() ? "" : ", ") + part;
  return "{" + out + "}";
}

}  // namespace

TEST_CASE("a site is read with its references and defaults", "[topologies]") {
  Site const site = read_site_text(site_text, "site.yaml");
  REQUIRE(site.halls.size() == 2);
  CHECK(site.halls[0].racks[0].servers[0].type.value.gpus == 8);
  CHECK(site.halls[0].racks[0].servers[0].type.name == "dgx-a100");
  CHECK(site.halls[0].racks[1].servers[0].type.value.cores == 8);
  CHECK(site.halls[0].racks[1].circuit->phases == 1);
  CHECK(site.halls[1].rows == 1);
  CHECK(site.power.rack_circuit->phases == 3);
  CHECK(site.power.utility[0].limit == 6.0 * megawatt);
  CHECK_FALSE(site.power.utility[1].limit);
}

TEST_CASE("the echo of a site reads back as the same echo", "[topologies]") {
  Json const first = echo_of(site_text);
  CHECK(first["halls"][1]["rows"] == 1);
  CHECK(echo_of(first.dump()) == first);
  CHECK(echo_of(first.dump(2)).dump() == first.dump());
}

TEST_CASE("the echo of a site written out reads back as the same echo", "[topologies]") {
  Json const first = echo_site(written_out(read_site_text(site_text, "site.yaml")));
  CHECK(echo_of(first.dump()) == first);
}

TEST_CASE("the order of keys changes nothing", "[topologies]") {
  Json const first = echo_of(site_text);
  RandomStream random(1, "keys");
  for (int i = 0; i < 20; ++i) CHECK(echo_of(shuffled(first, random)).dump() == first.dump());
}

TEST_CASE("a reference and its content written in place are the same", "[topologies]") {
  std::string const head = "kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [{name: r, servers: [{type: ", tail = "}]}]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n";
  Json const by_name = echo_of(head + "generic-100-350w" + tail);
  std::string const content = by_name["halls"][0]["racks"][0]["servers"][0]["type"].dump();
  std::string const by_path = head + HEADROOM_SOURCE_DIR + "/topologies/equipment/catalogue/server/generic-100-350w.yaml" + tail;
  CHECK(echo_of(head + content + tail) == by_name);
  CHECK(echo_of(by_path) == by_name);
}
