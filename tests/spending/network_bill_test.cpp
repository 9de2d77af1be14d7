#include "analysis/spending/network_bill.h"

#include <catch2/catch.hpp>

#include "tests/spending/support.h"

using namespace headroom;

namespace {

// Four racks in a row, four servers each at 100 Gbit/s, a leaf for two racks, 400 Gbit/s upwards.
std::string networked_site(const std::string& more = "", const std::string& fabrics = "") {
  return R"(kind: site
version: 1
name: networked
halls: [{name: h1, racks: [{name: r, count: 4, servers: [{type: generic-100-350w, count: 4}]}]}]
power: {scheme: N, utility: [{name: u, voltage: 400 V}]}
network:
  - name: front
    fabric: leaf-spine
    leaf: {name: leaf, ports: 8, port_rate: 100 Gbit/s, uplinks: {ports: 2, port_rate: 400 Gbit/s}, power: 100 W}
    spine: {name: spine, ports: 4, port_rate: 400 Gbit/s, power: 200 W}
    spines: 2
)" + more + fabrics;
}

NetworkGraph network_of(const std::string& text) { return build_power_graph(read_site_text(text, "site.yaml")).network; }

const Count* found_count(const std::vector<Count>& counts, const std::string& key) {
  for (auto const& c : counts)
    if (c.kind->key == key) return &c;
  return nullptr;
}

std::int64_t cables(const FabricBill& bill, Medium medium) {
  std::int64_t sum = 0;
  for (auto const& of : bill.cables)
    if (of.medium == medium) sum += of.count;
  return sum;
}

}  // namespace

TEST_CASE("a cable is bought at the next stock length", "[spending]") {
  for (auto const& [laid, stock] : {std::pair{0.3, 0.5}, std::pair{0.5, 0.5}, std::pair{0.51, 1.0}, std::pair{2.0, 2.0}, std::pair{3.01, 5.0}, std::pair{30.0, 30.0}, std::pair{31.0, 50.0},
                                    std::pair{500.0, 500.0}, std::pair{500.1, 600.0}, std::pair{1234.0, 1300.0}}) {
    CAPTURE(laid);
    CHECK(stock_length(laid * metre) / metre == Approx(stock));
  }
}

TEST_CASE("a leaf-spine fabric's parts are counted link by link", "[spending]") {
  NetworkGraph const graph = network_of(networked_site());
  FabricBill const bill = fabric_bill(graph, 0);
  REQUIRE(bill.switches.size() == 2);
  CHECK(bill.switches[0].type == "leaf");
  CHECK(bill.switches[0].count == 2);
  CHECK(bill.switches[0].capacity / gigabit_per_second == 1600);      // 8 x 100 + 2 x 400
  CHECK(bill.switches[0].ports_used == 20);
  CHECK(bill.switches[0].ports_spare == 0);
  CHECK(bill.switches[1].count == 2);
  CHECK(bill.switches[1].ports_used == 4);
  CHECK(bill.switches[1].ports_spare == 4);
  REQUIRE(bill.server_links.size() == 1);
  CHECK(bill.server_links[0].count == 16);
  REQUIRE(bill.switch_links.size() == 1);
  CHECK(bill.switch_links[0].count == 4);
  // servers of the leaf's own rack by copper (2 m), those of the next one by AOC: (0.6 + 2 x 2) x 1.1 = 5.06 m; the first spine
  // stands in the rack of the first leaf, the second in a rack without one
  CHECK(cables(bill, Medium::copper) == 9);
  CHECK(cables(bill, Medium::active_optical) + cables(bill, Medium::multimode) + cables(bill, Medium::copper) == 20);
  CHECK(bill.without_cable == 0);
  CHECK(bill.nics == 0);
}

TEST_CASE("what each link of the graph takes is in the bill once", "[spending]") {
  // no active optical cables to choose from: what is not copper is fibre
  NetworkGraph const graph = network_of(networked_site("    cabling: {cables: [dac-100g, dac-400g], optics: [100gbase-sr4, 400gbase-sr4, 400gbase-zr]}\n"
                                                       "    wan: [{name: internet, rate: 400 Gbit/s, count: 2, distance: 40 km}]\n"));
  FabricBill const bill = fabric_bill(graph, 0);
  CHECK(cables(bill, Medium::copper) == 9);
  CHECK(cables(bill, Medium::multimode) == 11);
  double laid = 0;
  for (auto const& link : graph.links)
    if (link.medium == Medium::multimode) laid += link.length / metre;
  CHECK(bill.fibre_laid() / metre == Approx(laid).epsilon(1e-12));
  CHECK(bill.fibre_stock() >= bill.fibre_laid());
  std::map<std::string, std::int64_t> optics;
  for (auto const& of : bill.optics) optics[of.type] = of.count;
  CHECK(optics == std::map<std::string, std::int64_t>{{"100gbase-sr4", 16}, {"400gbase-sr4", 6}, {"400gbase-zr", 2}});      // the far end's is its own
  REQUIRE(bill.wan_links.size() == 1);
  CHECK(bill.wan_links[0].count == 2);
}

