#include "base/yaml_text.h"

namespace headroom {
namespace {

// Small things stay on one line.
bool is_flat(const Json& value) {
  if (!value.is_structured()) return true;
  if (value.size() > 6) return false;
  for (auto const& item : value)
    if (item.is_structured()) return false;
  return value.dump().size() <= 100;
}

void write(const Json& value, const std::string& indent, std::string& out) {
  if (is_flat(value)) {
    out += value.dump() + "\n";
  } else if (value.is_array()) {
    for (auto const& item : value) {
      out += indent + "- ";
      std::string nested;
      write(item, indent + "  ", nested);
      out += nested.starts_with(indent + "  ") ? nested.substr(indent.size() + 2) : nested;
    }
  } else {
    for (auto const& [key, item] : value.items()) {
      out += indent + key + ":" + (is_flat(item) ? " " : "\n");
      write(item, indent + "  ", out);
    }
  }
}

}  // namespace

std::string yaml_text(const Json& value) {
  std::string out;
  write(value, "", out);
  return out;
}

}  // namespace headroom
