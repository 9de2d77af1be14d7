#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/units.h"

namespace headroom {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> names_of(const std::vector<CsvReader::Column>& columns) {
  std::vector<std::string> names;
  for (auto const& column : columns) names.push_back(column.name);
  return names;
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& file, std::vector<Column> columns, bool others_allowed)
    : lines_(file), columns_(std::move(columns)), cell_of_column_(columns_.size(), -1) {
  read_header();
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    auto const known = std::find_if(columns_.begin(), columns_.end(), [&](const Column& c) { return c.name == cells_[cell].text; });
    if (known == columns_.end()) {
      if (others_allowed) continue;
      throw InputError(place(cell), fmt::format("unknown column '{}'{}; known are {}", cells_[cell].text,
                                                nearest_hint(std::string(cells_[cell].text), names_of(columns_)), fmt::join(names_of(columns_), ", ")));
    }
    int& slot = cell_of_column_[static_cast<std::size_t>(known - columns_.begin())];
    if (slot >= 0) throw InputError(place(cell), fmt::format("column '{}' stands twice", known->name));
    slot = static_cast<int>(cell);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].required && cell_of_column_[i] < 0)
      throw InputError({lines_.name(), 1, 1}, fmt::format("column '{}' is missing; the first line must name {}", columns_[i].name, fmt::join(names_of(columns_), ", ")));
}

CsvReader::CsvReader(const std::filesystem::path& file) : lines_(file) {
  read_header();
  std::unordered_set<std::string> names;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    columns_.push_back({std::string(cells_[cell].text)});
    cell_of_column_.push_back(static_cast<int>(cell));
    if (!names.insert(columns_.back().name).second) throw InputError(place(cell), fmt::format("column '{}' stands twice", columns_.back().name));
  }
}

// Leaves the cells of the header for the caller to match.
void CsvReader::read_header() {
  std::string_view header;
  if (!lines_.next(header)) throw InputError({lines_.name(), 0, 0}, "the file is empty; its first line must name the columns");
  if (header.starts_with("\xef\xbb\xbf")) header.remove_prefix(3);
  split(header);
  header_cells_ = cells_.size();
}

bool CsvReader::next() {
  std::string_view line;
  do {
    if (!lines_.next(line)) return false;
  } while (trimmed(line).empty());
  split(line);
  if (cells_.size() != header_cells_)
    throw InputError({lines_.name(), lines_.line_number(), 1}, fmt::format("the line has {} cells, the header names {} columns", cells_.size(), header_cells_));
  return true;
}

void CsvReader::split(std::string_view line) {
  line_.assign(line);
  cells_.clear();
  unquoted_.clear();
  unquoted_.reserve(static_cast<std::size_t>(std::count(line_.begin(), line_.end(), ',')) + 1);   // cells point into it
  std::size_t at = 0;
  while (true) {
    int const column = static_cast<int>(at) + 1;
    if (at < line_.size() && line_[at] == '"') {
      std::string cell;
      for (++at;; ++at) {
        if (at >= line_.size()) throw InputError({lines_.name(), lines_.line_number(), column}, "the quote that opens here is never closed on this line");
        if (line_[at] != '"') cell += line_[at];
        else if (at + 1 < line_.size() && line_[at + 1] == '"') cell += line_[++at];
        else break;
      }
      ++at;
      if (at < line_.size() && line_[at] != ',') throw InputError({lines_.name(), lines_.line_number(), static_cast<int>(at) + 1}, "text after a closing quote; a comma would do");
      cells_.push_back({unquoted_.emplace_back(std::move(cell)), column});
    } else {
      std::size_t const comma = std::min(line_.find(',', at), line_.size());
      cells_.push_back({trimmed(std::string_view(line_).substr(at, comma - at)), column});
      at = comma;
    }
    if (at >= line_.size()) return;
    ++at;
  }
}

Location CsvReader::place(std::size_t cell) const { return {lines_.name(), lines_.line_number(), cells_[cell].column}; }

bool CsvReader::has(std::size_t column) const { return !text(column).empty(); }

std::string_view CsvReader::text(std::size_t column) const {
  int const cell = cell_of_column_[column];
  return cell < 0 ? std::string_view{} : cells_[static_cast<std::size_t>(cell)].text;
}

double CsvReader::number(std::size_t column) const {
  auto const parsed = parse_number(text(column));
  if (auto const* what = std::get_if<std::string>(&parsed)) throw problem(column, *what);
  return std::get<double>(parsed);
}

std::int64_t CsvReader::whole(std::size_t column) const {
  std::string_view const cell = text(column);
  std::int64_t value = 0;
  auto const [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (code != std::errc{} || end != cell.data() + cell.size()) throw problem(column, fmt::format("expected a whole number, found '{}'", cell));
  return value;
}

Location CsvReader::place_of(std::size_t column) const {
  int const cell = cell_of_column_[column];
  return cell < 0 ? place() : place(static_cast<std::size_t>(cell));
}

InputError CsvReader::problem(std::size_t column, const std::string& what) const {
  std::string const& name = columns_[column].name;
  return InputError(place_of(column), fmt::format("{}: {}", name.empty() ? fmt::format("column {}", cell_of_column_[column] + 1) : name, what));
}

}  // namespace headroom
