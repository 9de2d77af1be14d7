// Indices that cannot be mixed up: Id<struct ServerTag> is not an Id<struct NodeTag>.
#pragma once

#include <compare>
#include <cstdint>

namespace headroom {

template <class Tag>
struct Id {
  std::int32_t index = -1;
  constexpr auto operator<=>(const Id&) const = default;
  constexpr bool valid() const { return index >= 0; }
  constexpr explicit operator std::size_t() const { return static_cast<std::size_t>(index); }
};

using ServerId = Id<struct ServerTag>;
using NodeId = Id<struct NodeTag>;

}  // namespace headroom
