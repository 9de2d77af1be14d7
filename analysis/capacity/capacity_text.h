// The answer of `headroom capacity` as text and JSON.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/run_peaks.h"

namespace headroom {

nlohmann::ordered_json to_json(const CapacityAnswer& answer);
std::string to_text(const CapacityAnswer& answer);
// What a run adds to it.
nlohmann::ordered_json to_json(const std::vector<LevelPeaks>& levels, const std::vector<NearTop>& near_top);
std::string to_text(const std::vector<LevelPeaks>& levels, const std::vector<NearTop>& near_top);

}  // namespace headroom
