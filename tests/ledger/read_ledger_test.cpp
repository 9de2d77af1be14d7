// Each broken ledger of tests/bad_inputs/ledgers stands beside NAME.expected, which holds the whole message, as it is printed when
// NAME.yaml is worked out without a programme from the project's folder.
#include <catch2/catch.hpp>

#include "tests/ledger/support.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

const char* const small_ledger = R"(kind: ledger
version: 1
name: small
title: A small ledger
source: four texts of 2020
figures:
  - {name: rail_home, meaning: railway construction, multiplier: type I home, economy: china-2020-153, sector: "105"}
  - {name: product, meaning: gross product of 2020, value: 1.016e14, unit: CNY, evidence: seen, source: a yearbook}
claims:
  - id: F022
    topic: 5G tender
    says: the sum of a tender
    value: 3.7088e10
    unit: yuan
    year: 2020
    source: a conference paper
    verdict: not a quantity of this model
    why: nothing is computed of it
  - id: F047
    topic: multiplier
    says: further investment for each yuan
    value: 1.71
    value_max: 1.8
    unit: ratio
    source: Haitong
    ours:
      - {what: suppliers' gross output, is: rail_home - 1, low: rail_home - 1.2, high: rail_home - 0.8, unit: ratio}
      - {what: a peak that a programme brings, is: core_peak_mw / product}
    verdict: same size, other quantity
    within: 0.2
    why: output of suppliers, not investment
    rests_on:
      - {assumption: the sector, is: rail_home, turns_at: "3"}
)";

std::string bad(const fs::path& file) {
  return message_of([&] { work_out(find_ledger(file.string()), {}); });
}

}  // namespace

TEST_CASE("a ledger reads back as it was written", "[ledger]") {
  TemporaryFile const file(".yaml", small_ledger);
  LedgerSpec const spec = find_ledger(file.path().string());
  REQUIRE(spec.claims.size() == 2);
  CHECK(spec.figures[0].multiplier == MultiplierKind::type_1_home);
  CHECK(spec.figures[0].sector == "105");
  CHECK(spec.figures[1].value == 1.016e14);
  CHECK(spec.claims[0].ours.empty());
  CHECK(spec.claims[0].year == "2020");
  CHECK(spec.claims[1].value_max == 1.8);
  CHECK(spec.claims[1].ours[0].high == "rail_home - 0.8");
  CHECK(spec.claims[1].verdict == Verdict::other_quantity);
  CHECK(spec.claims[1].within == 0.2);
  CHECK(spec.claims[1].rests_on[0].turns_at == "3");
  CHECK(spec.claims[1].where.line == 19);
  Ledger const ledger = work_out(spec, {programme_figure("core_peak_mw", 2.032e14)});
  CHECK(ledger.do_not_hold == 0);
  CHECK(ledger.claims[1].ours[1].value == 2);
}

TEST_CASE("a ledger without its programme is worked out as far as it goes", "[ledger]") {
  TemporaryFile const file(".yaml", small_ledger);
  LedgerSpec spec = find_ledger(file.path().string());
  CHECK_NOTHROW(validate_ledger(spec));
  CHECK_THROWS_WITH(work_out(spec, {}), Catch::Contains("claims[F047].ours[1].is: 'core_peak_mw' is no claim and no figure of the ledger") && Catch::Contains("is brought by a programme: headroom programme FILE"));
  CHECK_THROWS_WITH(work_out(spec, {programme_figure("core_peak_gw", 1)}), Catch::Contains("claims[F047].ours[1].is: there is no figure 'core_peak_mw', did you mean 'core_peak_gw'?"));
  spec.claims[1].ours[1].is = "core_peak_mw / (product";
  CHECK_THROWS_WITH(validate_ledger(spec), Catch::Contains("the '(' at character 16 is not closed"));
  spec.claims[1].ours[1].is = "F022 / (product - product)";
  CHECK_THROWS_WITH(validate_ledger(spec), Catch::Contains("something is divided by zero"));
}

TEST_CASE("every broken ledger is named for what it is, at its place", "[ledger]") {
  WorkingFolder const root(HEADROOM_SOURCE_DIR);
  int messages = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/ledgers")) {
    CAPTURE(entry.path().string());
    fs::path const stem = entry.path().parent_path() / entry.path().stem();
    if (entry.path().extension() != ".expected") {
      CHECK(fs::exists(stem.string() + ".expected"));
      continue;
    }
    CHECK(bad(stem.string() + ".yaml") == content_of(entry.path()));
    ++messages;
  }
  CHECK(messages >= 20);
}

TEST_CASE("the schema names every key that a ledger has", "[ledger]") {
  Json const schema = schema_of_ledger();
  CHECK(schema.at("title") == "Headroom ledger");
  CHECK(schema.at("properties").at("claims").at("items").at("properties").at("verdict").at("enum").size() == 6);
  CHECK(schema.at("properties").at("figures").at("items").at("properties").at("multiplier").at("enum").size() == 7);
}
