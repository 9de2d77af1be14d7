// <cluster> and <cabinet>: hosts by a list of numbers, each with links of its own, around one switch or in one of SimGrid's shapes,
// written out here node by node. Loopback links are counted and left out: what a server sends to itself meets no network.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "topologies/import/simgrid_draft.h"

namespace headroom {
namespace {

using Counts = std::vector<std::int64_t>;

constexpr std::int64_t most_nodes = 4'000'000;

// Whole numbers to one with these radices, the first the fastest; and back.
std::int64_t joined(const Counts& digits, const Counts& radices) {
  std::int64_t number = 0;
  for (std::size_t i = radices.size(); i-- > 0;) number = number * radices[i] + digits[i];
  return number;
}
Counts digits_of(std::int64_t number, const Counts& radices) {
  Counts out;
  for (std::int64_t radix : radices) {
    out.push_back(number % radix);
    number /= radix;
  }
  return out;
}
std::int64_t product(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{1}, [](std::int64_t a, std::int64_t b) { return a > most_nodes ? a : a * b; });
}

class Cluster {
 public:
  Cluster(PlatformDraft& draft, const XmlElement& element) : draft_(draft), element_(element), id_(element.text_of("id")) {}

  void add() {
    numbers_ = draft_.radical(element_);
    rate_ = draft_.rate(element_, "bw");
    latency_ = draft_.time(element_, "lat");
    sharing_ = draft_.sharing(element_, "sharing_policy", Sharing::split_duplex);
    if (has("limiter_link")) limiter_ = draft_.rate(element_, "limiter_link");
    check_loopback();
    if (numbers_.empty()) return;
    draft_.add_zone(element_);
    add_hosts();
    std::string const shape = element_.text_of("topology", "FLAT");
    if (shape == "FLAT") add_flat();
    else if (shape == "FAT_TREE") add_fat_tree();
    else if (shape == "TORUS") add_torus();
    else if (shape == "DRAGONFLY") add_dragonfly();
    else draft_.problem(element_.find("topology")->where, fmt::format("topology: unknown value '{}'; one of FLAT, FAT_TREE, TORUS, DRAGONFLY", shape));
  }

 private:
  bool has(const char* name) const { return !element_.text_of(name).empty(); }

  void check_loopback() {
    bool const loops = has("loopback_bw") || has("loopback_lat");
    if (has("loopback_bw")) draft_.rate(element_, "loopback_bw");
    if (has("loopback_lat")) draft_.time(element_, "loopback_lat");
    if (loops) draft_.link_count += std::ssize(numbers_);
  }

  void add_hosts() {
    group_ = draft_.add_group(id_, element_.text_of("prefix"));
    draft_.site.groups[static_cast<std::size_t>(group_)].servers.push_back({simgrid_server(draft_, element_, id_, std::ssize(numbers_)), std::ssize(numbers_)});
    draft_.hosts += std::ssize(numbers_);
  }

  std::string host_name(std::size_t host) const { return fmt::format("{}{}{}", element_.text_of("prefix"), numbers_[host], element_.text_of("suffix")); }

  void add_point(std::size_t host, int node, int router) {
    if (names_taken_) return;            // one message is enough
    names_taken_ = !draft_.add_point(host_name(host), "host", {.node = node, .router = router, .is_host = true, .where = element_.where});
  }

  // The node to which a host's links go: the host, or before it the place of its limiter, which both directions share.
  int host_node(std::size_t host) {
    int const server = draft_.add_server_node(group_, static_cast<std::int64_t>(host));
    int node = server;
    if (limiter_) {
      node = draft_.add_place(host_name(host) + " limiter", limiter_, Duration{});
      draft_.add_link(server, node, *limiter_, Duration{});
      ++draft_.link_count;
    }
    add_point(host, node, -1);
    return node;
  }

  void link(int from, int to, std::int64_t width = 1, std::int64_t count = 1) {
    draft_.link_count += count * (sharing_ == Sharing::split_duplex ? 2 : 1);
    DataRate const rate = static_cast<double>(sharing_ == Sharing::fat_pipe ? std::ssize(numbers_) * width : width) * rate_;
    draft_.add_link(from, to, rate, latency_, sharing_ == Sharing::shared, count);
  }

  void add_flat() {
    int const router = add_router();
    if (limiter_) {
      for (std::size_t host = 0; host < numbers_.size(); ++host) link(host_node(host), router);
      return;
    }
    int const all = draft_.add_server_node(group_, -1);
    for (std::size_t host = 0; host < numbers_.size(); ++host) add_point(host, -1, router);
    link(all, router);
    draft_.link_count += (std::ssize(numbers_) - 1) * (sharing_ == Sharing::split_duplex ? 2 : 1);
  }

