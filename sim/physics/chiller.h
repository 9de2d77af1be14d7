// What a chiller draws. Pure functions; W, degrees Celsius.
//
// EnergyPlus' Chiller:Electric:EIR [engineering reference; docs/models.md]:
//   available = capacity CAPFT(x, y)                       x: chilled water that leaves, y: fluid that enters the condenser
//   input     = available / COP EIRFT(x, y) EIRFPLR(z)     z: load over available
// and below the least load z_least of the machine it cycles: input = input(z_least) z / z_least.
// Valid within the ranges of its curves; beyond them x, y and z are taken at the bound, and how far they were outside is said.
#pragma once

#include "topologies/equipment/cooling_specs.h"

namespace headroom {

// By how much an input was outside the range of a curve: below it negative, above it positive, 0 within.
struct RangeExcursion {
  double chilled_k = 0, condenser_k = 0, part_load = 0;
  bool any() const { return chilled_k != 0 || condenser_k != 0 || part_load != 0; }
};

// c1 + c2 x + c3 x^2 + c4 y + c5 y^2 + c6 x y
double biquadratic(const std::vector<double>& c, double x, double y);

// One chiller at its two temperatures, for any load.
class ChillerAt {
 public:
  ChillerAt(const ChillerSpec& spec, double chilled_c, double condenser_c);

  double available_w() const { return available_w_; }
  double most_w() const { return available_w_ * spec_.load_range.most; }      // what it carries at most
  double capft() const { return capft_; }
  double eirft() const { return eirft_; }
  double part_load(double load_w) const { return load_w / available_w_; }
  double eirfplr(double load_w) const;                                       // cycling apart
  double input_w(double load_w) const;
  RangeExcursion excursion(double load_w) const;

 private:
  const ChillerSpec& spec_;
  double capft_, eirft_, available_w_;
  RangeExcursion temperatures_;
};

}  // namespace headroom
