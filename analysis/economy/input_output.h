// A national input-output table as coefficients. What it draws is in leontief.h, how one is read in read_input_output.h.
//
//   home inputs:   A_home, inputs made in the country per unit of the buyer's output
//   all inputs:    A, imported ones among them, as if every supplier were at home
//   in each column value added + imports + home inputs + residual = 1
// Source of the definitions: Miller and Blair, Input-Output Analysis, chapters 2, 4 and 5.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/economy/matrix.h"
#include "analysis/economy/sector_codes.h"
#include "base/errors.h"

namespace headroom {

struct Sector {
  std::string code, name;
};

// Money is in the table's currency, of one year; "per unit" is per unit of the sector's output. One value a sector.
struct InputOutputTable {
  std::string name, title, country;            // country: as price_levels.csv calls it; "" if nobody said
  int year = 0;
  std::string currency;
  Classification classification = Classification::us_bea_summary;
  std::map<std::string, std::string> map;      // from codes of the classification to codes of the table; empty: they are the same
  Location where;
  std::vector<Sector> sectors;
  std::vector<double> output;                  // money a year
  Matrix home, all_inputs;                     // A: inputs per unit, supplier by row, buyer by column
  std::vector<double> value_added;             // per unit: wages, taxes less subsidies, depreciation, surplus
  std::vector<double> imports;                 // per unit: imported inputs
  std::vector<double> residual;                // 1 - value added - imports - home inputs: the table's rounding
  std::vector<double> wages;                   // per unit: compensation of employees, a part of value added
  std::vector<double> jobs;                    // per unit of money; empty: the table has no employment
  // What households buy of each sector, made at home, and made anywhere; money a year. Empty: the table does not tell
  // households from other consumers.
  std::vector<double> household_home, household_all;
  double total_wages = 0, total_household_use = 0;      // money a year
  // Share of a first purchase, one for investment, that is imported.
  //   one import column:  imports / (output + imports - exports)
  //   imported rows:      imported / all of the sector's investment goods; where there are none, of all uses but exports
  //   US:                 of commodities, imports / (output + imports - exports), both sides by market share of the
  //                       industry; scrap and noncomparable imports, which no industry makes, are left out
  std::vector<double> first_purchase_imported;
  std::vector<std::string> warnings;           // small negative entries and the like, with the cell

  int find(const std::string& code) const;     // -1: no such sector
  bool has_households() const { return !household_all.empty(); }
};

// The code in the table of what has these codes, and its position. Throws InputError at `codes`: none for the table's
// classification, or no such sector in the table.
std::string sector_code(const InputOutputTable& table, const SectorCodes& codes);
std::size_t sector_index(const InputOutputTable& table, const SectorCodes& codes);

// imported / supplied, between 0 and 1; 0 where nothing is supplied.
double import_share(double imported, double supplied);

// What belongs beside every figure drawn from such a table.
std::vector<std::string> input_output_caveats(const InputOutputTable& table);

}  // namespace headroom
