// How far the grid is and what a site may count on in it: what has to be built outside the fence because of it.
// What that costs is a table of each country's (analysis/spending/grids).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/errors.h"
#include "base/quantity.h"

namespace headroom {

enum class SubstationWorks { new_one, upgrade };
constexpr auto names(SubstationWorks) { return std::array{std::pair{SubstationWorks::new_one, "new"}, std::pair{SubstationWorks::upgrade, "upgrade"}}; }

struct GridConnectionSpec {
  std::string country = "us";          // a table that ships, or a path
  Length distance;                     // straight, to where the grid is strong enough
  SubstationWorks substation = SubstationWorks::new_one;
  Power spare_margin;                  // of generation that the system has left for the site
  double coincidence = 1;              // share of its peak that it draws at the system's
  double flexible = 0;                 // share of that which stays away when the system is short
  double power_factor = 0.95;          // at the connection
  std::string generation;              // which plant of the country's table is built; the first by default
  std::optional<double> paid_by_utility;      // share of the works outside the fence that network charges pay; the rest is the user's
  Location where;
};

}  // namespace headroom
