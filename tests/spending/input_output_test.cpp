#include "analysis/spending/input_output.h"

#include <catch2/catch.hpp>

#include <unistd.h>

#include "analysis/spending/labelled_table.h"
#include "base/csv.h"
#include "tests/spending/support.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

// A copy of the tables that ship, gone when the test is; one cell can be changed.
class TableCopy {
 public:
  TableCopy() { fs::copy(shipped_tables(), folder_.path()); }

  void add(const std::string& what, const std::string& row, const std::string& column, long amount) {
    fs::path const file = folder_.path() / ("us_bea_summary_2022_" + what + ".csv");
    std::istringstream in(content_of(file));
    std::ostringstream out;
    std::string line;
    std::size_t wanted = 0;
    while (std::getline(in, line)) {
      std::vector<std::string> cells;
      std::istringstream stream(line);
      for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
      if (wanted == 0)
        while (cells.at(wanted) != column) ++wanted;
      else if (cells[0] == row) cells[wanted] = std::to_string(std::stol(cells[wanted]) + amount);
      for (std::size_t i = 0; i < cells.size(); ++i) out << (i > 0 ? "," : "") << cells[i];
      out << "\n";
    }
    std::ofstream(file) << out.str();
  }

  // The messages of reading it, without the folder.
  std::string message() const {
    try {
      read_us_bea(folder_.path());
    } catch (const InputError& e) {
      std::string text = e.what();
      for (std::size_t at; (at = text.find(folder_.path().string() + "/")) != std::string::npos;) text.erase(at, folder_.path().string().size() + 1);
      return text;
    }
    return "no error";
  }

 private:
  TemporaryFolder folder_;
};

struct MultiplierRow {
  double type_1_home, type_1_all_inputs, value_added_home;
};

}  // namespace

TEST_CASE("Type I of the US table of 2022, as published in the reference", "[spending]") {
  auto const found = multipliers(us_table());
  struct Expected {
    const char* code;
    double home, all_inputs;
  };
  for (auto const& e : {Expected{"335", 1.786, 2.214}, Expected{"334", 1.326, 1.482}, Expected{"23", 1.784, 2.007}, Expected{"22", 1.578, 1.698}, Expected{"514", 1.697, 1.800}}) {
    CAPTURE(e.code);
    auto const i = static_cast<std::size_t>(us_table().find(e.code));
    CHECK(found.type_1_home.at(i) == Approx(e.home).margin(0.001));
    CHECK(found.type_1_all_inputs.at(i) == Approx(e.all_inputs).margin(0.001));
  }
}

TEST_CASE("Type I and value added of all 71 sectors agree with an independent calculation", "[spending]") {
  auto const found = multipliers(us_table());
  CsvReader reader(fs::path(HEADROOM_SOURCE_DIR) / "tests/spending/us_bea_summary_multipliers_2022.csv", {{"code"}, {"type_1_home"}, {"type_1_all_inputs"}, {"value_added_home"}});
  int rows = 0;
  for (; reader.next(); ++rows) {
    CAPTURE(std::string(reader.text(0)));
    auto const i = static_cast<std::size_t>(us_table().find(std::string(reader.text(0))));
    CHECK(found.type_1_home.at(i) == Approx(reader.number(1)).margin(0.0001));
    CHECK(found.type_1_all_inputs.at(i) == Approx(reader.number(2)).margin(0.0001));
    CHECK(found.value_added_home.at(i) == Approx(reader.number(3)).margin(0.0001));
  }
  CHECK(rows == 71);
}

TEST_CASE("value added and imports are all there is in each unit of final demand", "[spending]") {
  auto const found = multipliers(us_table());
  for (std::size_t i = 0; i < us_table().sectors.size(); ++i) {
    CAPTURE(us_table().sectors[i].code);
    CHECK(found.value_added_home[i] + found.imports_home[i] == Approx(1).margin(1e-4));
    CHECK(found.value_added_home[i] + found.imports_home[i] + found.residual_home[i] == Approx(1).margin(1e-12));     // with the tables' rounding
    CHECK(found.type_1_home[i] >= 1);
    CHECK(found.type_1_all_inputs[i] >= found.type_1_home[i] - 1e-9);
  }
}

