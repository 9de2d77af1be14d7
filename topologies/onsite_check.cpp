// What the keys of arrays and storage must satisfy together.
#include <fmt/format.h>

#include "base/units.h"
#include "topologies/onsite_fields.h"

namespace headroom {

void check(const PhotovoltaicSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (s.series.empty() && (!s.column.empty() || s.series_is_dc)) problem("speaks of a series and has none; write series: FILE");
}

void check(const StorageSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  bool const by_signal = s.dispatch == Dispatch::price || s.dispatch == Dispatch::carbon;
  if (s.dispatch == Dispatch::peak_shaving && !s.target) problem("dispatch peak-shaving needs a target, the most that the site shall draw, such as '4 MW'");
  if (s.dispatch != Dispatch::peak_shaving && s.target) problem("has a target, which is of dispatch: peak-shaving");
  if (by_signal && !(s.charge_below && s.discharge_above)) problem("dispatch by price or carbon needs charge_below and discharge_above");
  if (!by_signal && (s.charge_below || s.discharge_above)) problem("has charge_below or discharge_above, which are of dispatch: price or carbon");
  if (s.charge_below && s.discharge_above && *s.charge_below > *s.discharge_above)
    problem(fmt::format("charges below {} and discharges above {}: it would do both between them", number_text(*s.charge_below), number_text(*s.discharge_above)));
  if (s.reserve > s.initial && s.dispatch == Dispatch::backup) problem(fmt::format("begins at {} of its energy, below its reserve of {}", number_text(s.initial), number_text(s.reserve)));
}

}  // namespace headroom
