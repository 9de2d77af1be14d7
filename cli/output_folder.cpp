#include "cli/output_folder.h"

#include <fmt/format.h>

#include "base/errors.h"

namespace headroom {

void make_folder(const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) throw OutputError(fmt::format("{}: cannot make this folder: {}", folder.string(), code.message()), 73);
}

}  // namespace headroom
