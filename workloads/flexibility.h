// What jobs of a workload let be done with them when electricity is dear or dirty, or the grid calls.
#pragma once

#include <array>
#include <optional>
#include <utility>

#include "base/errors.h"
#include "base/time.h"

namespace headroom {

enum class FlexibleBy { price, carbon, call };
constexpr auto names(FlexibleBy) { return std::array{std::pair{FlexibleBy::price, "price"}, std::pair{FlexibleBy::carbon, "carbon"}, std::pair{FlexibleBy::call, "call"}}; }
// shift: none starts. pause: none starts, and those that run stand still. cap: those that run are slowed to `to`.
enum class FlexibleAction { shift, pause, cap };
constexpr auto names(FlexibleAction) { return std::array{std::pair{FlexibleAction::shift, "shift"}, std::pair{FlexibleAction::pause, "pause"}, std::pair{FlexibleAction::cap, "cap"}}; }

struct FlexibilitySpec {
  FlexibleBy by = FlexibleBy::price;
  std::optional<double> above;          // of price (per MWh) and carbon (g/kWh)
  FlexibleAction action = FlexibleAction::shift;
  double to = 0.5;                      // of cap: share of their speed
  Duration longest = whole_seconds(12 * 3600);     // after its submission no job is kept from starting; and no spell of pause or cap lasts longer
  Location where;
};

}  // namespace headroom
