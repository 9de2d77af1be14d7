// All of a job in one rack where one can hold it, the fullest such rack first; else in as few racks as will do, those with
// the most room first. The switch of a rack is the leaf of the network. Within a rack servers go by number.
#include <algorithm>

#include "base/errors.h"
#include "sim/policies/policies.h"

namespace headroom {
namespace {

struct Rack {
  std::int32_t number = 0;
  std::vector<std::int32_t> servers{};   // that have room for a part of the job
  double room = 0;                       // for its units: servers, GPUs or cores
  double free = 0;                       // of these, whether they fit or not
};

std::vector<Rack> racks_of(const Capacity& capacity, const Demand& demand, std::span<const ServerTraits> traits) {
  std::vector<Rack> racks;
  auto const units = [&](const Resources& r) { return (demand.gpus > Amount() ? r.gpus : r.cores).value(); };
  for (std::int32_t server = 0; std::cmp_less(server, capacity.servers()); ++server) {
    auto const number = static_cast<std::size_t>(traits[static_cast<std::size_t>(server)].rack);
    if (racks.size() <= number) racks.resize(number + 1);
    racks[number].number = static_cast<std::int32_t>(number);
    racks[number].free += demand.servers > 0 ? (capacity.is_idle(server) ? 1 : 0) : units(capacity.free(server));
    auto const piece = capacity.piece_on(server, demand);
    if (!piece) continue;
    racks[number].servers.push_back(server);
    racks[number].room += demand.servers > 0 ? 1 : units(piece->resources);
  }
  std::erase_if(racks, [](const Rack& rack) { return rack.servers.empty(); });
  return racks;
}

}  // namespace

std::optional<Allocation> same_leaf(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  expects(turn.traits.size() == capacity.servers(), "every server's rack is known");
  if (!capacity.fits(demand)) return std::nullopt;
  std::vector<Rack> racks = racks_of(capacity, demand, turn.traits);
  std::ranges::stable_sort(racks, {}, &Rack::free);
  for (Rack const& rack : racks)
    if (auto allocation = capacity.fit_in_order(demand, rack.servers)) return allocation;
  std::ranges::stable_sort(racks, [](const Rack& a, const Rack& b) { return a.room != b.room ? a.room > b.room : a.number < b.number; });
  std::vector<std::int32_t> order;
  for (Rack const& rack : racks) order.insert(order.end(), rack.servers.begin(), rack.servers.end());
  return capacity.fit_in_order(demand, order);
}

}  // namespace headroom
