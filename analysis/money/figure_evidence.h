// How good a figure of this room is, from best to worst.
#pragma once

#include <string>

#include "base/fields.h"

namespace headroom {

// computed: worked out from seen figures; share: from a share of a larger sum.
enum class FigureEvidence { seen, computed, memory, share, assumption };
constexpr auto names(FigureEvidence) {
  return std::array{std::pair{FigureEvidence::seen, "seen"}, std::pair{FigureEvidence::computed, "computed"}, std::pair{FigureEvidence::memory, "memory"},
                    std::pair{FigureEvidence::share, "share"}, std::pair{FigureEvidence::assumption, "assumption"}};
}
std::string to_text(FigureEvidence evidence);

}  // namespace headroom
