// What a stage of the power path takes from above to deliver its output. Pure functions of the load.
//
// Every stage but a server's power supply has the same form, with P and S the output in W and VA:
//
//   loss   = fixed + proportional P + square_p P^2 + square_s S^2                              [W]
//   Q_in   = P_in tan(acos(pf))                     where the stage sets its own power factor    [var]
//   Q_in   = Q_out + fixed_q + square_q S^2         where it is passive
//
// so one node costs a handful of multiplications. Valid for P >= 0; whether the output is within the rating is the
// caller's question. A de-energised stage has neither output nor loss.
#pragma once

#include "topologies/equipment/specs.h"

namespace headroom {

struct Load {
  Power p;
  ReactivePower q;
  constexpr bool operator==(const Load&) const = default;
  constexpr Load operator+(Load b) const { return {p + b.p, q + b.q}; }
  ApparentPower s() const { return apparent_power(p, q); }
};

// Real power with the reactive power that belongs to its power factor (lagging).
Load with_power_factor(Power p, double power_factor);

struct Stage {
  double fixed_w = 0, proportional = 0, square_p_per_w = 0, square_s_per_va = 0;
  bool sets_power_factor = false;
  double tan_phi = 0;                      // where it sets its own
  double fixed_var = 0, square_q_per_va = 0;   // where it is passive
};

struct StageInput {
  Load input;
  Power loss;
};
StageInput stage_input(const Stage& stage, Load output);

Stage lossless_stage();

// P_in = (P_out + n c) / eta, n units side by side [ExaDigiT/RAPS; docs/models.md].
Stage converter_stage(const ConverterSpec& spec, int count);

// Loss/Pn = a + b x + c x^2 through the three points of efficiency, x = P_out/(n Pn) [Schneider's decomposition].
Stage ups_stage(const UpsSpec& spec, int count);

// Loss = n P0 + n Pk (S/(n Sn))^2; Q = Q_out + n i0 Sn + n uk S^2/(n^2 Sn) [IEC 60076; EU 548/2014].
Stage transformer_stage(const TransformerSpec& spec, int count);

// A transformer and fixed electronics.
Stage pdu_stage(const PduSpec& spec, int count);

// The coefficients of loss/Pn = a + b x + c x^2 through three points.
struct QuadraticLoss {
  double a, b, c;
};
QuadraticLoss fit_loss(const std::vector<EfficiencyPoint>& three_points);

}  // namespace headroom
