// Many draws of some uncertain quantities: column by column, so that a formula runs down rows that lie side by side.
//
// Latin hypercube (McKay, Beckman and Conover, Technometrics 21(2), 1979): of n draws, one lies in each n-th of a quantity's
// probability, in random order. Plain draws are independent of each other.
// Correlation: the quantities of a group share one factor F. With e of a quantity's own, z = sqrt(rho) F + sqrt(1-rho) e is standard normal, and
// any two of the group have correlation rho in z (rank correlation 6/pi asin(rho/2), a little less). A stratified column is put in the order of
// its z, as Iman and Conover do (Communications in Statistics B11(3), 1982); a plain one is F^-1(Phi(z)). Both keep every quantity's own distribution.
// Valid for 0 <= rho <= 1.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/draws/uncertain.h"

namespace headroom {

struct DrawTable {
  std::size_t count = 0;                         // draws
  std::vector<Uncertain> quantities;
  std::vector<std::vector<double>> columns;      // one for each quantity, in their order

  const std::vector<double>& column(const std::string& name) const;      // of a quantity that is there
};

// Where no correlation is given for a group, as between the prices of metals (an assumption).
constexpr double default_correlation = 0.6;
using Correlations = std::map<std::string, double>;      // group -> rho

DrawTable latin_hypercube(const std::vector<Uncertain>& quantities, std::size_t count, std::uint64_t seed, const Correlations& correlations = {});
DrawTable plain_draws(const std::vector<Uncertain>& quantities, std::size_t count, std::uint64_t seed, const Correlations& correlations = {});

// The same quantities, in no group.
std::vector<Uncertain> without_groups(std::vector<Uncertain> quantities);

}  // namespace headroom
