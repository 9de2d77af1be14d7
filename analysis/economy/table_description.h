// The file beside the cells of an input-output table: whose sectors, which year, what money, what its rows and columns are.
// The keys are in table_description_fields.h.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/economy/sector_codes.h"
#include "base/errors.h"
#include "base/fields.h"
#include "base/units.h"

namespace headroom {

// How imports stand in the table, or the three tables of the US.
enum class TableFormat { us_bea, imported_rows, import_column };
constexpr auto names(TableFormat) {
  return std::array{std::pair{TableFormat::us_bea, "us-bea"}, std::pair{TableFormat::imported_rows, "imported-rows"}, std::pair{TableFormat::import_column, "import-column"}};
}

// A table of cells, beside the file that names it.
struct TableFile {
  std::string path;
  Location where;
  static constexpr const char* grammar = "a path such as 'table.csv'";
  static Parsed<TableFile> parse(std::string_view text);
  std::string text() const { return path; }
};

struct TableFiles {
  std::optional<TableFile> table;
  std::optional<TableFile> use, make, import, sectors;
  Location where;
};

// Names of columns. Empty: the column called like the key, where there is one.
struct TableColumns {
  std::vector<std::string> household_use, investment, other_use, exports;
  std::string imports, total;
};
struct TableRows {
  std::vector<std::string> wages, other_value_added;
  std::string output, jobs;
};

struct TableDescription {
  static constexpr const char* kind = "input-output-table";
  std::string name, title, country;
  TableFormat format = TableFormat::import_column;
  Classification classification = Classification::us_bea_summary;
  std::map<std::string, std::string> map;
  TableFiles files;
  int year = 0;
  std::string currency;
  double unit = 1;             // money in a cell that says 1
  double rounding = 1;         // cells are rounded to multiples of it
  TableColumns columns;
  TableRows rows;
  std::string source;
  Location where;

  std::filesystem::path file(const std::optional<TableFile>& named) const;      // throws InputError: it is not there
};

}  // namespace headroom
