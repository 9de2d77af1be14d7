// YAML text to a Tree. The one place that knows yaml-cpp.
//
// Stricter than YAML: duplicate keys, keys that are not plain text, tags, several documents and aliases that blow up
// are errors, each with file:line:column.
#pragma once

#include <filesystem>
#include <string>

#include "base/tree.h"

namespace headroom {

constexpr std::size_t yaml_size_limit_bytes = 16u << 20;
constexpr std::size_t yaml_node_limit = 1'000'000;     // after aliases are followed
constexpr std::size_t yaml_depth_limit = 100;          // likewise

TreePtr parse_yaml(const std::string& text, const std::string& file);      // throws InputError
TreePtr read_yaml(const std::filesystem::path& file);                      // throws InputError; 66 if it is not there

}  // namespace headroom
