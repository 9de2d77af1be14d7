// bare-flows: the same flows on SimGrid alone and on our executor over it, for the bar on speed. Not a test.
//
//   bare-flows bare|ours FLOWS AT_ONCE UPLINKS [MODEL] [LEAVES]
//
// A leaf-spine fabric of LEAVES (200) leaves with 50 servers each and UPLINKS spines, all links at 12.5 GB/s: 50 uplinks are
// 1:1, 25 are 2:1, 5 are 10:1. AT_ONCE flows of 1 to 100 MB between random servers; each that arrives starts the next, until
// FLOWS have. `bare` is as lean as a SimGrid program can be: no actor for a flow, routes computed by a zone. Prints how many
// arrived, when the last one did, the seconds the platform took and those the flows took.
#include <fmt/format.h>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/kernel/routing/NetPoint.hpp>
#include <simgrid/kernel/routing/NetZoneImpl.hpp>
#include <simgrid/s4u.hpp>

#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/random.h"
#include "sim/simgrid/simgrid_executor.h"

using namespace headroom;
namespace sg = simgrid::s4u;

namespace {

constexpr int servers_per_leaf = 50;
constexpr double bytes_per_s = 12.5e9, latency_s = 1e-6;

struct Size {
  int flows = 0, at_once = 0, uplinks = 0, leaves = 200;
  int servers() const { return leaves * servers_per_leaf; }
  int links() const { return 2 * (servers() + leaves * uplinks); }
};

// Up, then down: of each server, then of each leaf's uplinks.
void route(const Size& size, int from, int to, std::vector<std::int32_t>& links) {
  int const leaf_from = from / servers_per_leaf, leaf_to = to / servers_per_leaf;
  auto const uplink = [&](int leaf) { return 2 * (size.servers() + leaf * size.uplinks + to % size.uplinks); };
  links.clear();
  links.push_back(2 * from);
  if (leaf_from != leaf_to) {
    links.push_back(uplink(leaf_from));
    links.push_back(uplink(leaf_to) + 1);
  }
  links.push_back(2 * to + 1);
}

class Draws {
 public:
  explicit Draws(const Size& size) : size_(size) {}
  // False: no more.
  bool next(int& from, int& to, double& bytes) {
    if (drawn_ == size_.flows) return false;
    ++drawn_;
    auto const servers = static_cast<std::uint64_t>(size_.servers());
    from = static_cast<int>(random_.below(servers));
    to = static_cast<int>((static_cast<std::uint64_t>(from) + 1 + random_.below(servers - 1)) % servers);
    bytes = static_cast<double>(1'000'000 + random_.below(99'000'000));
    return true;
  }

