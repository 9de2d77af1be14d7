#include <fmt/format.h>

#include "base/shipped.h"
#include "conditions/grids/series_table.h"

namespace headroom {

// Series do not ship under names: what is bare is a file beside the one that mentions it.
std::filesystem::path find_series_file(const std::string& name, const std::string& key, const Location& mention) {
  bool const bare = name.find_first_of("/.") == std::string::npos;
  try {
    return find_mentioned_file("series", bare ? "./" + name : name, mention);
  } catch (const InputError& e) {
    throw InputError(mention, fmt::format("{}: {}", key, e.problems().front().what), e.fault());
  }
}

}  // namespace headroom
