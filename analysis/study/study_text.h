// The answer to `headroom contingency`, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/study/contingency_in_time.h"
#include "analysis/study/replicas.h"

namespace headroom {

nlohmann::ordered_json to_json(const Study& study, const PowerGraph& graph);
std::string to_text(const Study& study);
nlohmann::ordered_json to_json(const Replicas& replicas);
std::string to_text(const Replicas& replicas);

}  // namespace headroom
