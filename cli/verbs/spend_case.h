// `headroom spend CASE`: the ratios K of a building case, drawn.
#pragma once

#include "analysis/money/case_answer.h"
#include "cli/verb.h"

namespace headroom {

// Is it a building case, by the `kind` of its file? Throws InputError (66) when nothing of that name is there.
bool is_building_case(const std::string& subject);

int spend_case(const std::string& subject, const CaseQuestion& question, const Globals& globals);

}  // namespace headroom
