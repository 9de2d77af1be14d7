#include "analysis/study/scale_search.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <functional>
#include <map>

#include "base/errors.h"

namespace headroom {
namespace {

using Verdicts = std::map<double, ScaleVerdict>;

std::optional<double> smallest_fail(const Verdicts& verdicts) {
  for (auto const& [scale, verdict] : verdicts)
    if (!verdict.passes) return scale;
  return std::nullopt;
}

// Below every fail.
std::optional<double> largest_pass(const Verdicts& verdicts) {
  std::optional<double> largest;
  for (auto const& [scale, verdict] : verdicts) {
    if (!verdict.passes) break;
    largest = scale;
  }
  return largest;
}

// What of these scales is there and new, from the smallest.
std::vector<double> new_ones(std::vector<double> scales, const Verdicts& verdicts, const ScaleSearchOptions& options) {
  if (options.snap) std::ranges::transform(scales, scales.begin(), options.snap);
  std::ranges::sort(scales);
  scales.erase(std::unique(scales.begin(), scales.end()), scales.end());
  std::erase_if(scales, [&](double scale) { return verdicts.contains(scale); });
  return scales;
}

// Nothing where these are close enough.
std::vector<double> between(double low, double high, int points, const Verdicts& verdicts, const ScaleSearchOptions& options) {
  std::vector<double> scales;
  if (high / low <= 1 + options.resolution) return scales;
  for (int i = 1; i <= points; ++i) scales.push_back(low * std::pow(high / low, static_cast<double>(i) / (points + 1)));
  return new_ones(std::move(scales), verdicts, options);
}

class Search {
 public:
  Search(const TestScales& test, const ScaleSearchOptions& options) : test_(test), options_(options) {}

  ScaleSearch answer() {
    while (room() > 0) {
      auto const low = largest_pass(verdicts_), high = smallest_fail(verdicts_);
      auto const next = low && high ? inside(*low, *high) : outwards(!high);
      if (next.empty() || !ask(next)) break;
    }
    return read_verdicts(verdicts_, options_);
  }

 private:
  int room() const { return options_.most - static_cast<int>(verdicts_.size()); }
  int batch() const { return std::min(room(), std::max(1, options_.at_once)); }

  bool ask(const std::vector<double>& scales) {
    auto const verdicts = test_(scales);
    for (std::size_t i = 0; i < std::min(scales.size(), verdicts.size()); ++i) verdicts_[scales[i]] = verdicts[i];
    return verdicts.size() == scales.size();
  }

  // 1 and 2 at first; then twice the largest while all pass, half the smallest while all fail; the bounds at last.
  std::vector<double> outwards(bool up) const {
    double next = verdicts_.empty() ? std::clamp(1.0, options_.from, options_.to) : up ? verdicts_.rbegin()->first * 2 : verdicts_.begin()->first / 2;
    std::vector<double> scales;
    for (int i = 0; i < batch(); ++i, next *= up ? 2 : 0.5) {
      scales.push_back(std::clamp(next, options_.from, options_.to));
      if (up ? next >= options_.to : next <= options_.from) break;
    }
    return new_ones(std::move(scales), verdicts_, options_);
  }

  struct Gap {
    double low = 0, high = 0;
    auto operator<=>(const Gap&) const = default;
  };

  // The widest gaps first, each with its share of the batch. Without an interval there is one: between pass and fail.
  std::vector<double> inside(double low, double high) const {
    std::vector<double> scales;
    std::vector<Gap> gaps{{low, high}};
    if (options_.narrow_interval) add_interval_ends(gaps, scales);
    std::ranges::stable_sort(gaps, std::greater{}, [](const Gap& gap) { return gap.high / gap.low; });
    gaps.erase(std::unique(gaps.begin(), gaps.end()), gaps.end());
    std::erase_if(gaps, [&](const Gap& gap) { return between(gap.low, gap.high, 1, verdicts_, options_).empty(); });
    int left = batch() - static_cast<int>(scales.size());
    for (std::size_t i = 0; i < gaps.size() && left > 0; ++i) {
      int const gaps_left = static_cast<int>(gaps.size() - i);
      auto const more = between(gaps[i].low, gaps[i].high, (left + gaps_left - 1) / gaps_left, verdicts_, options_);
      left -= static_cast<int>(more.size());
      scales.insert(scales.end(), more.begin(), more.end());
    }
    scales = new_ones(std::move(scales), verdicts_, options_);
    scales.resize(std::min(scales.size(), static_cast<std::size_t>(batch())));
    return scales;
  }

  // Between what is sure and its neighbour on the way to the answer. Where nothing is sure yet, farther out.
  void add_interval_ends(std::vector<Gap>& gaps, std::vector<double>& farther) const {
    ScaleSearch const now = read_verdicts(verdicts_, options_);
    if (!now.surely_passes) farther.push_back(std::max(options_.from, verdicts_.begin()->first / 2));
    else if (auto const above = verdicts_.upper_bound(*now.surely_passes); above != verdicts_.end()) gaps.push_back({*now.surely_passes, above->first});
    if (!now.surely_fails) farther.push_back(std::min(options_.to, verdicts_.rbegin()->first * 2));
    else if (auto const at = verdicts_.find(*now.surely_fails); at != verdicts_.begin()) gaps.push_back({std::prev(at)->first, at->first});
    farther = new_ones(std::move(farther), verdicts_, options_);
  }

  const TestScales& test_;
  const ScaleSearchOptions& options_;
  Verdicts verdicts_;
};

}  // namespace

ScaleSearch read_verdicts(const Verdicts& verdicts, const ScaleSearchOptions& options) {
  ScaleSearch out;
  out.passes = largest_pass(verdicts);
  out.fails = smallest_fail(verdicts);
  bool sure_so_far = true;
  for (auto const& [scale, verdict] : verdicts) {
    out.tested.push_back({scale, verdict});
    if (out.fails && scale > *out.fails && verdict.passes) out.pass_beyond.push_back(scale);
    sure_so_far = sure_so_far && verdict.surely_passes;
    if (sure_so_far) out.surely_passes = scale;
    if (verdict.surely_fails && !out.surely_fails) out.surely_fails = scale;
  }
  out.resolved = out.passes && out.fails && between(*out.passes, *out.fails, 2, verdicts, options).empty();
  return out;
}

ScaleSearch search_scale(const TestScales& test, const ScaleSearchOptions& options) {
  expects(options.from > 0 && options.from <= options.to && options.resolution > 0, "the scales of a search lie between two bounds above zero");
  return Search(test, options).answer();
}

}  // namespace headroom
