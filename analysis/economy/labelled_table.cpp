#include "analysis/economy/labelled_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/csv.h"
#include "base/sum.h"

namespace headroom {
namespace {

std::vector<CsvReader::Column> csv_columns(const Names& names) {
  std::vector<CsvReader::Column> columns{{"code", true}};
  for (auto const& name : names) columns.push_back({name, true});
  return columns;
}

bool contains(const Names& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

struct SumOff {
  std::string row, column;     // of the total
  double sum = 0, total = 0;
  std::size_t terms = 0;

  double by() const { return sum - total; }
};

template <class At>
SumOff sum_up(const Sums& sums, At at) {
  CompensatedSum sum;
  for (auto const& name : sums.over) sum.add(at(name));
  for (auto const& name : sums.minus) sum.add(-at(name));
  return {"", "", sum.value(), at(sums.total), sums.over.size() + sums.minus.size()};
}

// A balance as its problems tell it: as many decimals as the cells have, of what rounding explains one more.
class Balance {
 public:
  Balance(const LabelledTable& table, double rounding) : table_(table), rounding_(rounding), decimals_(decimals_of(rounding)) {}

  std::vector<SumOff> rows_off(const Sums& sums) const {
    std::vector<SumOff> found;
    for (auto const& row : sums.of) add_if_off(sum_up(sums, [&](const std::string& column) { return table_.at(row, column); }), row, sums.total, found);
    return found;
  }
  std::vector<SumOff> columns_off(const Sums& sums) const {
    std::vector<SumOff> found;
    for (auto const& column : sums.of) add_if_off(sum_up(sums, [&](const std::string& row) { return table_.at(row, column); }), sums.total, column, found);
    return found;
  }
  bool same(const SumOff& a, const SumOff& b) const { return std::abs(a.by() - b.by()) <= allowed(a) + allowed(b); }

  Problem of_sum(const SumOff& off, const char* what) const {
    return table_.problem(off.row, off.column, fmt::format("off balance by {}: the {} cells of the {} add up to {:.{}f}, this total says {:.{}f}; rounding explains at most {}", by(off), off.terms, what, off.sum, decimals_,
                                                           off.total, decimals_, explained(off)));
  }
  Problem of_cell(const SumOff& row, const SumOff& column) const {
    return table_.problem(row.row, column.column, fmt::format("off balance by about {}: its row adds up to {} against its '{}', its column to {} against its '{}'; rounding explains at most {} and {}", by(row), by(row),
                                                              row.column, by(column), column.row, explained(row), explained(column)));
  }

 private:
  double allowed(const SumOff& off) const { return rounding_of_sum(off.terms, rounding_); }
  std::string by(const SumOff& off) const { return fmt::format("{:+.{}f}", off.by(), decimals_); }
  std::string explained(const SumOff& off) const { return fmt::format("{:.{}f}", allowed(off), decimals_ + 1); }
  void add_if_off(SumOff off, const std::string& row, const std::string& column, std::vector<SumOff>& found) const {
    off.row = row;
    off.column = column;
    if (std::abs(off.by()) > allowed(off)) found.push_back(std::move(off));
  }

  const LabelledTable& table_;
  double rounding_;
  int decimals_;
};

}  // namespace

Names joined(Names a, const Names& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

LabelledTable::LabelledTable(const std::filesystem::path& file, const Block& main, const Block& more) : file_(file) {
  place(main);
  place(more);
  cells_.resize(row_of_.size() * columns_.size());
  std::vector<bool> found(row_of_.size(), false);
  CsvReader reader(file, csv_columns(columns_), true);
  while (reader.next()) {
    auto const row = row_of_.find(std::string(reader.text(0)));
    if (row == row_of_.end()) continue;
    if (found[row->second]) throw reader.problem(0, fmt::format("the row '{}' stands twice", row->first));
    found[row->second] = true;
    for (auto const& column : row->second < main.rows.size() ? main.columns : more.columns) {
      std::size_t const i = column_of_.at(column);
      cells_[row->second * columns_.size() + i] = reader.number(i + 1);
    }
  }
  for (auto const& [row, i] : row_of_)
    if (!found[i]) throw InputError({file.string(), 0, 0}, fmt::format("the row '{}' is missing", row));
}

void LabelledTable::place(const Block& block) {
  for (auto const& row : block.rows) row_of_.emplace(row, row_of_.size());
  for (auto const& column : block.columns)
    if (column_of_.emplace(column, columns_.size()).second) columns_.push_back(column);
}

Problem LabelledTable::problem(const std::string& row, const std::string& column, const std::string& what) const {
  CsvReader reader(file_, csv_columns(columns_), true);
  while (reader.next())
    if (reader.text(0) == row) return reader.problem(column_of_.at(column) + 1, fmt::format("row {}: {}", row, what)).problems().front();
  return {{file_.string(), 0, 0}, what};
}

double rounding_of_sum(std::size_t terms, double rounding) {
  double const n = static_cast<double>(terms) + 1;
  return rounding * std::min(n / 2, 6 * std::sqrt(n / 12));
}

int decimals_of(double rounding) { return std::max(0, static_cast<int>(std::ceil(-std::log10(rounding) - 1e-9))); }

void check_sums(const LabelledTable& table, const Sums& in_rows, const Sums& in_columns, double rounding, std::vector<Problem>& problems) {
  Balance const balance(table, rounding);
  auto const rows = balance.rows_off(in_rows), columns = balance.columns_off(in_columns);
  if (rows.size() == 1 && columns.size() == 1 && contains(in_rows.over, columns[0].column) && contains(in_columns.over, rows[0].row) && balance.same(rows[0], columns[0])) {
    problems.push_back(balance.of_cell(rows[0], columns[0]));
    return;
  }
  for (auto const& off : rows) problems.push_back(balance.of_sum(off, "row"));
  for (auto const& off : columns) problems.push_back(balance.of_sum(off, "column"));
}

}  // namespace headroom
