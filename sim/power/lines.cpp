#include "sim/power/lines.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace headroom {
namespace {

using Phasor = std::complex<double>;

Phasor at_degrees(double degrees) { return std::polar(1.0, degrees * std::numbers::pi / 180); }

bool between_lines(Voltage one_phase) {
  double const v = one_phase.si();
  return (v >= 200 && v <= 210) || v >= 380;
}

// The voltage between the lines on which a load hangs.
Voltage bus_voltage(const PowerNode& load) {
  return load.line < 0 || between_lines(load.rating.voltage) ? load.rating.voltage : std::sqrt(3.0) * load.rating.voltage;
}

void add_one_phase(std::array<Phasor, 3>& lines, const PowerNode& load, Phasor power) {
  bool const between = between_lines(load.rating.voltage);
  auto const a = static_cast<std::size_t>(load.line), b = (a + 1) % 3;
  // the voltage between L1 and L2 leads that of L1 by 30 degrees
  Phasor const voltage = load.rating.voltage.si() * at_degrees(-120.0 * load.line + (between ? 30.0 : 0.0));
  Phasor const current = std::conj(power / voltage);
  lines[a] += current;
  if (between) lines[b] -= current;
}

void add_three_phase(std::array<Phasor, 3>& lines, const PowerNode& load, Phasor power) {
  double const to_neutral_v = load.rating.voltage.si() / std::sqrt(3.0);
  for (int line = 0; line < 3; ++line) lines[static_cast<std::size_t>(line)] += std::conj(power / 3.0 / (to_neutral_v * at_degrees(-120.0 * line)));
}

}  // namespace

std::array<double, 3> line_currents(const PowerFlow& flow, NodeId node) {
  std::array<Phasor, 3> lines{};
  for (NodeId child : flow.children(node)) {
    PowerNode const& load = flow.graph().nodes[static_cast<std::size_t>(child)];
    Load const drawn = flow.drawn_from(child, node);
    (load.line < 0 ? add_three_phase : add_one_phase)(lines, load, {drawn.p.si(), drawn.q.si()});
  }
  return {std::abs(lines[0]), std::abs(lines[1]), std::abs(lines[2])};
}

double line_imbalance(const PowerFlow& flow, NodeId node) {
  if (!flow.feeds_single_phases(node)) return 1;
  Load drawn;
  for (NodeId child : flow.children(node)) drawn = drawn + flow.drawn_from(child, node);
  Voltage const bus = bus_voltage(flow.graph().nodes[static_cast<std::size_t>(flow.children(node).front())]);
  double const balanced_a = line_current(drawn.s(), bus, 3) / ampere;
  auto const lines = line_currents(flow, node);
  return balanced_a > 0 ? std::max(1.0, *std::ranges::max_element(lines) / balanced_a) : 1;
}

}  // namespace headroom
