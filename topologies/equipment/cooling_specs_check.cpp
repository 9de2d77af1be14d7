// What the keys of a catalogue file of the cooling plant must satisfy together.
#include "topologies/equipment/cooling_specs_fields.h"

namespace headroom {
namespace {

void cooling_problem(std::vector<Problem>& problems, const Location& where, const std::string& path, const std::string& what) {
  problems.push_back({where, path.empty() ? what : path + ": " + what});
}

void check_numbers(const std::vector<double>& curve, std::size_t wanted, const char* key, const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (curve.size() != wanted) cooling_problem(problems, s.where, path, fmt::format("{}: needs {} numbers, found {}", key, wanted == 6 ? "six" : "three", curve.size()));
}

void check_range(const FluidRange& range, const char* key, const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (range.least >= range.most) cooling_problem(problems, s.where, path, fmt::format("{}: the range from {} to {} is empty", key, range.least.text(), range.most.text()));
  else if (range.reference < range.least || range.reference > range.most)
    cooling_problem(problems, s.where, path, fmt::format("{}: the reference {} is outside the range from {} to {}", key, range.reference.text(), range.least.text(), range.most.text()));
}

void check_range(const PartLoadRange& range, const char* key, const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (range.least >= range.most) cooling_problem(problems, s.where, path, fmt::format("{}: the range from {:.6g} to {:.6g} is empty", key, range.least, range.most));
}

double biquadratic(const std::vector<double>& c, double x, double y) { return c[0] + c[1] * x + c[2] * x * x + c[3] * y + c[4] * y * y + c[5] * x * y; }

// A regression may miss 1 at its reference; one that misses it by more than a third is in other units.
void check_reference(const std::vector<double>& curve, const char* key, const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  double const value = biquadratic(curve, s.chilled_water.reference.celsius(), s.condenser_fluid.reference.celsius());
  if (value < 2.0 / 3 || value > 4.0 / 3) cooling_problem(problems, s.where, path, fmt::format("{}: it is {:.4g} at the reference temperatures; about 1 would do, x and y in C", key, value));
}

// Nothing may be free or less at a corner of the range.
void check_corners(const std::vector<double>& curve, const char* key, const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  for (Temperature x : {s.chilled_water.least, s.chilled_water.most})
    for (Temperature y : {s.condenser_fluid.least, s.condenser_fluid.most})
      if (double const value = biquadratic(curve, x.celsius(), y.celsius()); value <= 0)
        return cooling_problem(problems, s.where, path, fmt::format("{}: it is {:.4g} at {} and {}, within its range; it must be positive", key, value, x.text(), y.text()));
}

}  // namespace

void check(const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  std::size_t const before = problems.size();
  check_numbers(s.capacity_curve, 6, "capacity_curve", s, path, problems);
  check_numbers(s.input_curve, 6, "input_curve", s, path, problems);
  check_numbers(s.part_load_curve, 3, "part_load_curve", s, path, problems);
  check_range(s.chilled_water, "chilled_water", s, path, problems);
  check_range(s.condenser_fluid, "condenser_fluid", s, path, problems);
  check_range(s.part_load_range, "part_load_range", s, path, problems);
  check_range(s.load_range, "load_range", s, path, problems);
  if (problems.size() > before) return;
  check_reference(s.capacity_curve, "capacity_curve", s, path, problems);
  check_reference(s.input_curve, "input_curve", s, path, problems);
  check_corners(s.capacity_curve, "capacity_curve", s, path, problems);
  check_corners(s.input_curve, "input_curve", s, path, problems);
}

void check(const AirHandlerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  for (std::size_t i = 1; i < s.direct_expansion.size(); ++i)
    if (s.direct_expansion[i].dry_bulb <= s.direct_expansion[i - 1].dry_bulb) return cooling_problem(problems, s.where, path, "direct_expansion: the temperatures of its points must rise");
}

}  // namespace headroom
