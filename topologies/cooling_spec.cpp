#include "topologies/cooling_spec.h"

#include <algorithm>

namespace headroom {

double proportional_at(const std::vector<CoolingCurvePoint>& curve, double dry_bulb_c, double wet_bulb_c) {
  bool const by_wet_bulb = curve.front().wet_bulb.has_value();
  auto const celsius = [&](const CoolingCurvePoint& point) { return (by_wet_bulb ? *point.wet_bulb : *point.dry_bulb).celsius(); };
  double const outdoors = by_wet_bulb ? wet_bulb_c : dry_bulb_c;
  auto const above = std::find_if(curve.begin(), curve.end(), [&](const CoolingCurvePoint& point) { return celsius(point) >= outdoors; });
  if (above == curve.begin()) return curve.front().proportional;
  if (above == curve.end()) return curve.back().proportional;
  CoolingCurvePoint const& below = *(above - 1);
  return below.proportional + (above->proportional - below.proportional) * (outdoors - celsius(below)) / (celsius(*above) - celsius(below));
}

double highest_proportional(const std::vector<CoolingCurvePoint>& curve) {
  double highest = 0;
  for (auto const& point : curve) highest = std::max(highest, point.proportional);
  return highest;
}

CoolingLevel level_of(const CoolingSpec& cooling) {
  if (cooling.plant) return CoolingLevel::plant;
  if (!cooling.curve.empty()) return CoolingLevel::curve;
  return cooling.fixed > Power{} || cooling.proportional > 0 ? CoolingLevel::constant : CoolingLevel::none;
}

}  // namespace headroom
