#include <fmt/format.h>

#include <cstdlib>

#include "base/errors.h"
#include "base/shipped.h"
#include "workloads/source.h"

namespace headroom {
namespace {

// "$NAME/rest" is a path below the folder that the environment variable NAME holds; nothing for other names.
std::optional<std::filesystem::path> below_variable(const std::string& name, const Location& where) {
  std::size_t const slash = name.find('/');
  if (!name.starts_with('$') || slash == std::string::npos) return std::nullopt;
  std::string const variable = name.substr(1, slash - 1), rest = name.substr(slash + 1);
  const char* const folder = std::getenv(variable.c_str());
  if (folder == nullptr || *folder == '\0')
    throw InputError(where, fmt::format("the environment variable {} is not set; set it to the folder that has '{}'", variable, rest), InputFault::missing);
  return std::filesystem::path(folder) / rest;
}

}  // namespace

std::filesystem::path find_trace(const std::string& name, const Location& mention) {
  Location const where = mention.file.empty() ? Location{name, 0, 0} : mention;
  try {
    auto const below = below_variable(name, where);
    std::filesystem::path const file = below ? *below : find_mentioned("trace", name, mention);
    std::error_code code;
    if (std::filesystem::exists(file, code)) return file;
    throw InputError(where, fmt::format("there is no file '{}'", file.string()), InputFault::missing);
  } catch (const InputError& e) {
    bool const bare = name.find_first_of("/.") == std::string::npos;
    if (!bare || e.problems().size() != 1) throw;
    throw InputError(where, fmt::format("{}; these do: {}", e.problems().front().what, fmt::join(shipped_names("trace"), ", ")), e.fault());
  }
}

}  // namespace headroom
