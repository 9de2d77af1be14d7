// The spending classes that ship, or a user's own: read and checked, each alone and all together.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/spending/spending_class.h"
#include "base/json_fields.h"

namespace headroom {

// Throws InputError with everything that is wrong.
SpendingClass read_spending_class(const std::filesystem::path& file);

// Every .yaml file of a folder, by name. Two classes must not price the same element.
std::vector<SpendingClass> read_prices(const std::filesystem::path& folder);
std::filesystem::path shipped_prices();

Json echo_spending_class(const SpendingClass& spending_class);
Json schema_of_spending_class();

}  // namespace headroom
