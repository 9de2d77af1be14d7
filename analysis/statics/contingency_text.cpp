#include "analysis/statics/contingency_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

template <class Enum>
std::string name_of(Enum value) {
  for (auto const& [candidate, name] : names(value))
    if (candidate == value) return name;
  return "";
}

OrderedJson cascade_json(const std::vector<CascadeStep>& cascade) {
  OrderedJson out = OrderedJson::array();
  for (auto const& step : cascade) out.push_back({{"element", step.element}, {"effect", step.effect}, {"load", step.load}, {"after_s", step.after_s}, {"at_s", step.at_s}});
  return out;
}

OrderedJson names_json(const std::vector<int>& racks, const PowerGraph& graph) {
  OrderedJson out = OrderedJson::array();
  for (int rack : racks) out.push_back(graph.racks[static_cast<std::size_t>(rack)].name);
  return out;
}

OrderedJson gap_json(const Gap& gap) {
  OrderedJson out{{"racks_dark", gap.racks.size()}, {"servers_dark", gap.servers.size()}, {"batteries", gap.batteries}};
  if (!gap.bridge) return out;
  out["bridge"] = {{"node", gap.bridge->node}, {"autonomy_s", gap.bridge->autonomy_s}, {"holds", gap.bridge->holds}};
  if (gap.bridge->needed_s) out["bridge"]["needed_s"] = *gap.bridge->needed_s;
  return out;
}

OrderedJson pair_json(const PairOutcome& pair, const PairsAnswer& pairs) {
  return {{"first", pairs.faults[static_cast<std::size_t>(pair.first)].name}, {"second", pairs.faults[static_cast<std::size_t>(pair.second)].name},
          {"racks_dark", pair.racks_dark}, {"servers_dark", pair.servers_dark}, {"it_kw_lost", pair.it_kw_lost}};
}

OrderedJson pairs_json(const PairsAnswer& pairs) {
  OrderedJson out{{"pairs", pairs.pairs}, {"darken", pairs.darken}, {"cascade", pairs.cascade}, {"worse_than_either", pairs.worse}};
  if (pairs.worst_of_all) out["worst"] = pair_json(*pairs.worst_of_all, pairs);
  out["kept"] = pairs.worst.size();
  out["list"] = OrderedJson::array();
  for (auto const& pair : pairs.worst) out["list"].push_back(pair_json(pair, pairs));
  return out;
}

OrderedJson verdict_json(const ToleranceVerdict& verdict) {
  OrderedJson out{{"tolerance", tolerance_text(verdict.tolerance)}, {"shortfalls", OrderedJson::array()}};
  for (auto const& each : verdict.shortfalls)
    out["shortfalls"].push_back({{"missed", tolerance_text(each.missed)}, {"fault", each.fault}, {"racks_dark", each.racks}, {"servers_dark", each.servers}, {"for_a_while", each.for_a_while}, {"why", each.why}});
  return out;
}

std::string dark_text(std::size_t racks, std::size_t servers) { return fmt::format("{}, {}", counted(static_cast<std::int64_t>(racks), "rack"), counted(static_cast<std::int64_t>(servers), "server")); }

std::string shortfall_text(const Shortfall& shortfall) {
  std::string const missed = tolerance_text(shortfall.missed);
  if (shortfall.fault.empty()) return fmt::format("  not {}: nothing stands side by side to be spare\n", missed);
  bool const planned = shortfall.missed == Tolerance::concurrently_maintainable;
  std::string const what = fmt::format("  not {}: {} {} ", missed, shortfall.fault, planned ? "taken out" : "lost");
  if (shortfall.racks + shortfall.servers == 0) return what + shortfall.why + "\n";
  return what + fmt::format("darkens {}{}{}\n", dark_text(static_cast<std::size_t>(shortfall.racks), static_cast<std::size_t>(shortfall.servers)),
                            shortfall.for_a_while ? " for a while" : "", shortfall.why.empty() ? "" : " (" + shortfall.why + ")");
}

std::string next_text(const FaultOutcome& outcome) {
  if (!outcome.cascade.empty()) return fmt::format("{} next", step_text(outcome.cascade.front()));
  if (outcome.gap.bridge && outcome.gap.bridge->autonomy_s <= 0) return fmt::format("battery of {} cannot carry its load", outcome.gap.bridge->node);
  if (outcome.gap.bridge && !outcome.gap.bridge->holds) return fmt::format("battery of {} is empty after {}", outcome.gap.bridge->node, seconds_text(outcome.gap.bridge->autonomy_s));
  if (outcome.gap.bridge) return fmt::format("battery of {} lasts {}, {} needed", outcome.gap.bridge->node, seconds_text(outcome.gap.bridge->autonomy_s), seconds_text(*outcome.gap.bridge->needed_s));
  return "";
}

std::string row(const FaultOutcome& outcome) {
  std::string const fullest = outcome.limit ? fmt::format("{:.1f} % {}", 100 * outcome.limit->used_share(), outcome.fullest) : "-";
  return fmt::format("  {:<26} {:>6} {:>8} {:>8} {:>9.1f} {:>9} {:<28} {}\n", outcome.fault.name, outcome.racks.size(), outcome.servers.size(), outcome.gap.servers.size(), outcome.it_kw_lost,
                     outcome.first_dark_s ? seconds_text(*outcome.first_dark_s) : "-", fullest, next_text(outcome));
}

std::string chains_text(const std::vector<FaultOutcome>& singles, std::size_t rows) {
  std::string out;
  for (auto const& outcome : singles) {
    if (outcome.cascade.size() < 2 || rows-- == 0) continue;
    out += fmt::format("  {}\n", outcome.fault.name);
    for (auto const& step : outcome.cascade) out += fmt::format("    {:>9}  {}\n", seconds_text(step.at_s), step_text(step));
    if (rows == 0) break;
  }
  return out.empty() ? out : "\nOne after another:\n" + out;
}

