// Every sector of the tables that ship against multipliers worked out apart from this program, from the tables as their
// sources gave them: TABLE_multipliers.csv by another hand, four decimals, TABLE_type_2.csv by plain Gaussian
// elimination under both closures, six decimals.
#include <catch2/catch.hpp>

#include <functional>

#include "analysis/economy/leontief.h"
#include "analysis/economy/read_input_output.h"
#include "base/csv.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

const InputOutputTable& table(const std::string& name) {
  static std::map<std::string, InputOutputTable> tables;
  auto found = tables.find(name);
  if (found == tables.end()) found = tables.emplace(name, find_input_output_table(name)).first;
  return found->second;
}

struct Shipped {
  const char *name, *file;
  std::size_t sectors;
  double identity;      // how far value added and imports may be from 1: the table's rounding
};
const Shipped shipped[] = {{"china-2017", "china_2017_42", 42, 5e-9}, {"china-2018", "china_2018_42", 42, 5e-9}, {"china-2020", "china_2020_42", 42, 5e-9}, {"china-2020-153", "china_2020_153", 153, 2e-7},
                           {"us-2022", "us_bea_summary_2022", 71, 1e-4}};

// What a column of the file says of each sector against `found`.
void check_column(const Shipped& of, const char* kind, const char* column, const std::vector<double>& found, double margin) {
  CsvReader reader(fs::path(HEADROOM_SOURCE_DIR) / "tests/economy" / (std::string(of.file) + kind), {{"code"}, {column}}, true);
  std::size_t rows = 0;
  for (; reader.next(); ++rows) {
    CAPTURE(of.name, column, std::string(reader.text(0)));
    int const i = table(of.name).find(std::string(reader.text(0)));
    REQUIRE(i >= 0);
    CHECK(found.at(static_cast<std::size_t>(i)) == Approx(reader.number(1)).margin(margin).epsilon(0));
  }
  CHECK(rows == of.sectors);
}

double of_sector(const InputOutputTable& in, const std::vector<double>& values, const std::string& code) { return values.at(static_cast<std::size_t>(in.find(code))); }

}  // namespace

TEST_CASE("Type I, value added and wages of every sector of the five tables", "[economy]") {
  CHECK(shipped_input_output_tables() == std::vector<std::string>{"china-2017", "china-2018", "china-2020", "china-2020-153", "us-2022"});
  for (auto const& of : shipped) {
    auto const found = multipliers(table(of.name));
    check_column(of, "_multipliers.csv", "type_1_home", found.type_1_home, 0.0001);
    check_column(of, "_multipliers.csv", "type_1_all_inputs", found.type_1_all_inputs, 0.0001);
    check_column(of, "_multipliers.csv", "value_added_home", found.value_added_home, 0.0001);
    check_column(of, "_multipliers.csv", "wages", table(of.name).wages, 0.0001);
  }
}

TEST_CASE("Type II of every sector of the 153-sector and the US tables under both closures", "[economy]") {
  Shipped const &china = shipped[3], &us = shipped[4];
  check_column(china, "_multipliers.csv", "type_2_home", type_2(table(china.name), Inputs::home, Closure::wages), 0.0001);
  check_column(china, "_multipliers.csv", "type_2_all_inputs", type_2(table(china.name), Inputs::all, Closure::wages), 0.0001);
  check_column(us, "_multipliers.csv", "type_2_home", type_2(table(us.name), Inputs::home, Closure::household_use), 0.0001);
  for (auto const* of : {&china, &us}) {
    check_column(*of, "_type_2.csv", "type_2_home_wages", type_2(table(of->name), Inputs::home, Closure::wages), 2e-6);
    check_column(*of, "_type_2.csv", "type_2_all_wages", type_2(table(of->name), Inputs::all, Closure::wages), 2e-6);
    check_column(*of, "_type_2.csv", "type_2_home_household_use", type_2(table(of->name), Inputs::home, Closure::household_use), 2e-6);
    check_column(*of, "_type_2.csv", "type_2_all_household_use", type_2(table(of->name), Inputs::all, Closure::household_use), 2e-6);
  }
}

TEST_CASE("the multipliers that the method's reference prints", "[economy]") {
  struct Expected {
    const char *table, *code;
    double home, all_inputs;
  };
  for (auto const& e : {Expected{"china-2020", "19", 2.888, 3.537}, Expected{"china-2020", "20", 2.349, 3.966}, Expected{"china-2020", "27", 2.822, 3.085}, Expected{"china-2020", "24", 2.579, 2.836},
                        Expected{"china-2020", "31", 2.149, 2.370}, Expected{"us-2022", "335", 1.786, 2.214}, Expected{"us-2022", "334", 1.326, 1.482}, Expected{"us-2022", "23", 1.784, 2.007},
                        Expected{"us-2022", "22", 1.578, 1.698}, Expected{"us-2022", "514", 1.697, 1.800}}) {
    CAPTURE(e.table, e.code);
    auto const found = multipliers(table(e.table));
    CHECK(of_sector(table(e.table), found.type_1_home, e.code) == Approx(e.home).margin(0.001));
    CHECK(of_sector(table(e.table), found.type_1_all_inputs, e.code) == Approx(e.all_inputs).margin(0.001));
  }
  auto const& china = table("china-2020-153");
  auto const closed = [&](Inputs inputs, const char* code) { return of_sector(china, type_2(china, inputs, Closure::household_use), code); };
  CHECK(closed(Inputs::home, "090") == Approx(3.43).margin(0.005));          // computers
  CHECK(closed(Inputs::all, "090") == Approx(6.25).margin(0.005));
  CHECK(closed(Inputs::home, "091") == Approx(3.83).margin(0.005));          // communication gear
  CHECK(closed(Inputs::all, "091") == Approx(6.34).margin(0.005));
  CHECK(china.total_household_use / china.total_wages == Approx(0.725).margin(0.0005));
}

