// What a unit of final demand draws through an input-output table, the purchase itself included.
//
//   Type I:   x = (I - A)^-1 f; the multiplier of a sector is its column sum of (I - A)^-1
//   Type II:  wages buy, too. A has a row more, the wages per unit of output, and a column more, what households use of each
//             sector divided by D; the multiplier sums the rows of the sectors alone. Two closures:
//               wages           D = total wages: households spend what the table says of it (0.73 of China's wages in 2020)
//               household_use   D = total household use: all wages are spent
//   value added at home = v' (I - A_home)^-1; with imports and the residual it sums to 1 in each column, exactly.
// Valid for: demand small beside the economy. Fixed prices, fixed coefficients, no capacity limit; sums of output count a good
// again at each stage. Source: Miller and Blair, Input-Output Analysis, chapters 2, 5 and 6.
#pragma once

#include <optional>

#include "analysis/economy/input_output.h"

namespace headroom {

enum class Inputs { home, all };
enum class Closure { wages, household_use };

// Factored once, solved often. Throws InputError: singular; Type II of a table that does not tell households apart.
class Leontief {
 public:
  Leontief(const InputOutputTable& table, Inputs inputs);                        // Type I
  Leontief(const InputOutputTable& table, Inputs inputs, Closure closure);       // Type II

  std::vector<double> output(const std::vector<double>& demand) const;           // of each sector, for a demand of each
  std::vector<double> drawn_by(const std::vector<double>& weights) const;        // per unit of demand of each sector: weights' (I - A)^-1
  std::vector<double> multipliers() const;                                       // drawn_by(1, 1, ...)

 private:
  std::size_t sectors_;
  FactoredSystem system_;
};

// Per unit of final demand of each sector, the purchase made at home.
struct Multipliers {
  std::vector<double> type_1_home, type_1_all_inputs;
  std::vector<double> value_added_home, labour_income_home, imports_home, residual_home;
};
Multipliers multipliers(const InputOutputTable& table);
std::vector<double> type_2(const InputOutputTable& table, Inputs inputs, Closure closure);

// What a year's output of each sector comes with. Of home output: value added + imports + residual = the demand met.
struct OutputEffects {
  double output = 0, value_added = 0, labour_income = 0, imports = 0, residual = 0;
  std::optional<double> jobs;                   // where the table has employment
};
OutputEffects effects_of(const InputOutputTable& table, const std::vector<double>& output);

}  // namespace headroom
