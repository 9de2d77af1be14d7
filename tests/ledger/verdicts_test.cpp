// Each rule of ledger.h from both sides.
#include <catch2/catch.hpp>

#include "tests/ledger/support.h"

using namespace headroom;

namespace {

// A claim of `value`, or of a range, with what a programme says beside it.
struct Comparison {
  Verdict verdict = Verdict::reproduced;
  double value = 0;
  std::optional<double> value_max = {};
  double within = 0.01;
};

WorkedClaim held_against(const Comparison& comparison, double ours, double low, double high) {
  Claim claim = claim_of("F1", comparison.value, comparison.verdict, "ours");
  claim.value_max = comparison.value_max;
  claim.within = comparison.within;
  claim.ours[0].low = "ours_low";
  claim.ours[0].high = "ours_high";
  return work_out(ledger_of({claim}), {programme_figure("ours", ours), programme_figure("ours_low", low), programme_figure("ours_high", high)}).claims[0];
}
bool holds(const Comparison& comparison, double ours) { return held_against(comparison, ours, ours, ours).holds; }
bool holds(const Comparison& comparison, double ours, double low, double high) { return held_against(comparison, ours, low, high).holds; }

std::string finding(const LedgerSpec& spec, const std::vector<NamedFigure>& figures = {}) { return work_out(spec, figures).claims[0].finding; }

}  // namespace

TEST_CASE("reproduced is within so much of the claim", "[ledger]") {
  Comparison const claim{.verdict = Verdict::reproduced, .value = 100};
  for (double const ours : {100.0, 101.0, 99.0}) CHECK(holds(claim, ours));
  for (double const ours : {101.0001, 98.9999, -100.0}) CHECK_FALSE(holds(claim, ours));
  CHECK(holds({.value = -100}, -101));
  CHECK_FALSE(holds({.value = -100}, -101.0001));
  CHECK(holds({.value = 0}, 0));
  CHECK_FALSE(holds({.value = 0}, 1e-6));
  CHECK(holds({.value = 100, .within = 0}, 100));
  CHECK_FALSE(holds({.value = 100, .within = 0}, 100.00001));
}

TEST_CASE("reproduced of a range is inside it, or within so much of its nearer end", "[ledger]") {
  Comparison const claim{.verdict = Verdict::reproduced, .value = 5, .value_max = 10, .within = 0.1};
  for (double const ours : {4.5, 5.0, 7.0, 10.0, 11.0}) CHECK(holds(claim, ours));
  for (double const ours : {4.4999, 11.0001}) CHECK_FALSE(holds(claim, ours));
}

TEST_CASE("arithmetic names other claims alone", "[ledger]") {
  std::vector<Claim> claims{claim_of("F1", 160000, Verdict::arithmetic, "F2 / F3"), claim_of("F2", 37.088e9, Verdict::no_quantity, ""), claim_of("F3", 232143, Verdict::no_quantity, "")};
  Ledger const ledger = work_out(ledger_of(claims), {});
  CHECK(ledger.claims[0].holds);
  CHECK(ledger.claims[0].ours[0].value == Approx(159763.6));
  CHECK(ledger.claims[0].finding == "ours 159764 yuan against 160000 yuan: 0.148 % below, within 1 %");
  claims[0].within = 0.001;
  CHECK(finding(ledger_of(claims)) == "does not hold: ours 159764 yuan against 160000 yuan: 0.148 % below, more than 0.1 %");
  claims[0].ours[0].is = "159764";
  CHECK(finding(ledger_of(claims)) == "does not hold: ours 159764 yuan against 160000 yuan: it names no figure, a number was typed");
  claims[0].ours[0].is = "F2 / F3 * 0 + F1";
  CHECK(finding(ledger_of(claims)) == "does not hold: ours 160000 yuan against 160000 yuan: it is worked out from the claim itself");
  claims[0].ours[0].is = "F2 / stations";
  CHECK(finding(ledger_of(claims), {programme_figure("stations", 232143)}).ends_with("it rests on stations, which is no claim"));
}

TEST_CASE("reproduced names something that is no claim", "[ledger]") {
  std::vector<Claim> claims{claim_of("F1", 160000, Verdict::reproduced, "F2 / F3"), claim_of("F2", 37.088e9, Verdict::no_quantity, ""), claim_of("F3", 232143, Verdict::no_quantity, "")};
  CHECK(finding(ledger_of(claims)).ends_with("it follows from other claims alone, which is arithmetic only"));
  claims[0].ours[0].is = "F2 / stations";
  CHECK(work_out(ledger_of(claims), {programme_figure("stations", 232143)}).claims[0].holds);
  claims[0].ours[0].is = "F1 * stations / 232143";
  CHECK(finding(ledger_of(claims), {programme_figure("stations", 232143)}).ends_with("it is worked out from the claim itself"));
}

TEST_CASE("another quantity is of the same size by a factor, either way", "[ledger]") {
  Comparison const claim{.verdict = Verdict::other_quantity, .value = 100, .within = 0.25};
  for (double const ours : {125.0, 80.0, 100.0}) CHECK(holds(claim, ours));
  for (double const ours : {125.001, 79.999, 0.0, -100.0}) CHECK_FALSE(holds(claim, ours));
  Comparison const range{.verdict = Verdict::other_quantity, .value = 100, .value_max = 200, .within = 0.25};
  for (double const ours : {80.0, 150.0, 250.0}) CHECK(holds(range, ours));
  for (double const ours : {79.9, 250.1}) CHECK_FALSE(holds(range, ours));
  CHECK_FALSE(holds({.verdict = Verdict::other_quantity, .value = 0, .within = 0.25}, 1));
}

