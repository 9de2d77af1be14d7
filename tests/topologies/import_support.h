// Files to import that tests write themselves, and what becomes of them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/yaml_text.h"
#include "tests/topologies/support.h"
#include "topologies/import/graphml.h"
#include "topologies/import/simgrid_platform.h"

namespace headroom {

struct ImportFile {
  ImportFile(const std::string& text, const char* ending) : path(std::filesystem::temp_directory_path() / ("headroom-import-" + std::to_string(std::hash<std::string>{}(text)) + ending)) { std::ofstream(path) << text; }
  ~ImportFile() { std::filesystem::remove(path); }
  ImportFile(const ImportFile&) = delete;
  ImportFile& operator=(const ImportFile&) = delete;
  std::filesystem::path path;
};

// What stands in the outermost zone.
inline ImportedSite platform(const std::string& inside, const char* routing = "Full") {
  return read_simgrid_platform(ImportFile("<platform version=\"4.1\"><zone id=\"world\" routing=\"" + std::string(routing) + "\">" + inside + "</zone></platform>", ".xml").path);
}

inline Site read_imported(const ImportedSite& imported) { return read_site_text(yaml_text(site_of("imported", imported)), "imported.yaml"); }

// The place of that name.
inline const ImportedNode& place(const ImportedSite& site, const std::string& name) {
  auto const found = std::find_if(site.nodes.begin(), site.nodes.end(), [&](const ImportedNode& node) { return node.is_place() && node.name == name; });
  REQUIRE(found != site.nodes.end());
  return *found;
}

}  // namespace headroom