TEST_CASE("value added and imports are all there is in each unit of final demand", "[economy]") {
  for (auto const& of : shipped) {
    auto const found = multipliers(table(of.name));
    for (std::size_t i = 0; i < table(of.name).sectors.size(); ++i) {
      CAPTURE(of.name, table(of.name).sectors[i].code);
      CHECK(std::abs(found.value_added_home[i] + found.imports_home[i] - 1) <= of.identity);
      CHECK(std::abs(found.value_added_home[i] + found.imports_home[i] + found.residual_home[i] - 1) <= 1e-12);
      CHECK(found.labour_income_home[i] > 0);
      CHECK(found.type_1_home[i] >= 1);
      CHECK(found.type_1_all_inputs[i] >= found.type_1_home[i] - 1e-9);
    }
  }
}

TEST_CASE("wages and spending make Type II larger, and all wages spent larger still in China", "[economy]") {
  auto const& china = table("china-2020-153");
  auto const one = multipliers(china).type_1_home, wages = type_2(china, Inputs::home, Closure::wages), all_spent = type_2(china, Inputs::home, Closure::household_use);
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(wages[i] > one[i]);
    CHECK(all_spent[i] > wages[i]);
  }
  CHECK_THROWS_WITH(type_2(table("china-2020"), Inputs::home, Closure::wages), Catch::Matchers::EndsWith("china_2020_42.csv: error: the table china-2020 does not tell what households use from what others do, so it has no Type II"));
}

TEST_CASE("the share of a first purchase that is imported", "[economy]") {
  CHECK(of_sector(table("china-2020-153"), table("china-2020-153").first_purchase_imported, "090") == Approx(0.318).margin(0.0005));        // 32 % of computers
  check_column(shipped[3], "_multipliers.csv", "import_share", table("china-2020-153").first_purchase_imported, 0.0001);
  check_column(shipped[3], "_type_2.csv", "first_purchase_imported", table("china-2020-153").first_purchase_imported, 2e-6);
  check_column(shipped[4], "_type_2.csv", "first_purchase_imported", table("us-2022").first_purchase_imported, 2e-6);
  auto const& china = table("china-2020");
  // Electronics, columns FU201, home and imported: the imported part of all of it.
  CHECK(of_sector(china, china.first_purchase_imported, "20") == Approx(0.174).margin(0.0005));
  CHECK(of_sector(china, china.first_purchase_imported, "24") < 0.001);          // electricity is no investment good: of all uses at home
  for (auto const& of : shipped)
    for (double const share : table(of.name).first_purchase_imported) CHECK((share >= 0 && share <= 1));
}

TEST_CASE("output for a demand is the multipliers turned round", "[economy]") {
  auto const& us = table("us-2022");
  std::vector<double> demand(us.sectors.size(), 0.0);
  demand.at(static_cast<std::size_t>(us.find("334"))) = 3e6;
  demand.at(static_cast<std::size_t>(us.find("23"))) = 5e6;
  Leontief const home(us, Inputs::home), closed(us, Inputs::home, Closure::household_use);
  auto const effects = effects_of(us, home.output(demand));
  auto const per_unit = multipliers(us);
  CHECK(effects.output == Approx(3e6 * of_sector(us, per_unit.type_1_home, "334") + 5e6 * of_sector(us, per_unit.type_1_home, "23")).epsilon(1e-12));
  CHECK(effects.labour_income == Approx(3e6 * of_sector(us, per_unit.labour_income_home, "334") + 5e6 * of_sector(us, per_unit.labour_income_home, "23")).epsilon(1e-12));
  CHECK(effects.value_added + effects.imports + effects.residual == Approx(8e6).epsilon(1e-12));
  CHECK_FALSE(effects.jobs);
  CHECK(effects_of(us, closed.output(demand)).output == Approx(3e6 * of_sector(us, closed.multipliers(), "334") + 5e6 * of_sector(us, closed.multipliers(), "23")).epsilon(1e-12));
}

TEST_CASE("small negative entries stay and are named", "[economy]") {
  auto const& warnings = table("us-2022").warnings;
  CHECK(warnings.size() == 10);
  CHECK(warnings.front() == "home inputs from 111CA to GFGN are negative: -0.000675 per unit of output");
  CHECK(table("china-2020").warnings.empty());
}

TEST_CASE("what stands beside every figure names the limits of the method and the table", "[economy]") {
  std::string text;
  for (auto const& caveat : input_output_caveats(table("china-2020-153"))) text += caveat + "\n";
  for (const char* words : {"fixed prices", "fixed input coefficients", "no capacity limit", "gross output counts", "2020 (China, 153 sectors", "no displaced spending", "imports matter most"}) CHECK_THAT(text, Catch::Matchers::Contains(words));
}
