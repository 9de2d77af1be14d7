// What was sized, element by element, and whether it holds, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/sizing/fabric_sizes.h"
#include "analysis/sizing/sized_site.h"
#include "analysis/sizing/sizing_proof.h"

namespace headroom {

nlohmann::ordered_json to_json(const SizedSite& sized);
nlohmann::ordered_json to_json(const SizingProof& proof);
nlohmann::ordered_json to_json(const std::vector<FabricSizes>& fabrics);
std::string to_text(const SizedSite& sized);
std::string to_text(const SizingProof& proof);
std::string to_text(const std::vector<FabricSizes>& fabrics);

}  // namespace headroom
