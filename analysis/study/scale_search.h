// The largest scale at which something still passes, found by asking for batches of scales. No runs, no clock: who asks says
// what a scale's verdict is, so that the search can be tested against any oracle.
//
// From 1 it doubles while all pass and halves while all fail; then it narrows what lies between the largest pass and the
// smallest fail, points in equal proportions, until fail / pass is within 1 + resolution or the scales are used up.
//
// Verdicts need not be monotone (EASY and its like are not). The answer is the largest tested scale below which every tested
// one passes; what passes beyond a fail is told and never the answer.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace headroom {

// The last two matter where the verdict rests on a sample: beyond what chance could have done.
struct ScaleVerdict {
  bool passes = false;
  bool surely_passes = false, surely_fails = false;
};

struct TestedScale {
  double scale = 0;
  ScaleVerdict verdict;
};

struct ScaleSearchOptions {
  double from = 0.25, to = 8;          // never tested beyond
  double resolution = 0.02;
  int most = 40;                       // scales
  int at_once = 2;                     // asked for side by side
  bool narrow_interval = false;        // the ends of the interval, too: the widest gap first
  std::function<double(double)> snap;  // to the nearest scale that there is; all by default
};

struct ScaleSearch {
  std::vector<TestedScale> tested;     // from the smallest
  std::optional<double> passes;        // the answer; nothing: the smallest tested fails
  std::optional<double> fails;         // the smallest that does; nothing: none does
  std::vector<double> pass_beyond;     // although a smaller one fails
  std::optional<double> surely_passes; // the largest up to which all surely pass
  std::optional<double> surely_fails;  // the smallest that surely fails
  bool resolved = false;               // within the resolution, or there is nothing between the two
};

// What a set of verdicts says.
ScaleSearch read_verdicts(const std::map<double, ScaleVerdict>& verdicts, const ScaleSearchOptions& options);

// Verdicts in the order of the scales; fewer than asked for end the search.
using TestScales = std::function<std::vector<ScaleVerdict>(const std::vector<double>& scales)>;

ScaleSearch search_scale(const TestScales& test, const ScaleSearchOptions& options);

}  // namespace headroom
