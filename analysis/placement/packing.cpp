#include "analysis/placement/packing.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace headroom {
namespace {

constexpr double slack = 1e-9;         // of what a limit allows: rounding

double share(const PackingLimit& limit, double carried) { return limit.allowed > 0 ? carried / limit.allowed : carried > 0 ? 1e300 : 0; }

bool has_room(const PackingProblem& problem, const std::vector<double>& carried, const Candidate& candidate) {
  if (candidate.refused) return false;
  return std::ranges::all_of(candidate.uses, [&](const LimitUse& use) {
    PackingLimit const& limit = problem.limits[static_cast<std::size_t>(use.limit)];
    return use.amount <= 0 || carried[static_cast<std::size_t>(use.limit)] + use.amount <= limit.allowed + slack * std::abs(limit.allowed);
  });
}

// Used shares with one more rack there, the highest first.
std::vector<double> shares_after(const PackingProblem& problem, const std::vector<double>& carried, const Candidate& candidate) {
  std::vector<double> out;
  for (auto const& use : candidate.uses)
    if (use.amount > 0) out.push_back(share(problem.limits[static_cast<std::size_t>(use.limit)], carried[static_cast<std::size_t>(use.limit)] + use.amount));
  std::ranges::sort(out, std::greater<>{});
  return out;
}

// The first that differ by more than rounding decide.
bool is_less(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (std::abs(a[i] - b[i]) > slack * (1 + std::abs(b[i]))) return a[i] < b[i];
  return a.size() < b.size();
}

std::optional<std::size_t> best_candidate(const PackingProblem& problem, const std::vector<double>& carried, int type) {
  std::optional<std::size_t> best;
  std::vector<double> best_shares;
  for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
    Candidate const& candidate = problem.candidates[i];
    if (candidate.type != type || !has_room(problem, carried, candidate)) continue;
    auto shares = shares_after(problem, carried, candidate);
    if (best && !is_less(shares, best_shares)) continue;
    best = i;
    best_shares = std::move(shares);
  }
  return best;
}

void keep_fuller(FullestLimit& fullest, const PackingProblem& problem, const std::vector<double>& carried, const Candidate& candidate) {
  for (auto const& use : candidate.uses) {
    double const used = share(problem.limits[static_cast<std::size_t>(use.limit)], carried[static_cast<std::size_t>(use.limit)]);
    if (use.amount > 0 && (fullest.limit < 0 || used > fullest.share)) fullest = {use.limit, used};
  }
}

}  // namespace

int PackingProblem::wanted() const {
  return std::accumulate(types.begin(), types.end(), 0, [](int sum, const RackType& type) { return sum + type.wanted; });
}

int placed(const Packing& packing) { return std::accumulate(packing.begin(), packing.end(), 0); }

int placed_of(const PackingProblem& problem, const Packing& packing, int type) {
  int sum = 0;
  for (std::size_t i = 0; i < packing.size(); ++i)
    if (problem.candidates[i].type == type) sum += packing[i];
  return sum;
}

std::vector<double> carried_with(const PackingProblem& problem, const Packing& packing) {
  std::vector<double> out;
  for (auto const& limit : problem.limits) out.push_back(limit.carried);
  for (std::size_t i = 0; i < packing.size(); ++i)
    for (auto const& use : problem.candidates[i].uses) out[static_cast<std::size_t>(use.limit)] += packing[i] * use.amount;
  return out;
}

bool fits(const PackingProblem& problem, const Packing& packing, double tolerance) {
  auto const carried = carried_with(problem, packing);
  for (std::size_t t = 0; t < problem.types.size(); ++t)
    if (placed_of(problem, packing, static_cast<int>(t)) > problem.types[t].wanted) return false;
  for (std::size_t i = 0; i < packing.size(); ++i) {
    if (packing[i] == 0) continue;
    if (packing[i] < 0 || problem.candidates[i].refused) return false;
    for (auto const& use : problem.candidates[i].uses) {
      PackingLimit const& limit = problem.limits[static_cast<std::size_t>(use.limit)];
      if (use.amount > 0 && carried[static_cast<std::size_t>(use.limit)] > limit.allowed + tolerance * std::abs(limit.allowed)) return false;
    }
  }
  return true;
}

Packing pack_by_rule(const PackingProblem& problem) {
  Packing packing(problem.candidates.size(), 0);
  std::vector<double> carried = carried_with(problem, packing);
  std::vector<int> order(problem.types.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](int a, int b) { return problem.types[static_cast<std::size_t>(a)].kw > problem.types[static_cast<std::size_t>(b)].kw; });
  for (int const type : order)
    for (int i = 0; i < problem.types[static_cast<std::size_t>(type)].wanted; ++i) {
      auto const best = best_candidate(problem, carried, type);
      if (!best) break;
      ++packing[*best];
      for (auto const& use : problem.candidates[*best].uses) carried[static_cast<std::size_t>(use.limit)] += use.amount;
    }
  return packing;
}

FullestLimit fullest_limit(const PackingProblem& problem, const Packing& packing) {
  FullestLimit fullest;
  auto const carried = carried_with(problem, packing);
  for (auto const& candidate : problem.candidates) keep_fuller(fullest, problem, carried, candidate);
  return fullest;
}

FullestLimit fullest_limit_at(const PackingProblem& problem, const Packing& packing, int place) {
  FullestLimit fullest;
  auto const carried = carried_with(problem, packing);
  for (auto const& candidate : problem.candidates)
    if (candidate.place == place) keep_fuller(fullest, problem, carried, candidate);
  return fullest;
}

std::vector<Refusal> refusals(const PackingProblem& problem, const Packing& packing, int type) {
  std::vector<Refusal> out;
  auto const carried = carried_with(problem, packing);
  for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
    Candidate const& candidate = problem.candidates[i];
    if (candidate.type != type) continue;
    std::optional<Refusal> worst;
    if (candidate.refused) {
      PackingLimit limit = candidate.refused->limit;
      double const needed = std::exchange(limit.carried, 0.0);
      worst = Refusal{static_cast<int>(i), limit, needed};
    }
    for (auto const& use : candidate.uses) {
      if (candidate.refused || use.amount <= 0) continue;
      Refusal found{static_cast<int>(i), problem.limits[static_cast<std::size_t>(use.limit)], use.amount};
      found.limit.carried = carried[static_cast<std::size_t>(use.limit)];
      if (found.over() <= slack * std::abs(found.limit.allowed)) continue;
      if (!worst || share(found.limit, found.limit.carried + found.needed) > share(worst->limit, worst->limit.carried + worst->needed)) worst = std::move(found);
    }
    if (worst) out.push_back(std::move(*worst));
  }
  return out;
}

}  // namespace headroom
