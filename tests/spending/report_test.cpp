#include <catch2/catch.hpp>

#include <cmath>

#include "tests/spending/support.h"

using namespace headroom;

namespace {

const std::vector<std::string> caveat_words{"fixed prices", "no capacity limit", "gross output", "2022", "no displaced spending", "imports matter most"};

// Every object that has a `value` of a ratio has its caveats; how many there are.
int check_ratios(const Json& json, const std::string& path) {
  int ratios = 0;
  if (json.is_object() && json.contains("value")) {
    CAPTURE(path);
    REQUIRE(json.contains("caveats"));
    CHECK(json.at("caveats").size() >= 4);
    CHECK(json.contains("name"));
    if (json.at("name") != "K1")
      for (auto const& word : caveat_words) CHECK(json.at("caveats").dump().find(word) != std::string::npos);
    ++ratios;
  }
  if (json.is_structured())
    for (auto const& [key, item] : json.items()) ratios += check_ratios(item, path + "." + key);
  return ratios;
}

}  // namespace

TEST_CASE("every ratio of the JSON stands with its caveats", "[spending]") {
  Json const json = to_json(spending_of(small_site()));
  CHECK(check_ratios(json, "") == 1 + 3 * (1 + 4 + 2));      // K1; three for the total, each group, each sector
  CHECK(json.dump().find("the multiplier") == std::string::npos);
}

TEST_CASE("the JSON of a bill has cents that add up, evidence, sources and elements", "[spending]") {
  Json const bill = to_json(spending_of(small_site())).at("bill");
  double sum = 0;
  for (auto const& line : bill.at("lines")) {
    for (const char* key : {"class", "quantity", "unit", "unit_price", "amount", "currency", "year", "evidence", "source", "sector", "elements"}) {
      CAPTURE(key);
      CHECK(line.contains(key));
    }
    CHECK_FALSE(line.at("elements").empty());
    double const mid = line.at("amount").at("mid");
    CHECK(std::round(mid * 100) == Approx(mid * 100).margin(1e-4));
    if (!line.at("inside_building").get<bool>()) sum += mid;
  }
  CHECK(bill.at("totals").at("total").at("mid").get<double>() == Approx(sum).margin(0.005));
  CHECK(bill.at("missing").size() == 6);
}

TEST_CASE("the text has every line, what is missing and the caveats, in 100 columns", "[spending]") {
  Spending const found = spending_of(small_site());
  std::string const text = to_table(found);
  for (auto const& line : found.bill.lines) CHECK(text.find(line.spending_class.name) != std::string::npos);
  for (auto const& gap : found.bill.missing) CHECK(text.find(gap.kind->key) != std::string::npos);
  for (auto const& word : caveat_words) CHECK(text.find(word) != std::string::npos);
  CHECK(text.find("Type I") != std::string::npos);
  CHECK(text.find("608,000") != std::string::npos);
  CHECK(text.find("the multiplier") == std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 100);
    CHECK((line.empty() || line.back() != ' '));
  }
}

TEST_CASE("a site with nothing priced still has a report", "[spending]") {
  Bill const bill = make_bill(counts_of(small_site()), {});
  CHECK(bill.lines.empty());
  CHECK(to_table(bill).find("Without a price:") != std::string::npos);
  CHECK(to_table(upstream_of(bill, us_table())).find("nothing is bought") != std::string::npos);
  CHECK(to_json(bill).at("lines").empty());
}
