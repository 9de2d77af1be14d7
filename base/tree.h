// A parsed document: scalars, lists and maps, each with the place it was read at. The only shape in which YAML reaches
// the rest of the program.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"

namespace headroom {

struct Tree;
using TreePtr = std::shared_ptr<const Tree>;

struct Tree {
  enum class Kind { null, scalar, list, map };
  struct Entry {
    std::string key;
    Location where;
    TreePtr value;
  };

  Kind kind = Kind::null;
  Location where;
  std::string text;               // of a scalar
  bool quoted = false;            // "1" is text, 1 is a number
  std::vector<TreePtr> items;     // of a list
  std::vector<Entry> entries;     // of a map, in the order written; keys are unique

  const Entry* find(std::string_view key) const {
    for (auto const& entry : entries)
      if (entry.key == key) return &entry;
    return nullptr;
  }
};

}  // namespace headroom
