// What money of one currency and year is in another, how prices of equipment moved, and what a country's level of prices is.
//
// Convert: first to the other year by the deflator of the own currency, then at that year's rate of exchange:
//   amount x D_c(to year) / D_c(from year) x X_to(to year) / X_c(to year), X in units for a US dollar (1 for USD itself).
// Index: value(to) / value(from); a real index stands on top of the deflator and is multiplied by D(to) / D(from).
// Between two years that are given, geometric. Outside them: deflators and rates of exchange are errors; an index keeps its last real value, so
// that a nominal one moves with the deflator from there.
// Price level: of a group of goods in a country, the United States = 1.
// Sources: each row of analysis/money/rates/*.csv has its own, and whether it was seen, recalled or assumed.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "analysis/money/figure_evidence.h"
#include "base/errors.h"

namespace headroom {

// What an amount of money is in. (`Money` is the quantity of a bill.)
struct MoneyUnit {
  std::string currency;
  int year = 0;
  bool operator==(const MoneyUnit&) const = default;
};

// A factor, and what it rests on.
struct RateFactor {
  double value = 1;
  FigureEvidence evidence = FigureEvidence::seen;      // the worst of its rows
  std::vector<std::string> rests_on = {};              // a row each: what, year, source

  RateFactor& operator*=(const RateFactor& other);
};

class Rates {
 public:
  static Rates shipped();
  explicit Rates(const std::filesystem::path& folder);      // throws InputError with everything that is wrong in the four tables

  // `asked`: where the money was written, for the message. Throws InputError: "no rate ...: add a row to ...".
  RateFactor convert_factor(const MoneyUnit& from, const MoneyUnit& to, const Location& asked = {}) const;
  double convert(double amount, const MoneyUnit& from, const MoneyUnit& to, const Location& asked = {}) const { return amount * convert_factor(from, to, asked).value; }
  RateFactor deflator_factor(const std::string& currency, int from_year, int to_year, const Location& asked = {}) const;
  RateFactor index_factor(const std::string& index, const std::string& currency, int from_year, int to_year, const Location& asked = {}) const;
  RateFactor price_level(const std::string& country, const std::string& group, const Location& asked = {}) const;

 private:
  struct Row {
    double value = 0;
    FigureEvidence evidence = FigureEvidence::seen;
    std::string source;
    int line = 0;
  };
  using YearRows = std::map<int, Row>;
  struct PriceIndex {
    bool real = false;
    YearRows rows;
  };

  void read_years(const std::string& file, const std::string& key, const std::string& value, std::map<std::string, YearRows>& out, std::vector<Problem>& problems) const;
  void read_indices(std::vector<Problem>& problems);
  void read_levels(std::vector<Problem>& problems);
  RateFactor per_usd(const std::string& currency, int year, const Location& asked) const;
  RateFactor in_year(const std::map<std::string, YearRows>& table, const std::string& file, const std::string& what, const std::string& key, int year, const Location& asked) const;
  static RateFactor between(const YearRows& rows, const std::string& what, int year);
  Location place(const Location& asked, const std::string& file) const;
  std::string path_of(const std::string& file) const { return (folder_ / file).string(); }

  std::filesystem::path folder_;
  std::map<std::string, YearRows> deflators_, per_usd_;
  std::map<std::string, PriceIndex> indices_;
  std::map<std::pair<std::string, std::string>, Row> levels_;
};

}  // namespace headroom
