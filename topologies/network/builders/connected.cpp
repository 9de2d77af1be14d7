// Does every server of a fabric see every other? Servers pass nothing on, so only switches join parts.
#include <fmt/format.h>

#include <algorithm>

#include "topologies/network/builders/fabric_draft.h"
#include "topologies/network/parts.h"

namespace headroom {
// Good: one part sees every server, and no part sees none. Planes that meet only in servers with a port in each are good.
void FabricDraft::check_connected() {
  std::size_t const first = servers.size(), inner = switches.size() + outside.size();
  Parts parts(inner);
  for (auto const& link : links)
    if (static_cast<std::size_t>(link.a) >= first) parts.join(static_cast<std::size_t>(link.a) - first, static_cast<std::size_t>(link.b) - first);
  std::vector<std::size_t> seen(inner), last(inner, SIZE_MAX);
  for (auto const& link : links)      // in the order of servers
    if (auto const part = static_cast<std::size_t>(link.a) < first ? parts.find(static_cast<std::size_t>(link.b) - first) : SIZE_MAX; part != SIZE_MAX && last[part] != static_cast<std::size_t>(link.a)) {
      last[part] = static_cast<std::size_t>(link.a);
      ++seen[part];
    }
  auto const largest = static_cast<std::size_t>(std::ranges::max_element(seen) - seen.begin());
  auto const name = [&](std::size_t i) { return i < switches.size() ? switches[i].name : outside[i - switches.size()]; };
  for (std::size_t i = 0; i < inner; ++i)
    if (std::size_t const part = parts.find(i); part != largest && (seen[part] == 0 || seen[largest] < first))
      return problem(fmt::format("is not connected: nothing leads from {} to {}; add links between them", name(largest), name(i)));
}

}  // namespace headroom
