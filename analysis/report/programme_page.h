// A self-contained page of a programme: its years, sites, spending, and the ledger of what was claimed.
#pragma once

#include <string>

#include "base/json_fields.h"

namespace headroom {

// `programme`: the JSON of `headroom programme`, as docs/results.md describes it. The same programme gives the same page.
std::string programme_page(const Json& programme);

}  // namespace headroom
