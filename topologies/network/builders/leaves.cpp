#include "topologies/network/builders/leaves.h"

#include <algorithm>

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

void link_servers(FabricDraft& draft, const LeafPlan& plan, End first_leaf) {
  for (std::size_t i = 0; i < draft.servers.size(); ++i)
    for (int port = 0; port < draft.ports; ++port) draft.link_server(i, first_leaf + plan.set_of[i] * draft.ports + port);
}

}  // namespace headroom
