#include "analysis/economy/us_bea.h"

#include <fmt/format.h>

#include <cmath>

#include "analysis/economy/labelled_table.h"
#include "analysis/economy/negative_cells.h"
#include "base/csv.h"

namespace headroom {
namespace {

const Names value_added_rows{"V001", "V002", "V003"};
constexpr const char* wages_row = "V001";
constexpr const char* household_use = "F010";
constexpr const char* exports = "F040";
constexpr const char* minus_imports = "F050";
constexpr const char* intermediate = "Total Intermediate";
constexpr const char* industry_output = "Total Industry Output";
constexpr const char* commodity_output = "Total Commodity Output";
constexpr const char* final_uses = "Total Final Uses (GDP)";
constexpr const char* total_value_added = "Total Value Added";

std::vector<Sector> read_sectors(const std::filesystem::path& file) {
  CsvReader reader(file, {{"code"}, {"name"}});
  std::vector<Sector> sectors;
  while (reader.next()) sectors.push_back({std::string(reader.text(0)), std::string(reader.text(1))});
  return sectors;
}

struct Tables {
  Names industries, commodities;
  LabelledTable use, make, import;
  double rounding, unit;
};

Tables read_tables(const TableDescription& description, const std::vector<Sector>& sectors) {
  Names industries;
  for (auto const& sector : sectors) industries.push_back(sector.code);
  Names const commodities = joined(industries, {"Used", "Other"});
  return {industries, commodities,
          LabelledTable(description.file(description.files.use), {commodities, joined(industries, {intermediate, final_uses, commodity_output, household_use, exports, minus_imports})},
                        {joined(value_added_rows, {intermediate, total_value_added, industry_output}), industries}),
          LabelledTable(description.file(description.files.make), {joined(industries, {commodity_output}), joined(commodities, {industry_output})}),
          LabelledTable(description.file(description.files.import), {commodities, joined(industries, {"T001", household_use})}), description.rounding, description.unit};
}

// Everything the tables promise about themselves.
void check_balance(const Tables& t) {
  std::vector<Problem> problems;
  auto const check = [&](const LabelledTable& table, const Sums& in_rows, const Sums& in_columns) { check_sums(table, in_rows, in_columns, t.rounding, problems); };
  check(t.use, {t.commodities, t.industries, intermediate}, {t.industries, t.commodities, intermediate});
  check(t.use, {t.commodities, {intermediate, final_uses}, commodity_output}, {});
  check(t.use, {}, {t.industries, value_added_rows, total_value_added});
  check(t.use, {}, {t.industries, {intermediate, total_value_added}, industry_output});
  check(t.make, {t.industries, t.commodities, industry_output}, {t.commodities, t.industries, commodity_output});
  check(t.import, {t.commodities, t.industries, "T001"}, {});
  for (auto const& industry : t.industries)
    if (double const made = t.make.at(industry, industry_output), used = t.use.at(industry_output, industry); std::abs(made - used) > rounding_of_sum(1, t.rounding))
      problems.push_back(t.make.problem(industry, industry_output, fmt::format("the industry makes {} here and {} in the use table", made, used)));
  if (!problems.empty()) throw InputError(std::move(problems));
}

// D: by whom each commodity is made.
Matrix market_shares(const Tables& t) {
  Matrix shares(static_cast<int>(t.industries.size()), static_cast<int>(t.commodities.size()));
  for (int c = 0; c < shares.columns; ++c) {
    auto const& commodity = t.commodities[static_cast<std::size_t>(c)];
    double const made = t.make.at(commodity_output, commodity);
    if (!(made > 0)) continue;
    for (int i = 0; i < shares.rows; ++i) shares.at(i, c) = t.make.at(t.industries[static_cast<std::size_t>(i)], commodity) / made;
  }
  return shares;
}

// B: what the industries use of each commodity, per unit of output.
Matrix recipe(const Tables& t, bool home) {
  Matrix out(static_cast<int>(t.commodities.size()), static_cast<int>(t.industries.size()));
  for (int c = 0; c < out.rows; ++c)
    for (int i = 0; i < out.columns; ++i) {
      auto const &commodity = t.commodities[static_cast<std::size_t>(c)], &industry = t.industries[static_cast<std::size_t>(i)];
      out.at(c, i) = (t.use.at(commodity, industry) - (home ? t.import.at(commodity, industry) : 0.0)) / t.use.at(industry_output, industry);
    }
  return out;
}

void add_accounts(const Tables& t, InputOutputTable& out) {
  std::vector<double> const inputs = column_sums(out.home);
  for (std::size_t i = 0; i < t.industries.size(); ++i) {
    auto const& industry = t.industries[i];
    double const output = t.use.at(industry_output, industry);
    double value_added = 0, imported = 0;
    for (auto const& row : value_added_rows) value_added += t.use.at(row, industry);
    for (auto const& commodity : t.commodities) imported += t.import.at(commodity, industry);
    out.output.push_back(output * t.unit);
    out.value_added.push_back(value_added / output);
    out.imports.push_back(imported / output);
    out.residual.push_back(1 - out.value_added.back() - out.imports.back() - inputs[i]);
    out.wages.push_back(t.use.at(wages_row, industry) / output);
    out.total_wages += t.use.at(wages_row, industry) * t.unit;
    if (value_added < 0) out.warnings.push_back(fmt::format("{}value added of {} is negative: {:.6f} per unit of output", short_place(t.use.problem(total_value_added, industry, "").where), industry, value_added / output));
  }
}

void add_households(const Tables& t, const Matrix& shares, InputOutputTable& out) {
  std::vector<double> all, home;
  for (auto const& commodity : t.commodities) {
    all.push_back(t.use.at(commodity, household_use) * t.unit);
    home.push_back(all.back() - t.import.at(commodity, household_use) * t.unit);
    out.total_household_use += all.back();
  }
  out.household_all = product(shares, all);
  out.household_home = product(shares, home);
}

void add_import_shares(const Tables& t, const Matrix& shares, InputOutputTable& out) {
  std::vector<double> imported, supplied;
  for (auto const& commodity : t.commodities) {
    bool const made_here = imported.size() < t.industries.size();      // not "Used" and "Other"
    double const imports = -t.use.at(commodity, minus_imports);
    imported.push_back(made_here ? imports : 0);
    supplied.push_back(made_here ? t.use.at(commodity, commodity_output) + imports - t.use.at(commodity, exports) : 0);
  }
  std::vector<double> const by_industry = product(shares, imported), of = product(shares, supplied);
  for (std::size_t i = 0; i < by_industry.size(); ++i) out.first_purchase_imported.push_back(import_share(by_industry[i], of[i]));
}

}  // namespace

InputOutputTable read_us_bea(const TableDescription& description) {
  InputOutputTable out;
  out.sectors = read_sectors(description.file(description.files.sectors));
  Tables const tables = read_tables(description, out.sectors);
  out.where = {tables.use.file().string(), 0, 0};
  check_balance(tables);
  Matrix const shares = market_shares(tables);
  out.home = product(shares, recipe(tables, true));
  out.all_inputs = product(shares, recipe(tables, false));
  add_accounts(tables, out);
  add_households(tables, shares, out);
  add_import_shares(tables, shares, out);
  auto const of_several_cells = [](std::size_t, std::size_t) { return Location{}; };
  check_negative_inputs(out.home, "home", of_several_cells, out);
  check_negative_inputs(out.all_inputs, "all", of_several_cells, out);
  return out;
}

}  // namespace headroom
