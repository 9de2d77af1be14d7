// Is a bill of the size that others have seen? Shares and prices beside published ranges, and by how much they lie outside.
#pragma once

#include <string>
#include <vector>

#include "analysis/spending/bill.h"
#include "analysis/spending/grid_works.h"

namespace headroom {

// What the building's price contains of power path and cooling: "critical capacity", 53 % (Cushman and Wakefield 2025, US).
constexpr double critical_share_of_building = 0.53;
// How far the sum of the parts may lie from that before it is a warning: 40 % (spending.md 7.3, a planning bound).
constexpr double bottom_up_tolerance = 0.4;

struct ReferenceRange {
  std::string name, unit, source;
  double value = 0, low = 0, high = 0;
  bool inside() const { return value >= low && value <= high; }
  double beyond() const;               // times the nearer end; 1 inside
};

// `works` may be absent. Prices are compared in US dollars of 2025.
std::vector<ReferenceRange> reference_ranges(const Bill& bill, const GridWorks* works, const PriceTeller& teller);

}  // namespace headroom
