// A user's own table, and every way to get one wrong: each broken one of tests/bad_inputs/economy stands beside
// NAME.expected, which holds the whole message, as it is printed when NAME.yaml is read from the project's folder.
#include <catch2/catch.hpp>

#include "analysis/economy/leontief.h"
#include "analysis/economy/read_input_output.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

// Two sectors that buy 300 of each other and of themselves. Of what is used at home (500 + 50 - 50, 400 + 100 - 100)
// a tenth and a quarter is imported.
const char* const cells = R"(code,name,A,B,household_use,investment,exports,imports,total
A,Farms,100,150,200,50,50,50,500
B,Factories,200,50,100,50,100,100,400
wages,,120,100,,,,,
other_value_added,,80,100,,,,,
output,,500,400,,,,,
jobs,,3000,2000,,,,,
)";

const char* const split_cells = R"(code,A,B,household_use,investment,exports,total
A,90,135,180,45,50,500
B,150,37.5,75,37.5,100,400
imported A,10,15,20,5,0,50
imported B,50,12.5,25,12.5,0,100
wages,120,100,,,,
other_value_added,80,100,,,,
output,500,400,,,,
)";

std::string description(const std::string& format, const std::string& more = "") {
  return "kind: input-output-table\nversion: 1\nname: own\ntitle: A country\nformat: " + format +
         "\nclassification: us_bea_summary\nfiles: {table: own.csv}\nyear: 2021\ncurrency: EUR\nunit: 1000000\nrounding: 0.1\nsource: invented\n" + more;
}

InputOutputTable own_table(const std::string& yaml, const std::string& csv) {
  TemporaryFolder const folder;
  folder.write("own.yaml", yaml);
  folder.write("own.csv", csv);
  return find_input_output_table((folder.path() / "own.yaml").string());
}

}  // namespace

TEST_CASE("a table of one's own with one import column", "[economy]") {
  InputOutputTable const table = own_table(description("import-column", "map: {\"334\": B, \"23\": A}\n"), cells);
  CHECK(table.title == "A country");
  CHECK(table.currency == "EUR");
  CHECK(table.sectors[1].name == "Factories");
  CHECK(table.first_purchase_imported == std::vector<double>{0.1, 0.25});
  CHECK(table.all_inputs.at(1, 0) == Approx(0.4));
  CHECK(table.home.at(1, 0) == Approx(0.3));
  CHECK(table.imports[0] == Approx((0.1 * 100 + 0.25 * 200) / 500));
  CHECK(table.value_added[1] == Approx(0.5));
  CHECK(table.wages[0] == Approx(0.24));
  CHECK(table.output[1] == Approx(400e6));
  CHECK(table.total_wages == Approx(220e6));
  CHECK(table.total_household_use == Approx(300e6));
  CHECK(table.household_home[1] == Approx(75e6));
  CHECK(table.jobs[0] == Approx(3000 / 500e6));
  CHECK(sector_code(table, {"334", "", "", {}}) == "B");
  // A_home = [0.18 0.3375; 0.30 0.09375]
  double const determinant = 0.82 * 0.90625 - 0.3375 * 0.30;
  CHECK(multipliers(table).type_1_home[0] == Approx((0.90625 + 0.30) / determinant).epsilon(1e-12));
}

TEST_CASE("the same table with imported rows draws the same", "[economy]") {
  InputOutputTable const one = own_table(description("import-column"), cells), other = own_table(description("imported-rows"), split_cells);
  auto const a = multipliers(one), b = multipliers(other);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(a.type_1_home[i] == Approx(b.type_1_home[i]).epsilon(1e-12));
    CHECK(a.type_1_all_inputs[i] == Approx(b.type_1_all_inputs[i]).epsilon(1e-12));
    CHECK(a.value_added_home[i] == Approx(b.value_added_home[i]).epsilon(1e-12));
    CHECK(one.first_purchase_imported[i] == Approx(other.first_purchase_imported[i]).epsilon(1e-12));
    for (auto const closure : {Closure::wages, Closure::household_use})
      CHECK(type_2(one, Inputs::home, closure)[i] == Approx(type_2(other, Inputs::home, closure)[i]).epsilon(1e-12));
  }
  CHECK(other.jobs.empty());
}

