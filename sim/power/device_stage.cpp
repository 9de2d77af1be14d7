#include "sim/power/device_stage.h"

#include <type_traits>

namespace headroom {

Stage stage_of(const PowerGraph& graph, const PowerNode& node, int count) {
  if (node.device < 0) return lossless_stage();
  return std::visit(
      [&](const auto& spec) -> Stage {
        using Spec = std::decay_t<decltype(spec)>;
        if constexpr (std::is_same_v<Spec, TransformerSpec>) return transformer_stage(spec, count);
        else if constexpr (std::is_same_v<Spec, UpsSpec>) return ups_stage(spec, count);
        else if constexpr (std::is_same_v<Spec, PduSpec>) return pdu_stage(spec, count);
        else if constexpr (std::is_same_v<Spec, ConverterSpec>) return converter_stage(spec, count);
        else return lossless_stage();
      },
      graph.devices[static_cast<std::size_t>(node.device)]);
}

}  // namespace headroom