TEST_CASE("adapters are counted by their ports", "[spending]") {
  std::string const star = "    - {name: back, fabric: star, ports: 3, leaf: {name: hub, ports: 64, port_rate: 100 Gbit/s, power: 1 W}, nic: {name: two-port, ports: 2, port_rate: 100 Gbit/s, power: 10 W}}\n";
  FabricBill const bill = fabric_bill(network_of(networked_site("", star.substr(2))), 1);
  CHECK(bill.nic == "two-port");
  CHECK(bill.nics == 32);
}

TEST_CASE("the counts of money are those of the graph", "[spending]") {
  auto const counts = counts_of(networked_site("    cabling: {cables: [dac-100g], optics: [100gbase-sr4, 400gbase-sr4]}\n"));
  for (auto const& [key, units, size] : {std::tuple{"switches", 4.0, 2 * 1.6e12 + 2 * 1.6e12}, std::tuple{"optics", 24.0, 16 * 100e9 + 8 * 400e9}, std::tuple{"dac_cables", 8.0, 8 * 100e9},
                                         std::tuple{"server_links", 16.0, 16 * 100e9}, std::tuple{"switch_links", 4.0, 4 * 400e9}}) {
    CAPTURE(key);
    REQUIRE(found_count(counts, key) != nullptr);
    CHECK(found_count(counts, key)->units() == units);
    CHECK(found_count(counts, key)->size() == Approx(size).epsilon(1e-12));
  }
  REQUIRE(found_count(counts, "fibre") != nullptr);
  CHECK(found_count(counts, "fibre")->units() == 12);
  CHECK(found_count(counts, "switches")->elements.front().name == "front/leaf-1");
  CHECK(found_count(counts, "aoc_cables") == nullptr);
  CHECK(found_count(counts, "other_it_loads") == nullptr);      // neither switches nor the modules in servers are counted again
}

TEST_CASE("a switch and its modules are IT load of the building", "[spending]") {
  auto const counts = counts_of(networked_site("    nic: nic-1x100g\n"));
  REQUIRE(found_count(counts, "building") != nullptr);
  CHECK(found_count(counts, "building")->size() > 16 * 350 + 16 * 19 + 2 * 100 + 2 * 200);
  CHECK(found_count(counts, "nics")->units() == 16);
  CHECK(found_count(counts, "other_it_loads") == nullptr);
}

TEST_CASE("links as a whole are missing from no bill, nor their parts where links have a price", "[spending]") {
  auto const key_missing = [](const Bill& bill, const std::string& key) { return std::any_of(bill.missing.begin(), bill.missing.end(), [&](const MissingPrice& gap) { return gap.kind->key == key; }); };
  auto const counts = counts_of(networked_site());
  Bill const by_parts = make_bill(counts, {class_of("cable", "dac_cables", {70, "USD", "unit"})}, {}, dollars());
  CHECK_FALSE(key_missing(by_parts, "server_links"));
  CHECK(key_missing(by_parts, "aoc_cables"));
  SpendingClass link = class_of("link", "server_links", {1320, "USD", "unit"});
  Bill const by_links = make_bill(counts, {link}, {}, dollars());
  CHECK_FALSE(key_missing(by_links, "aoc_cables"));
  CHECK(by_links.total().mid == Approx(16 * 1320));
  SpendingClass cable = link;
  cable.name = "cable";
  cable.count.key = "dac_cables";
  Bill const both = make_bill(counts, {link, cable}, {}, dollars());
  CHECK(std::any_of(both.notes.begin(), both.notes.end(), [](const std::string& note) { return note.find("added twice") != std::string::npos; }));
}

TEST_CASE("spare parts are whole devices, none by default", "[spending]") {
  auto const counts = counts_of(networked_site());
  SpendingClass link = class_of("link", "server_links", {100, "USD", "unit"});
  CHECK(make_bill(counts, {link}, {}, dollars()).lines.front().quantity == 16);
  link.spares = 0.03;
  CHECK(make_bill(counts, {link}, {}, dollars()).lines.front().quantity == 17);
  link.spares = 0.125;
  CHECK(make_bill(counts, {link}, {}, dollars()).lines.front().quantity == 18);
  link.price.mid.per = "Gbit/s";
  CHECK(make_bill(counts, {link}, {}, dollars()).lines.front().quantity == Approx(1800));
}

TEST_CASE("the bill of material as JSON and as text", "[spending]") {
  auto const bills = network_bill(network_of(networked_site()));
  auto const json = to_json(bills);
  CHECK(json.at(0).at("fabric") == "front");
  CHECK(json.at(0).at("switches").at(0).at("count") == 2);
  CHECK(json.at(0).at("server_links").at(0).at("count") == 16);
  std::string const text = to_text(bills);
  for (auto const* part : {"front", "20 ports used, 0 spare", "between switches", "2 m of stock"}) {
    CAPTURE(part, text);
    CHECK(text.find(part) != std::string::npos);
  }
}
