#include "analysis/ledger/judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace headroom {
namespace {

constexpr double rounding = 1e-9;      // of what is compared

struct Span {
  double low = 0, high = 0;
};

Span claimed(const Claim& claim) { return {claim.value, claim.value_max.value_or(claim.value)}; }

// "consistent" and "inconsistent" take a claim without a range as a range of one value +- within.
Span claimed_with_leeway(const Claim& claim) {
  if (claim.value_max) return claimed(claim);
  double const leeway = claim.within * std::abs(claim.value);
  return {claim.value - leeway, claim.value + leeway};
}

// The end of the claim that a value outside is nearest to; inside, the value itself.
double nearest_claimed(const Claim& claim, double value) { return std::clamp(value, claimed(claim).low, claimed(claim).high); }

std::string per_cent(double share) { return fmt::format("{:.3g} %", 100 * share); }

std::string spaced_unit(const std::string& unit) { return unit.empty() ? "" : " " + unit; }

std::string against(const Claim& claim, const WorkedFigure& ours) {
  std::string const range = ours.low < ours.high ? fmt::format(" ({})", range_text(ours.low, ours.high)) : "";
  return fmt::format("ours {}{}{} against {}{}", figure_text(ours.value), range, spaced_unit(ours.figure.unit), claimed_text(claim), spaced_unit(claim.unit));
}

// How near is near: of the claim, or of the end of its range.
Judgement judge_distance(const Claim& claim, double ours) {
  double const nearest = nearest_claimed(claim, ours), off = std::abs(ours - nearest), allowed = (claim.within + rounding) * std::abs(nearest);
  if (off == 0) return {true, claim.value_max ? "inside the claim's range" : "the same"};
  std::string const size = nearest == 0 ? figure_text(off) : per_cent(off / std::abs(nearest));
  return {off <= allowed, fmt::format("{} {}, {} {}", size, ours < nearest ? "below" : "above", off <= allowed ? "within" : "more than", per_cent(claim.within))};
}

Judgement judge_factor(const Claim& claim, double ours) {
  double const nearest = nearest_claimed(claim, ours), most = 1 + claim.within;
  if (ours == nearest) return {true, claim.value_max ? "inside the claim's range" : "the same size"};
  if (nearest == 0 || ours / nearest <= 0) return {false, "one of them is zero or below, the other above"};
  double const ratio = ours / nearest;
  bool const holds = ratio <= most * (1 + rounding) && ratio >= (1 - rounding) / most;
  return {holds, fmt::format("ours / claim = {:.4g}, {} {:.4g} and {:.4g}", ratio, holds ? "between" : "not between", 1 / most, most)};
}

Judgement judge_overlap(const Claim& claim, const WorkedFigure& ours) {
  Span const theirs = claimed_with_leeway(claim);
  double const slack = rounding * std::max(std::abs(theirs.low), std::abs(theirs.high));
  double const low = std::max(theirs.low, ours.low), high = std::min(theirs.high, ours.high);
  if (low <= high + slack) return {true, fmt::format("they have {} in common", range_text(std::min(low, high), high))};
  bool const below = ours.high < theirs.low;
  return {false, fmt::format("nothing in common: ours {} {}, the claim {} {}", below ? "ends at" : "begins at", figure_text(below ? ours.high : ours.low), below ? "begins at" : "ends at", figure_text(below ? theirs.low : theirs.high))};
}

Judgement compare(const Claim& claim, const WorkedFigure& ours) {
  switch (claim.verdict) {
    case Verdict::reproduced:
    case Verdict::arithmetic: return judge_distance(claim, ours.value);
    case Verdict::other_quantity: return judge_factor(claim, ours.value);
    case Verdict::consistent: return judge_overlap(claim, ours);
    case Verdict::inconsistent: {
      Judgement const overlap = judge_overlap(claim, ours);
      return {!overlap.holds, overlap.finding};
    }
    case Verdict::no_quantity: return {true, "nothing is held against it"};
  }
  return {};
}

// What a figure may not rest on; "" if it is as its verdict says.
std::string wrong_ground(const Claim& claim, const WorkedFigure& ours, const NamesOfLedger& names) {
  if (claim.verdict == Verdict::inconsistent) return "";
  auto const rests_on = [&](auto what) { return std::find_if(ours.uses.begin(), ours.uses.end(), what); };
  auto const itself = rests_on([&](const NamedFigure& f) { return f.name == claim.id || f.name == claim.id + "_max"; });
  auto const other = rests_on([&](const NamedFigure& f) { return !names.is_claim(f.name); });
  if (ours.uses.empty()) return "it names no figure, a number was typed";
  if (itself != ours.uses.end()) return "it is worked out from the claim itself";
  if (claim.verdict == Verdict::arithmetic && other != ours.uses.end()) return fmt::format("it rests on {}, which is no claim", other->name);
  if (claim.verdict == Verdict::reproduced && other == ours.uses.end()) return "it follows from other claims alone, which is arithmetic only";
  return "";
}

}  // namespace

std::string figure_text(double value) {
  bool const whole = value == std::round(value) && std::abs(value) < 1e9;
  return whole || (std::abs(value) >= 1e5 && std::abs(value) < 1e9) ? fmt::format("{:.0f}", value) : fmt::format("{:.5g}", value);
}

std::string claimed_text(const Claim& claim) { return number_text(claim.value) + (claim.value_max ? " to " + number_text(*claim.value_max) : ""); }

std::string range_text(double low, double high) { return low == high ? figure_text(low) : fmt::format("{} to {}", figure_text(low), figure_text(high)); }

Judgement judge(const Claim& claim, const std::vector<WorkedFigure>& ours, const NamesOfLedger& names) {
  if (claim.verdict == Verdict::no_quantity) return compare(claim, {});
  WorkedFigure const& first = ours.front();
  Judgement out = compare(claim, first);
  std::string ground = wrong_ground(claim, first, names);
  if (ground.empty() && (first.value < first.low || first.value > first.high)) ground = "ours lies outside its own range";
  if (!ground.empty()) out = {false, ground};
  out.finding = fmt::format("{}{}: {}", out.holds ? "" : "does not hold: ", against(claim, first), out.finding);
  return out;
}

}  // namespace headroom
