// The static part of the answer to `headroom contingency`, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/statics/contingency.h"

namespace headroom {

std::string tolerance_text(Tolerance tolerance);
nlohmann::ordered_json to_json(const ContingencyAnswer& answer, const PowerGraph& graph);
nlohmann::ordered_json fault_json(const FaultOutcome& outcome, const PowerGraph& graph);
// The verdict and what it falls short by; a line each.
std::string verdict_text(const ContingencyAnswer& answer);
// The faults by harm, `rows` at most; then cascades and bridges; then pairs.
std::string faults_text(const ContingencyAnswer& answer, std::size_t rows);
std::string step_text(const CascadeStep& step);
std::string seconds_text(double seconds);      // "0 s", "12.3 s", "4.5 min", "3.2 h"

}  // namespace headroom
