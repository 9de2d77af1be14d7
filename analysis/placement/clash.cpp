#include "analysis/placement/clash.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "analysis/placement/exact_packing.h"

namespace headroom {
namespace {

// The problem with only these limits; what is left out allows everything.
PackingProblem with_only(const PackingProblem& problem, const std::vector<int>& limits) {
  PackingProblem out = problem;
  for (auto& candidate : out.candidates) std::erase_if(candidate.uses, [&](const LimitUse& use) { return std::ranges::find(limits, use.limit) == limits.end(); });
  return out;
}

class Finder {
 public:
  explicit Finder(const PackingProblem& problem) : problem_(problem) {}

  bool all_fit(const std::vector<int>& limits) {
    if (std::ranges::any_of(limits, [&](int limit) { return alone_is_too_little(limit); })) return false;
    if (limits.size() == 1) return true;       // with one limit, each rack at the place where it uses least is the best
    if (auto const exact = all_fit_under(problem_, limits)) return *exact;
    exact_ = false;
    return placed(pack_by_rule(with_only(problem_, limits))) == problem_.wanted();
  }
  bool exact() const { return exact_; }

 private:
  bool alone_is_too_little(int limit) const {
    PackingLimit const& l = problem_.limits[static_cast<std::size_t>(limit)];
    double const least = least_use(problem_, limit);
    return least > 0 && least > std::max(0.0, l.left()) + 1e-9 * l.allowed;
  }

  const PackingProblem& problem_;
  bool exact_ = true;
};

// Sets of `size` of `n` in the order of their numbers.
bool next_set(std::vector<int>& set, int n) {
  for (std::size_t i = set.size(); i-- > 0;) {
    if (set[i] + static_cast<int>(set.size() - i) >= n) continue;
    ++set[i];
    for (std::size_t k = i + 1; k < set.size(); ++k) set[k] = set[k - 1] + 1;
    return true;
  }
  return false;
}

double sets_below(std::size_t size, double n) {
  double sets = 0, of_size = 1;
  for (std::size_t k = 1; k < size; ++k) sets += of_size *= (n - static_cast<double>(k) + 1) / static_cast<double>(k);
  return sets;
}

std::vector<int> used_limits(const PackingProblem& problem) {
  std::vector<char> used(problem.limits.size(), 0);
  for (auto const& candidate : problem.candidates)
    for (auto const& use : candidate.uses)
      if (use.amount > 0) used[static_cast<std::size_t>(use.limit)] = 1;
  std::vector<int> out;
  for (std::size_t l = 0; l < used.size(); ++l)
    if (used[l] != 0) out.push_back(static_cast<int>(l));
  return out;
}

}  // namespace

double least_use(const PackingProblem& problem, int limit) {
  double sum = 0;
  for (std::size_t t = 0; t < problem.types.size(); ++t) {
    double least = std::numeric_limits<double>::infinity();
    for (auto const& candidate : problem.candidates) {
      if (candidate.type != static_cast<int>(t) || candidate.refused) continue;
      double amount = 0;
      for (auto const& use : candidate.uses)
        if (use.limit == limit) amount += std::max(0.0, use.amount);
      least = std::min(least, amount);
    }
    if (problem.types[t].wanted > 0) sum += problem.types[t].wanted * least;
  }
  return sum;
}

Clash clashing_limits(const PackingProblem& problem, int sets_at_most) {
  Clash clash;
  Finder finder(problem);
  std::vector<int> const all = used_limits(problem);
  for (std::size_t t = 0; t < problem.types.size(); ++t)
    if (problem.types[t].wanted > 0 && std::ranges::none_of(problem.candidates, [&](const Candidate& c) { return c.type == static_cast<int>(t) && !c.refused; })) return clash;
  if (finder.all_fit(all)) return clash;
  clash.limits = all;
  // the loosest first, so that the tightest stay
  auto const filled = [&](int limit) {
    PackingLimit const& l = problem.limits[static_cast<std::size_t>(limit)];
    return l.allowed > 0 ? (l.carried + least_use(problem, limit)) / l.allowed : std::numeric_limits<double>::infinity();
  };
  std::vector<std::pair<double, int>> order;
  for (int const limit : all) order.emplace_back(filled(limit), limit);
  std::ranges::stable_sort(order, {}, &std::pair<double, int>::first);
  for (auto const& [share, limit] : order) {
    auto without = clash.limits;
    std::erase(without, limit);
    if (!finder.all_fit(without)) clash.limits = std::move(without);
  }
  auto const n = static_cast<int>(all.size());
  clash.smallest = clash.limits.size() == 1;
  if (!clash.smallest && sets_below(clash.limits.size(), n) <= sets_at_most) {
    clash.smallest = true;
    for (std::size_t size = 1; size < clash.limits.size(); ++size) {
      std::vector<int> set(size);
      std::iota(set.begin(), set.end(), 0);
      do {
        std::vector<int> limits;
        for (int const i : set) limits.push_back(all[static_cast<std::size_t>(i)]);
        if (!finder.all_fit(limits)) clash.limits = std::move(limits);
      } while (clash.limits.size() > size && next_set(set, n));
    }
  }
  clash.exact = finder.exact();
  clash.smallest = clash.smallest && clash.exact;
  return clash;
}

}  // namespace headroom
