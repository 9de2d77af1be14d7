// Connected parts, joined pair by pair (union-find).
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

namespace headroom {

class Parts {
 public:
  explicit Parts(std::size_t count) : above_(count) { std::iota(above_.begin(), above_.end(), std::size_t{0}); }
  // The first of those joined with it.
  std::size_t find(std::size_t i) {
    while (above_[i] != i) i = above_[i] = above_[above_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    std::size_t const x = find(a), y = find(b);
    above_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::vector<std::size_t> above_;
};

}  // namespace headroom
