// Site files, and everything else of kind topologies, as text in and out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json_fields.h"
#include "topologies/load.h"
#include "topologies/site.h"

namespace headroom {

// Throws InputError with everything that is wrong.
Site read_site(const std::filesystem::path& file);
Site read_site_text(const std::string& text, const std::string& file);

LoadFile read_load(const std::filesystem::path& file);
Json echo_site(const Site& site);                        // every value, defaults among them

// Catalogue files: checked whole, their sources too. Throws InputError.
void check_catalogue_file(const std::filesystem::path& file);
const std::vector<std::string>& catalogue_kinds();       // "server", "ups", ...
Json schema_of_topology_kind(const std::string& kind);   // of "site" and the catalogue kinds

}  // namespace headroom
