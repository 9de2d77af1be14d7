// Where the files that ship with the program are, and how a name or a path in a user's file becomes a file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/read_fields.h"
#include "base/tree.h"

namespace headroom {

// $HEADROOM_ROOT, or the nearest folder above the program that holds the catalogue (a build in the source tree), or
// PREFIX/share/headroom of an installation. Throws InputError (66) when there is none.
std::filesystem::path shipped_root();

// The folder of what ships of a kind ("site", "scenario", "trace", "server", ...), and the names in it, sorted.
std::filesystem::path shipped_folder(std::string_view kind);
std::vector<std::string> shipped_names(std::string_view kind);

// A bare name means what ships; anything with a '/' or an ending is a path, relative to the file that mentions it, or
// with $NAME/ in front to the folder that the environment variable NAME holds.
// Throws InputError (66) with the nearest shipped name.
std::filesystem::path find_mentioned(std::string_view kind, const std::string& text, const Location& mention);

// The same; and the file is there. Throws InputError (66).
std::filesystem::path find_mentioned_file(std::string_view kind, const std::string& text, const Location& mention);

// A ReadContext whose references are resolved this way, each file read once.
ReadContext file_context(const std::vector<Override>* overrides = nullptr);

}  // namespace headroom
