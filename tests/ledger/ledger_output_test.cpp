#include <catch2/catch.hpp>

#include <sstream>

#include "tests/ledger/support.h"

using namespace headroom;

namespace {

Ledger worked() {
  Claim first = claim_of("F1", 100, Verdict::reproduced, "ours");
  first.says = "a long saying, with a comma, a \"quote\" and so many words that a line of a hundred columns cannot hold all of them, however they are set";
  first.ours[0].low = "ours - 1";
  first.ours[0].high = "ours + 1";
  first.year = "2020";
  first.why = std::string(130, 'w');
  first.rests_on.push_back({"price of a building", "5", "8", "CNY/W", {}});
  Claim const second = claim_of("F2", 3, Verdict::reproduced, "ours");
  return work_out(ledger_of({first, second, claim_of("F3", 1, Verdict::no_quantity, "")}), {programme_figure("ours", 100)});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> out;
  for (std::string line; std::getline(stream, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("a ledger as JSON links each figure to its run", "[ledger]") {
  Json const json = to_json(worked());
  Json const& claim = json.at("claims").at(0);
  CHECK(claim.at("holds") == true);
  CHECK(claim.at("verdict") == "reproduced");
  Json const& ours = claim.at("ours").at(0);
  CHECK(ours.at("value") == 100.0);
  CHECK(ours.at("low") == 99.0);
  CHECK(ours.at("uses").at(0).at("run") == "runs/2020-core");
  CHECK(ours.at("uses").at(0).at("key") == "power.facility_power_peak_15min_kw");
  CHECK(claim.at("rests_on").at(0).at("turns_at") == 8.0);
  CHECK_FALSE(claim.contains("value_max"));
  CHECK_FALSE(json.at("claims").at(1).at("ours").at(0).contains("low"));
  CHECK(json.at("verdicts").at("reproduced") == 2);
  CHECK(json.at("do_not_hold") == 1);
  CHECK(json.dump().find("null") == std::string::npos);
}

TEST_CASE("a ledger as text keeps to a hundred columns and says what does not hold", "[ledger]") {
  std::string const text = to_table(worked());
  for (auto const& line : lines_of(text)) CHECK(line.size() <= 100);
  for (auto const* part : {"F1  a topic: 100 yuan, 2020\n", "      100 (99 to 101) yuan: a quantity = ours\n", "rests on price of a building: 5 CNY/W; the verdict turns at 8 CNY/W", "F2  a topic: 3 yuan  (!)\n",
                           "reproduced: does not hold: ours 100 yuan against 3 yuan: 3.23e+03 % above, more than 1 %", "not a quantity of this model: nothing is held against it"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text == to_table(worked()));
}

TEST_CASE("a ledger as tables has a row for each claim and for each figure held against one", "[ledger]") {
  auto const tables = to_csv(worked());
  REQUIRE(tables.size() == 2);
  auto const claims = lines_of(tables.at("ledger.csv")), figures = lines_of(tables.at("ledger-figures.csv"));
  REQUIRE(claims.size() == 4);
  CHECK(claims[0].starts_with("id,topic,says,value,value_max,"));
  CHECK(claims[1].starts_with("F1,a topic,\"a long saying, with a comma, a \"\"quote\"\" and"));
  CHECK(claims[1].find(",100,,yuan,2020,somebody,reproduced,yes,100,99,101,yuan,") != std::string::npos);
  CHECK(claims[2].find("reproduced,no,100,100,100,yuan,") != std::string::npos);
  CHECK(claims[3] == "F3,a topic,what it says,1,,yuan,,somebody,not a quantity of this model,yes,,,,,nothing is held against it,");
  REQUIRE(figures.size() == 4);
  CHECK(figures[1] == "F1,a quantity,ours,100,99,101,,yuan,ours = 100 (runs/2020-core power.facility_power_peak_15min_kw)");
  CHECK(figures[2] == "F1,price of a building,5,5,,,8,CNY/W,");
}
