// The four tables of rates, each read whole: what is wrong with any of them is told together.
#include <fmt/format.h>

#include "analysis/money/rates.h"
#include "base/csv.h"
#include "base/read_fields.h"

namespace headroom {
namespace {

// Collects what a row has wrong instead of stopping at it.
template <class Read>
void each_row(CsvReader& csv, std::vector<Problem>& problems, Read read) {
  while (csv.next()) {
    try {
      read();
    } catch (const InputError& e) {
      problems.insert(problems.end(), e.problems().begin(), e.problems().end());
    }
  }
}

double positive(const CsvReader& csv, std::size_t column) {
  double const value = csv.number(column);
  if (value <= 0) throw csv.problem(column, fmt::format("{} must be above zero", number_text(value)));
  return value;
}

int year(const CsvReader& csv, std::size_t column) {
  std::int64_t const value = csv.whole(column);
  if (value < 1950 || value > 2100) throw csv.problem(column, fmt::format("{} is no year from 1950 to 2100", value));
  return static_cast<int>(value);
}

std::string filled(const CsvReader& csv, std::size_t column, const char* what) {
  if (!csv.has(column)) throw csv.problem(column, fmt::format("the cell is empty; it says {}", what));
  return std::string(csv.text(column));
}

FigureEvidence evidence(const CsvReader& csv, std::size_t column) {
  auto const parsed = reading::parse_enum<FigureEvidence>(csv.text(column));
  if (auto const* what = std::get_if<std::string>(&parsed)) throw csv.problem(column, *what);
  return std::get<FigureEvidence>(parsed);
}

bool yes(const CsvReader& csv, std::size_t column) {
  if (csv.text(column) != "yes" && csv.text(column) != "no") throw csv.problem(column, fmt::format("expected yes or no, found '{}'", csv.text(column)));
  return csv.text(column) == "yes";
}

InputError twice(const CsvReader& csv, const std::string& what, int first) { return InputError(csv.place(), fmt::format("{} stands twice, first in line {}", what, first)); }

}  // namespace

void Rates::read_years(const std::string& file, const std::string& key, const std::string& value, std::map<std::string, YearRows>& out, std::vector<Problem>& problems) const {
  CsvReader csv(folder_ / file, {{key}, {"year"}, {value}, {"source"}, {"evidence"}});
  each_row(csv, problems, [&] {
    std::string const name = filled(csv, 0, "which currency");
    int const of_year = year(csv, 1);
    auto const [row, is_new] = out[name].emplace(of_year, Row{positive(csv, 2), evidence(csv, 4), filled(csv, 3, "where the figure comes from"), csv.line()});
    if (!is_new) throw twice(csv, fmt::format("{} of {}", name, of_year), row->second.line);
  });
}

void Rates::read_indices(std::vector<Problem>& problems) {
  CsvReader csv(folder_ / "price_indices.csv", {{"index"}, {"year"}, {"value"}, {"real"}, {"source"}, {"evidence"}});
  each_row(csv, problems, [&] {
    std::string const name = filled(csv, 0, "which index");
    bool const real = yes(csv, 3);
    int const of_year = year(csv, 1);
    Row const read{positive(csv, 2), evidence(csv, 5), filled(csv, 4, "where the figure comes from"), csv.line()};
    auto const [index, is_first] = indices_.try_emplace(name, PriceIndex{real, {}});
    if (index->second.real != real) throw csv.problem(3, fmt::format("the index {} is real in some rows and nominal in others", name));
    auto const [row, is_new] = index->second.rows.emplace(of_year, read);
    if (!is_new) throw twice(csv, fmt::format("{} of {}", name, of_year), row->second.line);
  });
}

void Rates::read_levels(std::vector<Problem>& problems) {
  CsvReader csv(folder_ / "price_levels.csv", {{"country"}, {"group"}, {"factor"}, {"source"}, {"evidence"}});
  each_row(csv, problems, [&] {
    std::string const country = filled(csv, 0, "which country"), group = filled(csv, 1, "which group of goods");
    auto const [row, is_new] = levels_.emplace(std::pair{country, group}, Row{positive(csv, 2), evidence(csv, 4), filled(csv, 3, "where the figure comes from"), csv.line()});
    if (!is_new) throw twice(csv, fmt::format("{} in {}", group, country), row->second.line);
  });
}

Rates::Rates(const std::filesystem::path& folder) : folder_(folder) {
  if (!std::filesystem::is_directory(folder)) throw InputError({folder.string(), 0, 0}, "there is no such folder of rates", InputFault::missing);
  std::vector<Problem> problems;
  read_years("deflators.csv", "currency", "index", deflators_, problems);
  read_years("exchange_rates.csv", "currency", "per_usd", per_usd_, problems);
  read_indices(problems);
  read_levels(problems);
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace headroom
