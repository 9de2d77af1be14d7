// Input-output tables: those that ship (us-2022, china-2017, china-2018, china-2020, china-2020-153) and a user's own.
#pragma once

#include <filesystem>
#include <string>

#include "analysis/economy/input_output.h"
#include "base/json_fields.h"

namespace headroom {

// A bare name means what ships, a path a description of the user's. Throws InputError with everything that is wrong: of
// a table off balance by more than its rounding the cell and by how much.
InputOutputTable find_input_output_table(const std::string& name_or_path, const Location& mention = {"--table", 0, 0});
InputOutputTable read_input_output_table(const std::filesystem::path& description);
std::vector<std::string> shipped_input_output_tables();

Json schema_of_input_output_table();

}  // namespace headroom
