#include "topologies/network/places.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"

namespace headroom {

Places::Places(const Site& site, const PowerGraph& power) : graph(power) {
  for (auto const& hall : site.halls) {
    std::size_t const first = origins_.size();
    for (auto const& group : hall.racks)
      for (int i = 0; i < group.count; ++i) origins_.push_back({hall.name, group.name});
    int const count = static_cast<int>(origins_.size() - first), in_row = (count + hall.rows - 1) / hall.rows;
    for (int i = 0; i < count; ++i) {
      origins_[first + static_cast<std::size_t>(i)].row = i / in_row;
      origins_[first + static_cast<std::size_t>(i)].column = i % in_row;
    }
  }
  expects(origins_.size() == graph.racks.size(), "the power graph has the racks of the site");
}

std::vector<std::int32_t> Places::racks_of(const std::string& group) const {
  std::vector<std::int32_t> racks;
  for (std::size_t i = 0; i < origins_.size(); ++i)
    if (group == origins_[i].group || group == origins_[i].hall + "/" + origins_[i].group) racks.push_back(static_cast<std::int32_t>(i));
  return racks;
}

std::vector<std::string> Places::groups() const {
  std::vector<std::string> names;
  auto const add = [&](const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (std::size_t i = 0; i < origins_.size(); ++i) {
    if (i > 0 && origins_[i].group == origins_[i - 1].group && origins_[i].hall == origins_[i - 1].hall) continue;
    add(origins_[i].group);
    add(fmt::format("{}/{}", origins_[i].hall, origins_[i].group));
  }
  return names;
}

}  // namespace headroom
