// Files to import that tests write themselves, and what becomes of them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/yaml_text.h"
#include "tests/support/temporary.h"
#include "tests/topologies/support.h"
#include "topologies/import/graphml.h"
#include "topologies/import/simgrid_platform.h"

namespace headroom {

// What stands in the outermost zone.
inline ImportedSite platform(const std::string& inside, const char* routing = "Full") {
  return read_simgrid_platform(TemporaryFile(".xml", "<platform version=\"4.1\"><zone id=\"world\" routing=\"" + std::string(routing) + "\">" + inside + "</zone></platform>").path());
}

inline Site read_imported(const ImportedSite& imported) { return read_site_text(yaml_text(site_of("imported", imported)), "imported.yaml"); }

// The place of that name.
inline const ImportedNode& place(const ImportedSite& site, const std::string& name) {
  auto const found = std::find_if(site.nodes.begin(), site.nodes.end(), [&](const ImportedNode& node) { return node.is_place() && node.name == name; });
  REQUIRE(found != site.nodes.end());
  return *found;
}

}  // namespace headroom
