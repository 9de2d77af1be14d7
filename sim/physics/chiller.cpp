#include "sim/physics/chiller.h"

#include <algorithm>

namespace headroom {
namespace {

double beyond(double value, double least, double most) { return value < least ? value - least : value > most ? value - most : 0; }

}  // namespace

double biquadratic(const std::vector<double>& c, double x, double y) { return c[0] + c[1] * x + c[2] * x * x + c[3] * y + c[4] * y * y + c[5] * x * y; }

ChillerAt::ChillerAt(const ChillerSpec& spec, double chilled_c, double condenser_c) : spec_(spec) {
  temperatures_.chilled_k = beyond(chilled_c, spec.chilled_water.least.celsius(), spec.chilled_water.most.celsius());
  temperatures_.condenser_k = beyond(condenser_c, spec.condenser_fluid.least.celsius(), spec.condenser_fluid.most.celsius());
  double const x = chilled_c - temperatures_.chilled_k, y = condenser_c - temperatures_.condenser_k;
  capft_ = biquadratic(spec.capacity_curve, x, y);
  eirft_ = biquadratic(spec.input_curve, x, y);
  available_w_ = spec.capacity.si() * capft_;
}

double ChillerAt::eirfplr(double load_w) const {
  auto const& c = spec_.part_load_curve;
  double const running = std::max(part_load(load_w), spec_.load_range.least);
  double const z = std::clamp(running, spec_.part_load_range.least, spec_.part_load_range.most);
  return c[0] + c[1] * z + c[2] * z * z;
}

double ChillerAt::input_w(double load_w) const {
  if (load_w <= 0) return 0;
  double const z = part_load(load_w), least = spec_.load_range.least;
  double const cycling = z < least ? z / least : 1;
  return available_w_ / spec_.cop * eirft_ * eirfplr(load_w) * cycling;
}

RangeExcursion ChillerAt::excursion(double load_w) const {
  RangeExcursion out = temperatures_;
  out.part_load = beyond(std::max(part_load(load_w), spec_.load_range.least), spec_.part_load_range.least, spec_.part_load_range.most);
  return out;
}

}  // namespace headroom
