// What electricity made from a fuel emits: conditions/grids/fuels.csv, each figure with its source.
#pragma once

#include <string>
#include <vector>

namespace headroom {

struct Fuel {
  std::string name;
  double direct_g_per_kwh = 0, life_cycle_g_per_kwh = 0;
  bool renewable = false, carbon_free = false;     // carbon-free: renewable or nuclear
};

// In the order of the file.
const std::vector<Fuel>& fuels();
std::vector<std::string> fuel_names();

}  // namespace headroom
