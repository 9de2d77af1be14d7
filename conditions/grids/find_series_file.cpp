#include <fmt/format.h>

#include <cstdlib>

#include "conditions/grids/series_table.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

fs::path path_of(const std::string& name, const std::string& key, const Location& mention) {
  std::size_t const slash = name.find('/');
  if (name.starts_with('$') && slash != std::string::npos) {
    std::string const variable = name.substr(1, slash - 1), rest = name.substr(slash + 1);
    const char* const folder = std::getenv(variable.c_str());
    if (folder == nullptr || *folder == '\0')
      throw InputError(mention, fmt::format("{}: the environment variable {} is not set; set it to the folder that has '{}'", key, variable, rest), InputFault::missing);
    return fs::path(folder) / rest;
  }
  fs::path const path(name.starts_with("./") ? name.substr(2) : name);
  if (path.is_absolute() || mention.file.empty() || mention.file.starts_with("--")) return path;
  return fs::path(mention.file).parent_path() / path;
}

}  // namespace

fs::path find_series_file(const std::string& name, const std::string& key, const Location& mention) {
  fs::path file = path_of(name, key, mention);
  std::error_code code;
  if (!fs::is_regular_file(file, code)) throw InputError(mention, fmt::format("{}: there is no file '{}'", key, file.string()), InputFault::missing);
  return file;
}

}  // namespace headroom
