#include "sim/simgrid/platform.h"

#include <fmt/format.h>
#include <signal.h>

#include <exception>
#include <optional>
#include <string>

#include "base/errors.h"

namespace headroom {
namespace {

namespace sg = simgrid::s4u;

// SimGrid's engine takes SIGINT for itself when it is made. While this lives, the signal waits; then whoever had it has it
// again.
class KeepInterrupt {
 public:
  KeepInterrupt() {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &mask_);
    sigaction(SIGINT, nullptr, &action_);
  }
  ~KeepInterrupt() {
    sigaction(SIGINT, &action_, nullptr);
    sigprocmask(SIG_SETMASK, &mask_, nullptr);
  }
  KeepInterrupt(const KeepInterrupt&) = delete;
  KeepInterrupt& operator=(const KeepInterrupt&) = delete;

 private:
  sigset_t mask_;
  struct sigaction action_;
};

// Fluid: what a link has is used whole, latency is paid once, nothing comes back, no window bounds a flow.
void add_ideal(std::vector<std::string>& arguments) {
  for (const char* setting : {"network/model:CM02", "network/bandwidth-factor:1", "network/latency-factor:1", "network/TCP-gamma:0", "network/weight-S:0", "network/crosstraffic:0"})
    arguments.push_back(fmt::format("--cfg={}", setting));
}

std::vector<std::string> engine_arguments(const SimgridNetwork& network) {
  std::vector<std::string> arguments{"headroom-simulate", "--log=root.thres:critical", "--cfg=contexts/guard-size:0"};
#ifdef __SANITIZE_ADDRESS__
  arguments.emplace_back("--cfg=contexts/factory:thread");      // the sanitizer cannot follow exceptions on stacks swapped by hand
#endif
  if (network.links.empty()) arguments.emplace_back("--cfg=network/crosstraffic:0");
  else if (network.model == NetworkModel::ideal) add_ideal(arguments);
  else arguments.emplace_back(network.model == NetworkModel::cm02 ? "--cfg=network/model:CM02" : "--cfg=network/model:LV08");
  return arguments;
}

}  // namespace

RoutesByHand::RoutesByHand(const std::vector<SharedLink>& links) : NetZoneImpl("site") {
  links_.reserve(links.size());
  for (auto const& link : links) {
    auto* const made = get_iface()->create_link(fmt::format("link-{}", links_.size()), link.rate_bit_per_s / 8);
    made->set_latency(link.latency_s);
    uses_.push_back(made);
    links_.push_back({made->get_impl(), link.latency_s, link.reverse});
  }
}

double RoutesByHand::latency_s(std::span<const std::int32_t> route) const {
  double sum = 0;
  for (std::int32_t number : route) sum += links_[static_cast<std::size_t>(number)].latency_s;
  return sum;
}

void RoutesByHand::get_local_route(const simgrid::kernel::routing::NetPoint*, const simgrid::kernel::routing::NetPoint*, simgrid::kernel::routing::Route* into, double* latency) {
  bool const is_way_back = latency == nullptr;       // of which SimGrid asks for the links alone
  if (!is_way_back) *latency += latency_s_;
  for (std::int32_t number : route_) {
    std::int32_t const taken = is_way_back ? links_[static_cast<std::size_t>(number)].reverse : number;
    if (taken >= 0) into->link_list_.push_back(links_[static_cast<std::size_t>(taken)].link);
  }
}

void run_on_platform(const std::vector<SimgridHost>& specs, const SimgridNetwork& network, const std::function<void(const Platform&)>& main) {
  std::vector<std::string> arguments = engine_arguments(network);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(arguments.size());
  std::optional<KeepInterrupt> keep(std::in_place);
  sg::Engine engine(&argc, argv.data());
  keep.reset();
  Platform platform{new RoutesByHand(network.links), {}, network.model};
  auto* const zone = platform.routes->get_iface();
  platform.hosts.reserve(specs.size());
  for (auto const& spec : specs) {
    auto* const host = zone->create_host(spec.name, host_flops_per_s);
    host->set_core_count(spec.cores);
    platform.hosts.push_back(host->seal());
  }
  zone->seal();
  std::exception_ptr failure;
  sg::Actor::create("headroom", platform.hosts.front(), [&] {
    try {
      main(platform);
    } catch (const std::exception&) {       // SimGrid's own way out of an actor is not a std::exception
      failure = std::current_exception();
    }
  });
  engine.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace headroom