  // The switch of a flat cluster; its backbone is what all that crosses it shares.
  int add_router() {
    std::string name = element_.text_of("router_id");
    if (name.empty()) name = fmt::format("{}{}_router{}", element_.text_of("prefix"), id_, element_.text_of("suffix"));
    std::optional<DataRate> backplane;
    std::optional<Duration> latency;
    if (has("bb_lat")) latency = draft_.time(element_, "bb_lat");
    if (has("bb_bw")) {
      DataRate const rate = draft_.rate(element_, "bb_bw");
      if (draft_.sharing(element_, "bb_sharing_policy", Sharing::shared, false) == Sharing::shared) backplane = rate;
      else backplane = static_cast<double>(numbers_.size()) * rate;
    }
    if (backplane || (latency && *latency > Duration{})) ++draft_.link_count;
    int const router = draft_.add_place(name, backplane, latency);
    draft_.add_point(name, "router", {.node = router, .where = element_.where});
    ++draft_.routers;
    return router;
  }

  // The parts of topo_parameters between semicolons, as whole numbers; nothing, with a problem, where they are others.
  std::optional<std::vector<Counts>> parameters(std::size_t expected, const char* meaning) {
    auto const* attribute = element_.find("topo_parameters");
    if (attribute == nullptr) return draft_.problem(element_.where, fmt::format("topology {} needs topo_parameters: {}", element_.text_of("topology"), meaning)), std::nullopt;
    std::vector<Counts> out;
    for (auto const& part : parts_of(attribute->value, ";")) {
      auto const counts = simgrid_counts(part);
      if (auto const* what = std::get_if<std::string>(&counts)) return wrong_parameters(*what), std::nullopt;
      out.push_back(std::get<Counts>(counts));
    }
    if (out.size() != expected) return wrong_parameters(fmt::format("'{}' has {} parts; {}", attribute->value, out.size(), meaning)), std::nullopt;
    return out;
  }

  void wrong_parameters(const std::string& what) { draft_.problem(element_.find("topo_parameters")->where, fmt::format("topo_parameters: {}", what)); }

  bool has_hosts(std::int64_t needed) {
    if (needed == std::ssize(numbers_)) return true;
    wrong_parameters(fmt::format("'{}' is of {} hosts, radical has {}", element_.text_of("topo_parameters"), needed > most_nodes ? "too many" : std::to_string(needed), numbers_.size()));
    return false;
  }

  std::vector<int> add_switches(std::int64_t count, const std::string& name) {
    std::vector<int> out;
    for (std::int64_t i = 0; i < count; ++i) {
      out.push_back(draft_.add_place(fmt::format("{} {}-{}", id_, name, i), limiter_, limiter_ ? std::optional(Duration{}) : std::nullopt));
      if (limiter_) ++draft_.link_count;
    }
    return out;
  }

  // Parallel generalised fat tree: every node has a label with one digit a level. A node and one above it are linked where their
  // labels differ in the digit of that level alone, which counts children below it and parents from it upwards.
  void add_fat_tree() {
    auto const read = parameters(4, "such as '2;4,4;1,2;1,2': levels; links down; links up; cables side by side, of each level");
    if (!read) return;
    Counts const &down = (*read)[1], &up = (*read)[2], &cables = (*read)[3];
    auto const levels = static_cast<std::size_t>((*read)[0].front());
    if ((*read)[0].size() != 1 || down.size() != levels || up.size() != levels || cables.size() != levels) return wrong_parameters(fmt::format("'{}' needs a number of levels, then as many numbers in each part", element_.text_of("topo_parameters")));
    if (!has_hosts(product(down))) return;
    remark_routes("d-mod-k");
    std::vector<int> below;
    for (std::size_t host = 0; host < numbers_.size(); ++host) below.push_back(host_node(host));
    Counts radices = down;
    for (std::size_t level = 0; level < levels; ++level) {
      Counts above = radices;
      above[level] = up[level];
      if (product(above) > most_nodes) return wrong_parameters("more nodes than can be written out");
      auto const switches = add_switches(product(above), fmt::format("level {}", level + 1));
      for (std::size_t node = 0; node < below.size(); ++node) {
        Counts label = digits_of(static_cast<std::int64_t>(node), radices);
        for (label[level] = 0; label[level] < up[level]; ++label[level]) link(below[node], switches[static_cast<std::size_t>(joined(label, above))], 1, cables[level]);
      }
      below = switches;
      radices = above;
    }
  }

