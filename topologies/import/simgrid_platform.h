// SimGrid platform files (DTD 4.1) as sites. Hosts are servers in racks of forty, clusters and routes a fabric that is written out;
// zones are opened. docs/formats.md, "Imports", says what becomes of what.
#pragma once

#include <filesystem>

#include "topologies/import/imported_site.h"

namespace headroom {

// Throws InputError with everything that is wrong, each at its place.
ImportedSite read_simgrid_platform(const std::filesystem::path& file);

}  // namespace headroom
