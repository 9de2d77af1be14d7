#include "analysis/placement/placement_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

RackType const& type_of(const PlacementAnswer& answer, int type) { return answer.problem.types[static_cast<std::size_t>(type)]; }
std::string const& place_of(const PlacementAnswer& answer, int candidate) {
  return answer.problem.places[static_cast<std::size_t>(answer.problem.candidates[static_cast<std::size_t>(candidate)].place)];
}

double share_of_allowed(const PackingLimit& limit) { return limit.allowed > 0 ? limit.carried / limit.allowed : 1; }

std::string percent(double of_one) { return fmt::format("{:.1f} %", 100 * of_one); }

// "6 x compute, 2 x gpu"
std::string racks_at(const PlacementAnswer& answer, int place) {
  std::string out;
  for (std::size_t i = 0; i < answer.packing.size(); ++i)
    if (answer.problem.candidates[i].place == place && answer.packing[i] > 0)
      out += fmt::format("{}{} x {}", out.empty() ? "" : ", ", answer.packing[i], type_of(answer, answer.problem.candidates[i].type).name);
  return out;
}

std::string fullest_text(const PlacementAnswer& answer, const FullestLimit& fullest) {
  if (fullest.limit < 0) return "no limit is stated";
  return fmt::format("{} {}", percent(fullest.share), limit_name(answer.problem.limits[static_cast<std::size_t>(fullest.limit)]));
}

std::string table(const PlacementAnswer& answer) {
  std::size_t width = 24, racks_width = 16;
  for (std::size_t p = 0; p < answer.problem.places.size(); ++p) {
    width = std::max(width, answer.problem.places[p].size());
    racks_width = std::max(racks_width, racks_at(answer, static_cast<int>(p)).size());
  }
  std::string out = fmt::format("\n  {:<{}}  {:<{}}  {}\n", "place", width, "new racks", racks_width, "fullest limit there, with them");
  for (std::size_t p = 0; p < answer.problem.places.size(); ++p) {
    int const place = static_cast<int>(p);
    if (std::ranges::none_of(answer.problem.candidates, [&](const Candidate& candidate) { return candidate.place == place; })) continue;
    std::string const racks = racks_at(answer, place);
    out += fmt::format("  {:<{}}  {:<{}}  {}\n", answer.problem.places[p], width, racks.empty() ? "-" : racks, racks_width, fullest_text(answer, fullest_limit_at(answer.problem, answer.packing, place)));
  }
  return out;
}

std::string refusal_text(const PlacementAnswer& answer, const Refusal& refusal) {
  PackingLimit const& limit = refusal.limit;
  std::string room = fmt::format("{:.6g} of {:.6g} are used", limit.carried, limit.allowed);
  if (limit.carried <= 0) room = fmt::format("it allows {:.6g}", limit.allowed);
  else if (limit.left() < 0) room += ": more than it allows already";
  return fmt::format("    {}: {}: {}, the rack takes {:.4g}: {:.3g} too much\n", place_of(answer, refusal.candidate), limit_name(limit), room, refusal.needed, refusal.over());
}

std::string left_over_text(const PlacementAnswer& answer, const LeftOver& left) {
  std::string const name = type_of(answer, left.type).name;
  std::string out = left.nowhere ? fmt::format("\n  A rack {} ({:.1f} kW) fits nowhere, even as the only new one:\n", name, type_of(answer, left.type).kw)
                                 : fmt::format("\n  Left over: {} x {} ({:.1f} kW each). One more is refused, beside the others, at\n", left.racks, name, type_of(answer, left.type).kw);
  constexpr std::size_t shown = 20;
  for (std::size_t i = 0; i < std::min(shown, left.refusals.size()); ++i) out += refusal_text(answer, left.refusals[i]);
  if (left.refusals.size() > shown) out += fmt::format("    ... and at {} more places; --format json names them all\n", left.refusals.size() - shown);
  if (left.refusals.empty()) out += "    no place: no rack of today stands in the halls that it may go to\n";
  return out;
}