TEST_CASE("rows and columns may be called anything", "[economy]") {
  std::string csv = cells;
  for (auto const& [from, to] : {std::pair{"household_use", "F1"}, std::pair{"other_value_added", "V2"}, std::pair{"wages", "V1"}, std::pair{"total\n", "GO\n"}}) csv.replace(csv.find(from), std::string(from).size(), to);
  InputOutputTable const table = own_table(description("import-column", "columns: {household_use: F1, total: GO}\nrows: {wages: V1, other_value_added: [V2]}\n"), csv);
  CHECK(table.total_household_use == Approx(300e6));
  CHECK(table.wages[0] == Approx(0.24));
}

TEST_CASE("small negative inputs and negative value added are warnings that name the cell", "[economy]") {
  std::string csv = cells;
  csv.replace(csv.find("A,Farms,100,150,200"), 19, "A,Farms,340,-2,112");
  csv.replace(csv.find("80,100"), 6, "-160,252");
  InputOutputTable const table = own_table(description("import-column"), csv);
  CHECK(table.warnings == std::vector<std::string>{"own.csv:4:8: value added of A is negative: -0.080000 per unit of output", "own.csv:2:13: home inputs from A to B are negative: -0.004500 per unit of output",
                                                   "own.csv:2:13: all inputs from A to B are negative: -0.005000 per unit of output"});
  CHECK(multipliers(table).type_1_home[0] > 1);
}

TEST_CASE("more imports than uses at home count as wholly imported, with a warning", "[economy]") {
  std::string csv = cells;
  csv.replace(csv.find("50,50,50,500"), 12, "-500,650,100,500");      // sold on: 500 made and 100 imported, 650 exported
  csv.replace(csv.find("200,-500"), 8, "200,50");
  CHECK_THROWS_WITH(own_table(description("import-column"), csv), Catch::Matchers::Contains("off balance by +550.0"));
  csv.replace(csv.find("100,150,200,50,650"), 18, "100,150,200,-500,650");
  InputOutputTable const table = own_table(description("import-column"), csv);
  CHECK(table.first_purchase_imported[0] == 0);
  CHECK_THAT(table.warnings.at(0), Catch::Matchers::StartsWith("own.csv:2:30: imports of A are -2.000 of what is used at home; counted as 0"));
}

TEST_CASE("off balance by what rounding explains is accepted, by more is refused", "[economy]") {
  std::string csv = cells;
  csv.replace(csv.find("100,150"), 7, "100.3,150");       // 7 cells and their total: 0.4 at most; 4 cells: 0.25
  CHECK_THROWS_WITH(own_table(description("import-column"), csv), Catch::Matchers::Contains("own.csv:6:9: error: A: row output: off balance by +0.3: the 4 cells of the column add up to 500.3, this total says 500.0; rounding explains at most 0.25"));
  csv.replace(csv.find("100.3"), 5, "100.2");
  CHECK(multipliers(own_table(description("import-column"), csv)).type_1_home[0] > 1);
}

TEST_CASE("a table that nobody knows is refused with the nearest that ships", "[economy]") {
  CHECK_THROWS_WITH(find_input_output_table("china-2021"), "--table: error: no input-output-table called 'china-2021' ships with the program, did you mean 'china-2020'? (a path needs a '/' or an ending)");
  CHECK_THROWS_WITH(find_input_output_table("nowhere/own.yaml", {}), "nowhere/own.yaml: error: there is no file 'nowhere/own.yaml'");
}

TEST_CASE("every broken table is named for what it is, at its place", "[economy]") {
  WorkingFolder const root(HEADROOM_SOURCE_DIR);
  int messages = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/economy")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    fs::path expected = entry.path();
    CHECK(message_of([&] { multipliers(read_input_output_table(entry.path())); }) == content_of(expected.replace_extension(".expected")));
    ++messages;
  }
  CHECK(messages >= 23);
}
