#include "sim/power/elements/elements.h"

namespace headroom {
namespace {

struct Behaviour {
  bool (*applies)(const PowerNode& node);
  std::unique_ptr<Element> (*make)(PowerState& shared, NodeId node);
};

constexpr Behaviour behaviours[] = {
    {[](const PowerNode& node) { return node.kind == NodeKind::ups || node.battery >= 0; }, storage_element},
    {[](const PowerNode& node) { return node.transfer.has_value(); }, transfer_element},
    {[](const PowerNode& node) { return node.kind == NodeKind::generator; }, generator_element},
};

}  // namespace

std::vector<std::unique_ptr<Element>> elements_of(PowerState& shared) {
  std::vector<std::unique_ptr<Element>> out;
  auto const& nodes = shared.graph().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (auto const& behaviour : behaviours)
      if (behaviour.applies(nodes[i])) out.push_back(behaviour.make(shared, {static_cast<std::int32_t>(i)}));
  return out;
}

}  // namespace headroom
