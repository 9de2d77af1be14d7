#include <fmt/format.h>

#include "base/errors.h"
#include "base/shipped.h"
#include "workloads/source.h"

namespace headroom {
std::filesystem::path find_trace(const std::string& name, const Location& mention) {
  Location const where = mention.file.empty() ? Location{name, 0, 0} : mention;
  try {
    return find_mentioned_file("trace", name, mention);
  } catch (const InputError& e) {
    bool const bare = name.find_first_of("/.") == std::string::npos;
    if (!bare || e.problems().size() != 1) throw;
    throw InputError(where, fmt::format("{}; these do: {}", e.problems().front().what, fmt::join(shipped_names("trace"), ", ")), e.fault());
  }
}

}  // namespace headroom
