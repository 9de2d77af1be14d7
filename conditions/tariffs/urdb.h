// Tariffs as OpenEI's utility rate database (URDB) states them in JSON, and the monthly rates that REopt's input has in their
// place. A key that is not understood, and would be charged by, is an error at its place.
#pragma once

#include <filesystem>

#include "base/tree.h"
#include "conditions/tariffs/tariff.h"

namespace headroom {

bool is_urdb(const Tree& tree);
TariffSpec tariff_of_urdb(const Tree& tree, const std::filesystem::path& file);      // throws InputError

}  // namespace headroom
