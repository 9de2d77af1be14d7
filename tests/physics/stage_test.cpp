#include "sim/physics/stage.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace headroom;

namespace {

UpsSpec ups(double low, double half, double full) {
  UpsSpec spec;
  spec.rated_power = 500.0 * kilowatt;
  spec.rated_apparent_power = 500.0 * kilovolt_ampere;
  spec.efficiency = {{0.25, low}, {0.5, half}, {1.0, full}};
  spec.power_factor = 0.99;
  return spec;
}

double efficiency_at(const UpsSpec& spec, double share, int count = 1) {
  Power const out = share * count * spec.rated_power;
  return out / stage_input(ups_stage(spec, count), {out, {}}).input.p;
}

TransformerSpec liquid_1000kva() {
  TransformerSpec spec;
  spec.rated_apparent_power = 1000.0 * kilovolt_ampere;
  spec.no_load_loss = 693.0 * watt;
  spec.load_loss = 7600.0 * watt;
  spec.impedance = 0.06;
  spec.no_load_current = 0.005;
  return spec;
}

double loss_w(const TransformerSpec& spec, double share) {
  return stage_input(transformer_stage(spec, 1), {share * 1.0 * megawatt, {}}).loss / watt;
}

}  // namespace

// models.md 2.2, loss/Pn = a + b x + c x^2 through 25/50/100 %
TEST_CASE("the loss of a UPS goes through its three points", "[physics]") {
  struct Row {
    double low, half, full, a, b, c, tenth, three_quarters;
  };
  auto const row = GENERATE(Row{0.87, 0.92, 0.935, 0.035833, -0.003105, 0.036791, 0.7359, 0.9326},     // legacy
                            Row{0.95, 0.965, 0.96, 0.012707, -0.007249, 0.036209, 0.8901, 0.9645},     // modern
                            Row{0.978, 0.985, 0.99, 0.003135, 0.010950, -0.003985, 0.9598, 0.9880});   // eco
  UpsSpec const spec = ups(row.low, row.half, row.full);
  QuadraticLoss const fit = fit_loss(spec.efficiency);
  CHECK(fit.a == Approx(row.a).margin(1e-6));
  CHECK(fit.b == Approx(row.b).margin(1e-6));
  CHECK(fit.c == Approx(row.c).margin(1e-6));
  CHECK(efficiency_at(spec, 0.25) == Approx(row.low).margin(1e-12));
  CHECK(efficiency_at(spec, 0.5) == Approx(row.half).margin(1e-12));
  CHECK(efficiency_at(spec, 1.0) == Approx(row.full).margin(1e-12));
  CHECK(efficiency_at(spec, 0.1) == Approx(row.tenth).margin(5e-5));
  CHECK(efficiency_at(spec, 0.75) == Approx(row.three_quarters).margin(5e-5));
  for (int i = 0; i <= 150; ++i) CHECK(fit.a + fit.b * i / 100 + fit.c * i * i / 10'000 >= 0);
}

TEST_CASE("a UPS draws its idle loss at zero load", "[physics]") {
  StageInput const idle = stage_input(ups_stage(ups(0.95, 0.965, 0.96), 1), {});
  CHECK(idle.input.p.si() == Approx(0.012707 * 500e3).margin(0.5));
  CHECK(idle.loss == idle.input.p);
}

TEST_CASE("modules side by side are one of their total rating", "[physics]") {
  UpsSpec const spec = ups(0.95, 0.965, 0.96);
  for (double share : {0.0, 0.3, 1.0})
    CHECK(stage_input(ups_stage(spec, 3), {3 * share * spec.rated_power, {}}).input.p.si() ==
          Approx(3 * stage_input(ups_stage(spec, 1), {share * spec.rated_power, {}}).input.p.si()).margin(1e-6));
}

TEST_CASE("a UPS sets its own power factor", "[physics]") {
  StageInput const in = stage_input(ups_stage(ups(0.95, 0.965, 0.96), 1), {100.0 * kilowatt, 50.0 * kilovar});
  CHECK(in.input.p.si() / in.input.s().si() == Approx(0.99).margin(1e-12));
}

// models.md 2.3, EU Tier 2 liquid, 1000 kVA, power factor 1
TEST_CASE("transformer losses at 10, 35, 50 and 100 %", "[physics]") {
  TransformerSpec const spec = liquid_1000kva();
  CHECK(loss_w(spec, 0.1) == Approx(769.0).margin(1e-9));
  CHECK(loss_w(spec, 0.35) == Approx(1624.0).margin(1e-9));
  CHECK(loss_w(spec, 0.5) == Approx(2593.0).margin(1e-9));
  CHECK(loss_w(spec, 1.0) == Approx(8293.0).margin(1e-9));
  CHECK(loss_w(spec, 0.0) == Approx(693.0).margin(1e-9));
}

TEST_CASE("a transformer is most efficient at sqrt(P0/Pk)", "[physics]") {
  TransformerSpec const spec = liquid_1000kva();
  double const best = std::sqrt(693.0 / 7600.0);
  CHECK(best == Approx(0.302).margin(5e-4));
  auto const efficiency = [&](double share) { return share * 1e6 / (share * 1e6 + loss_w(spec, share)); };
  CHECK(efficiency(best) > efficiency(best - 0.01));
  CHECK(efficiency(best) > efficiency(best + 0.01));
  // PEI = 1 - 2 P0/(Sn beta*)
  CHECK(1 - 2 * 693 / (1e6 * best) == Approx(0.99541).margin(5e-6));
}

TEST_CASE("transformers side by side: twice the no-load loss, half the load loss", "[physics]") {
  StageInput const two = stage_input(transformer_stage(liquid_1000kva(), 2), {1.0 * megawatt, {}});
  CHECK(two.loss / watt == Approx(2 * 693 + 7600.0 / 2).margin(1e-9));
}

TEST_CASE("a transformer loses by VA, passes var on and adds its own", "[physics]") {
  StageInput const in = stage_input(transformer_stage(liquid_1000kva(), 1), {0.6 * megawatt, 800.0 * kilovar});
  CHECK(in.loss / watt == Approx(8293.0).margin(1e-9));                                        // S = 1000 kVA
  CHECK(in.input.q / kilovar == Approx(800 + 0.005 * 1000 + 0.06 * 1000).margin(1e-9));
  CHECK(in.input.p / kilowatt == Approx(608.293).margin(1e-9));
}

TEST_CASE("a PDU is a transformer and its electronics", "[physics]") {
  PduSpec spec;
  spec.rated_apparent_power = 300.0 * kilovolt_ampere;
  spec.no_load_loss = 519.6 * watt;
  spec.load_loss = 4241.6 * watt;
  spec.electronics = 50.0 * watt;
  spec.impedance = 0.05;
  StageInput const in = stage_input(pdu_stage(spec, 1), {105.0 * kilowatt, {}});
  CHECK(in.loss / watt == Approx(519.6 + 50 + 4241.6 * 0.35 * 0.35).margin(1e-9));             // 1039.2 and 50
  CHECK(in.input.q / var == Approx(0.05 * 105e3 * 105e3 / 300e3).margin(1e-6));
}

TEST_CASE("a converter draws (P + n c) / eta", "[physics]") {
  ConverterSpec spec;
  spec.fixed_loss = 17.0 * watt;
  spec.efficiency = 0.96;
  spec.power_factor = 0.99;
  for (int count : {1, 4})
    for (double w : {0.0, 100.0, 12'345.6})
      CHECK(stage_input(converter_stage(spec, count), {w * watt, {}}).input.p / watt == Approx((w + count * 17) / 0.96).epsilon(1e-14));
}

TEST_CASE("a stage without losses gives what it takes", "[physics]") {
  Load const load{3.0 * kilowatt, 1.0 * kilovar};
  StageInput const in = stage_input(lossless_stage(), load);
  CHECK(in.input == load);
  CHECK(in.loss == Power{});
}

TEST_CASE("reactive power of a power factor: 0.8 is 3 kvar for 4 kW", "[physics]") {
  CHECK(with_power_factor(4.0 * kilowatt, 0.8).q / kilovar == Approx(3).margin(1e-12));
  CHECK(with_power_factor(4.0 * kilowatt, 1.0).q == ReactivePower{});
  CHECK(with_power_factor(Power{}, 0.8).q == ReactivePower{});
}
