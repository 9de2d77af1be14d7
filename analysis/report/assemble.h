// page/page.html with its slots filled: what the pages of this room have in common.
#pragma once

#include <span>
#include <string>

#include "base/json_fields.h"

namespace headroom {

// `scripts`: files of page/, in the order in which they run. `data` has a `title`; it stands in the page as JSON. Needs no
// other file and no network.
std::string assemble_page(std::span<const char* const> scripts, const Json& data);

}  // namespace headroom
