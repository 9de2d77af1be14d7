#include "topologies/network/builders/port_split.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double tolerance = 1e-9;      // of a ratio that people write with few digits, 1.333333333

bool fits(int down, DataRate down_rate, int up, DataRate up_rate, double oversubscription) {
  return down * down_rate <= (oversubscription * (1 + tolerance)) * (up * up_rate);
}

}  // namespace

PortSplit split_ports(const SwitchSpec& type, DataRate down_rate, const SwitchSpec& above, double oversubscription) {
  DataRate const own = type.uplinks ? type.uplinks->port_rate : type.port_rate;
  int const up_ports = type.uplinks ? type.uplinks->ports : std::max(1, type.ports - 1);
  int const each = static_cast<int>(std::clamp(std::ceil(above.port_rate / own - tolerance), 1.0, static_cast<double>(up_ports)));
  PortSplit split;
  split.up_rate = std::min(above.port_rate, each * own);
  split.down = type.uplinks ? type.ports : type.ports - each;
  auto const up = [&] { return (type.uplinks ? type.uplinks->ports : type.ports - split.down) / each; };
  while (split.down > 0 && !fits(split.down, down_rate, up(), split.up_rate, oversubscription)) --split.down;
  split.most_up = up();
  split.up = type.uplinks && split.down > 0 ? uplinks_for(split.down, down_rate, split.up_rate, oversubscription) : split.most_up;
  return split;
}

int uplinks_for(int down, DataRate down_rate, DataRate up_rate, double oversubscription) {
  return std::max(1, static_cast<int>(std::ceil(down * down_rate / (oversubscription * up_rate) * (1 - tolerance))));
}

int divisor_from(int count, int wanted) {
  while (count % wanted != 0) ++wanted;
  return wanted;
}

}  // namespace headroom
