#include <catch2/catch.hpp>

#include <cmath>
#include <sstream>

#include "analysis/money/k_ratios.h"
#include "tests/spending/support.h"

using namespace headroom;

namespace {

const std::string with_grid = small_site() + "grid: {distance: 5 km}\n";

// What each ratio may never stand without: its boundary's, or the table's.
const std::vector<std::string> of_tables{"fixed prices", "no capacity limit", "gross output", "2022", "no displaced spending", "imports matter most"};
const std::vector<std::string> of_purchases{"fixed prices", "no capacity limit", "no displaced spending", "imports are not told apart", "rests on assumptions"};

bool all_in(const std::string& text, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

// Every object that has the name and value of a ratio has its caveats; how many there are.
int check_ratios(const Json& json) {
  int ratios = 0;
  if (json.is_object() && json.contains("value") && json.contains("meaning") && !json.contains("unit")) {
    CAPTURE(json.at("name"));
    REQUIRE(json.contains("caveats"));
    std::string const caveats = json.at("caveats").dump();
    CHECK((all_in(caveats, of_tables) || all_in(caveats, of_purchases)));
    ++ratios;
  }
  if (json.is_structured())
    for (auto const& item : json) ratios += check_ratios(item);
  return ratios;
}

}  // namespace

TEST_CASE("every ratio of the JSON stands with its caveats", "[spending]") {
  Json const json = to_json(spending_of(with_grid));
  CHECK(check_ratios(json) == static_cast<int>(k_definitions().size()) + 1 + 10);      // K4; ten of the table
  CHECK(json.dump().find("the multiplier") == std::string::npos);
  for (auto const& outcome : json.at("spread").at("outcomes"))
    if (outcome.at("key").get<std::string>().starts_with("k")) CHECK(outcome.contains("caveats"));
}

TEST_CASE("the JSON of a bill has cents that add up, evidence, sources and elements", "[spending]") {
  Json const bill = to_json(spending_of(with_grid)).at("bill");
  double sum = 0;
  for (auto const& line : bill.at("lines")) {
    for (const char* key : {"class", "quantity", "unit", "unit_price", "amount", "price", "life_years", "evidence", "source", "sectors", "elements", "lead_time_weeks"}) {
      CAPTURE(key, line.at("class"));
      CHECK(line.contains(key));
    }
    CHECK_FALSE(line.at("elements").empty());
    double const mid = line.at("amount").at("mid");
    CHECK(std::round(mid * 100) == Approx(mid * 100).margin(1e-4));
    if (!line.at("inside_building").get<bool>()) sum += mid;
  }
  CHECK(bill.at("totals").at("total").at("mid").get<double>() == Approx(sum).margin(0.005 * static_cast<double>(bill.at("lines").size())));
  double shares = 0;
  for (auto const& [evidence, share] : bill.at("evidence_share_of_total").items()) shares += share.get<double>();
  CHECK(shares == Approx(1).margin(1e-5));
}

TEST_CASE("the text has every line, what is missing, every ratio and the caveats, in 100 columns", "[spending]") {
  Spending const found = spending_of(small_site());
  std::string const text = to_table(found);
  for (auto const& line : found.bill.lines) CHECK(text.find(line.spending_class.name) != std::string::npos);
  for (auto const& gap : found.bill.missing) CHECK(text.find(gap.kind->key) != std::string::npos);
  for (auto const* ratios : {&found.k_ratios, &found.knock_on.ratios})
    for (auto const& ratio : *ratios) CHECK(text.find("  " + ratio.name + " = ") != std::string::npos);
  CHECK(all_in(text.substr(text.find("Named ratios K")), of_tables));
  CHECK(text.find("the multiplier") == std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 100);
    CHECK((line.empty() || line.back() != ' '));
  }
}

TEST_CASE("the tables hold what the JSON holds", "[spending]") {
  Spending const found = spending_of(with_grid);
  auto const tables = to_csv(found);
  auto const rows = [&](const char* name) { return std::count(tables.at(name).begin(), tables.at(name).end(), '\n') - 1; };
  CHECK(rows("bill.csv") == std::ssize(found.bill.lines));
  CHECK(rows("years.csv") == std::ssize(found.schedule.years));
  CHECK(rows("ratios.csv") == std::ssize(found.k_ratios) + std::ssize(found.knock_on.ratios));
  CHECK(rows("spread.csv") == std::ssize(found.draws.outcomes));
  CHECK(all_in(tables.at("ratios.csv"), of_tables));
}

TEST_CASE("a site with nothing priced still has an answer", "[spending]") {
  Site const site = read_site_text(small_site(), "site.yaml");
  SpendingTables tables = shipped_tables_of_us();
  tables.classes.clear();
  Spending const found = spend(site, build_power_graph(site), tables, {{}, {}, {100, 1, true}});
  CHECK(found.k_ratios.empty());
  CHECK(found.bill.lines.empty());
  CHECK(to_table(found).find("Without a price:") != std::string::npos);
  CHECK(to_json(found).at("bill").at("lines").empty());
}
