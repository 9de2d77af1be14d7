// What the keys of a catalogue file must satisfy together.
#include <algorithm>

#include "topologies/equipment/specs_fields.h"

namespace headroom {
namespace {

void problem(std::vector<Problem>& problems, const Location& where, const std::string& path, const std::string& what) {
  problems.push_back({where, path.empty() ? what : path + ": " + what});
}

template <class Point>
bool loads_rise(const std::vector<Point>& points) {
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].load <= points[i - 1].load) return false;
  return true;
}

// The least of a + b x + c x^2 = loss/Pn through three points, for x from 0 to 1.5: no UPS gives more than it takes.
double least_loss(const std::vector<EfficiencyPoint>& points) {
  auto const loss = [&](double x) {
    double sum = 0;     // Lagrange's form
    for (std::size_t i = 0; i < 3; ++i) {
      double term = points[i].load / points[i].efficiency - points[i].load;
      for (std::size_t j = 0; j < 3; ++j)
        if (j != i) term *= (x - points[j].load) / (points[i].load - points[j].load);
      sum += term;
    }
    return sum;
  };
  double least = loss(0);
  for (int i = 1; i <= 150; ++i) least = std::min(least, loss(i / 100.0));
  return least;
}

constexpr double most_overload = 10;      // more can only be per cent

void check_overload(const std::vector<OverloadPoint>& points, const std::string& key, const Location& where, const std::string& path, std::vector<Problem>& problems) {
  if (!loads_rise(points)) problem(problems, where, path, key + ": the loads of its points must rise");
  if (!points.empty() && points.front().load > most_overload) return problem(problems, where, path, fmt::format("{}: its first load is {:.6g} times the rating; loads are shares of it, 1.1 is 110 %", key, points.front().load));
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].time >= points[i - 1].time) return problem(problems, where, path, key + ": the times of its points must fall: the more load, the sooner it ends");
}

void check_fuel_use(const std::vector<FuelPoint>& points, const Location& where, const std::string& path, std::vector<Problem>& problems) {
  if (points.empty()) problem(problems, where, path, "fuel_use: needs at least one point, what it burns at which load");
  if (!loads_rise(points)) problem(problems, where, path, "fuel_use: the loads of its points must rise");
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].use < points[i - 1].use) return problem(problems, where, path, "fuel_use: the uses of its points must not fall as the load rises");
}

void check_idle_and_full(Power idle, Power full, const std::string& what, const Location& where, const std::string& path, std::vector<Problem>& problems) {
  if (full < idle) problem(problems, where, path, fmt::format("{}: full is below idle", what));
}

}  // namespace

void check(const PowerSupplySpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.efficiency.size() < 3) problem(problems, s.where, path, "efficiency: needs at least three points");
  if (!loads_rise(s.efficiency)) problem(problems, s.where, path, "efficiency: the loads of its points must rise");
}

void check(const UpsSpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.efficiency.size() != 3) problem(problems, s.where, path, fmt::format("efficiency: needs exactly three points, found {}", s.efficiency.size()));
  if (!loads_rise(s.efficiency)) problem(problems, s.where, path, "efficiency: the loads of its points must rise");
  else if (s.efficiency.size() == 3 && least_loss(s.efficiency) < -1e-12)      // a constant efficiency has a of zero, give or take a rounding
    problem(problems, s.where, path, "efficiency: the loss a + b x + c x^2 through these points is negative somewhere between 0 % and 150 % load");
  check_overload(s.overload, "overload", s.where, path, problems);
}

void check(const BatterySpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.capacity <= Energy{}) problem(problems, s.where, path, "capacity: a battery of no capacity carries nothing; give it one, or leave the battery out");
}

void check(const GeneratorSpec& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.fuel <= Volume{}) problem(problems, s.where, path, "fuel: a generator without fuel does not run; give what is in its tank");
  check_fuel_use(s.fuel_use, s.where, path, problems);
  check_overload(s.overload, "overload", s.where, path, problems);
}

void check(const BreakerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  int const forms = (s.thermal ? 1 : 0) + (s.exponential ? 1 : 0) + (s.points.empty() ? 0 : 1);
  if (forms != 1) problem(problems, s.where, path, fmt::format("needs exactly one of thermal, exponential and points, found {}", forms));
  check_overload(s.points, "points", s.where, path, problems);
  if (s.exponential && s.exponential->offset >= s.exponential->scale)
    problem(problems, s.where, path, "exponential: the offset must be below the scale, or it trips at its rating");
  if (s.thermal && s.cool_down > Duration{}) problem(problems, s.where, path, "cool_down belongs to points and exponential; a thermal curve cools with its time_constant");
  if (s.instantaneous > 0 && s.instantaneous <= 1)
    problem(problems, s.where, path, fmt::format("instantaneous: {} would trip within its rating; write a multiple above 1, or 0 for never", s.instantaneous));
}

void check(const ServerPower& s, const std::string& path, std::vector<Problem>& problems) {
  int const forms = (s.curve.empty() ? 0 : 1) + (s.linear ? 1 : 0) + (s.components ? 1 : 0);
  if (forms != 1) problem(problems, s.where, path, fmt::format("needs exactly one of curve, linear and components, found {}", forms));
  if (!s.curve.empty() && s.curve.size() != 11) problem(problems, s.where, path, fmt::format("curve: needs 11 points (0 % to 100 %), found {}", s.curve.size()));
  if (s.linear) check_idle_and_full(s.linear->idle, s.linear->full, "linear", s.where, path, problems);
  if (s.components && s.components->cpus) check_idle_and_full(s.components->cpus->idle, s.components->cpus->full, "components.cpus", s.where, path, problems);
  if (s.components && s.components->gpus) check_idle_and_full(s.components->gpus->idle, s.components->gpus->full, "components.gpus", s.where, path, problems);
}

void check(const ServerSpec& s, const std::string& path, std::vector<Problem>& problems) {
  bool const dc = s.power.measured_at == MeasuredAt::dc;
  int const supplies = (s.supply ? 1 : 0) + (s.converter ? 1 : 0);
  if (dc && supplies != 1) problem(problems, s.where, path, fmt::format("power is measured at dc: needs exactly one of supply and converter, found {}", supplies));
  if (!dc && supplies != 0) problem(problems, s.where, path, "power is measured at the wall, supplies included: leave out supply and converter");
  if (s.supply && s.supply_rating <= Power{}) problem(problems, s.where, path, "missing key 'supply_rating': a power supply needs its rated output");
  if (!s.supply && s.supply_rating > Power{}) problem(problems, s.where, path, "supply_rating belongs to supply, which is not given");
  bool const gpu_power = s.power.components && s.power.components->gpus;
  if (gpu_power && s.power.components->gpus->count != s.gpus)
    problem(problems, s.where, path, fmt::format("gpus is {}, power.components.gpus.count is {}; they must agree", s.gpus, s.power.components->gpus->count));
}

}  // namespace headroom
