// The rule, the exact program and the clash against every packing there is, on small random problems.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "analysis/placement/clash.h"
#include "analysis/placement/exact_packing.h"
#include "analysis/placement/packing.h"

using namespace headroom;

namespace {

// Whole numbers, so that nothing hangs on rounding.
PackingProblem random_problem(std::mt19937& random) {
  auto const draw = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  PackingProblem problem;
  int const limits = draw(1, 5), types = draw(1, 2), places = draw(1, 3);
  for (int l = 0; l < limits; ++l) {
    double const carried = draw(0, 6);
    problem.limits.push_back({"limit", "kW", "", carried + draw(-1, 12), carried});
  }
  for (int p = 0; p < places; ++p) problem.places.push_back("place");
  for (int t = 0; t < types; ++t) problem.types.push_back({"type", draw(0, 4), static_cast<double>(draw(1, 9))});
  for (int t = 0; t < types; ++t)
    for (int p = 0; p < places; ++p) {
      Candidate candidate{t, p, {}, {}};
      for (int l = 0; l < limits; ++l)
        if (draw(0, 2) > 0) candidate.uses.push_back({l, static_cast<double>(draw(1, 5))});
      if (draw(0, 9) == 0) candidate.refused = OwnRefusal{{"strip", "kVA", "", 1, 2}};
      problem.candidates.push_back(std::move(candidate));
    }
  return problem;
}

// Every packing in turn.
template <class Each>
void for_each_packing(const PackingProblem& problem, Each each) {
  Packing packing(problem.candidates.size(), 0);
  for (bool more = true; more;) {
    each(packing);
    more = false;
    for (std::size_t i = 0; i < packing.size() && !more; ++i) {
      if (packing[i] < problem.types[static_cast<std::size_t>(problem.candidates[i].type)].wanted) {
        ++packing[i];
        more = true;
      } else {
        packing[i] = 0;
      }
    }
  }
}

int most_racks(const PackingProblem& problem) {
  int most = 0;
  for_each_packing(problem, [&](const Packing& packing) {
    if (placed(packing) > most && fits(problem, packing)) most = placed(packing);
  });
  return most;
}

PackingProblem under(const PackingProblem& problem, const std::vector<int>& limits) {
  PackingProblem out = problem;
  for (auto& candidate : out.candidates) std::erase_if(candidate.uses, [&](const LimitUse& use) { return std::ranges::find(limits, use.limit) == limits.end(); });
  return out;
}

bool has_a_candidate_for_each(const PackingProblem& problem) {
  for (std::size_t t = 0; t < problem.types.size(); ++t)
    if (problem.types[t].wanted > 0 && std::ranges::none_of(problem.candidates, [&](const Candidate& c) { return c.type == static_cast<int>(t) && !c.refused; })) return false;
  return true;
}

PackingProblem two_places(double left_a, double left_b) {
  PackingProblem problem;
  problem.limits = {{"ups-a", "kW", "", 100, 100 - left_a}, {"ups-b", "kW", "", 100, 100 - left_b}};
  problem.places = {"a", "b"};
  problem.types = {{"small", 4, 5}, {"large", 1, 20}};
  problem.candidates = {{0, 0, {{0, 5}}, {}}, {0, 1, {{1, 5}}, {}}, {1, 0, {{0, 20}}, {}}, {1, 1, {{1, 20}}, {}}};
  return problem;
}

}  // namespace

TEST_CASE("the rule places the largest rack first, each where the fullest limit stays lowest", "[placement]") {
  CHECK(pack_by_rule(two_places(40, 40)) == Packing{0, 4, 1, 0});      // the large one to the first of two equal places, the small ones beside it
  CHECK(pack_by_rule(two_places(40, 60)) == Packing{2, 2, 0, 1});
  CHECK(pack_by_rule(two_places(20, 19)) == Packing{0, 3, 1, 0});      // nothing is left at a, three small ones fit at b
  CHECK(pack_by_rule(two_places(19, 19)) == Packing{2, 2, 0, 0});      // the large one nowhere
}

