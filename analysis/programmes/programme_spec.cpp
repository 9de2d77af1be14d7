#include "analysis/programmes/programme_spec.h"

#include <algorithm>

namespace headroom {

std::vector<DriverOfSector> drivers_of(const ProgrammeSpec& programme) {
  std::vector<DriverOfSector> out;
  for (std::size_t i = 0; i < programme.sectors.size(); ++i)
    for (auto const& driver : programme.sectors[i].drivers) out.push_back({i, &driver});
  return out;
}

double units_in(const DemandDriver& driver, const ProgrammeSpec& programme, int year) {
  if (year < programme.years.first) return driver.counts.before;
  auto const& years = driver.counts.years;
  if (auto const found = years.find(std::to_string(year)); found != years.end()) return found->second;
  auto const after = years.upper_bound(std::to_string(year));       // years have four digits: their texts sort as they do
  expects(driver.counts.interpolate && after != years.end(), "the reader has seen that there is a figure or a line");
  int const from = after == years.begin() ? programme.years.first - 1 : std::stoi(std::prev(after)->first), to = std::stoi(after->first);
  double const begin = after == years.begin() ? driver.counts.before : std::prev(after)->second;
  return begin + (after->second - begin) * (year - from) / (to - from);
}

}  // namespace headroom