TEST_CASE("small negative entries stay and are named", "[spending]") {
  auto const& warnings = us_table().warnings;
  CHECK(warnings.size() == 10);
  CHECK(warnings.front() == "home inputs from 111CA to GFGN are negative: -0.000675 per unit of output");
}

TEST_CASE("the two-sector example of Miller and Blair", "[spending]") {
  Matrix a(2, 2);
  a.cells = {0.15, 0.25, 0.20, 0.05};
  // (I - A)^-1 = 1/0.7575 [0.95 0.25; 0.20 0.85]: for f = (600, 1500) x = (1247.52, 1841.58)
  auto const row_1 = *drawn_by_columns(a, {1, 0}), row_2 = *drawn_by_columns(a, {0, 1}), sums = *drawn_by_columns(a, {1, 1});
  CHECK(row_1[0] * 600 + row_1[1] * 1500 == Approx(1247.5).margin(0.1));
  CHECK(row_2[0] * 600 + row_2[1] * 1500 == Approx(1841.6).margin(0.1));
  CHECK(sums[0] == Approx(1.15 / 0.7575).epsilon(1e-12));
}

TEST_CASE("a singular table is refused", "[spending]") {
  InputOutputTable table = us_table();
  auto const n = static_cast<int>(table.sectors.size());
  table.home = Matrix(n, n);
  for (int i = 0; i < n; ++i) table.home.at(i, i) = i == 0 ? 1.0 : 0.1;
  CHECK_THROWS_WITH(multipliers(table), Catch::Matchers::Contains("I - A is singular"));
}

TEST_CASE("one wrong cell is found by its row and its column", "[spending]") {
  TableCopy copy;
  CHECK(copy.message() == "no error");
  copy.add("use", "334", "335", 1000);
  CHECK(copy.message() ==
        "us_bea_summary_2022_use.csv:14:59: error: 335: row 334: off balance by about +1001: its row adds up to +1001 against its 'Total Intermediate', its column to +1001 against its 'Total Intermediate'; "
        "rounding explains at most 14.7 and 14.9");
}

TEST_CASE("a wrong total is named with what it should be", "[spending]") {
  TableCopy copy;
  copy.add("make", "334", "Total Industry Output", -700);
  CHECK(copy.message() ==
        "us_bea_summary_2022_make.csv:14:185: error: Total Industry Output: row 334: off balance by +701: the 73 cells of the row add up to 408103, this total says 407402; rounding explains at most 14.9\n"
        "us_bea_summary_2022_make.csv:14:185: error: Total Industry Output: row 334: the industry makes 407402 here and 408102 in the use table");
}

TEST_CASE("value added that is not the sum of its parts is named", "[spending]") {
  TableCopy copy;
  copy.add("use", "V001", "22", 50);
  CHECK(copy.message() ==
        "us_bea_summary_2022_use.csv:79:51: error: 22: row Total Value Added: off balance by +50: the 3 cells of the column add up to 443667, this total says 443617; rounding explains at most 2.0");
}

TEST_CASE("imports off balance are named", "[spending]") {
  TableCopy copy;
  copy.add("import", "334", "23", 15);
  CHECK(copy.message() == "no error");                 // what rounding may explain
  copy.add("import", "334", "23", 15);
  CHECK(copy.message() ==
        "us_bea_summary_2022_import.csv:14:296: error: T001: row 334: off balance by +28: the 71 cells of the row add up to 177592, this total says 177564; rounding explains at most 14.7");
}

TEST_CASE("what rounding explains, of few cells and of many", "[spending]") {
  CHECK(rounding_of_sum(1) == 1);
  CHECK(rounding_of_sum(2) == 1.5);
  CHECK(rounding_of_sum(71) == Approx(6 * std::sqrt(6.0)));
}