 private:
  const Size& size_;
  RandomStream random_{1, "flows"};
  int drawn_ = 0;
};

class Clock {
 public:
  double lap() {
    auto const now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(since_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

// --- SimGrid alone ---

class LeafSpine : public simgrid::kernel::routing::NetZoneImpl {
 public:
  explicit LeafSpine(const Size& size) : NetZoneImpl("fabric"), size_(size) {
    for (int i = 0; i < size.links(); ++i) {
      auto* const link = get_iface()->create_link(fmt::format("link-{}", i), bytes_per_s);
      link->set_latency(latency_s);
      links_.push_back(link->get_impl());
    }
    first_ = get_table_size();
  }
  void get_local_route(const simgrid::kernel::routing::NetPoint* from, const simgrid::kernel::routing::NetPoint* to, simgrid::kernel::routing::Route* into, double* latency) override {
    route(size_, static_cast<int>(from->id() - first_), static_cast<int>(to->id() - first_), way_);
    for (std::int32_t link : way_) into->link_list_.push_back(links_[static_cast<std::size_t>(link)]);
    if (latency != nullptr) *latency += latency_s * static_cast<double>(way_.size());
  }
  void get_graph(const s_xbt_graph_t*, std::map<std::string, xbt_node_t, std::less<>>*, std::map<std::string, xbt_edge_t, std::less<>>*) override {}

 private:
  const Size& size_;
  std::vector<simgrid::kernel::resource::StandardLinkImpl*> links_;
  std::vector<std::int32_t> way_;
  std::size_t first_ = 0;
};

void run_bare(const Size& size, const std::string& model) {
  std::vector<std::string> arguments{"bare-flows", "--log=root.thres:critical"};
  for (const char* setting : {"network/model:CM02", "network/TCP-gamma:0", "network/crosstraffic:0"})
    if (model == "ideal") arguments.push_back(fmt::format("--cfg={}", setting));
  if (model == "cm02") arguments.emplace_back("--cfg=network/model:CM02");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(arguments.size());
  Clock clock;
  sg::Engine engine(&argc, argv.data());
  auto* const zone = (new LeafSpine(size))->get_iface();
  std::vector<sg::Host*> hosts;
  for (int i = 0; i < size.servers(); ++i) hosts.push_back(zone->create_host(fmt::format("server-{}", i), 1e9)->seal());
  zone->seal();
  double const platform_s = clock.lap();
  Draws draws(size);
  std::vector<sg::CommPtr> slots(static_cast<std::size_t>(size.at_once)), over;
  int arrived = 0;
  auto const start = [&](std::size_t slot) {
    int from = 0, to = 0;
    double bytes = 0;
    if (!draws.next(from, to, bytes)) return;
    slots[slot] = sg::Comm::sendto_init();
    slots[slot]->set_data(&slots[slot]);
    slots[slot]->set_payload_size(static_cast<std::uint64_t>(bytes));
    slots[slot]->set_source(hosts[static_cast<std::size_t>(from)]);
    slots[slot]->set_destination(hosts[static_cast<std::size_t>(to)]);
  };
  sg::Activity::on_completion_cb([&](const sg::Activity& activity) {
    auto const slot = static_cast<std::size_t>(activity.get_data<sg::CommPtr>() - slots.data());
    ++arrived;
    if (over.size() > 1000) over.clear();
    over.push_back(std::move(slots[slot]));        // it must outlive this call
    start(slot);
  });
  for (std::size_t slot = 0; slot < slots.size(); ++slot) start(slot);
  engine.run();
  fmt::print("{} flows by {:.6f} s; platform {:.3f} s, flows {:.3f} s\n", arrived, sg::Engine::get_clock(), platform_s, clock.lap());
}

// --- our executor ---

void run_ours(const Size& size, const std::string& model) {
  Clock clock;
  SimgridNetwork network;
  network.model = model == "lv08" ? NetworkModel::lv08 : model == "cm02" ? NetworkModel::cm02 : NetworkModel::ideal;
  for (std::int32_t i = 0; i < size.links(); ++i) network.links.push_back({bytes_per_s * 8, latency_s, i ^ 1});
  std::vector<SimgridHost> hosts;
  for (int i = 0; i < size.servers(); ++i) hosts.push_back({fmt::format("server-{}", i), 1});
  run_on_simgrid(hosts, network, [&](Executor& executor) {
    double const platform_s = clock.lap();
    Draws draws(size);
    std::vector<std::int32_t> way;
    auto const start = [&](Executor::Transfer transfer) {
      Flow flow;
      if (!draws.next(flow.from, flow.to, flow.bytes)) return;
      route(size, flow.from, flow.to, way);
      flow.route = way;
      executor.send(transfer, {&flow, 1});
    };
    for (Executor::Transfer transfer = 0; transfer < size.at_once; ++transfer) start(transfer);
    int arrived = 0;
    Instant now;
    while (arrived < size.flows) {
      now = executor.advance_to({1'000'000 * nanoseconds_per_second});
      for (Executor::Transfer transfer : executor.arrived()) {
        ++arrived;
        start(transfer);
      }
    }
    fmt::print("{} flows by {:.6f} s; platform {:.3f} s, flows {:.3f} s\n", arrived, now.seconds(), platform_s, clock.lap());
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    fmt::print(stderr, "bare-flows bare|ours FLOWS AT_ONCE UPLINKS [ideal|lv08|cm02] [LEAVES]\n");
    return 2;
  }
  Size const size{std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]), argc > 6 ? std::atoi(argv[6]) : 200};
  std::string const model = argc > 5 ? argv[5] : "ideal";
  std::string(argv[1]) == "bare" ? run_bare(size, model) : run_ours(size, model);
}
