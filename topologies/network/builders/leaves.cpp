#include "topologies/network/builders/leaves.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"

namespace headroom {
namespace {

int ceil_of(int count, int each) { return (count + each - 1) / each; }

// Of the next rack: `count` servers in as few sets as they need, evenly.
void add_rack(LeafPlan& plan, int count, int down) {
  int const sets = ceil_of(count, down);
  for (int i = 0; i < count; ++i) plan.set_of.push_back(plan.sets + static_cast<int>(static_cast<std::int64_t>(i) * sets / count));
  plan.sets += sets;
  plan.per_leaf = std::max(plan.per_leaf, ceil_of(count, sets));
}

}  // namespace

LeafPlan plan_leaves(const FabricDraft& draft, int down) {
  LeafPlan plan;
  int const count = static_cast<int>(draft.servers.size());
  if (!draft.spec.leaf_in_rack) {
    for (int i = 0; i < count; ++i) plan.set_of.push_back(i / down);
    plan.sets = ceil_of(count, down);
    plan.per_leaf = std::min(count, down);
    return plan;
  }
  auto const rack_of = [&](int server) { return draft.places.graph.servers[static_cast<std::size_t>(draft.servers[static_cast<std::size_t>(server)])].rack; };
  for (int first = 0, next = 0; first < count; first = next) {
    while (next < count && rack_of(next) == rack_of(first)) ++next;
    add_rack(plan, next - first, down);
  }
  return plan;
}

LeafPlan spread_evenly(const FabricDraft& draft, int sets) {
  LeafPlan plan;
  auto const count = static_cast<std::int64_t>(draft.servers.size());
  for (std::int64_t i = 0; i < count; ++i) plan.set_of.push_back(static_cast<std::int32_t>(i * sets / count));
  plan.sets = sets;
  plan.per_leaf = ceil_of(static_cast<int>(count), sets);
  return plan;
}

void link_servers(FabricDraft& draft, const LeafPlan& plan, End first_leaf) {
  for (std::size_t i = 0; i < draft.servers.size(); ++i)
    for (int port = 0; port < draft.ports; ++port) draft.link_server(i, first_leaf + plan.set_of[i] * draft.ports + port);
}

bool pack_servers(FabricDraft& draft, int each, int routers, End first_router) {
  LeafPlan const plan = plan_leaves(draft, each);
  int const sets = routers / draft.ports;
  if (plan.sets > sets) {
    draft.problem(fmt::format("{} hang on it, and {} fit, {} at each of {} switches{}; make it larger", counted(static_cast<std::int64_t>(draft.servers.size()), "server"), static_cast<std::int64_t>(sets) * each, each,
                              routers, draft.ports == 1 ? "" : fmt::format(" and each at {} of them", draft.ports)));
    return false;
  }
  link_servers(draft, plan, first_router);
  return true;
}

std::optional<LeafTier> plan_leaf_tier(FabricDraft& draft) {
  double const oversubscription = draft.spec.oversubscription;
  PortSplit const split = split_ports(draft.leaf_type(), draft.rate, draft.spine_type(), oversubscription);
  if (split.down == 0) {
    draft.problem(fmt::format("oversubscription: at {}, the ports of {} leave none for servers; allow more, or take another type", number_text(oversubscription), draft.leaf_type().name));
    return std::nullopt;
  }
  LeafTier tier{plan_leaves(draft, split.down), split.down, 0, split.up, split.up_rate};
  tier.leaves = tier.plan.sets * draft.ports;
  if (draft.spec.leaf_in_rack) tier.uplinks = std::min(split.most_up, uplinks_for(tier.plan.per_leaf, draft.rate, split.up_rate, oversubscription));
  if (!draft.can_have(tier.leaves)) return std::nullopt;
  return tier;
}

bool has_ports(FabricDraft& draft, const SwitchSpec& type, int down, int up, const std::string& who) {
  int const own = type.uplinks ? type.uplinks->ports : 0;
  if (own > 0 ? down <= type.ports && up <= own : static_cast<std::int64_t>(down) + up <= type.ports) return true;
  draft.problem(fmt::format("{} needs {} down and {} to other switches; type {} has {}{}", who, counted(down, "port"), up, type.name, type.ports,
                            own > 0 ? fmt::format(" and {} for uplinks", own) : fmt::format(" in all")));
  return false;
}

DataRate up_rate(const SwitchSpec& type) { return type.uplinks ? type.uplinks->port_rate : type.port_rate; }

std::string divisors_text(int count, int from, int times) {
  std::string out;
  for (int i = from; i <= count; ++i)
    if (count % i == 0) out += (out.empty() ? "" : i == count ? " or " : ", ") + std::to_string(static_cast<std::int64_t>(i) * times);
  return out;
}

}  // namespace headroom
