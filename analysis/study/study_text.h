// The answer to `headroom contingency`, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/study/contingency_in_time.h"

namespace headroom {

nlohmann::ordered_json to_json(const Study& study, const PowerGraph& graph);
std::string to_text(const Study& study);

}  // namespace headroom
