// Folders that answers are written to.
#pragma once

#include <filesystem>

namespace headroom {

// The folder is there afterwards, with those above it. Throws OutputError (73).
void make_folder(const std::filesystem::path& folder);

}  // namespace headroom
