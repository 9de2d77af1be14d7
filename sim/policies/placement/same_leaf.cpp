// All of a job under one leaf of the network where one can hold it, the fullest such leaf first; else under as few leaves as
// will do, those with the most room first. Without a network racks are leaves. Under a leaf servers go by number.
#include <algorithm>

#include "base/errors.h"
#include "sim/policies/policies.h"

namespace headroom {
namespace {

struct Leaf {
  std::int32_t number = 0;
  std::vector<std::int32_t> servers{};   // that have room for a part of the job
  double room = 0;                       // for its units: servers, GPUs or cores
  double free = 0;                       // of these, whether they fit or not
};

std::vector<Leaf> leaves_of(const Capacity& capacity, const Demand& demand, std::span<const ServerTraits> traits) {
  std::vector<Leaf> leaves;
  auto const units = [&](const Resources& r) { return (demand.gpus > Amount() ? r.gpus : r.cores).value(); };
  for (std::int32_t server = 0; std::cmp_less(server, capacity.servers()); ++server) {
    auto const number = static_cast<std::size_t>(traits[static_cast<std::size_t>(server)].leaf);
    if (leaves.size() <= number) leaves.resize(number + 1);
    leaves[number].number = static_cast<std::int32_t>(number);
    leaves[number].free += demand.servers > 0 ? (capacity.is_idle(server) ? 1 : 0) : units(capacity.free(server));
    auto const piece = capacity.piece_on(server, demand);
    if (!piece) continue;
    leaves[number].servers.push_back(server);
    leaves[number].room += demand.servers > 0 ? 1 : units(piece->resources);
  }
  std::erase_if(leaves, [](const Leaf& leaf) { return leaf.servers.empty(); });
  return leaves;
}

}  // namespace

std::optional<Allocation> same_leaf(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  expects(turn.traits.size() == capacity.servers(), "every server's leaf is known");
  if (!capacity.fits(demand)) return std::nullopt;
  std::vector<Leaf> leaves = leaves_of(capacity, demand, turn.traits);
  std::ranges::stable_sort(leaves, {}, &Leaf::free);
  for (Leaf const& leaf : leaves)
    if (auto allocation = capacity.fit_in_order(demand, leaf.servers)) return allocation;
  std::ranges::stable_sort(leaves, [](const Leaf& a, const Leaf& b) { return a.room != b.room ? a.room > b.room : a.number < b.number; });
  std::vector<std::int32_t> order;
  for (Leaf const& leaf : leaves) order.insert(order.end(), leaf.servers.begin(), leaf.servers.end());
  return capacity.fit_in_order(demand, order);
}

}  // namespace headroom
