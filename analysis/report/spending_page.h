// A self-contained page of what a site makes somebody buy.
#pragma once

#include <string>

#include "base/json_fields.h"

namespace headroom {

// `spending`: the JSON of `headroom spend`, as docs/results.md describes it. The same spending gives the same page.
std::string spending_page(const Json& spending);

}  // namespace headroom