TEST_CASE("ranges that touch are consistent, and not inconsistent", "[ledger]") {
  for (Verdict const verdict : {Verdict::consistent, Verdict::inconsistent}) {
    bool const overlap = verdict == Verdict::consistent;
    Comparison const claim{.verdict = verdict, .value = 5, .value_max = 10};
    CHECK(holds(claim, 11, 10, 12) == overlap);
    CHECK(holds(claim, 4, 3, 5) == overlap);
    CHECK(holds(claim, 7, 1, 20) == overlap);
    CHECK(holds(claim, 7, 6, 8) == overlap);
    CHECK(holds(claim, 11, 10.001, 12) != overlap);
    CHECK(holds(claim, 4, 3, 4.999) != overlap);
    CHECK(holds(claim, 10.001, 10.001, 10.001) != overlap);      // the end of a range has no leeway
  }
}

TEST_CASE("a claim without a range is one value with leeway", "[ledger]") {
  for (Verdict const verdict : {Verdict::consistent, Verdict::inconsistent}) {
    bool const overlap = verdict == Verdict::consistent;
    Comparison const claim{.verdict = verdict, .value = 100};
    CHECK(holds(claim, 103, 101, 105) == overlap);
    CHECK(holds(claim, 99) == overlap);
    CHECK(holds(claim, 103, 101.001, 105) != overlap);
    CHECK(holds(claim, 98.999) != overlap);
  }
  WorkedClaim const worked = held_against({.verdict = Verdict::consistent, .value = 5, .value_max = 10}, 9.32, 6.9, 12.58);
  CHECK(worked.finding == "ours 9.32 (6.9 to 12.58) yuan against 5 to 10 yuan: they have 6.9 to 10 in common");
  CHECK(held_against({.verdict = Verdict::consistent, .value = 5, .value_max = 10}, 3, 2, 4).finding == "does not hold: ours 3 (2 to 4) yuan against 5 to 10 yuan: nothing in common: ours ends at 4, the claim begins at 5");
}

TEST_CASE("a claim is told with every digit of it", "[ledger]") {
  CHECK(finding(ledger_of({claim_of("F1", 2020.0522, Verdict::reproduced, "ours")}), {programme_figure("ours", 2020.0522)}) == "ours 2020.1 yuan against 2020.0522 yuan: the same");
}

TEST_CASE("what is inconsistent may rest on the claim itself", "[ledger]") {
  Claim claim = claim_of("F1", 34400, Verdict::inconsistent, "F1 / 10000");
  CHECK(work_out(ledger_of({claim}), {}).claims[0].holds);
  claim.verdict = Verdict::consistent;
  CHECK(finding(ledger_of({claim})).ends_with("it is worked out from the claim itself"));
}

TEST_CASE("what is no quantity holds, whatever is shown beside it", "[ledger]") {
  WorkedClaim const bare = work_out(ledger_of({claim_of("F1", 26, Verdict::no_quantity, "")}), {}).claims[0];
  CHECK(bare.holds);
  CHECK(bare.ours.empty());
  WorkedClaim const shown = work_out(ledger_of({claim_of("F1", 26, Verdict::no_quantity, "2 * F1")}), {}).claims[0];
  CHECK(shown.holds);
  CHECK(shown.ours[0].value == 52);
}

TEST_CASE("a figure lies in its own range", "[ledger]") {
  Comparison const claim{.verdict = Verdict::consistent, .value = 5, .value_max = 10};
  CHECK(holds(claim, 6, 6, 8));
  CHECK(holds(claim, 8, 6, 8));
  CHECK_FALSE(holds(claim, 5.9, 6, 8));
  CHECK(held_against(claim, 8.1, 6, 8).finding.ends_with("ours lies outside its own range"));
  CHECK_THROWS_WITH(held_against(claim, 7, 8, 6), Catch::Contains("claims[F1].ours[0]: low comes to 8, above high, which comes to 6"));
}

TEST_CASE("the first figure decides, and verdicts are counted", "[ledger]") {
  Claim first = claim_of("F1", 100, Verdict::reproduced, "ours");
  first.ours.push_back({"another boundary", "10 * ours", "", "", "index", {}});
  Claim const second = claim_of("F2", 100, Verdict::reproduced, "2 * ours"), third = claim_of("F3", 3, Verdict::no_quantity, "");
  Ledger const ledger = work_out(ledger_of({first, second, third}), {programme_figure("ours", 100)});
  CHECK(ledger.claims[0].holds);
  CHECK(ledger.claims[0].ours[1].value == 1000);
  CHECK(ledger.claims[0].ours[0].figure.unit == "yuan");      // the claim's, where none is said
  CHECK(ledger.claims[0].ours[1].figure.unit == "index");
  CHECK_FALSE(ledger.claims[1].holds);
  CHECK(ledger.counts == std::map<Verdict, int>{{Verdict::reproduced, 2}, {Verdict::no_quantity, 1}});
  CHECK(ledger.do_not_hold == 1);
}

TEST_CASE("a verdict that rests on an assumption tells the value at which it turns", "[ledger]") {
  Claim claim = claim_of("F1", 100, Verdict::reproduced, "ours");
  claim.rests_on.push_back({"price of a building", "ours / 20", "ours / F1 * 8", "CNY/W", {}});
  WorkedClaim const worked = work_out(ledger_of({claim}), {programme_figure("ours", 100)}).claims[0];
  REQUIRE(worked.turns.size() == 1);
  CHECK(worked.turns[0].value == 5);
  CHECK(worked.turns[0].turns_at == 8);
}
