#include "analysis/spending/us_bea.h"

#include <fmt/format.h>

#include <cmath>

#include "analysis/spending/labelled_table.h"
#include "base/csv.h"
#include "base/shipped.h"

namespace headroom {
namespace {

using Names = std::vector<std::string>;

const Names value_added_rows{"V001", "V002", "V003"};
constexpr const char* intermediate = "Total Intermediate";
constexpr const char* industry_output = "Total Industry Output";
constexpr const char* commodity_output = "Total Commodity Output";
constexpr const char* final_uses = "Total Final Uses (GDP)";
constexpr const char* total_value_added = "Total Value Added";

Names operator+(Names a, const Names& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

struct Tables {
  Names industries, commodities;
  LabelledTable use, make, import;
};

Tables read_tables(const std::filesystem::path& folder, const std::vector<Sector>& sectors) {
  Names industries;
  for (auto const& sector : sectors) industries.push_back(sector.code);
  Names const commodities = industries + Names{"Used", "Other"};
  auto const file = [&](const char* what) { return folder / fmt::format("us_bea_summary_2022_{}.csv", what); };
  return {industries, commodities,
          LabelledTable(file("use"), commodities + value_added_rows + Names{intermediate, total_value_added, industry_output}, industries + Names{intermediate, final_uses, commodity_output}),
          LabelledTable(file("make"), industries + Names{commodity_output}, commodities + Names{industry_output}),
          LabelledTable(file("import"), commodities, industries + Names{"T001"})};
}

// Everything the tables promise about themselves.
void check_balance(const Tables& t) {
  std::vector<Problem> problems;
  check_sums(t.use, t.commodities, t.industries, intermediate, intermediate, problems);
  check_sums(t.use, t.commodities, {intermediate, final_uses}, commodity_output, "", problems);
  check_sums(t.use, value_added_rows, t.industries, "", total_value_added, problems);
  check_sums(t.use, {intermediate, total_value_added}, t.industries, "", industry_output, problems);
  check_sums(t.make, t.industries, t.commodities, industry_output, commodity_output, problems);
  check_sums(t.import, t.commodities, t.industries, "T001", "", problems);
  for (auto const& industry : t.industries)
    if (double const made = t.make.at(industry, industry_output), used = t.use.at(industry_output, industry); std::abs(made - used) > rounding_of_sum(1))
      problems.push_back(t.make.problem(industry, industry_output, fmt::format("the industry makes {} here and {} in the use table", made, used)));
  if (!problems.empty()) throw InputError(std::move(problems));
}

// A = D B, from what the industries use of each commodity.
Matrix coefficients(const Tables& t, bool home) {
  auto const n = static_cast<int>(t.industries.size()), m = static_cast<int>(t.commodities.size());
  Matrix market_shares(n, m), recipe(m, n);
  for (int c = 0; c < m; ++c) {
    auto const& commodity = t.commodities[static_cast<std::size_t>(c)];
    double const made = t.make.at(commodity_output, commodity);
    for (int i = 0; i < n; ++i) {
      auto const& industry = t.industries[static_cast<std::size_t>(i)];
      if (made > 0) market_shares.at(i, c) = t.make.at(industry, commodity) / made;
      double const bought = t.use.at(commodity, industry) - (home ? t.import.at(commodity, industry) : 0.0);
      recipe.at(c, i) = bought / t.use.at(industry_output, industry);
    }
  }
  return product(market_shares, recipe);
}

void add_accounts(const Tables& t, InputOutputTable& out) {
  std::vector<double> const inputs = column_sums(out.home);
  for (std::size_t i = 0; i < t.industries.size(); ++i) {
    auto const& industry = t.industries[i];
    double const output = t.use.at(industry_output, industry);
    double value_added = 0, imported = 0;
    for (auto const& row : value_added_rows) value_added += t.use.at(row, industry);
    for (auto const& commodity : t.commodities) imported += t.import.at(commodity, industry);
    out.value_added.push_back(value_added / output);
    out.imports.push_back(imported / output);
    out.residual.push_back(1 - out.value_added.back() - out.imports.back() - inputs[i]);
    if (value_added < 0) out.warnings.push_back(fmt::format("value added of {} is negative: {} million USD", industry, value_added));
  }
}

void warn_of_negatives(const Matrix& inputs, const char* which, InputOutputTable& out) {
  for (int r = 0; r < inputs.rows; ++r)
    for (int c = 0; c < inputs.columns; ++c)
      if (inputs.at(r, c) < -1e-9)
        out.warnings.push_back(fmt::format("{} inputs from {} to {} are negative: {:.6f} per unit of output", which, out.sectors[static_cast<std::size_t>(r)].code, out.sectors[static_cast<std::size_t>(c)].code, inputs.at(r, c)));
}

}  // namespace

std::vector<Sector> read_us_bea_sectors(const std::filesystem::path& folder) {
  CsvReader reader(folder / "us_bea_summary_sectors.csv", {{"code"}, {"name"}});
  std::vector<Sector> sectors;
  while (reader.next()) sectors.push_back({std::string(reader.text(0)), std::string(reader.text(1))});
  return sectors;
}

InputOutputTable read_us_bea(const std::filesystem::path& folder) {
  InputOutputTable out;
  out.name = "US BEA summary, before redefinitions, producers' prices";
  out.year = 2022;
  out.currency = "USD";
  out.sectors = read_us_bea_sectors(folder);
  Tables const tables = read_tables(folder, out.sectors);
  out.where = {tables.use.file().string(), 0, 0};
  check_balance(tables);
  out.home = coefficients(tables, true);
  out.all_inputs = coefficients(tables, false);
  add_accounts(tables, out);
  warn_of_negatives(out.home, "home", out);
  warn_of_negatives(out.all_inputs, "all", out);
  return out;
}

std::filesystem::path shipped_tables() { return shipped_root() / "analysis/spending/tables"; }

}  // namespace headroom
