// Routes::cut_off: which servers are left outside the largest part of their fabric.
#include <algorithm>
#include <numeric>

#include "topologies/network/parts.h"
#include "topologies/network/routes.h"

namespace headroom {

std::vector<VertexId> Routes::cut_off() const {
  Parts live(vertex_.size()), whole(vertex_.size());      // `whole`: with nothing dead, servers joining what they hang on
  for (std::size_t i = 0; i < vertex_.size(); ++i)
    for (Step const& step : steps(static_cast<Inner>(i))) {
      whole.join(i, static_cast<std::size_t>(step.to));
      if (is_alive(link_of(step.by)) && is_alive(vertex_[i]) && is_alive(vertex_[static_cast<std::size_t>(step.to)])) live.join(i, static_cast<std::size_t>(step.to));
    }
  for (std::int32_t v = 0; v < first_inner_; ++v)
    for (Door const& door : all_doors({v})) whole.join(static_cast<std::size_t>(all_doors({v}).front().at), static_cast<std::size_t>(door.at));

  // The live part with the most servers in each whole one; servers are counted in their order, so the first of equals wins.
  std::vector<std::int32_t> seen(vertex_.size()), last(vertex_.size(), -1), first(vertex_.size(), -1);
  std::vector<Door> doors;
  auto const for_each_part = [&](std::int32_t v, auto what) {
    find_doors({v}, doors);
    for (Door const& door : doors) what(live.find(static_cast<std::size_t>(door.at)));
  };
  for (std::int32_t v = 0; v < first_inner_; ++v)
    for_each_part(v, [&](std::size_t part) {
      if (last[part] == v) return;
      last[part] = v;
      if (first[part] < 0) first[part] = v;
      ++seen[part];
    });
  std::vector<std::int32_t> largest(vertex_.size(), -1);      // by whole part
  for (std::size_t part = 0; part < vertex_.size(); ++part) {
    if (seen[part] == 0) continue;
    std::int32_t& best = largest[whole.find(part)];
    auto const rank = [&](std::size_t p) { return std::pair(seen[p], -first[p]); };
    if (best < 0 || rank(part) > rank(static_cast<std::size_t>(best))) best = static_cast<std::int32_t>(part);
  }
  std::vector<VertexId> out;
  for (std::int32_t v = 0; v < first_inner_; ++v) {
    bool sees = false;
    for_each_part(v, [&](std::size_t part) { sees = sees || largest[whole.find(part)] == static_cast<std::int32_t>(part); });
    if (!sees) out.push_back({v});
  }
  return out;
}

}  // namespace headroom
