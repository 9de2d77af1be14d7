// written: nodes and links one by one.
//
// The tier of a switch is its distance from those on which servers hang. A link's latency is its own (or the fabric's) and, where it leads
// to a switch of a type, that of the switch; a backplane has its own.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/errors.h"
#include "base/units.h"
#include "topologies/network/builders/builders.h"

namespace headroom {
namespace {

// A switch, or servers.
struct WrittenSide {
  int network_switch = -1;
  std::vector<std::int32_t> servers;      // of the fabric, by their place in it
};

struct ResolvedLink {
  const WrittenLink* written = nullptr;
  std::int32_t server = -1;               // or else between two switches
  int lower = 0, upper = 0;
  DataRate rate;
};

class WrittenBuilder {
 public:
  explicit WrittenBuilder(FabricDraft& draft) : draft_(draft), spec_(draft.spec), graph_(draft.places.graph) {}

  void build() {
    index();
    for (auto const& link : spec_.links) add(link);
    check_servers();
    if (draft_.has_problems()) return;
    find_tiers();
    add_switches();
    add_links();
  }

 private:
  void index() {
    for (std::size_t i = 0; i < spec_.switches.size(); ++i) {
      switches_.emplace(spec_.switches[i].name, static_cast<int>(i));
      switches_.emplace(spec_.name + "/" + spec_.switches[i].name, static_cast<int>(i));
    }
    for (std::size_t i = 0; i < graph_.racks.size(); ++i) racks_.emplace(graph_.racks[i].name, static_cast<std::int32_t>(i));
    for (std::size_t i = 0; i < draft_.servers.size(); ++i) {
      ServerPlace const& place = graph_.servers[static_cast<std::size_t>(draft_.servers[i])];
      servers_.emplace(place.name, static_cast<std::int32_t>(i));
      in_rack_[place.rack].push_back(static_cast<std::int32_t>(i));
    }
  }

  WrittenSide side(const std::string& name, const WrittenLink& link, const char* key) {
    WrittenSide out;
    if (auto const found = switches_.find(name); found != switches_.end()) out.network_switch = found->second;
    else if (name == "servers") {
      out.servers.resize(draft_.servers.size());
      std::iota(out.servers.begin(), out.servers.end(), 0);
    } else if (auto const server = servers_.find(name); server != servers_.end()) out.servers = {server->second};
    else if (auto const rack = racks_.find(name); rack != racks_.end()) out.servers = in_rack_[rack->second];
    if (out.network_switch < 0 && out.servers.empty())
      draft_.problem(link.where, fmt::format("links: {}: there is no switch, rack or server '{}' with servers of this fabric{}", key, name, nearest_hint(name, known())));
    return out;
  }

  std::vector<std::string> known() const {
    std::vector<std::string> names;
    for (auto const& one : spec_.switches) names.push_back(one.name);
    for (auto const& rack : graph_.racks) names.push_back(rack.name);
    names.emplace_back("servers");
    return names;
  }

  void add(const WrittenLink& link) {
    WrittenSide const from = side(link.from, link, "from"), to = side(link.to, link, "to");
    bool const from_servers = from.network_switch < 0, to_servers = to.network_switch < 0;
    if ((from_servers && from.servers.empty()) || (to_servers && to.servers.empty())) return;
    if (from_servers && to_servers) return draft_.problem(link.where, fmt::format("links: {} to {}: servers at both ends; put a switch between them", link.from, link.to));
    if (!from_servers && from.network_switch == to.network_switch) return draft_.problem(link.where, fmt::format("links: {} to itself; name another switch", link.from));
    if (!from_servers && !to_servers) return add_between(link, from.network_switch, to.network_switch);
    for (std::int32_t server : from_servers ? from.servers : to.servers)
      if (!add_server(link, server, from_servers ? to.network_switch : from.network_switch)) return;
  }

  const SwitchSpec* type(int i) const {
    auto const& reference = spec_.switches[static_cast<std::size_t>(i)].type;
    return reference ? &reference->value : nullptr;
  }

  // Links of other rates or lengths between the same ends are others.
  bool is_new(const WrittenLink& link, std::int64_t a, std::int64_t b) {
    auto const ends = std::pair{std::min(a, b), std::max(a, b)};
    auto const [first, last] = seen_.equal_range(ends);
    bool const twice = std::any_of(first, last, [&](auto const& other) {
      return other.second->rate == link.rate && other.second->latency == link.latency && other.second->length == link.length && other.second->shared == link.shared;
    });
    if (!twice) return seen_.emplace(ends, &link), true;
    draft_.problem(link.where, fmt::format("links: {} to {} is written twice; for links side by side, write count", link.from, link.to));
    return false;
  }

  bool add_server(const WrittenLink& link, std::int32_t server, int leaf) {
    if (!is_new(link, -1 - server, leaf)) return false;
    auto const rate = rate_of(link, spec_.rate, type(leaf), nullptr);
    if (rate) links_.push_back({&link, server, -1, leaf, *rate});
    return rate.has_value();
  }

  void add_between(const WrittenLink& link, int from, int to) {
    if (!is_new(link, from, to)) return;
    if (auto const rate = rate_of(link, std::nullopt, type(from), type(to))) links_.push_back({&link, -1, from, to, *rate});
  }

  static DataRate most(const SwitchSpec& type) { return type.uplinks ? std::max(type.port_rate, type.uplinks->port_rate) : type.port_rate; }

