#include "analysis/economy/square_layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/csv.h"

namespace headroom {
namespace {

constexpr const char* imported_prefix = "imported ";

bool has_name(const Names& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

// The first line and the first column, each name with its place.
struct Labels {
  Names columns;
  std::vector<Sector> rows;                // code and name
  std::vector<Location> row_places;
  Location header;

  Names row_codes() const {
    Names codes;
    for (auto const& row : rows) codes.push_back(row.code);
    return codes;
  }
};

Labels read_labels(const std::filesystem::path& file) {
  CsvReader reader(file);
  Labels labels;
  labels.header = {file.string(), 1, 1};
  std::size_t code = reader.columns().size(), name = code;
  for (std::size_t i = 0; i < reader.columns().size(); ++i) {
    labels.columns.push_back(reader.columns()[i].name);
    if (labels.columns.back() == "code") code = i;
    if (labels.columns.back() == "name") name = i;
  }
  if (code == labels.columns.size()) throw InputError(labels.header, "column 'code' is missing; it names the rows");
  while (reader.next()) {
    labels.rows.push_back({std::string(reader.text(code)), name < labels.columns.size() ? std::string(reader.text(name)) : ""});
    labels.row_places.push_back(reader.place_of(code));
  }
  return labels;
}

// What the description names, or the row or column called like the key where there is one.
class Naming {
 public:
  Naming(const Names& there, Location where, const char* what, std::vector<Problem>& problems) : there_(there), where_(std::move(where)), what_(what), problems_(problems) {}

  Names several(const char* key, const Names& named) {
    if (named.empty()) return has_name(there_, key) ? Names{key} : Names{};
    for (auto const& name : named)
      if (!has_name(there_, name)) problems_.push_back({where_, fmt::format("there is no {} '{}', which the description calls '{}'{}", what_, name, key, nearest_hint(name, there_))});
    return named;
  }
  std::string one(const char* key, const std::string& named, bool wanted) {
    Names const found = several(key, named.empty() ? Names{} : Names{named});
    if (wanted && found.empty()) problems_.push_back({where_, fmt::format("{} '{}' is missing; add it, or say in the description what it is called", what_, key)});
    return found.empty() ? "" : found.front();
  }

 private:
  const Names& there_;
  Location where_;
  const char* what_;
  std::vector<Problem>& problems_;
};

void find_sectors(const Labels& labels, SquareLayout& out) {
  for (auto const& row : labels.rows)
    if (has_name(labels.columns, row.code) && !has_name(out.codes, row.code)) {
      out.sectors.push_back(row);
      out.codes.push_back(row.code);
      if (out.imported_rows) out.imported.push_back(imported_prefix + row.code);
    }
  if (out.codes.empty()) throw InputError(labels.header, "no row is called like a column; a sector has one of each");
}

// Rows and columns that are none of what a table has: most likely misspelt.
void find_strangers(const Labels& labels, const SquareLayout& out, std::vector<Problem>& problems) {
  Names const columns = joined(joined(out.codes, out.uses()), {"code", "name", out.imports, out.total});
  for (auto const& column : labels.columns)
    if (!has_name(columns, column)) problems.push_back({labels.header, fmt::format("the column '{}' is no sector (no row is called so) and no use that the description names{}", column, nearest_hint(column, joined(columns, {"household_use", "investment", "other_use", "exports"})))});
  Names const rows = joined(joined(out.codes, out.imported), joined(out.value_added(), {out.output, out.jobs}));
  for (std::size_t i = 0; i < labels.rows.size(); ++i)
    if (auto const& code = labels.rows[i].code; !has_name(rows, code))
      problems.push_back({labels.row_places[i], fmt::format("the row '{}' is no sector (no column is called so){} and nothing that the description names{}", code, out.imported_rows ? ", no 'imported' row of one" : "", nearest_hint(code, joined(rows, {"wages", "other_value_added", "output", "jobs"})))});
}

}  // namespace

SquareLayout square_layout(const TableDescription& description, const std::filesystem::path& file) {
  Labels const labels = read_labels(file);
  SquareLayout out;
  out.imported_rows = description.format == TableFormat::imported_rows;
  find_sectors(labels, out);
  std::vector<Problem> problems;
  Naming columns(labels.columns, labels.header, "column", problems);
  out.household_use = columns.several("household_use", description.columns.household_use);
  out.investment = columns.several("investment", description.columns.investment);
  out.other_use = columns.several("other_use", description.columns.other_use);
  out.exports = columns.several("exports", description.columns.exports);
  out.imports = columns.one("imports", description.columns.imports, !out.imported_rows);
  out.total = columns.one("total", description.columns.total, true);
  Names const row_codes = labels.row_codes();
  Naming rows(row_codes, labels.header, "row", problems);
  out.wages = rows.several("wages", description.rows.wages);
  out.other_value_added = rows.several("other_value_added", description.rows.other_value_added);
  out.output = rows.one("output", description.rows.output, true);
  out.jobs = rows.one("jobs", description.rows.jobs, false);
  if (out.wages.empty()) problems.push_back({labels.header, "row 'wages' is missing; add it, or say in the description what it is called"});
  find_strangers(labels, out, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return out;
}

}  // namespace headroom
