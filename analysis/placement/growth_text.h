// The growth of a site for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "analysis/placement/site_growth.h"

namespace headroom {

std::string to_text(const GrowthAnswer& answer);
nlohmann::ordered_json to_json(const GrowthAnswer& answer);

}  // namespace headroom
