// Sums that do not lose digits and do not depend on who is asked first.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace headroom {

// Neumaier's compensated sum: exact to about one rounding for sums of any length.
class CompensatedSum {
 public:
  void add(double x) {
    double const t = sum_ + x;
    compensation_ += std::abs(sum_) >= std::abs(x) ? (sum_ - t) + x : (x - t) + sum_;
    sum_ = t;
  }
  double value() const { return sum_ + compensation_; }

 private:
  double sum_ = 0.0, compensation_ = 0.0;
};

// The sum of a fixed number of slots by a fixed pairwise tree. Changing one slot costs log2(n) additions and gives the
// same bits as summing anew, whatever the order of the changes.
class PairwiseSum {
 public:
  explicit PairwiseSum(std::size_t slots = 0) : leaves_(1) {
    while (leaves_ < slots) leaves_ *= 2;
    tree_.assign(2 * leaves_, 0.0);
  }
  void set(std::size_t slot, double value) {
    std::size_t i = leaves_ + slot;
    tree_[i] = value;
    for (i /= 2; i >= 1; i /= 2) tree_[i] = tree_[2 * i] + tree_[2 * i + 1];
  }
  // Where many change at once: put() them all, then add_up().
  void put(std::size_t slot, double value) { tree_[leaves_ + slot] = value; }
  void add_up() {
    for (std::size_t i = leaves_ - 1; i >= 1; --i) tree_[i] = tree_[2 * i] + tree_[2 * i + 1];
  }
  double at(std::size_t slot) const { return tree_[leaves_ + slot]; }
  double value() const { return tree_[1]; }

 private:
  std::size_t leaves_;
  std::vector<double> tree_;
};

}  // namespace headroom
