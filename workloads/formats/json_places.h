// JSON whose values know where they stand, and whose numbers keep their digits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"

namespace headroom {

struct JsonValue {
  enum class Kind { null, boolean, number, text, list, map };
  Kind kind = Kind::null;
  int line = 0, column = 0;             // from 1; the column in bytes
  std::string text;                     // of a text, unescaped; of a number or boolean, as written
  std::vector<JsonValue> items;         // of a list or map
  std::vector<std::string> keys;        // of a map, one an item; none stands twice

  const JsonValue* find(std::string_view key) const;
};

// Throws InputError: not JSON, a key twice, nested more than 100 deep.
JsonValue parse_json(const std::string& text, const std::string& file);

}  // namespace headroom
