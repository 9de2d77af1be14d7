#include "base/errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <tuple>
#include <utility>

namespace headroom {
namespace {

std::string all_text(std::vector<Problem>& problems) {
  expects(!problems.empty(), "an InputError names at least one problem");
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) < std::tie(b.where.file, b.where.line, b.where.column);
  });
  auto const same = [](const Problem& a, const Problem& b) { return to_text(a) == to_text(b); };
  problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
  std::string out;
  for (auto const& problem : problems) out += (out.empty() ? "" : "\n") + to_text(problem);
  return out;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const next = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      diagonal = std::exchange(row[j], next);
    }
  }
  return row[b.size()];
}

bool same_letters(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string to_text(const Location& where) {
  if (where.line == 0) return where.file;
  if (where.column == 0) return fmt::format("{}:{}", where.file, where.line);
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

std::string to_text(const Problem& problem) { return fmt::format("{}: error: {}", to_text(problem.where), problem.what); }

InputError::InputError(Location where, std::string what, InputFault fault)
    : InputError(std::vector<Problem>{{std::move(where), std::move(what)}}, fault) {}

InputError::InputError(std::vector<Problem> problems, InputFault fault)
    : std::runtime_error(all_text(problems)), problems_(std::move(problems)), fault_(fault) {}

void expects(bool condition, const char* sentence, const char* file, int line) {
  if (!condition) throw ContractError(fmt::format("{}:{}: broken promise: {}", file, line, sentence));
}

std::string nearest_hint(const std::string& found, const std::vector<std::string>& known) {
  std::size_t best = std::max<std::size_t>(2, found.size() / 3) + 1;
  const std::string* name = nullptr;
  for (auto const& candidate : known) {
    auto const [shorter, longer] = std::minmax({found.size(), candidate.size()});
    if (longer - shorter >= best) continue;
    std::size_t const d = same_letters(found, candidate) ? 0 : edit_distance(found, candidate);
    if (d >= best || d >= longer) continue;     // nothing in common is not near
    best = d;
    name = &candidate;
  }
  return name == nullptr ? "" : fmt::format(", did you mean '{}'?", *name);
}

}  // namespace headroom
