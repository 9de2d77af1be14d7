// Comma-separated tables with a header line: plain or gzip, streaming, quoted fields, columns by name.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/text_file.h"

namespace headroom {

class CsvReader {
 public:
  struct Column {
    std::string name;
    bool required = true;
  };

  // Throws InputError: no header, a required column missing, a column twice, a column nobody knows
  // (unless `others_allowed`).
  CsvReader(const std::filesystem::path& file, std::vector<Column> columns, bool others_allowed = false);

  // Of any columns: those that the header names, in its order, all of them required. Throws InputError: no header, a
  // column twice.
  explicit CsvReader(const std::filesystem::path& file);

  const std::vector<Column>& columns() const { return columns_; }
  bool next();                                            // the next row; blank lines are passed over
  bool has_column(std::size_t column) const { return cell_of_column_[column] >= 0; }      // does the header name it?
  bool has(std::size_t column) const;                     // is the column in the file, and the cell not blank?
  std::string_view text(std::size_t column) const;        // the cell, by position in `columns`; "" when absent
  double number(std::size_t column) const;                // throws InputError with line and column
  std::int64_t whole(std::size_t column) const;
  InputError problem(std::size_t column, const std::string& what) const;
  Location place() const { return {lines_.name(), lines_.line_number(), 1}; }      // of the line last read
  Location place_of(std::size_t column) const;            // of the cell
  int line() const { return lines_.line_number(); }
  double share_read() const { return lines_.share_read(); }
  std::string sha256() { return lines_.sha256(); }

 private:
  void read_header();
  void split(std::string_view line);
  Location place(std::size_t cell) const;

  LineReader lines_;
  std::vector<Column> columns_;
  std::vector<int> cell_of_column_;                       // -1: not in the file
  std::size_t header_cells_ = 0;
  struct Cell {
    std::string_view text;
    int column;                                           // in the line, from 1
  };
  std::vector<Cell> cells_;
  std::string line_;
  std::vector<std::string> unquoted_;
};

}  // namespace headroom