  std::optional<DataRate> rate_of(const WrittenLink& link, std::optional<DataRate> usual, const SwitchSpec* a, const SwitchSpec* b) {
    std::optional<DataRate> ports;
    for (const SwitchSpec* type : {a, b})
      if (type != nullptr) ports = std::min(most(*type), ports.value_or(most(*type)));
    auto const rate = link.rate ? link.rate : usual ? usual : ports;
    if (!rate) draft_.problem(link.where, fmt::format("links: {} to {} has no rate; add rate, or the type of a switch", link.from, link.to));
    else if (ports && *rate > *ports) {
      draft_.problem(link.where, fmt::format("links: {} to {}: {} is more than the {} of a port; write count for links side by side", link.from, link.to, to_text(*rate), to_text(*ports)));
      return std::nullopt;
    }
    return rate;
  }

  void check_servers() {
    std::vector<int> count(draft_.servers.size());
    for (auto const& link : links_)
      if (link.server >= 0) count[static_cast<std::size_t>(link.server)] += link.written->count;
    auto const none = std::ranges::find(count, 0);
    if (none != count.end() && !draft_.has_problems())
      draft_.problem(fmt::format("{} of {} servers hang on no switch, {} first; add links from them", std::ranges::count(count, 0), count.size(),
                                 graph_.servers[static_cast<std::size_t>(draft_.servers[static_cast<std::size_t>(none - count.begin())])].name));
    if (!count.empty()) draft_.ports = std::max(1, *std::ranges::max_element(count));
  }

  // Breadth first, from the switches on which servers hang; where there are none, every switch is of tier 0.
  void find_tiers() {
    std::vector<std::vector<int>> beside(spec_.switches.size());
    tiers_.assign(spec_.switches.size(), -1);
    std::vector<int> queue;
    auto const reach = [&](int i, int tier) {
      if (tiers_[static_cast<std::size_t>(i)] >= 0) return;
      tiers_[static_cast<std::size_t>(i)] = tier;
      queue.push_back(i);
    };
    for (auto const& link : links_)
      if (link.server >= 0) reach(link.upper, 0);
      else {
        beside[static_cast<std::size_t>(link.lower)].push_back(link.upper);
        beside[static_cast<std::size_t>(link.upper)].push_back(link.lower);
      }
    for (std::size_t next = 0; next < queue.size(); ++next)
      for (int i : beside[static_cast<std::size_t>(queue[next])]) reach(i, tiers_[static_cast<std::size_t>(queue[next])] + 1);
    std::ranges::replace(tiers_, -1, 0);
  }

  void add_switches() {
    std::vector<int> order(spec_.switches.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](int i) { return tiers_[static_cast<std::size_t>(i)]; });
    ends_.resize(order.size());
    for (int i : order) {
      WrittenSwitch const& written = spec_.switches[static_cast<std::size_t>(i)];
      ends_[static_cast<std::size_t>(i)] = draft_.end_of_switch(draft_.switches.size());
      DraftSwitch& added = draft_.switches.emplace_back();
      added.name = fmt::format("{}/{}", spec_.name, written.name);
      added.tier = tiers_[static_cast<std::size_t>(i)];
      added.type = type(i);
      added.elsewhere = added.type == nullptr && written.rack.empty();
      if (!written.rack.empty()) added.rack = rack_of(written);
      if (written.backplane) added.backplane = Backplane{*written.backplane, written.backplane_latency.value_or(spec_.switch_latency)};
    }
  }

  std::int32_t rack_of(const WrittenSwitch& written) {
    if (auto const found = racks_.find(written.rack); found != racks_.end()) return found->second;
    std::vector<std::string> names;
    for (auto const& rack : graph_.racks) names.push_back(rack.name);
    draft_.problem(written.where, fmt::format("switches[{}].rack: there is no rack '{}'{}", written.name, written.rack, nearest_hint(written.rack, names)));
    return -1;
  }

  void add_links() {
    std::ranges::stable_sort(links_, {}, [](const ResolvedLink& link) { return link.server < 0 ? INT32_MAX : link.server; });
    for (auto const& link : links_)
      for (int i = 0; i < link.written->count; ++i) draft_.links.push_back(made_of(link));
    if (!links_.empty() && links_.front().server >= 0) draft_.rate = links_.front().rate;
  }

  DraftLink made_of(const ResolvedLink& link) const {
    int lower = link.lower, upper = link.upper;
    auto const tier = [&](int i) { return tiers_[static_cast<std::size_t>(i)]; };
    if (link.server < 0 && tier(lower) > tier(upper)) std::swap(lower, upper);
    WrittenLink const& written = *link.written;
    DraftLink out;
    out.a = link.server >= 0 ? link.server : ends_[static_cast<std::size_t>(lower)];
    out.b = ends_[static_cast<std::size_t>(upper)];
    out.tier = link.server >= 0 ? 0 : tier(lower) + 1;
    out.rate = link.rate;
    out.latency = written.latency.value_or(spec_.latency);
    if (type(upper) != nullptr && !spec_.switches[static_cast<std::size_t>(upper)].backplane) out.latency = out.latency + spec_.switch_latency;
    out.shared = written.shared;
    out.length = written.length;
    return out;
  }

  FabricDraft& draft_;
  const FabricSpec& spec_;
  const PowerGraph& graph_;
  std::unordered_map<std::string, int> switches_;
  std::unordered_map<std::string, std::int32_t> racks_, servers_;
  std::unordered_map<std::int32_t, std::vector<std::int32_t>> in_rack_;
  std::multimap<std::pair<std::int64_t, std::int64_t>, const WrittenLink*> seen_;
  std::vector<ResolvedLink> links_;
  std::vector<int> tiers_;
  std::vector<End> ends_;      // of each switch as written
};

}  // namespace

void build_written(FabricDraft& draft) { WrittenBuilder(draft).build(); }

}  // namespace headroom
