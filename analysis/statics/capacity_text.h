// The answer to `headroom capacity`, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/statics/capacity.h"

namespace headroom {

nlohmann::ordered_json to_json(const CapacityAnswer& answer);
std::string to_text(const CapacityAnswer& answer);

}  // namespace headroom
