// What fails together: halls, racks, and what the site names.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "topologies/graph/draft.h"
#include "topologies/graph/ties.h"

namespace headroom {
namespace {

class CauseBuilder {
 public:
  CauseBuilder(const Site& site, Draft& draft) : site_(site), graph_(draft.graph), draft_(draft) {}

  void build() {
    for (std::size_t i = 0; i < site_.halls.size(); ++i) add_hall(static_cast<int>(i));
    for (auto const& rack : graph_.racks)
      if (rack.strips.size() > 1) add({rack.name, rack.strips}, site_.halls[static_cast<std::size_t>(rack.hall)].where, "halls");
    for (auto const& cause : site_.power.common_causes) add({cause.name, nodes_of(cause)}, cause.where, "power.common_causes");
  }

 private:
  void add(CommonCause cause, const Location& where, const std::string& key) {
    if (draft_.has(cause.name) || find(cause.name) != nullptr)
      draft_.problem(where, fmt::format("{}: the name '{}' is used twice; nodes, racks, halls and common causes share their names", key, cause.name));
    numbers_.emplace(cause.name, graph_.common_causes.size());
    graph_.common_causes.push_back(std::move(cause));
  }

  const CommonCause* find(const std::string& name) const {
    auto const found = numbers_.find(name);
    return found == numbers_.end() ? nullptr : &graph_.common_causes[found->second];
  }

  void add_hall(int hall) {
    CommonCause cause{graph_.halls[static_cast<std::size_t>(hall)], {}};
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
      if (graph_.nodes[i].hall == hall) cause.nodes.push_back({static_cast<std::int32_t>(i)});
    add(std::move(cause), site_.halls[static_cast<std::size_t>(hall)].where, "halls");
  }

  std::vector<NodeId> nodes_of(const CommonCauseSpec& spec) {
    std::vector<NodeId> nodes;
    for (auto const& name : spec.elements) {
      auto const found = nodes_called(name);
      if (found.empty()) draft_.problem(spec.where, fmt::format("power.common_causes[{}]: there is no element '{}'{}", spec.name, name, nearest_hint(name, known())));
      nodes.insert(nodes.end(), found.begin(), found.end());
    }
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
  }

  std::vector<NodeId> nodes_called(const std::string& name) const {
    if (auto const* cause = find(name)) return cause->nodes;
    if (!draft_.has(name)) return {};
    if (draft_.has(main_side(name))) return {draft_.at(main_side(name)), draft_.at(name)};      // both halves of a tied board
    return {draft_.at(name)};
  }

  std::vector<std::string> known() const {
    std::vector<std::string> names;
    for (auto const& node : graph_.nodes)
      if (node.hall < 0) names.push_back(node.name);
    for (auto const& cause : graph_.common_causes) names.push_back(cause.name);
    return names;
  }

  const Site& site_;
  PowerGraph& graph_;
  Draft& draft_;
  std::unordered_map<std::string, std::size_t> numbers_;      // of the common causes so far, by name
};

}  // namespace

void build_common_causes(const Site& site, Draft& draft) { CauseBuilder(site, draft).build(); }

}  // namespace headroom
