// The sub-verb of `headroom site` that has a file of its own.
#pragma once

#include "cli/verb.h"

namespace headroom {

void add_site_import(CLI::App& site, Globals& globals);

}  // namespace headroom
