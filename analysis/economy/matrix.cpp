#include "analysis/economy/matrix.h"

#include <Eigen/Dense>

#include "base/errors.h"

namespace headroom {
namespace {

using Dense = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Dense>;
using VectorView = Eigen::Map<const Eigen::VectorXd>;

constexpr double least_reciprocal_condition = 1e-12;      // below it the last digits of every answer are noise

View view(const Matrix& a) { return View(a.cells.data(), a.rows, a.columns); }
VectorView view(const std::vector<double>& x) { return VectorView(x.data(), static_cast<Eigen::Index>(x.size())); }
std::vector<double> plain(const Eigen::VectorXd& x) { return {x.data(), x.data() + x.size()}; }

}  // namespace

struct FactoredSystem::Factors {
  Eigen::PartialPivLU<Dense> lu;
};

Matrix product(const Matrix& a, const Matrix& b) {
  expects(a.columns == b.rows, "the inner sizes of a matrix product agree");
  Matrix out(a.rows, b.columns);
  Eigen::Map<Dense>(out.cells.data(), out.rows, out.columns).noalias() = view(a) * view(b);
  return out;
}

std::vector<double> product(const Matrix& a, const std::vector<double>& x) {
  expects(static_cast<std::size_t>(a.columns) == x.size(), "a value for each column of the matrix");
  return plain(view(a) * view(x));
}

std::vector<double> column_sums(const Matrix& a) {
  std::vector<double> sums(static_cast<std::size_t>(a.columns), 0.0);
  for (int r = 0; r < a.rows; ++r)
    for (int c = 0; c < a.columns; ++c) sums[static_cast<std::size_t>(c)] += a.at(r, c);
  return sums;
}

std::optional<FactoredSystem> FactoredSystem::of(const Matrix& a) {
  expects(a.rows == a.columns, "a square matrix");
  Dense const system = Dense::Identity(a.rows, a.rows) - view(a);
  auto factors = std::make_shared<const Factors>(Factors{Eigen::PartialPivLU<Dense>(system)});
  if (!(factors->lu.rcond() > least_reciprocal_condition)) return std::nullopt;
  return FactoredSystem(std::move(factors));
}

std::size_t FactoredSystem::size() const { return static_cast<std::size_t>(factors_->lu.rows()); }

std::vector<double> FactoredSystem::solve(const std::vector<double>& demand) const {
  expects(demand.size() == size(), "a demand for each row");
  return plain(factors_->lu.solve(view(demand)));
}

std::vector<double> FactoredSystem::solve_transposed(const std::vector<double>& weights) const {
  expects(weights.size() == size(), "a weight for each row");
  return plain(factors_->lu.transpose().solve(view(weights)));
}

}  // namespace headroom