std::string clash_text(const PlacementAnswer& answer) {
  if (answer.clash.limits.empty()) return "";
  std::string out = fmt::format("\n  {}: {}\n", answer.clash.limits.size() == 1 ? "One limit is in the way of the whole plan, whatever the others allowed" : fmt::format("These {} limits clash: the whole plan does not go under them, whatever the others allowed", answer.clash.limits.size()),
                                answer.clash.smallest ? "no smaller set does" : answer.clash.exact ? "none of them can be left out" : "by the rule, without the exact solver");
  out.replace(out.rfind(": "), 2, "; ");
  for (int const l : answer.clash.limits) {
    PackingLimit const& limit = answer.problem.limits[static_cast<std::size_t>(l)];
    out += fmt::format("    {}: {:.6g} of {:.6g} are used, {:.4g} are left; ", limit_name(limit), limit.carried, limit.allowed, std::max(0.0, limit.left()));
    double const least = least_use(answer.problem, l);
    out += least > 0 ? fmt::format("all the racks take {:.4g} at the least\n", least) : std::string("the racks need none of it, at other places\n");
  }
  return out;
}

std::string best_text(const PlacementAnswer& answer) {
  if (!answer.best) return "\n  How far from the best this is, this build cannot say: it has no exact solver (Cbc).\n";
  int const racks = placed(answer.packing), best = static_cast<int>(answer.best->bound);
  if (answer.took_best) return fmt::format("\n  The exact solver found this; {}.\n", answer.best->proven ? "no placement has more racks" : fmt::format("none has more than {}", counted(best, "rack")));
  std::string out = racks >= best ? "\n  No placement has more racks (exact)" : answer.best->proven ? fmt::format("\n  The best has {} (exact): {} more; --best takes it", counted(best, "rack"), best - racks)
                                                                                                    : fmt::format("\n  No placement has more than {} (bound of the exact solver, which ran out of time)", counted(best, "rack"));
  if (auto const fullest = fullest_limit(answer.problem, answer.packing); answer.least_share && fullest.limit >= 0)
    out += fmt::format("; the fullest limit is at {}, with so many racks it could not be below {}", percent(fullest.share), percent(std::min(fullest.share, *answer.least_share)));
  return out + ".\n";
}

std::string proof_text(const PlacementAnswer& answer) {
  std::string out = fmt::format("  Proof: the site with {} solved in full, in {} (all in service, each single fault): no limit is newly passed", counted(placed(answer.packing), "new rack"), counted(answer.after.states, "state"));
  auto const newly = newly_passed(answer.after, answer.before);
  if (!newly.empty()) out = fmt::format("  The site with the new racks, solved in full, passes {} limits, {} the most: do not build this", newly.size(), limit_name(newly.front()));
  if (answer.after.fullest) out += fmt::format(";\n  the fullest is {} at {} of {:.6g}", limit_name(*answer.after.fullest), percent(share_of_allowed(*answer.after.fullest)), answer.after.fullest->allowed);
  out += fmt::format(". IT {:.1f} kW before, {:.1f} kW after.\n", answer.before.it_kw, answer.after.it_kw);
  if (!answer.before.passed.empty()) out += fmt::format("  Passed today already: {}, {} the most ({}).\n", counted(std::ssize(answer.before.passed), "limit"), limit_name(answer.before.passed.front()), percent(share_of_allowed(answer.before.passed.front())));
  if (!answer.corrections.empty()) {
    auto const& worst = *std::ranges::max_element(answer.corrections, {}, [](const Correction& c) { return share_of_allowed(c.limit); });
    out += fmt::format("  Counted straight it would have been more: {} came to {} when solved in full, so racks were taken away.\n", limit_name(worst.limit), percent(share_of_allowed(worst.limit)));
  }
  if (answer.network_grows) out += "  Ports of the network are no limit: it has, or grows, ports for every server of the plan.\n";
  return out;
}

