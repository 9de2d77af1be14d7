#include "analysis/economy/square_table.h"

#include <fmt/format.h>

#include <cmath>

#include "analysis/economy/labelled_table.h"
#include "analysis/economy/negative_cells.h"
#include "analysis/economy/square_layout.h"

namespace headroom {
namespace {

struct Square {
  SquareLayout layout;
  LabelledTable cells;
  double rounding, unit;

  std::size_t size() const { return layout.codes.size(); }
  double output(std::size_t sector) const { return cells.at(layout.output, layout.codes[sector]); }
  double sum(const std::string& row, const Names& columns) const {
    double out = 0;
    for (auto const& column : columns) out += cells.at(row, column);
    return out;
  }
  double sum_of_rows(const Names& rows, const std::string& column) const {
    double out = 0;
    for (auto const& row : rows) out += cells.at(row, column);
    return out;
  }
};

Square read_cells(const TableDescription& description) {
  auto const file = description.file(description.files.table);
  SquareLayout layout = square_layout(description, file);
  Names columns = joined(joined(layout.codes, layout.uses()), {layout.total});
  if (!layout.imports.empty()) columns.push_back(layout.imports);
  Names accounts = joined(layout.value_added(), {layout.output});
  if (!layout.jobs.empty()) accounts.push_back(layout.jobs);
  LabelledTable cells(file, {joined(layout.codes, layout.imported), columns}, {accounts, layout.codes});
  return {std::move(layout), std::move(cells), description.rounding, description.unit};
}

void check_balance(const Square& t) {
  SquareLayout const& l = t.layout;
  Names const suppliers = joined(l.codes, l.imported);
  std::vector<Problem> problems;
  check_sums(t.cells, {suppliers, joined(l.codes, l.uses()), l.total, l.imports.empty() ? Names{} : Names{l.imports}}, {l.codes, joined(suppliers, l.value_added()), l.output}, t.rounding, problems);
  for (std::size_t i = 0; i < t.size(); ++i) {
    auto const& code = l.codes[i];
    double const used = t.cells.at(code, l.total);
    if (std::abs(used - t.output(i)) > rounding_of_sum(1, t.rounding) * 1.001)      // of two rounded numbers as the machine holds them
      problems.push_back(t.cells.problem(code, l.total, fmt::format("the sector's output is {:.{}f} here and {:.{}f} in the row '{}'", used, decimals_of(t.rounding), t.output(i), decimals_of(t.rounding), l.output)));
    if (!(t.output(i) > 0)) problems.push_back(t.cells.problem(l.output, code, "the sector has no output above zero; leave it out of the table"));
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

// Of what is used at home the share that is imported: of an import column, the same for every buyer.
std::vector<double> import_shares(const Square& t, InputOutputTable& out) {
  std::vector<double> shares;
  for (std::size_t i = 0; i < t.size(); ++i) {
    auto const& code = t.layout.codes[i];
    double const exported = t.sum(code, t.layout.exports);
    if (t.layout.imported_rows) {
      auto const& row = t.layout.imported[i];
      double const invested = t.sum(row, t.layout.investment), from_home = t.sum(code, t.layout.investment);
      double const imported = t.cells.at(row, t.layout.total) - t.sum(row, t.layout.exports);
      shares.push_back(invested + from_home > 0 ? import_share(invested, invested + from_home) : import_share(imported, imported + t.output(i) - exported));
      continue;
    }
    double const imported = t.cells.at(code, t.layout.imports), supplied = t.output(i) + imported - exported;
    shares.push_back(import_share(imported, supplied));
    if (imported < 0 || imported > supplied)
      out.warnings.push_back(fmt::format("{}imports of {} are {:.3f} of what is used at home; counted as {}", short_place(t.cells.problem(code, t.layout.imports, "").where), code, imported / supplied, shares.back()));
  }
  return shares;
}

void add_coefficients(const Square& t, InputOutputTable& out) {
  auto const n = static_cast<int>(t.size());
  out.home = out.all_inputs = Matrix(n, n);
  out.imports.assign(t.size(), 0.0);
  for (int r = 0; r < n; ++r)
    for (int c = 0; c < n; ++c) {
      auto const row = static_cast<std::size_t>(r), column = static_cast<std::size_t>(c);
      auto const &supplier = t.layout.codes[row], &buyer = t.layout.codes[column];
      double const bought = t.cells.at(supplier, buyer) / t.output(column);
      double const imported = t.layout.imported_rows ? t.cells.at(t.layout.imported[row], buyer) / t.output(column) : out.first_purchase_imported[row] * bought;
      out.home.at(r, c) = t.layout.imported_rows ? bought : bought - imported;
      out.all_inputs.at(r, c) = t.layout.imported_rows ? bought + imported : bought;
      out.imports[column] += imported;
    }
}

void add_accounts(const Square& t, InputOutputTable& out) {
  std::vector<double> const inputs = column_sums(out.home);
  for (std::size_t i = 0; i < t.size(); ++i) {
    auto const& code = t.layout.codes[i];
    double const output = t.output(i), value_added = t.sum_of_rows(t.layout.value_added(), code), wages = t.sum_of_rows(t.layout.wages, code);
    out.output.push_back(output * t.unit);
    out.value_added.push_back(value_added / output);
    out.residual.push_back(1 - out.value_added.back() - out.imports[i] - inputs[i]);
    out.wages.push_back(wages / output);
    out.total_wages += wages * t.unit;
    if (!t.layout.jobs.empty()) out.jobs.push_back(t.cells.at(t.layout.jobs, code) / (output * t.unit));
    if (value_added < 0)
      out.warnings.push_back(fmt::format("{}value added of {} is negative: {:.6f} per unit of output", short_place(t.cells.problem(t.layout.value_added().front(), code, "").where), code, value_added / output));
  }
}

void add_households(const Square& t, InputOutputTable& out) {
  if (t.layout.household_use.empty()) return;
  for (std::size_t i = 0; i < t.size(); ++i) {
    double const bought = t.sum(t.layout.codes[i], t.layout.household_use) * t.unit;
    double const imported = t.layout.imported_rows ? t.sum(t.layout.imported[i], t.layout.household_use) * t.unit : out.first_purchase_imported[i] * bought;
    out.household_all.push_back(t.layout.imported_rows ? bought + imported : bought);
    out.household_home.push_back(t.layout.imported_rows ? bought : bought - imported);
    out.total_household_use += out.household_all.back();
  }
}

}  // namespace

InputOutputTable read_square_table(const TableDescription& description) {
  Square const table = read_cells(description);
  check_balance(table);
  InputOutputTable out;
  out.sectors = table.layout.sectors;
  out.where = {table.cells.file().string(), 0, 0};
  out.first_purchase_imported = import_shares(table, out);
  add_coefficients(table, out);
  add_accounts(table, out);
  add_households(table, out);
  auto const place = [&](const Names& rows) { return [&table, rows](std::size_t row, std::size_t column) { return table.cells.problem(rows[row], table.layout.codes[column], "").where; }; };
  check_negative_inputs(out.home, "home", place(table.layout.codes), out);
  check_negative_inputs(out.all_inputs, "all", place(table.layout.imported_rows ? table.layout.imported : table.layout.codes), out);
  return out;
}

}  // namespace headroom
