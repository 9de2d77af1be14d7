#include "analysis/economy/negative_cells.h"

#include <fmt/format.h>

#include <filesystem>

namespace headroom {
namespace {

constexpr double nothing = -1e-9;           // what a product of rounded numbers may be below zero
constexpr double too_much = -0.1;

}  // namespace

void check_negative_inputs(const Matrix& inputs, const char* which, const CellPlace& place, InputOutputTable& table) {
  std::vector<Problem> problems;
  for (int r = 0; r < inputs.rows; ++r)
    for (int c = 0; c < inputs.columns; ++c) {
      double const input = inputs.at(r, c);
      if (input >= nothing) continue;
      auto const row = static_cast<std::size_t>(r), column = static_cast<std::size_t>(c);
      Location const where = place(row, column);
      std::string const what = fmt::format("{} inputs from {} to {} are negative: {:.6f} per unit of output", which, table.sectors[row].code, table.sectors[column].code, input);
      if (input < too_much) problems.push_back({where.file.empty() ? table.where : where, fmt::format("{}; below {} it is no scrap or rounding", what, too_much)});
      else table.warnings.push_back(short_place(where) + what);
    }
  if (!problems.empty()) throw InputError(std::move(problems));
}

std::string short_place(const Location& where) {
  return where.file.empty() ? "" : to_text(Location{std::filesystem::path(where.file).filename().string(), where.line, where.column}) + ": ";
}

}  // namespace headroom
