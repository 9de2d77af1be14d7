#include <fmt/format.h>

#include <charconv>

#include "conditions/weather/readers.h"

namespace headroom {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Where the cell that begins here ends: at a comma outside quotes, or with the line.
std::size_t end_of_cell(std::string_view line, std::size_t at) {
  for (bool quoted = false; at < line.size(); ++at) {
    if (line[at] == '"') quoted = !quoted;
    if (line[at] == ',' && !quoted) break;
  }
  return at;
}

}  // namespace

bool CommaLines::next() {
  std::string_view line;
  do {
    if (!lines_.next(line)) return false;
  } while (trimmed(line).empty());
  line_.assign(line);
  cells_.clear();
  for (std::size_t at = 0;;) {
    std::size_t const end = end_of_cell(line_, at);
    std::string_view cell = trimmed(std::string_view(line_).substr(at, end - at));
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    cells_.push_back({cell, static_cast<int>(at) + 1});
    if (end >= line_.size()) return true;
    at = end + 1;
  }
}

Location CommaLines::place(std::size_t cell) const { return {lines_.name(), lines_.line_number(), cell < cells_.size() ? cells_[cell].column : 1}; }

double CommaLines::number(std::size_t cell, const char* name) const {
  auto const parsed = parse_number(text(cell));
  if (auto const* what = std::get_if<std::string>(&parsed)) throw InputError(place(cell), fmt::format("{}: {}", name, *what));
  return std::get<double>(parsed);
}

int CommaLines::whole(std::size_t cell, const char* name) const {
  std::string_view const found = text(cell);
  int value = 0;
  auto const [end, code] = std::from_chars(found.data(), found.data() + found.size(), value);
  if (code != std::errc{} || end != found.data() + found.size()) throw InputError(place(cell), fmt::format("{}: expected a whole number, found '{}'", name, found));
  return value;
}

void CommaLines::need(std::size_t cells, const char* what) const {
  if (size() < cells) throw InputError(place(0), fmt::format("{} has {} values, this line {}", what, cells, size()));
}

}  // namespace headroom
