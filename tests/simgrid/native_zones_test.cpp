// The same flows over SimGrid's own star, fat tree and torus, which route by themselves, and over our zone, which is told the
// way: the same dates. SimGrid's clock belongs to a process, so the native zone runs in a child of its own.
#include <catch2/catch.hpp>
#include <simgrid/s4u.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <sstream>

#include "base/random.h"
#include "sim/simgrid/simgrid_executor.h"

namespace sg = simgrid::s4u;
using namespace headroom;

namespace {

constexpr int hosts = 16, flows = 60;
constexpr double bytes_per_s = 1.25e9;

struct NativeFlow {
  int from = 0, to = 0;
  double bytes = 0, arrives_s = 0;
  std::vector<std::int32_t> route;
};
struct NativeRun {
  std::vector<SharedLink> links;
  std::vector<NativeFlow> flows;
};

// In the child: builds the zone, sends everything at once, and prints what each flow crossed and when it arrived.
void run_native(const std::vector<const char*>& settings, const std::function<void()>& build, FILE* out) {
  std::vector<std::string> arguments{"native", "--log=root.thres:critical"};
  for (const char* setting : settings) arguments.push_back(std::string("--cfg=") + setting);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(arguments.size());
  sg::Engine engine(&argc, argv.data());
  build();
  engine.seal_platform();
  std::vector<double> dates(flows);
  std::vector<sg::CommPtr> communications;
  sg::Activity::on_completion_cb([&](const sg::Activity& activity) { *activity.get_data<double>() = sg::Engine::get_clock(); });
  RandomStream random(11, "flows");
  std::ostringstream text;
  text.precision(17);
  for (std::size_t i = 0; i < flows; ++i) {
    std::uint64_t const from = random.below(hosts), to = (from + 1 + random.below(hosts - 1)) % hosts, bytes = 1'000'000 + random.below(1'000'000'000);
    auto* const source = engine.host_by_name("h" + std::to_string(from));
    auto* const target = engine.host_by_name("h" + std::to_string(to));
    std::vector<sg::Link*> links;
    double latency_s = 0;
    source->route_to(target, links, &latency_s);
    text << from << ' ' << to << ' ' << bytes << ' ' << links.size();
    for (const sg::Link* link : links) text << ' ' << link->get_name() << ' ' << link->get_bandwidth() << ' ' << link->get_latency();
    text << '\n';
    communications.push_back(sg::Comm::sendto_init());
    communications.back()->set_data(&dates[i]);
    communications.back()->set_payload_size(bytes)->set_source(source)->set_destination(target);
  }
  engine.run();
  for (double date : dates) text << date << '\n';
  std::fputs(text.str().c_str(), out);
  std::fflush(out);
}

// A link's name as ours; the two directions of a cable are NAME_UP and NAME_DOWN.
NativeRun read_native(std::istream& in) {
  NativeRun run;
  std::map<std::string, std::int32_t> numbers;
  for (int i = 0; i < flows; ++i) {
    NativeFlow flow;
    std::size_t hops = 0;
    in >> flow.from >> flow.to >> flow.bytes >> hops;
    for (std::string name; flow.route.size() < hops;) {
      SharedLink link;
      in >> name >> link.rate_bit_per_s >> link.latency_s;
      link.rate_bit_per_s *= 8;
      auto const [place, fresh] = numbers.try_emplace(name, static_cast<std::int32_t>(run.links.size()));
      if (fresh) run.links.push_back(link);
      flow.route.push_back(place->second);
    }
    run.flows.push_back(flow);
  }
  for (auto& flow : run.flows) in >> flow.arrives_s;
  REQUIRE(in);
  for (auto const& [name, number] : numbers) {
    bool const is_up = name.ends_with("_UP");
    std::string const other = name.substr(0, name.rfind('_')) + (is_up ? "_DOWN" : "_UP");
    if (auto const back = numbers.find(other); back != numbers.end()) run.links[static_cast<std::size_t>(number)].reverse = back->second;
  }
  return run;
}

NativeRun in_a_child(const std::vector<const char*>& settings, const std::function<void()>& build) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  pid_t const child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    close(ends[0]);
    run_native(settings, build, fdopen(ends[1], "w"));
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(status == 0);
  std::istringstream in(text);
  return read_native(in);
}

void check_against(const NativeRun& native, NetworkModel model) {
  std::vector<SimgridHost> names;
  for (int i = 0; i < hosts; ++i) names.push_back({"h" + std::to_string(i), 1});
  std::vector<double> dates(flows);
  run_on_simgrid(names, {model, native.links}, [&](Executor& executor) {
    for (std::size_t i = 0; i < flows; ++i) {
      NativeFlow const& flow = native.flows[i];
      Flow const sent{flow.from, flow.to, flow.bytes, flow.route};
      executor.send(static_cast<Executor::Transfer>(i), {&sent, 1});
    }
    for (std::size_t arrived = 0; arrived < flows; arrived += executor.arrived().size()) {
      Instant const now = executor.advance_to({1'000 * nanoseconds_per_second});
      for (Executor::Transfer transfer : executor.arrived()) dates[static_cast<std::size_t>(transfer)] = now.seconds();
    }
  });
  for (std::size_t i = 0; i < flows; ++i) {
    CAPTURE(i);
    CHECK(dates[i] == Approx(native.flows[i].arrives_s).epsilon(1e-9).margin(1e-9));
  }
}

std::pair<simgrid::kernel::routing::NetPoint*, simgrid::kernel::routing::NetPoint*> leaf(sg::NetZone* zone, const std::vector<unsigned long>&, unsigned long number) {
  return {zone->create_host("h" + std::to_string(number), 1e9)->seal()->get_netpoint(), nullptr};
}

void build_star(double latency_s) {
  auto* const zone = sg::create_star_zone("star");
  for (int i = 0; i < hosts; ++i) {
    std::string const name = "h" + std::to_string(i);
    auto* const host = zone->create_host(name, 1e9)->seal();
    auto* const cable = zone->create_split_duplex_link("l" + std::to_string(i), bytes_per_s * (1 + i % 3))->set_latency(latency_s * (1 + i % 5))->seal();
    zone->add_route(host->get_netpoint(), nullptr, nullptr, nullptr, {{cable, sg::LinkInRoute::Direction::UP}}, true);
  }
  zone->seal();
}

const std::vector<const char*> ideal_settings{"network/model:CM02", "network/TCP-gamma:0", "network/crosstraffic:0"};

}  // namespace

TEST_CASE("a native star and ours give the same dates", "[simgrid]") { check_against(in_a_child(ideal_settings, [] { build_star(0); }), NetworkModel::ideal); }

TEST_CASE("a native fat tree and ours give the same dates", "[simgrid]") {
  auto const build = [] { sg::create_fatTree_zone("fat", nullptr, {2, {4, 4}, {1, 2}, {1, 1}}, sg::ClusterCallbacks(leaf), bytes_per_s, 0, sg::Link::SharingPolicy::SPLITDUPLEX)->seal(); };
  check_against(in_a_child(ideal_settings, build), NetworkModel::ideal);
}

TEST_CASE("a native torus and ours give the same dates", "[simgrid]") {
  auto const build = [] { sg::create_torus_zone("torus", nullptr, {4, 4}, sg::ClusterCallbacks(leaf), bytes_per_s, 0, sg::Link::SharingPolicy::SPLITDUPLEX)->seal(); };
  check_against(in_a_child(ideal_settings, build), NetworkModel::ideal);
}

TEST_CASE("with SimGrid's own LV08, traffic back and round trips of all lengths, a native star and ours give the same dates", "[simgrid]") {
  check_against(in_a_child({}, [] { build_star(2e-4); }), NetworkModel::lv08);
}

TEST_CASE("with SimGrid's own CM02, traffic back and round trips of all lengths, a native star and ours give the same dates", "[simgrid]") {
  check_against(in_a_child({"network/model:CM02"}, [] { build_star(2e-4); }), NetworkModel::cm02);
}
