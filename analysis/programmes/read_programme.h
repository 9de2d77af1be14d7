// Programmes that ship and a user's own.
#pragma once

#include <string>

#include "analysis/programmes/programme_spec.h"
#include "base/json_fields.h"
#include "base/read_fields.h"

namespace headroom {

// A bare name means what ships, anything else is a path; `settings`: PATH=VALUE, as for scenarios. Throws InputError with everything
// that is wrong.
ProgrammeSpec find_programme(const std::string& name_or_path, const std::vector<std::string>& settings = {});
Json schema_of_programme();

}  // namespace headroom
