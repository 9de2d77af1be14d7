#include <catch2/catch.hpp>

#include <sstream>

#include "tests/programmes/toy_programme.h"

using namespace headroom;

namespace {

// With a site of all that ships: building, grid, network.
ProgrammeSpending large_spending() {
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out(1e5);
  add_toy_sites(programme, build_out, 300);
  Site const site = read_site_text(small_site() + "grid: {distance: 5 km}\n", "site.yaml");
  build_out.tranches[0].bill = bill_of_site(site, build_power_graph(site), shipped_tables_of_us(), dollars_of_2022(), 30).bill;
  GrossProduct product;
  product.year = 2020;
  product.amount = {21e12, "USD"};
  programme.gross_product = {product};
  return programme_spending(programme, toy_tables(), build_out);
}

// With a site of which most has no price.
ProgrammeSpending small_spending() {
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out();
  add_toy_sites(programme, build_out);
  return programme_spending(programme, toy_tables(), build_out);
}

std::vector<std::vector<std::string>> cells_of(const std::string& csv) {
  std::vector<std::vector<std::string>> out;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    out.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) out.back().push_back(cell);
  }
  return out;
}

}  // namespace

TEST_CASE("the table of a programme is no wider than 100 columns", "[programmes]") {
  for (auto const& spending : {large_spending(), small_spending()}) {
    std::istringstream text(to_table(spending));
    for (std::string line; std::getline(text, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 100);
    }
  }
  std::string const table = to_table(large_spending());
  for (const char* words : {"Money in million USD of 2022", "paid in", "mobile", "who pays", "most money goes to", "stations: mast", "Upstream", "Type I home", "fixed prices", "Notes:"}) {
    CAPTURE(words);
    CHECK(table.find(words) != std::string::npos);
  }
}

TEST_CASE("what a site has and nobody prices is named with its kind", "[programmes]") {
  ProgrammeSpending const s = small_spending();
  std::string const table = to_table(s);
  CHECK(table.find("Money in USD of 2022") != std::string::npos);
  CHECK(table.find("- gpu_servers, hub: no spending class; NOT in any sum") != std::string::npos);
  CHECK(to_json(s).at("missing")[0].at("why") == "hub: no spending class");
}

TEST_CASE("CSV rows read back to what they were, and add up", "[programmes]") {
  ProgrammeSpending const s = large_spending();
  auto const files = to_csv(s);
  CHECK(files.size() == 5);
  auto const rows = cells_of(files.at("programme-spending.csv"));
  REQUIRE(rows.size() == s.rows.size() + 1);
  CHECK(rows[0] == std::vector<std::string>{"year", "sector", "what", "class", "group", "kind", "payer", "cash", "production", "currency", "money_year"});
  for (std::size_t i = 0; i < s.rows.size(); ++i) {
    CHECK(rows[i + 1].size() == rows[0].size());
    CHECK(std::stod(rows[i + 1][7]) == s.rows[i].cash);
    CHECK(std::stod(rows[i + 1][8]) == s.rows[i].production);
  }
  std::map<std::string, double> amounts;
  for (auto const& row : cells_of(files.at("programme-materials.csv")))
    if (row[3] != "kind" && row[10] == "no") amounts[row[3]] += std::stod(row[7]);
  CHECK(amounts["first"] == Approx(s.bill.total().mid).epsilon(1e-12));
  CHECK(amounts["refresh"] > 0);
  CHECK(cells_of(files.at("programme-product.csv")).size() == 2);
  CHECK(cells_of(files.at("programme-payers.csv")).size() > 4);
  CHECK(cells_of(files.at("programme-knock-on.csv")).size() == s.knock_on.years.size() + 1);
}

TEST_CASE("the JSON of a programme adds up by year, sector, class and payer", "[programmes]") {
  ProgrammeSpending const s = large_spending();
  Json const json = to_json(s);
  double const all = json.at("all_years").at("cash");
  CHECK(all == Approx(s.cash(0)).epsilon(1e-12));
  for (const char* by : {"by_year", "by_sector", "by_class"}) {
    double sum = 0;
    for (auto const& row : json.at(by)) sum += row.at("cash").get<double>();
    CAPTURE(by);
    CHECK(sum == Approx(all).epsilon(1e-12));
  }
  double paid = 0;
  for (auto const& payer : json.at("by_payer"))
    for (auto const& year : payer.at("years")) paid += year.at("purchases").get<double>() + year.at("running").get<double>();
  CHECK(paid == Approx(all).epsilon(1e-12));
  for (auto const& sector : json.at("by_sector")) {
    double years = 0;
    for (auto const& year : sector.at("years")) years += year.at("cash").get<double>();
    CHECK(years == Approx(sector.at("cash").get<double>()).margin(0.05));      // cents of each year
  }
  CHECK(json.at("by_sector")[0].at("sector") == "mobile");
  for (auto const& ratio : json.at("knock_on").at("ratios")) CHECK_FALSE(ratio.at("caveats").empty());
  CHECK(json.at("product")[0].at("cash_share").get<double>() == Approx(s.cash(2020) / s.product[0].gross_product));
  CHECK(json.at("missing").size() == s.bill.missing.size());
  CHECK(json.at("materials").size() == s.materials.size());
}