  // The hosts are the points of the grid: each has a place that passes on what is not for it.
  void add_torus() {
    auto const read = parameters(1, "such as '3,2,2': hosts along each dimension");
    if (!read) return;
    Counts const& sizes = read->front();
    if (!has_hosts(product(sizes))) return;
    remark_routes("dimension by dimension");
    auto const places = add_switches(std::ssize(numbers_), "point");
    for (std::size_t host = 0; host < numbers_.size(); ++host) {
      draft_.add_link(draft_.add_server_node(group_, static_cast<std::int64_t>(host)), places[host], 2 * static_cast<double>(sizes.size()) * rate_, Duration{});
      add_point(host, places[host], -1);
    }
    for (std::size_t host = 0; host < numbers_.size(); ++host) {
      for (std::size_t dimension = 0; dimension < sizes.size(); ++dimension) {
        Counts next = digits_of(static_cast<std::int64_t>(host), sizes);
        next[dimension] = (next[dimension] + 1) % sizes[dimension];
        auto const neighbour = static_cast<std::size_t>(joined(next, sizes));
        if (neighbour == host) draft_.link_count += sharing_ == Sharing::split_duplex ? 2 : 1;      // SimGrid has a link from the host to itself
        else link(places[host], places[neighbour]);
      }
    }
  }

  // Cray XC: blades of a chassis all linked (green), the same blade of all chassis of a group (black), groups by one link a pair
  // (blue), from router j of group i to router i of group j. SimGrid's links side by side are one link as wide.
  void add_dragonfly() {
    auto const read = parameters(4, "such as '3,4;4,3;5,1;2': groups, links; chassis, links; blades, links; hosts of a blade");
    if (!read) return;
    for (std::size_t part = 0; part < 4; ++part)
      if ((*read)[part].size() != (part < 3 ? 2u : 1u)) return wrong_parameters(fmt::format("'{}' needs two numbers in each of its first three parts and one in the last", element_.text_of("topo_parameters")));
    std::int64_t const groups = (*read)[0][0], chassis = (*read)[1][0], blades = (*read)[2][0], in_blade = (*read)[3][0];
    if (!has_hosts(product({in_blade, blades, chassis, groups}))) return;
    if (groups > chassis * blades) return wrong_parameters(fmt::format("{} groups need as many routers in each, there are {}", groups, chassis * blades));
    remark_routes("minimal");
    auto const routers = add_switches(groups * chassis * blades, "router");
    auto const router = [&](std::int64_t group, std::int64_t number) { return routers[static_cast<std::size_t>(group * chassis * blades + number)]; };
    for (std::size_t host = 0; host < numbers_.size(); ++host) link(host_node(host), routers[host / static_cast<std::size_t>(in_blade)]);
    for (std::int64_t g = 0; g < groups; ++g) {
      for (std::int64_t c = 0; c < chassis; ++c)
        for (std::int64_t a = 0; a < blades; ++a)
          for (std::int64_t b = a + 1; b < blades; ++b) link(router(g, c * blades + a), router(g, c * blades + b), (*read)[2][1]);
      for (std::int64_t a = 0; a < chassis; ++a)
        for (std::int64_t b = a + 1; b < chassis; ++b)
          for (std::int64_t blade = 0; blade < blades; ++blade) link(router(g, a * blades + blade), router(g, b * blades + blade), (*read)[1][1]);
      for (std::int64_t other = g + 1; other < groups; ++other) link(router(g, other), router(other, g), (*read)[0][1]);
    }
  }

  void remark_routes(const char* theirs) { draft_.remark(fmt::format("{} cluster: its ways are the shortest ones here, one of equal ones by a hash; SimGrid's are {}", element_.text_of("topology"), theirs)); }

  PlatformDraft& draft_;
  const XmlElement& element_;
  std::string id_;
  std::vector<std::int64_t> numbers_;
  DataRate rate_;
  Duration latency_;
  Sharing sharing_ = Sharing::split_duplex;
  std::optional<DataRate> limiter_;
  int group_ = -1;
  bool names_taken_ = false;
};

}  // namespace

void add_simgrid_cluster(PlatformDraft& draft, const XmlElement& element) { Cluster(draft, element).add(); }

void add_simgrid_cabinet(PlatformDraft& draft, const XmlElement& element, int centre) {
  auto const numbers = draft.radical(element);
  DataRate const rate = draft.rate(element, "bw");
  Duration const latency = draft.time(element, "lat");
  if (numbers.empty()) return;
  int const group = draft.add_group(element.text_of("id"), element.text_of("prefix"));
  draft.site.groups[static_cast<std::size_t>(group)].servers.push_back({simgrid_server(draft, element, draft.site.groups[static_cast<std::size_t>(group)].name, std::ssize(numbers)), std::ssize(numbers)});
  draft.hosts += std::ssize(numbers);
  draft.link_count += 2 * std::ssize(numbers);
  for (std::int64_t number : numbers)
    if (!draft.add_point(fmt::format("{}{}{}", element.text_of("prefix"), number, element.text_of("suffix")), "host", {.router = centre, .is_host = true, .where = element.where})) break;
  draft.add_link(draft.add_server_node(group, -1), centre, rate, latency);
}

}  // namespace headroom
