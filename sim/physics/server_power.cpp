#include "sim/physics/server_power.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

Power between(const IdleAndFull& part, double utilisation) { return part.count * (part.idle + utilisation * (part.full - part.idle)); }

Power along(const std::vector<Power>& curve, double utilisation) {
  double const position = std::clamp(utilisation, 0.0, 1.0) * static_cast<double>(curve.size() - 1);
  auto const below = std::min(static_cast<std::size_t>(position), curve.size() - 2);
  double const share = position - static_cast<double>(below);
  return curve[below] + share * (curve[below + 1] - curve[below]);
}

double interpolated_efficiency(const std::vector<EfficiencyPoint>& points, double load) {
  for (std::size_t i = 1; i < points.size(); ++i)
    if (load <= points[i].load) {
      double const share = (load - points[i - 1].load) / (points[i].load - points[i - 1].load);
      return points[i - 1].efficiency + share * (points[i].efficiency - points[i - 1].efficiency);
    }
  return points.back().efficiency;
}

}  // namespace

Power server_power(const ServerPower& model, Utilisation busy) {
  if (model.linear) return model.linear->idle + busy.cpu * (model.linear->full - model.linear->idle);
  if (model.components) {
    ComponentPower const& c = *model.components;
    Power const constant = c.memory + c.network + c.storage + c.other;
    return constant + (c.cpus ? between(*c.cpus, busy.cpu) : Power{}) + (c.gpus ? between(*c.gpus, busy.gpu) : Power{});
  }
  return along(model.curve, busy.cpu);
}

Power supply_input(const PowerSupplySpec& spec, Power rating, Power output) {
  double const load = output / rating;
  if (load >= spec.efficiency.front().load) return output / interpolated_efficiency(spec.efficiency, load);
  QuadraticLoss const fit = fit_loss({spec.efficiency[0], spec.efficiency[1], spec.efficiency[2]});
  return output + rating * std::max(0.0, fit.a + fit.b * load + fit.c * load * load);
}

Load server_input(const ServerSpec& spec, Power delivered, int live_supplies) {
  if (live_supplies == 0) return {};
  if (spec.supply) {
    Power const each = supply_input(spec.supply->value, spec.supply_rating, delivered / live_supplies);
    return with_power_factor(live_supplies * each, spec.supply->value.power_factor);
  }
  if (spec.converter) return stage_input(converter_stage(spec.converter->value, live_supplies), {delivered, {}}).input;
  return with_power_factor(delivered, spec.power_factor);
}

}  // namespace headroom
