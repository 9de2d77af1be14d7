#include "analysis/spending/labelled_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/csv.h"
#include "base/sum.h"
#include "base/units.h"

namespace headroom {
namespace {

std::vector<CsvReader::Column> csv_columns(const std::vector<std::string>& names) {
  std::vector<CsvReader::Column> columns{{"code", true}};
  for (auto const& name : names) columns.push_back({name, true});
  return columns;
}

struct SumOff {
  std::string row, column;     // of the total
  double sum = 0, total = 0;
  std::size_t terms = 0;

  double by() const { return sum - total; }
  bool too_far() const { return std::abs(by()) > rounding_of_sum(terms); }
};

Problem sum_problem(const LabelledTable& table, const SumOff& off, const std::string& of) {
  return table.problem(off.row, off.column, fmt::format("off balance by {:+}: the {} cells of {} add up to {}, this total says {}; rounding explains at most {:.1f}", off.by(), off.terms, of,
                                                        number_text(off.sum), number_text(off.total), rounding_of_sum(off.terms)));
}

}  // namespace

LabelledTable::LabelledTable(const std::filesystem::path& file, std::vector<std::string> rows, std::vector<std::string> columns) : file_(file), columns_(std::move(columns)) {
  for (std::size_t i = 0; i < columns_.size(); ++i) column_of_[columns_[i]] = i;
  for (std::size_t i = 0; i < rows.size(); ++i) row_of_[rows[i]] = i;
  cells_.resize(rows.size() * columns_.size());
  std::vector<bool> found(rows.size(), false);
  CsvReader reader(file, csv_columns(columns_), true);
  while (reader.next()) {
    auto const row = row_of_.find(std::string(reader.text(0)));
    if (row == row_of_.end()) continue;
    if (found[row->second]) throw reader.problem(0, fmt::format("the row '{}' stands twice", row->first));
    found[row->second] = true;
    for (std::size_t i = 0; i < columns_.size(); ++i) cells_[row->second * columns_.size() + i] = reader.number(i + 1);
  }
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!found[i]) throw InputError({file.string(), 0, 0}, fmt::format("the row '{}' is missing", rows[i]));
}

Problem LabelledTable::problem(const std::string& row, const std::string& column, const std::string& what) const {
  CsvReader reader(file_, csv_columns(columns_), true);
  while (reader.next())
    if (reader.text(0) == row) return reader.problem(column_of_.at(column) + 1, fmt::format("row {}: {}", row, what)).problems().front();
  return {{file_.string(), 0, 0}, what};
}

double rounding_of_sum(std::size_t terms) {
  double const n = static_cast<double>(terms) + 1;
  return std::min(n / 2, 6 * std::sqrt(n / 12));
}

void check_sums(const LabelledTable& table, const std::vector<std::string>& rows, const std::vector<std::string>& columns, const std::string& row_total,
                const std::string& column_total, std::vector<Problem>& problems) {
  std::vector<SumOff> rows_off, columns_off;
  if (!row_total.empty())
    for (auto const& row : rows) {
      CompensatedSum sum;
      for (auto const& column : columns) sum.add(table.at(row, column));
      SumOff const off{row, row_total, sum.value(), table.at(row, row_total), columns.size()};
      if (off.too_far()) rows_off.push_back(off);
    }
  if (!column_total.empty())
    for (auto const& column : columns) {
      CompensatedSum sum;
      for (auto const& row : rows) sum.add(table.at(row, column));
      SumOff const off{column_total, column, sum.value(), table.at(column_total, column), rows.size()};
      if (off.too_far()) columns_off.push_back(off);
    }
  if (rows_off.size() == 1 && columns_off.size() == 1 && std::abs(rows_off[0].by() - columns_off[0].by()) <= rounding_of_sum(rows_off[0].terms) + rounding_of_sum(columns_off[0].terms)) {
    auto const &row = rows_off[0], &column = columns_off[0];
    problems.push_back(table.problem(row.row, column.column, fmt::format("off balance by about {:+}: its row adds up to {:+} against its '{}', its column to {:+} against its '{}'; rounding explains at most {:.1f} and {:.1f}",
                                                                         row.by(), row.by(), row_total, column.by(), column_total, rounding_of_sum(row.terms), rounding_of_sum(column.terms))));
    return;
  }
  for (auto const& off : rows_off) problems.push_back(sum_problem(table, off, "the row"));
  for (auto const& off : columns_off) problems.push_back(sum_problem(table, off, "the column"));
}

}  // namespace headroom