TEST_CASE("what the rule finds keeps every limit, and is never more than the best", "[placement]") {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    PackingProblem const problem = random_problem(random);
    Packing const packing = pack_by_rule(problem);
    CHECK(fits(problem, packing));
    CHECK(placed(packing) <= most_racks(problem));
    // no rack that is left over could still be added
    for (std::size_t t = 0; t < problem.types.size(); ++t)
      if (placed_of(problem, packing, static_cast<int>(t)) < problem.types[t].wanted)
        for (std::size_t c = 0; c < problem.candidates.size(); ++c) {
          if (problem.candidates[c].type != static_cast<int>(t)) continue;
          Packing more = packing;
          ++more[c];
          CHECK_FALSE(fits(problem, more));
        }
  }
}

TEST_CASE("a rack that is left over is refused at each of its places, by so much as is missing", "[placement]") {
  PackingProblem const problem = two_places(19, 12);
  auto const why = refusals(problem, Packing(4, 0), 1);
  REQUIRE(why.size() == 2);
  CHECK(why[0].limit.name == "ups-a");
  CHECK(why[0].over() == Approx(1));
  CHECK(why[1].over() == Approx(8));
  CHECK(refusals(two_places(20, 20), Packing(4, 0), 1).empty());      // the other side: exactly enough
}

TEST_CASE("the exact program finds the most racks there are", "[placement]") {
  if (!has_exact_packing()) {
    CHECK_FALSE(pack_exactly(two_places(1, 1)));
    return;
  }
  std::mt19937 random(8);
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    PackingProblem const problem = random_problem(random);
    auto const best = pack_exactly(problem);
    REQUIRE(best);
    CHECK(best->proven);
    CHECK(placed(best->packing) == most_racks(problem));
    CHECK(best->bound == most_racks(problem));
    CHECK(fits(problem, best->packing));
  }
}

TEST_CASE("the least highest share is that of the most even packing with so many racks", "[placement]") {
  if (!has_exact_packing()) return;
  std::mt19937 random(9);
  for (int i = 0; i < 200; ++i) {
    CAPTURE(i);
    PackingProblem problem = random_problem(random);
    std::erase_if(problem.candidates, [](const Candidate& candidate) { return candidate.uses.empty(); });
    for (auto& limit : problem.limits) limit.allowed = std::max(limit.allowed, limit.carried + 1);
    int const racks = most_racks(problem);
    auto const found = least_fullest_share(problem, racks);
    if (problem.candidates.empty()) continue;
    REQUIRE(found);
    double least = 1e9;
    for_each_packing(problem, [&](const Packing& packing) {
      if (placed(packing) == racks && fits(problem, packing)) least = std::min(least, std::max(0.0, fullest_limit(problem, packing).share));
    });
    CHECK(*found == Approx(least).margin(1e-6));
  }
}

TEST_CASE("clashing limits leave no room by themselves, and no smaller set does", "[placement]") {
  std::mt19937 random(10);
  int clashes = 0;
  for (int i = 0; i < 400; ++i) {
    CAPTURE(i);
    PackingProblem const problem = random_problem(random);
    if (!has_a_candidate_for_each(problem)) continue;
    Clash const clash = clashing_limits(problem);
    bool const all_fit = most_racks(problem) == problem.wanted();
    if (clash.exact) CHECK(clash.limits.empty() == all_fit);
    if (clash.limits.empty()) continue;
    ++clashes;
    if (!clash.exact) continue;
    CHECK(clash.smallest);
    CHECK(most_racks(under(problem, clash.limits)) < problem.wanted());
    auto const n = problem.limits.size();
    for (unsigned set = 0; set < (1u << n); ++set) {
      std::vector<int> limits;
      for (std::size_t l = 0; l < n; ++l)
        if ((set >> l & 1u) != 0) limits.push_back(static_cast<int>(l));
      if (limits.size() < clash.limits.size()) CHECK(most_racks(under(problem, limits)) == problem.wanted());
    }
  }
  CHECK(clashes > 50);
}
