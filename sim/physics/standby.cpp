#include "sim/physics/standby.h"

#include <algorithm>
#include <cmath>

#include "sim/physics/server_power.h"

namespace headroom {
namespace {

// Of one generator at a share of its rating. One point alone is a use in proportion to the load.
double use_of_one_l_per_s(const std::vector<FuelPoint>& points, double load) {
  if (points.empty()) return 0;
  if (points.size() == 1) return points[0].use.si() * load / points[0].load;
  std::size_t above = 1;
  while (above + 1 < points.size() && load > points[above].load) ++above;
  FuelPoint const &low = points[above - 1], &high = points[above];
  double const share = (load - low.load) / (high.load - low.load);
  return std::max(0.0, low.use.si() + share * (high.use.si() - low.use.si()));
}

}  // namespace

double fuel_use_l_per_s(const GeneratorSpec& spec, double output_w, int running) {
  if (running <= 0) return 0;
  return running * use_of_one_l_per_s(spec.fuel_use, output_w / (running * spec.rated_power.si()));
}

// The stored energy is E = hold_up x full load, so it lasts hold_up x full load / delivered. Both are powers at the point
// of measurement of the server, at the wall or behind its supplies, so their ratio needs no efficiency.
// A server that draws nothing holds for as long as time is counted.
Duration hold_up(const ServerSpec& spec, Power delivered) {
  if (delivered <= Power{}) return longest_duration;
  Power const full = server_power(spec.power, {.cpu = 1, .gpu = 1});
  return round_to_duration(spec.hold_up.seconds() * (full / delivered)).value_or(longest_duration);
}

double k_of_n_availability(int k, int n, double a) {
  double sum = 0, ways = 1;                       // C(n, i)
  for (int i = 0; i <= n; ++i) {
    if (i >= k) sum += ways * std::pow(a, i) * std::pow(1 - a, n - i);
    ways = ways * (n - i) / (i + 1);
  }
  return sum;
}

// The chain 2 up -> 1 up -> 0 up at 2/mtbf and 1/mtbf, back at 2/mttr and 1/mttr; the share of 0 up is the square of
// mttr / (mtbf + mttr).
double two_unit_availability(double mtbf_s, double mttr_s) {
  double const down = mttr_s / (mtbf_s + mttr_s);
  return 1 - down * down;
}

}  // namespace headroom
