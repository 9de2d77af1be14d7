// Dense matrices, as small as input-output tables are. The one place of this room that knows Eigen is matrix.cpp.
#pragma once

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
std::vector<double> column_sums(const Matrix& a);

// x' = weights' (I - A)^-1: what each column draws, directly and upstream, counted with the weights of the rows.
// nullopt: I - A is singular.
std::optional<std::vector<double>> drawn_by_columns(const Matrix& a, const std::vector<double>& weights);

}  // namespace headroom
