// The search for the largest scale against oracles: monotone, non-monotone, always, never, uncertain.
#include "analysis/study/scale_search.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <random>
#include <set>

using namespace headroom;

namespace {

struct Asked {
  std::vector<double> scales;          // in the order asked
  std::size_t batches = 0, largest_batch = 0;
};

template <class Passes>
ScaleSearch found(const ScaleSearchOptions& options, Passes passes, Asked* asked = nullptr) {
  return search_scale(
      [&](const std::vector<double>& scales) {
        std::vector<ScaleVerdict> verdicts;
        for (double scale : scales) verdicts.push_back({passes(scale), passes(scale), !passes(scale)});
        if (asked != nullptr) {
          asked->scales.insert(asked->scales.end(), scales.begin(), scales.end());
          ++asked->batches;
          asked->largest_batch = std::max(asked->largest_batch, scales.size());
        }
        return verdicts;
      },
      options);
}

ScaleSearchOptions with_batches_of(int at_once) {
  ScaleSearchOptions options;
  options.at_once = at_once;
  return options;
}

}  // namespace

TEST_CASE("a threshold is found from both sides within the resolution, whatever the batch", "[scale_search]") {
  for (int at_once : {1, 2, 3, 8})
    for (double threshold : {0.26, 0.5, 0.9, 0.999, 1.0, 1.001, 1.7, 2.0, 3.33, 7.9}) {
      CAPTURE(at_once, threshold);
      Asked asked;
      ScaleSearch const answer = found(with_batches_of(at_once), [&](double scale) { return scale <= threshold; }, &asked);
      REQUIRE(answer.passes);
      REQUIRE(answer.fails);
      CHECK(*answer.passes <= threshold);
      CHECK(*answer.fails > threshold);
      CHECK(*answer.fails / *answer.passes <= 1.02);
      CHECK(answer.resolved);
      CHECK(answer.pass_beyond.empty());
      CHECK(answer.surely_passes == answer.passes);
      CHECK(answer.surely_fails == answer.fails);
      CHECK(asked.largest_batch <= static_cast<std::size_t>(at_once));
      CHECK(asked.scales.size() == std::set<double>(asked.scales.begin(), asked.scales.end()).size());      // none twice
      CHECK(asked.scales.size() == answer.tested.size());
    }
}

TEST_CASE("twelve scales, two at once, narrow a factor of two to two hundredths", "[scale_search]") {
  ScaleSearchOptions options = with_batches_of(2);
  options.most = 12;
  Asked asked;
  ScaleSearch const answer = found(options, [](double scale) { return scale <= 2.718; }, &asked);
  CHECK(asked.scales.size() <= 12);
  CHECK(answer.resolved);
  CHECK(*answer.fails / *answer.passes <= 1.02);
}

TEST_CASE("where the scales run out the bracket stays as wide as it is, and says so", "[scale_search]") {
  for (int most = 1; most <= 6; ++most) {
    CAPTURE(most);
    ScaleSearchOptions options = with_batches_of(4);
    options.most = most;
    Asked asked;
    ScaleSearch const answer = found(options, [](double scale) { return scale <= 1.5; }, &asked);
    CHECK(asked.scales.size() <= static_cast<std::size_t>(most));
    CHECK(*answer.passes <= 1.5);
    CHECK(answer.fails.value_or(2) > 1.5);
    CHECK_FALSE(answer.resolved);
  }
}

TEST_CASE("what always passes is tested up to the bound and not beyond", "[scale_search]") {
  for (double to : {1.0, 5.0, 8.0, 0.7}) {
    CAPTURE(to);
    ScaleSearchOptions options;
    options.to = to;
    ScaleSearch const answer = found(options, [](double) { return true; });
    CHECK(answer.passes == to);
    CHECK_FALSE(answer.fails);
    CHECK_FALSE(answer.resolved);
    CHECK(answer.tested.back().scale == to);
  }
}

TEST_CASE("what never passes is tested down to the bound and not below", "[scale_search]") {
  for (double from : {0.25, 0.3, 1.0, 3.0}) {
    CAPTURE(from);
    ScaleSearchOptions options;
    options.from = from;
    ScaleSearch const answer = found(options, [](double) { return false; });
    CHECK_FALSE(answer.passes);
    CHECK(answer.fails == from);
    CHECK(answer.tested.front().scale == from);
  }
}

TEST_CASE("a fail between two passes is the bound, and what passes beyond it is told", "[scale_search]") {
  ScaleSearch const outside = found(with_batches_of(4), [](double scale) { return scale <= 1.2 || (scale > 3 && scale <= 5); });
  REQUIRE(outside.passes);
  CHECK(*outside.passes <= 1.2);
  CHECK(*outside.fails > 1.2);
  CHECK(*outside.fails / *outside.passes <= 1.02);
  CHECK(outside.pass_beyond == std::vector<double>{4.0});

  ScaleSearch const inside = found(with_batches_of(3), [](double scale) { return scale <= 1.3 || (scale > 1.5 && scale <= 1.8); });
  REQUIRE(inside.passes);
  CHECK(*inside.passes <= 1.3);
  CHECK(*inside.fails > 1.3);
  CHECK(*inside.fails / *inside.passes <= 1.02);
  REQUIRE(inside.pass_beyond.size() == 1);
  CHECK(inside.pass_beyond[0] == Approx(std::exp2(0.75)));
}

