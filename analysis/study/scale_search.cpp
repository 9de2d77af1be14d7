#include "analysis/study/scale_search.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/errors.h"

namespace headroom {
namespace {

class Search {
 public:
  Search(const TestScales& test, const ScaleSearchOptions& options) : test_(test), options_(options) {}

  ScaleSearch answer() {
    while (room() > 0) {
      auto const next = bracket_found() ? inside() : outwards();
      if (next.empty() || !ask(next)) break;
    }
    return read();
  }

 private:
  int room() const { return options_.most - static_cast<int>(verdicts_.size()); }
  int batch() const { return std::min(room(), std::max(1, options_.at_once)); }
  double snapped(double scale) const { return options_.snap ? options_.snap(scale) : scale; }

  std::optional<double> smallest_fail() const {
    for (auto const& [scale, verdict] : verdicts_)
      if (!verdict.passes) return scale;
    return std::nullopt;
  }
  // Below every fail.
  std::optional<double> largest_pass() const {
    std::optional<double> largest;
    for (auto const& [scale, verdict] : verdicts_) {
      if (!verdict.passes) break;
      largest = scale;
    }
    return largest;
  }
  bool bracket_found() const { return smallest_fail() && largest_pass(); }

  bool ask(const std::vector<double>& scales) {
    auto const verdicts = test_(scales);
    for (std::size_t i = 0; i < std::min(scales.size(), verdicts.size()); ++i) verdicts_[scales[i]] = verdicts[i];
    return verdicts.size() == scales.size();
  }

  // What is new of them, from the smallest.
  std::vector<double> new_ones(std::vector<double> scales) const {
    for (auto& scale : scales) scale = snapped(scale);
    std::sort(scales.begin(), scales.end());
    scales.erase(std::unique(scales.begin(), scales.end()), scales.end());
    std::erase_if(scales, [&](double scale) { return verdicts_.contains(scale); });
    return scales;
  }

  // 1 and 2 at first; then twice the largest while all pass, half the smallest while all fail; the bounds at last.
  std::vector<double> outwards() const {
    bool const up = !smallest_fail();
    double next = verdicts_.empty() ? std::clamp(1.0, options_.from, options_.to) : up ? verdicts_.rbegin()->first * 2 : verdicts_.begin()->first / 2;
    std::vector<double> scales;
    for (int i = 0; i < batch(); ++i, next *= up ? 2 : 0.5) {
      scales.push_back(std::clamp(next, options_.from, options_.to));
      if (next >= options_.to || next <= options_.from) break;
    }
    return new_ones(scales);
  }

  std::vector<double> inside() const {
    double const low = *largest_pass(), high = *smallest_fail();
    if (auto scales = between(low, high, batch()); !scales.empty()) return scales;
    return options_.narrow_interval ? interval_ends() : std::vector<double>{};
  }

  // Nothing where these are close enough.
  std::vector<double> between(double low, double high, int points) const {
    std::vector<double> scales;
    if (high / low <= 1 + options_.resolution) return scales;
    for (int i = 1; i <= points; ++i) scales.push_back(low * std::pow(high / low, static_cast<double>(i) / (points + 1)));
    return new_ones(scales);
  }

  // The gaps between what is sure and its neighbour on the way to the answer. Each takes its middle.
  std::vector<double> interval_ends() const {
    ScaleSearch const now = read();
    std::vector<double> scales;
    if (now.surely_passes)
      if (auto const above = verdicts_.upper_bound(*now.surely_passes); above != verdicts_.end()) scales = between(*now.surely_passes, above->first, 1);
    if (now.surely_fails && static_cast<int>(scales.size()) < room())
      if (auto const at = verdicts_.find(*now.surely_fails); at != verdicts_.begin()) {
        auto const more = between(std::prev(at)->first, at->first, 1);
        scales.insert(scales.end(), more.begin(), more.end());
      }
    return new_ones(scales);
  }

  ScaleSearch read() const {
    ScaleSearch out;
    out.passes = largest_pass();
    out.fails = smallest_fail();
    bool sure_so_far = true;
    for (auto const& [scale, verdict] : verdicts_) {
      out.tested.push_back({scale, verdict});
      if (out.fails && scale > *out.fails && verdict.passes) out.pass_beyond.push_back(scale);
      sure_so_far = sure_so_far && verdict.surely_passes;
      if (sure_so_far) out.surely_passes = scale;
      if (verdict.surely_fails && !out.surely_fails) out.surely_fails = scale;
    }
    out.resolved = out.passes && out.fails && between(*out.passes, *out.fails, 2).empty();
    return out;
  }

  const TestScales& test_;
  const ScaleSearchOptions& options_;
  std::map<double, ScaleVerdict> verdicts_;
};

}  // namespace

ScaleSearch search_scale(const TestScales& test, const ScaleSearchOptions& options) {
  expects(options.from > 0 && options.from <= options.to && options.resolution > 0, "the scales of a search lie between two bounds above zero");
  return Search(test, options).answer();
}

}  // namespace headroom
