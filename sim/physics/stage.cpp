#include "sim/physics/stage.h"

#include <cmath>

namespace headroom {
namespace {

double tangent(double power_factor) { return std::sqrt(1 - power_factor * power_factor) / power_factor; }

// Loss over rated power at a point: x/eta - x.
double loss_share(const EfficiencyPoint& point) { return point.load / point.efficiency - point.load; }

}  // namespace

Load with_power_factor(Power p, double power_factor) { return {p, ReactivePower::from_si(p.si() * tangent(power_factor))}; }

StageInput stage_input(const Stage& stage, Load output) {
  double const p = output.p.si(), q = output.q.si();
  double const s_square = p * p + q * q;
  double const loss = stage.fixed_w + stage.proportional * p + stage.square_p_per_w * p * p + stage.square_s_per_va * s_square;
  double const input = p + loss;
  double const reactive = stage.sets_power_factor ? input * stage.tan_phi : q + stage.fixed_var + stage.square_q_per_va * s_square;
  return {{Power::from_si(input), ReactivePower::from_si(reactive)}, Power::from_si(loss)};
}

Stage lossless_stage() { return {}; }

Stage converter_stage(const ConverterSpec& spec, int count) {
  return {.fixed_w = count * spec.fixed_loss.si() / spec.efficiency,
          .proportional = 1 / spec.efficiency - 1,
          .sets_power_factor = true,
          .tan_phi = tangent(spec.power_factor)};
}

QuadraticLoss fit_loss(const std::vector<EfficiencyPoint>& points) {
  expects(points.size() == 3, "a quadratic goes through three points");
  double const x0 = points[0].load, x1 = points[1].load, x2 = points[2].load;
  double const y0 = loss_share(points[0]), y1 = loss_share(points[1]), y2 = loss_share(points[2]);
  // Newton's divided differences, then expanded
  double const d01 = (y1 - y0) / (x1 - x0), d12 = (y2 - y1) / (x2 - x1);
  double const c = (d12 - d01) / (x2 - x0);
  double const b = d01 - c * (x0 + x1);
  return {y0 - b * x0 - c * x0 * x0, b, c};
}

Stage ups_stage(const UpsSpec& spec, int count) {
  QuadraticLoss const fit = fit_loss(spec.efficiency);
  double const rated_w = count * spec.rated_power.si();
  return {.fixed_w = rated_w * fit.a,
          .proportional = fit.b,
          .square_p_per_w = fit.c / rated_w,
          .sets_power_factor = true,
          .tan_phi = tangent(spec.power_factor)};
}

Stage transformer_stage(const TransformerSpec& spec, int count) {
  double const rated_va = spec.rated_apparent_power.si();
  return {.fixed_w = count * spec.no_load_loss.si(),
          .square_s_per_va = spec.load_loss.si() / (count * rated_va * rated_va),
          .fixed_var = count * spec.no_load_current * rated_va,
          .square_q_per_va = spec.impedance / (count * rated_va)};
}

Stage pdu_stage(const PduSpec& spec, int count) {
  double const rated_va = spec.rated_apparent_power.si();
  return {.fixed_w = count * (spec.no_load_loss + spec.electronics).si(),
          .square_s_per_va = spec.load_loss.si() / (count * rated_va * rated_va),
          .square_q_per_va = spec.impedance / (count * rated_va)};
}

}  // namespace headroom
