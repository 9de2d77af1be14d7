// Dense matrices, as small as input-output tables are. The one place of this room that knows Eigen is matrix.cpp.
#pragma once

#include <memory>
#include <optional>
#include <vector>

namespace headroom {

struct Matrix {
  int rows = 0, columns = 0;
  std::vector<double> cells;      // row by row

  Matrix() = default;
  Matrix(int r, int c) : rows(r), columns(c), cells(static_cast<std::size_t>(r) * static_cast<std::size_t>(c), 0.0) {}
  double& at(int row, int column) { return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)]; }
  double at(int row, int column) const { return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)]; }
};

Matrix product(const Matrix& a, const Matrix& b);
std::vector<double> product(const Matrix& a, const std::vector<double>& x);
std::vector<double> column_sums(const Matrix& a);

// I - A, taken apart once and solved often. Copies share the parts.
class FactoredSystem {
 public:
  static std::optional<FactoredSystem> of(const Matrix& a);                                // nullopt: I - A is singular
  std::vector<double> solve(const std::vector<double>& demand) const;                      // (I - A)^-1 demand
  std::vector<double> solve_transposed(const std::vector<double>& weights) const;          // weights' (I - A)^-1
  std::size_t size() const;                                                                // of its rows and columns

 private:
  struct Factors;
  explicit FactoredSystem(std::shared_ptr<const Factors> factors) : factors_(std::move(factors)) {}
  std::shared_ptr<const Factors> factors_;
};

}  // namespace headroom