std::string pairs_text(const PairsAnswer& pairs, std::size_t rows) {
  std::string out = fmt::format("\nPairs: {} of {} darken something, {} through an overload; {} darken what neither does alone.\n", pairs.darken, pairs.pairs, pairs.cascade, pairs.worse);
  auto const name = [&](int fault) { return pairs.faults[static_cast<std::size_t>(fault)].name; };
  for (std::size_t i = 0; i < std::min(rows, pairs.worst.size()); ++i)
    out += fmt::format("  {:<54} {:>6} {:>8} {:>9.1f} kW\n", name(pairs.worst[i].first) + " + " + name(pairs.worst[i].second), pairs.worst[i].racks_dark, pairs.worst[i].servers_dark, pairs.worst[i].it_kw_lost);
  if (pairs.worst.size() > rows) out += "  ... more in --format json\n";
  return out;
}

}  // namespace

std::string tolerance_text(Tolerance tolerance) { return name_of(tolerance); }

std::string seconds_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.3g} s", seconds);
  if (seconds < 7200) return fmt::format("{:.3g} min", seconds / 60);
  return fmt::format("{:.3g} h", seconds / 3600);
}

std::string step_text(const CascadeStep& step) {
  std::string const what = step.effect == "opens" ? "opens" : step.effect == "bypass" ? "goes to bypass" : "goes off";
  return fmt::format("{} {} ({:.1f} % for {})", step.element, what, 100 * step.load, seconds_text(step.after_s));
}

OrderedJson fault_json(const FaultOutcome& outcome, const PowerGraph& graph) {
  OrderedJson out{{"fault", outcome.fault.name},
                  {"kind", name_of(outcome.fault.kind)},
                  {"counts_for_scheme", outcome.fault.counts},
                  {"racks_dark", outcome.racks.size()},
                  {"servers_dark", outcome.servers.size()},
                  {"racks", names_json(outcome.racks, graph)},
                  {"it_kw_lost", outcome.it_kw_lost},
                  {"facility_kw", outcome.facility_kw}};
  if (outcome.first_dark_s) out["first_dark_s"] = *outcome.first_dark_s;
  out["cascade"] = cascade_json(outcome.cascade);
  if (!outcome.cascade.empty()) out["next"] = outcome.cascade.front().element;
  out["gap"] = gap_json(outcome.gap);
  if (outcome.limit)
    out["fullest"] = {{"node", outcome.fullest}, {"limit", outcome.limit->unit}, {"allowed", outcome.limit->allowed}, {"carried", outcome.limit->carried}, {"headroom_share", 1 - outcome.limit->used_share()}};
  return out;
}

OrderedJson to_json(const ContingencyAnswer& answer, const PowerGraph& graph) {
  OrderedJson out{{"racks", answer.racks}, {"servers", answer.servers}, {"it_kw", answer.it_kw}, {"facility_kw", answer.facility_kw}, {"verdict", verdict_json(answer.verdict)}};
  out["trips_without_fault"] = cascade_json(answer.unprovoked);
  out["single_points"] = OrderedJson::array();
  for (auto const& point : answer.single_points) out["single_points"].push_back({{"element", point.element}, {"racks", point.racks}, {"servers", point.servers}});
  out["faults"] = OrderedJson::array();
  for (auto const& outcome : answer.singles) out["faults"].push_back(fault_json(outcome, graph));
  if (answer.pairs) out["pairs"] = pairs_json(*answer.pairs);
  return out;
}

std::string verdict_text(const ContingencyAnswer& answer) {
  std::string out = fmt::format("The power path is {}.\n", tolerance_text(answer.verdict.tolerance));
  for (auto const& shortfall : answer.verdict.shortfalls) out += shortfall_text(shortfall);
  for (auto const& step : answer.unprovoked) out += fmt::format("  even without a fault {}\n", step_text(step));
  return out;
}

std::string faults_text(const ContingencyAnswer& answer, std::size_t rows) {
  auto const harmful = [&](bool counts) { return std::ranges::count_if(answer.singles, [&](const FaultOutcome& single) { return single.fault.counts == counts && single.interrupts(); }); };
  auto const counted_faults = std::ranges::count_if(answer.singles, [](const FaultOutcome& single) { return single.fault.counts; });
  std::string out = fmt::format("\n{} of {} faults of the path darken something; of racks, strips and halls, {} of {}.\n", harmful(true), counted_faults, harmful(false), std::ssize(answer.singles) - counted_faults);
  out += fmt::format("  {:<26} {:>6} {:>8} {:>8} {:>9} {:>9} {:<28} {}\n", "fault", "racks", "servers", "in gap", "kW lost", "dark at", "fullest then", "what goes next");
  std::size_t left = rows;
  for (auto const& single : answer.singles)
    if (single.fault.counts && left > 0) {
      out += row(single);
      --left;
    }
  if (static_cast<std::size_t>(counted_faults) > rows) out += fmt::format("  ... {} more in --format json\n", static_cast<std::size_t>(counted_faults) - rows);
  out += chains_text(answer.singles, rows);
  if (!answer.single_points.empty()) {
    out += "\nSingle points of failure, whatever transfers are made:\n";
    for (std::size_t i = 0; i < std::min(rows, answer.single_points.size()); ++i)
      out += fmt::format("  {:<26} {}\n", answer.single_points[i].element, dark_text(static_cast<std::size_t>(answer.single_points[i].racks), static_cast<std::size_t>(answer.single_points[i].servers)));
  }
  if (answer.pairs) out += pairs_text(*answer.pairs, rows);
  return out;
}

}  // namespace headroom
