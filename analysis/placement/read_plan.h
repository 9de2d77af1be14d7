// Plans in, and their schema.
#pragma once

#include <filesystem>
#include <string>

#include "analysis/placement/plan_spec.h"
#include "base/json_fields.h"

namespace headroom {

// Throws InputError with everything that is wrong.
Plan read_plan(const std::filesystem::path& file);
Plan read_plan_text(const std::string& text, const std::string& file);
Json schema_of_plan();

// What it names of the site is there: halls, groups of racks, feeds. Throws InputError with everything that is not.
void check_plan(const Plan& plan, const Site& site);

}  // namespace headroom
