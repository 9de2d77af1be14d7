#include <catch2/catch.hpp>

#include "tests/topologies/import_support.h"
#include "topologies/import/simgrid_units.h"

using namespace headroom;

namespace {

const std::string cluster = "<cluster id=\"c\" prefix=\"n\" suffix=\".x\" radical=\"0-44,50\" speed=\"1Gf\" core=\"4\" bw=\"1GBps\" lat=\"5us\"";

template <class T>
T value_of(const Parsed<T>& parsed) {
  REQUIRE(std::holds_alternative<T>(parsed));
  return std::get<T>(parsed);
}

std::int64_t count_of(const ImportedSite& site, const char* what) { return site.counts.at(what).get<std::int64_t>(); }

bool has_note(const ImportedSite& site, const std::string& words) {
  return std::any_of(site.notes.begin(), site.notes.end(), [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("SimGrid's rates, times, speeds and lists of numbers are read with their units", "[topologies]") {
  CHECK(value_of(simgrid_rate("125MBps")).si() == Approx(1e9).epsilon(1e-12));
  CHECK(value_of(simgrid_rate("56Gbps")).si() == Approx(56e9).epsilon(1e-12));
  CHECK(value_of(simgrid_rate("1KiBps")).si() == 8192);
  CHECK(value_of(simgrid_rate("2Mibps")).si() == 2097152);
  CHECK(value_of(simgrid_rate("1.25E9Bps")).si() == Approx(10e9).epsilon(1e-12));
  CHECK(value_of(simgrid_rate("1.875E8")).si() == Approx(1.5e9).epsilon(1e-12));
  CHECK(value_of(simgrid_time("59.904us")).ns == 59'904);
  CHECK(value_of(simgrid_time("1.461517ms")).ns == 1'461'517);
  CHECK(value_of(simgrid_time("0")).ns == 0);
  CHECK(value_of(simgrid_time("2ns")).ns == 2);
  CHECK(value_of(simgrid_time("1E-4s")).ns == 100'000);
  CHECK(value_of(simgrid_time("2m")).ns == 120'000'000'000);
  CHECK(value_of(simgrid_speed("98.095Mf")) == Approx(98.095e6).epsilon(1e-12));
  CHECK(value_of(simgrid_speed("16.673E9flops")) == Approx(16.673e9).epsilon(1e-12));
  CHECK(value_of(simgrid_speed("2kiloflops")) == 2000);
  CHECK(value_of(simgrid_radical("0-2,20")) == std::vector<std::int64_t>{0, 1, 2, 20});
  for (auto const* text : {"", "fast", "1Mbit/s", "1KBps", "1kiBps", "1mBps", "nan", "inf"}) {
    CAPTURE(text);
    CHECK(std::holds_alternative<std::string>(simgrid_rate(text)));
  }
  for (auto const* text : {"1Kf", "1Gif", "1Ghz", "0f"}) CHECK(std::holds_alternative<std::string>(simgrid_speed(text)));
}

TEST_CASE("a flat cluster is servers around one switch, with its backbone as what all that crosses it shares", "[topologies]") {
  auto const site = platform(cluster + " bb_bw=\"3GBps\" bb_lat=\"3us\"/>");
  CHECK(count_of(site, "hosts") == 46);
  CHECK(count_of(site, "links") == 2 * 46 + 1 + 1);      // up and down, the backbone, SimGrid's own loopback
  CHECK(count_of(site, "routers") == 1);
  auto const& middle = place(site, "nc_router.x");
  CHECK(*middle.backplane == 24.0 * gigabit_per_second);
  CHECK(*middle.latency == Duration{3000});
  REQUIRE(site.links.size() == 1);
  CHECK(site.links[0].rate == 8.0 * gigabit_per_second);
  CHECK(site.links[0].latency == Duration{5000});
  CHECK_FALSE(site.links[0].shared);
  ImportedTotals const sum = totals_of(site);
  CHECK(sum.servers == 46);
  CHECK(sum.switches == 1);
  CHECK(sum.links == 46);
  PowerGraph const graph = build_power_graph(read_imported(site));
  REQUIRE(graph.servers.size() == 46);
  REQUIRE(graph.racks.size() == 2);
  CHECK(graph.servers.back().name == "h1/c-2/6");
  CHECK(graph.server_types[0].cores == 4);
}

TEST_CASE("links of a cluster may be shared by both directions, and each host may have a limit of its own", "[topologies]") {
  auto const site = platform("<cluster id=\"c\" prefix=\"n\" suffix=\"\" radical=\"0-2\" speed=\"1Gf\" bw=\"1GBps\" lat=\"5us\" sharing_policy=\"SHARED\" limiter_link=\"1.5GBps\" loopback_bw=\"9GBps\" loopback_lat=\"0\"/>");
  CHECK(count_of(site, "links") == 3 * 3 + 1);
  CHECK(*place(site, "n1 limiter").backplane == 12.0 * gigabit_per_second);
  CHECK(std::count_if(site.links.begin(), site.links.end(), [](const ImportedLink& link) { return link.shared; }) == 3);
  CHECK(totals_of(site).links == 6);
}

TEST_CASE("hosts keep the watts of the state in which they start, and others are assumed, and said so", "[topologies]") {
  auto const site = platform(
      "<host id=\"line\" speed=\"1Gf, 500Mf\" core=\"4\" pstate=\"1\"><prop id=\"wattage_per_state\" value=\"95:190, 90:150\"/><prop id=\"wattage_off\" value=\"10\"/></host>"
      "<host id=\"step\" speed=\"1Gf\"><prop id=\"wattage_per_state\" value=\"100:93:200\"/></host>"
      "<host id=\"none\" speed=\"1Gf\" core=\"2\"/>");
  PowerGraph const graph = build_power_graph(read_imported(site));
  REQUIRE(graph.server_types.size() == 3);
  ServerSpec const &line = graph.server_types[0], &step = graph.server_types[1], &none = graph.server_types[2];
  CHECK(line.power.linear->idle == 90.0 * watt);
  CHECK(line.power.linear->full == 150.0 * watt);
  CHECK(line.sources.at("power").find("10 W when off") != std::string::npos);
  REQUIRE(step.power.curve.size() == 11);
  CHECK(step.power.curve[0] == 100.0 * watt);
  CHECK(step.power.curve[5] / watt == Approx(146.5));
  CHECK(step.power.curve[10] == 200.0 * watt);
  CHECK(none.power.linear->full / watt == Approx(66.8));
  CHECK(none.sources.at("power").find("assumption") == 0);
  CHECK(has_note(site, "1 x host whose power the platform does not give"));
  CHECK(site.links.empty());
  CHECK(has_note(site, "a site without a network"));
  CHECK(read_imported(site).network.empty());
}

TEST_CASE("a link that always stands between the same two is a link, and one that many routes name is a place that all of them cross", "[topologies]") {
  auto const two = platform(
      "<host id=\"a\" speed=\"1Gf\"/><router id=\"r\"/><host id=\"b\" speed=\"1Gf\"/>"
      "<link id=\"x\" bandwidth=\"1MBps\" latency=\"1us\"/><link id=\"y\" bandwidth=\"2MBps\" latency=\"2us\" sharing_policy=\"SPLITDUPLEX\"/>"
      "<route src=\"a\" dst=\"r\"><link_ctn id=\"x\"/></route><route src=\"r\" dst=\"b\"><link_ctn id=\"y\" direction=\"UP\"/></route>");
  CHECK(count_of(two, "links") == 4);
  CHECK(totals_of(two).switches == 1);
  REQUIRE(two.links.size() == 2);
  CHECK(two.links[0].shared);
  CHECK_FALSE(two.links[1].shared);
  CHECK(two.routes.empty());
  auto const bus = platform(
      "<host id=\"a\" speed=\"1Gf\"/><host id=\"b\" speed=\"1Gf\"/><host id=\"c\" speed=\"1Gf\"/><link id=\"bus\" bandwidth=\"1MBps\" latency=\"7us\"/>"
      "<route src=\"a\" dst=\"b\"><link_ctn id=\"bus\"/></route><route src=\"a\" dst=\"c\"><link_ctn id=\"bus\"/></route><route src=\"b\" dst=\"c\"><link_ctn id=\"bus\"/></route>");
  CHECK(totals_of(bus).switches == 1);
  CHECK(*place(bus, "bus").latency == Duration{7000});
  CHECK(bus.links.size() == 3);
  CHECK(bus.routes.empty());
}

TEST_CASE("a way that is not the shortest is written out, and one way where it is one way", "[topologies]") {
  auto const site = platform(
      "<host id=\"a\" speed=\"1Gf\"/><host id=\"b\" speed=\"1Gf\"/><link id=\"x\" bandwidth=\"1MBps\" latency=\"10ms\"/><link id=\"y\" bandwidth=\"1MBps\" latency=\"10ms\"/>"
      "<route src=\"a\" dst=\"b\" symmetrical=\"NO\"><link_ctn id=\"x\"/></route><route src=\"b\" dst=\"a\" symmetrical=\"NO\"><link_ctn id=\"x\"/><link_ctn id=\"y\"/></route>");
  REQUIRE(site.routes.size() == 1);
  Site const read = read_imported(site);
  REQUIRE(read.network.size() == 1);
  REQUIRE(read.network[0].routes.size() == 1);
  WrittenRoute const& way = read.network[0].routes[0];
  CHECK(way.from == "h1/world-1/2");
  CHECK(way.to == "h1/world-1/1");
  REQUIRE(way.via.size() >= 2);
  CHECK(std::find(way.via.begin(), way.via.end(), "x") < std::find(way.via.begin(), way.via.end(), "y"));
}

TEST_CASE("zones are joined at their gateways, in a Cluster zone cabinets around its router", "[topologies]") {
  auto const site = platform(
      "<zone id=\"left\" routing=\"Cluster\"><cabinet id=\"k\" prefix=\"h\" suffix=\"\" radical=\"1-10\" speed=\"1Gf\" bw=\"125MBps\" lat=\"100us\"/>"
      "<cabinet id=\"k\" prefix=\"g\" suffix=\"\" radical=\"1-10\" speed=\"1Gf\" bw=\"125MBps\" lat=\"100us\"/><router id=\"gate\"/><backbone id=\"bb\" bandwidth=\"2.25GBps\" latency=\"500us\"/></zone>"
      "<cluster id=\"right\" prefix=\"r\" suffix=\"\" radical=\"0-4\" speed=\"1Gf\" bw=\"125MBps\" lat=\"50us\"/>"
      "<link id=\"between\" bandwidth=\"1GBps\" latency=\"2us\"/>"
      "<zoneRoute src=\"left\" dst=\"right\" gw_src=\"gate\" gw_dst=\"rright_router\"><link_ctn id=\"between\"/></zoneRoute>");
  CHECK(count_of(site, "hosts") == 25);
  CHECK(count_of(site, "links") == 2 * 25 + 1 + 1 + 1);
  CHECK(count_of(site, "routers") == 2);
  CHECK(*place(site, "gate").backplane == 18.0 * gigabit_per_second);
  CHECK_FALSE(place(site, "rright_router").backplane);
  CHECK(site.groups.size() == 3);
  CHECK(site.groups[1].name == "g");                 // the second cabinet has the same name
  CHECK(network_parts(site) == 1);
}

TEST_CASE("parts of a platform that do not reach each other are a fabric each", "[topologies]") {
  std::string const one = "<zone id=\"ZONE\" routing=\"Full\"><host id=\"ZONEa\" speed=\"1Gf\"/><host id=\"ZONEb\" speed=\"1Gf\"/><link id=\"ZONEl\" bandwidth=\"1MBps\"/><route src=\"ZONEa\" dst=\"ZONEb\"><link_ctn id=\"ZONEl\"/></route></zone>";
  auto const named = [&](std::string name) {
    std::string out = one;
    for (std::size_t at; (at = out.find("ZONE")) != std::string::npos;) out.replace(at, 4, name);
    return out;
  };
  auto const site = platform(named("p") + named("q"));
  CHECK(has_note(site, "1 x part of the network that the others do not reach"));
  Site const read = read_imported(site);
  REQUIRE(read.network.size() == 2);
  CHECK(read.network[0].racks == std::vector<std::string>{"h1/p"});
  CHECK(read.network[1].racks == std::vector<std::string>{"h1/q"});
}

TEST_CASE("SimGrid's fat tree, torus and dragonfly are written out node by node", "[topologies]") {
  auto const shaped = [](int hosts, const std::string& rest) {
    return platform("<cluster id=\"c\" prefix=\"n\" suffix=\"\" radical=\"0-" + std::to_string(hosts - 1) + "\" speed=\"1Gf\" bw=\"125MBps\" lat=\"50us\" " + rest + "/>");
  };
  // 4 leaves of 4 hosts, 2 above, 2 cables to each: 16 + 4 x 2 x 2 links
  auto const tree = shaped(16, "topology=\"FAT_TREE\" topo_parameters=\"2;4,4;1,2;1,2\"");
  CHECK(totals_of(tree).switches == 6);
  CHECK(totals_of(tree).links == 32);
  CHECK(count_of(tree, "links") == 2 * 32 + 1);
  // 12 points, 3 links of each; along the two dimensions of 2 they are side by side. And one at each host
  auto const torus = shaped(12, "topology=\"TORUS\" topo_parameters=\"3,2,2\" limiter_link=\"1GBps\"");
  CHECK(totals_of(torus).switches == 12);
  CHECK(totals_of(torus).links == 36 + 12);
  CHECK(count_of(torus, "links") == 2 * 36 + 12 + 1);
  // 60 routers: 120 at hosts, 12 x 10 green, 3 x 6 x 5 black, 3 blue
  auto const dragonfly = shaped(120, "topology=\"DRAGONFLY\" topo_parameters=\"3,4;4,3;5,1;2\"");
  CHECK(totals_of(dragonfly).switches == 60);
  CHECK(totals_of(dragonfly).links == 120 + 120 + 90 + 3);
  CHECK(count_of(dragonfly, "links") == 2 * 333 + 1);
  CHECK(std::count_if(dragonfly.links.begin(), dragonfly.links.end(), [](const ImportedLink& link) { return link.rate == 4.0 * gigabit_per_second; }) == 3);
  for (auto const* site : {&tree, &torus, &dragonfly}) {
    CHECK(network_parts(*site) == 1);
    CHECK(count_of(*site, "routers") == 0);
  }
}

TEST_CASE("peers hang in the middle of their coordinates", "[topologies]") {
  auto const site = platform("<peer id=\"p\" speed=\"1Gf\" bw_in=\"10MBps\" bw_out=\"1MBps\" coordinates=\"0 0 1\"/><peer id=\"q\" speed=\"1Gf\" bw_in=\"1MBps\" bw_out=\"1MBps\" coordinates=\"6 8 2\"/>", "Vivaldi");
  CHECK(count_of(site, "hosts") == 2);
  CHECK(count_of(site, "links") == 5);
  CHECK(has_note(site, "1 x peer with other rates"));
  Duration sum{};
  for (auto const& link : site.links) sum = sum + link.latency;
  CHECK(sum == Duration{13'000'000});       // 10 between them and both heights, in ms
}

TEST_CASE("what a platform has beside hosts and links is counted where it is left out", "[topologies]") {
  auto const site = read_simgrid_platform(TemporaryFile(".xml", "\n<?xml version='1.0'?>\n<platform version=\"4.1\"><config id=\"General\"><prop id=\"network/model\" value=\"SMPI\"/></config>"
                                                     "<zone id=\"w\" routing=\"Full\"><host id=\"a\" speed=\"1Gf\"><disk id=\"d\" read_bw=\"1MBps\" write_bw=\"1MBps\"/></host><host id=\"b\" speed=\"1Gf\" speed_file=\"s\"/>"
                                                     "<router id=\"lonely\"/><link id=\"l\" bandwidth=\"1MBps\"/><link id=\"loop\" bandwidth=\"9MBps\" sharing_policy=\"FATPIPE\"/>"
                                                     "<route src=\"a\" dst=\"b\"><link_ctn id=\"l\"/></route><route src=\"a\" dst=\"a\"><link_ctn id=\"loop\"/></route></zone></platform>")
                                              .path());
  CHECK(count_of(site, "links") == 3);
  CHECK(count_of(site, "routers") == 1);
  for (auto const* words : {"1 x <config>", "1 x disk of a host", "1 x file of a host's speed", "1 x router or link that leads to no host"}) CHECK(has_note(site, words));
  CHECK_FALSE(has_note(site, "FATPIPE"));
}
