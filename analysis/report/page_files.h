// The files of page/, put into the program when it was built (embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace headroom {

// The chunks of a file, to be written one after the other; none for a name that is not there.
std::span<const std::string_view> page_file(std::string_view name);

}  // namespace headroom