TEST_CASE("whatever the verdicts, every tested scale up to the answer passes and the next fails", "[scale_search]") {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    CAPTURE(i);
    ScaleSearchOptions options = with_batches_of(1 + i % 5);
    options.most = 3 + i % 40;
    options.narrow_interval = i % 2 == 0;
    std::map<double, ScaleVerdict> told;
    std::uniform_real_distribution<double> chance(0, 1);
    double const threshold = std::exp2(5 * chance(random) - 2), noise = 0.5 * chance(random);
    ScaleSearch const answer = search_scale(
        [&](const std::vector<double>& scales) {
          std::vector<ScaleVerdict> verdicts;
          for (double scale : scales) {
            bool const passes = (scale <= threshold) != (chance(random) < noise);
            bool const sure = chance(random) < 0.7;
            verdicts.push_back(told[scale] = {passes, passes && sure, !passes && sure});
          }
          return verdicts;
        },
        options);
    CHECK(answer.tested.size() == told.size());
    CHECK(told.size() <= static_cast<std::size_t>(options.most));
    for (auto const& [scale, verdict] : told) {
      if (answer.passes && scale <= *answer.passes) CHECK(verdict.passes);
      if (answer.fails && scale < *answer.fails) CHECK(verdict.passes);
      if (answer.surely_passes && scale <= *answer.surely_passes) CHECK(verdict.surely_passes);
      if (answer.surely_fails && scale < *answer.surely_fails) CHECK_FALSE(verdict.surely_fails);
      CHECK(scale >= options.from);
      CHECK(scale <= options.to);
      bool const beyond = answer.fails && scale > *answer.fails && verdict.passes;
      CHECK(beyond == (std::find(answer.pass_beyond.begin(), answer.pass_beyond.end(), scale) != answer.pass_beyond.end()));
    }
    if (answer.passes && answer.fails) CHECK(*answer.passes < *answer.fails);
  }
}

TEST_CASE("scales that come in steps end at two neighbours", "[scale_search]") {
  for (int racks : {1, 3, 8, 100})
    for (double threshold : {0.4, 1.0, 1.1, 2.6}) {
      CAPTURE(racks, threshold);
      ScaleSearchOptions options = with_batches_of(2);
      options.snap = [racks](double scale) { return std::max(1.0, std::round(scale * racks)) / racks; };
      ScaleSearch const answer = found(options, [&](double scale) { return scale <= threshold; });
      REQUIRE(answer.fails);
      for (auto const& tested : answer.tested) CHECK(tested.scale * racks == Approx(std::round(tested.scale * racks)));
      if (!answer.passes) {
        CHECK(answer.fails == options.snap(options.from));
        continue;
      }
      CHECK(answer.resolved);
      bool const neighbours = std::round(*answer.fails * racks) - std::round(*answer.passes * racks) == 1;
      CHECK((neighbours || *answer.fails / *answer.passes <= 1.02));
    }
}

TEST_CASE("the interval's ends are narrowed with what is left", "[scale_search]") {
  auto const uncertain = [](const std::vector<double>& scales) {
    std::vector<ScaleVerdict> verdicts;
    for (double scale : scales) verdicts.push_back({scale <= 1.5, scale <= 1.4, scale > 1.6});
    return verdicts;
  };
  ScaleSearchOptions options = with_batches_of(2);
  options.most = 60;
  ScaleSearch const coarse = search_scale(uncertain, options);
  options.narrow_interval = true;
  ScaleSearch const fine = search_scale(uncertain, options);
  CHECK(fine.resolved);
  CHECK(*fine.surely_passes <= 1.4);
  CHECK(*fine.surely_passes > 1.4 / 1.02);
  CHECK(*fine.surely_fails > 1.6);
  CHECK(*fine.surely_fails < 1.6 * 1.02);
  CHECK(*coarse.surely_passes <= *fine.surely_passes);
  CHECK(*coarse.surely_fails >= *fine.surely_fails);
}

TEST_CASE("where nothing tested is sure the interval's ends are looked for farther out", "[scale_search]") {
  ScaleSearchOptions options = with_batches_of(2);
  options.most = 60;
  options.narrow_interval = true;
  auto const doubtful = [](double low, double high) {
    return [=](const std::vector<double>& scales) {
      std::vector<ScaleVerdict> verdicts;
      for (double scale : scales) verdicts.push_back({scale <= 1.5, scale <= low, scale > high});
      return verdicts;
    };
  };
  ScaleSearch const found = search_scale(doubtful(0.9, 2.3), options);      // 1 and 2 bracket the answer
  CHECK(*found.surely_passes <= 0.9);
  CHECK(*found.surely_passes > 0.9 / 1.02);
  CHECK(*found.surely_fails > 2.3);
  CHECK(*found.surely_fails < 2.3 * 1.02);
  ScaleSearch const never = search_scale(doubtful(0.1, 9), options);        // beyond both bounds
  CHECK_FALSE(never.surely_passes);
  CHECK_FALSE(never.surely_fails);
  CHECK(never.tested.front().scale == 0.25);
  CHECK(never.tested.back().scale == 8);
}

TEST_CASE("fewer verdicts than asked for end the search with what there is", "[scale_search]") {
  int left = 3;
  ScaleSearch const answer = search_scale(
      [&](const std::vector<double>& scales) {
        std::vector<ScaleVerdict> verdicts;
        for (double scale : scales)
          if (left-- > 0) verdicts.push_back({scale <= 1.5, scale <= 1.5, scale > 1.5});
        return verdicts;
      },
      with_batches_of(2));
  CHECK(answer.tested.size() == 3);
  CHECK_FALSE(answer.resolved);
}