OrderedJson limit_json(const PackingLimit& limit) {
  OrderedJson out{{"name", limit.name}, {"unit", limit.unit}};
  if (!limit.state.empty()) out["lost"] = limit.state;
  out["allowed"] = limit.allowed;
  out["carried"] = limit.carried;
  return out;
}

OrderedJson left_json(const PlacementAnswer& answer, const LeftOver& left) {
  OrderedJson out{{"racks", type_of(answer, left.type).name}, {"count", left.racks}, {"fits_nowhere", left.nowhere}, {"refused", OrderedJson::array()}};
  for (auto const& refusal : left.refusals)
    out["refused"].push_back({{"place", place_of(answer, refusal.candidate)}, {"limit", limit_json(refusal.limit)}, {"needed", refusal.needed}, {"over", refusal.over()}});
  return out;
}

}  // namespace

std::string limit_name(const PackingLimit& limit) {
  return fmt::format("{} {}{}", limit.name, limit.unit, limit.state.empty() ? "" : fmt::format(" when {} is lost", limit.state));
}

std::string to_text(const PlacementAnswer& answer) {
  int const racks = placed(answer.packing), wanted = answer.problem.wanted();
  std::string out = fmt::format("Placement of the plan {} on {}: {} of {} find room.\n", answer.plan, answer.site_name, racks, counted(wanted, "rack"));
  out += table(answer);
  for (auto const& left : answer.left_over) out += left_over_text(answer, left);
  return out + clash_text(answer) + best_text(answer) + proof_text(answer);
}

OrderedJson to_json(const PlacementAnswer& answer) {
  OrderedJson out{{"plan", answer.plan}, {"site", answer.site_name}, {"racks_wanted", answer.problem.wanted()}, {"racks_placed", placed(answer.packing)}, {"places", OrderedJson::array()}};
  for (std::size_t i = 0; i < answer.packing.size(); ++i) {
    Candidate const& candidate = answer.problem.candidates[i];
    OrderedJson row{{"place", place_of(answer, static_cast<int>(i))}, {"racks", type_of(answer, candidate.type).name}, {"count", answer.packing[i]}, {"rack_it_kw", type_of(answer, candidate.type).kw}};
    if (auto const fullest = fullest_limit_at(answer.problem, answer.packing, candidate.place); fullest.limit >= 0) {
      row["fullest"] = limit_json(answer.problem.limits[static_cast<std::size_t>(fullest.limit)]);
      row["fullest"]["carried"] = fullest.share * answer.problem.limits[static_cast<std::size_t>(fullest.limit)].allowed;      // with the new racks
      row["fullest"]["used_share"] = fullest.share;
    }
    out["places"].push_back(std::move(row));
  }
  out["left_over"] = OrderedJson::array();
  for (auto const& left : answer.left_over) out["left_over"].push_back(left_json(answer, left));
  out["clash"] = {{"smallest", answer.clash.smallest}, {"exact", answer.clash.exact}, {"limits", OrderedJson::array()}};
  for (int const l : answer.clash.limits) {
    out["clash"]["limits"].push_back(limit_json(answer.problem.limits[static_cast<std::size_t>(l)]));
    out["clash"]["limits"].back()["needed_at_least"] = least_use(answer.problem, l);
  }
  out["exact"] = {{"available", answer.best.has_value()}};
  if (answer.best) out["exact"].update({{"racks_at_most", answer.best->bound}, {"proven", answer.best->proven}, {"taken", answer.took_best}});
  if (answer.least_share) out["exact"]["least_fullest_share"] = *answer.least_share;
  out["proof"] = {{"states", answer.after.states}, {"newly_passed", OrderedJson::array()}, {"it_power_before_kw", answer.before.it_kw}, {"it_power_after_kw", answer.after.it_kw}, {"corrections", answer.corrections.size()}};
  if (answer.after.fullest) out["proof"]["fullest"] = limit_json(*answer.after.fullest);
  for (auto const& limit : newly_passed(answer.after, answer.before)) out["proof"]["newly_passed"].push_back(limit_json(limit));
  return out;
}

}  // namespace headroom
