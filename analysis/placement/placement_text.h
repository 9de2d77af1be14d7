// A placement for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "analysis/placement/placement.h"

namespace headroom {

std::string to_text(const PlacementAnswer& answer);
nlohmann::ordered_json to_json(const PlacementAnswer& answer);

// "ups-a kW when utility-b is lost"
std::string limit_name(const PackingLimit& limit);

}  // namespace headroom
