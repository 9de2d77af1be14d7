// JSON as YAML that people can edit.
#pragma once

#include <string>

#include "base/json_fields.h"

namespace headroom {

std::string yaml_text(const Json& value);

}  // namespace headroom
