#include "analysis/spending/matrix.h"

#include <Eigen/Dense>

#include "base/errors.h"

namespace headroom {
namespace {

using Dense = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Dense>;

View view(const Matrix& a) { return View(a.cells.data(), a.rows, a.columns); }

}  // namespace

Matrix product(const Matrix& a, const Matrix& b) {
  expects(a.columns == b.rows, "the inner sizes of a matrix product agree");
  Matrix out(a.rows, b.columns);
  Eigen::Map<Dense>(out.cells.data(), out.rows, out.columns).noalias() = view(a) * view(b);
  return out;
}

std::vector<double> column_sums(const Matrix& a) {
  std::vector<double> sums(static_cast<std::size_t>(a.columns), 0.0);
  for (int r = 0; r < a.rows; ++r)
    for (int c = 0; c < a.columns; ++c) sums[static_cast<std::size_t>(c)] += a.at(r, c);
  return sums;
}

std::optional<std::vector<double>> drawn_by_columns(const Matrix& a, const std::vector<double>& weights) {
  expects(a.rows == a.columns && weights.size() == static_cast<std::size_t>(a.rows), "a square matrix, a weight for each row");
  Dense const system = (Dense::Identity(a.rows, a.rows) - view(a)).transpose();
  Eigen::PartialPivLU<Dense> const factors(system);
  if (!(factors.rcond() > 1e-12)) return std::nullopt;
  Eigen::VectorXd const x = factors.solve(Eigen::Map<const Eigen::VectorXd>(weights.data(), a.rows));
  return std::vector<double>(x.data(), x.data() + x.size());
}

}  // namespace headroom
