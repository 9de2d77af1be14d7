#include "sim/power/limits.h"

namespace headroom {

std::vector<Limit> limits_of(const Rating& rating, const Carried& carried) {
  auto const amperes = [&](double va) { return line_current(ApparentPower::from_si(va), rating.voltage, rating.phases) / ampere; };
  std::vector<Limit> out;
  if (rating.power) out.push_back({"kW", *rating.power / kilowatt, carried.output_w / 1e3});
  if (rating.apparent) out.push_back({"kVA", *rating.apparent / kilovolt_ampere, carried.output_va / 1e3});
  if (rating.current) out.push_back({"A", *rating.current / ampere, amperes(carried.output_va)});
  if (rating.circuit) out.push_back({"circuit A", *rating.circuit / ampere, amperes(carried.connection_va)});
  return out;
}

std::optional<Limit> binding_limit(const std::vector<Limit>& limits) {
  std::optional<Limit> worst;
  for (auto const& limit : limits)
    if (!worst || limit.used_share() > worst->used_share()) worst = limit;
  return worst;
}

}  // namespace headroom
