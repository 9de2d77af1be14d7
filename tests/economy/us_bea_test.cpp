// The tables of the US Bureau of Economic Analysis with one cell changed: what their balance finds, and where.
#include "analysis/economy/us_bea.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/economy/labelled_table.h"
#include "analysis/economy/read_input_output.h"
#include "base/shipped.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

// A copy of the tables that ship, gone when the test is; one cell can be changed.
class TableCopy {
 public:
  TableCopy() { fs::copy(shipped_folder("input-output-table"), folder_.path()); }

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
      read_input_output_table(folder_.path() / "us-2022.yaml");
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

}  // namespace

TEST_CASE("one wrong cell is found by its row and its column", "[economy]") {
  TableCopy copy;
  CHECK(copy.message() == "no error");
  copy.add("use", "334", "335", 1000);
  CHECK(copy.message() ==
        "us_bea_summary_2022_use.csv:14:59: error: 335: row 334: off balance by about +1001: its row adds up to +1001 against its 'Total Intermediate', its column to +1001 against its 'Total Intermediate'; "
        "rounding explains at most 14.7 and 14.9");
}

TEST_CASE("a wrong total is named with what it should be", "[economy]") {
  TableCopy copy;
  copy.add("make", "334", "Total Industry Output", -700);
  CHECK(copy.message() ==
        "us_bea_summary_2022_make.csv:14:185: error: Total Industry Output: row 334: off balance by +701: the 73 cells of the row add up to 408103, this total says 407402; rounding explains at most 14.9\n"
        "us_bea_summary_2022_make.csv:14:185: error: Total Industry Output: row 334: the industry makes 407402 here and 408102 in the use table");
}

TEST_CASE("value added that is not the sum of its parts is named", "[economy]") {
  TableCopy copy;
  copy.add("use", "V001", "22", 50);
  CHECK(copy.message() ==
        "us_bea_summary_2022_use.csv:79:51: error: 22: row Total Value Added: off balance by +50: the 3 cells of the column add up to 443667, this total says 443617; rounding explains at most 2.0");
}

TEST_CASE("imports off balance are named", "[economy]") {
  TableCopy copy;
  copy.add("import", "334", "23", 15);
  CHECK(copy.message() == "no error");                 // what rounding may explain
  copy.add("import", "334", "23", 15);
  CHECK(copy.message() ==
        "us_bea_summary_2022_import.csv:14:296: error: T001: row 334: off balance by +28: the 71 cells of the row add up to 177592, this total says 177564; rounding explains at most 14.7");
}

TEST_CASE("what rounding explains, of few cells and of many", "[economy]") {
  CHECK(rounding_of_sum(1) == 1);
  CHECK(rounding_of_sum(2) == 1.5);
  CHECK(rounding_of_sum(71) == Approx(6 * std::sqrt(6.0)));
  CHECK(rounding_of_sum(71, 0.01) == Approx(0.06 * std::sqrt(6.0)));
  CHECK(decimals_of(1) == 0);
  CHECK(decimals_of(0.1) == 1);
  CHECK(decimals_of(0.01) == 2);
}
