#include "analysis/capacity/capacity_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

template <class Enum>
const char* name(Enum value) {
  for (auto const& [candidate, text] : names(value))
    if (candidate == value) return text;
  return "";
}

OrderedJson step_json(const LadderStep& step) {
  OrderedJson out{{"binding", step.binding}, {"limit", step.unit}, {"allowed", step.allowed}};
  if (step.rated != step.allowed) out["rated"] = step.rated;
  out["scale"] = step.scale;
  if (!step.lost.empty()) out["lost"] = step.lost;
  return out;
}

OrderedJson state_json(const CapacityState& state) {
  OrderedJson out;
  if (!state.lost.empty()) out["lost"] = state.lost;
  out["racks_dark"] = state.racks_dark;
  out["racks_short"] = state.racks_short;
  out["servers_dark"] = state.servers_dark;
  if (!state.bounded) return out;
  out["scale"] = state.scale;
  out["it_power_kw"] = state.it_kw;
  out["binding"] = {{"node", state.first.binding}, {"limit", state.first.unit}, {"allowed", state.first.allowed}};
  return out;
}

OrderedJson ladder_json(const CapacityAnswer& answer, const std::vector<LadderStep>& ladder) {
  OrderedJson out = OrderedJson::array();
  for (auto const& step : ladder) {
    out.push_back(step_json(step));
    out.back()["racks_that_fit"] = *answer.racks_that_fit({step});
  }
  return out;
}

std::string allowed_text(double allowed, double rated, const std::string& unit) {
  std::string out = fmt::format("{:.6g} {}", allowed, unit);
  if (rated != allowed) out += fmt::format(" of its {:.6g}", rated);
  return out;
}

std::string fits(const CapacityState& state) {
  if (!state.bounded) return "nothing on the path states a limit";
  return fmt::format("{:.1f} kW of IT ({:+.1f} %), then {} is full ({})", state.it_kw, 100 * (state.scale - 1), state.first.binding, allowed_text(state.first.allowed, state.first.rated, state.first.unit));
}

// What goes dark although its rack does not.
std::string dark_text(const CapacityState& state) {
  if (!state.loads_dark || state.racks_dark > 0) return "";
  return state.servers_dark > 0 ? fmt::format("; {} dark", counted(state.servers_dark, "server")) : "; some loads dark";
}

std::string rules_text(const CapacityAnswer& answer) {
  std::string out = answer.code == ElectricalCode::nec ? "NEC: circuits count at 80 % unless their breaker says otherwise" : "IEC: circuits count whole unless their breaker says otherwise";
  if (answer.ambient) out += fmt::format("; ratings at {}", answer.ambient->text());
  return out;
}

std::string head_text(const CapacityAnswer& answer) {
  std::string out = fmt::format("Capacity, {}: {} in {} draw {:.1f} kW of IT, {:.1f} kW in all.\n", name(answer.basis), counted(answer.servers, "server"), counted(answer.racks, "rack"), answer.it_kw, answer.facility_kw);
  if (answer.basis != LoadBasis::nameplate)
    out += fmt::format("  nameplates             {:.1f} kW of IT, {:.1f} kW in all: {} is {:.1f} % of that\n", answer.it_nameplate_kw, answer.facility_nameplate_kw, name(answer.basis), 100 * answer.it_kw / answer.it_nameplate_kw);
  if (answer.unread > 0) out += fmt::format("  {} without a reading: counted at nameplate\n", counted(answer.unread, "rack"));
  return out + fmt::format("  rules                  {}\n", rules_text(answer));
}

std::string more_text(const CapacityAnswer& answer, const std::vector<LadderStep>& ladder) {
  if (ladder.empty()) return "";
  LadderStep const& first = ladder.front();
  if (answer.more_of == MoreOf::racks && first.scale < 1)
    return fmt::format("                         {} of {} too many: {} is passed, {:.6g} {}\n", static_cast<int>(std::ceil((1 - first.scale) * answer.racks - 1e-9)), counted(answer.racks, "rack"), first.binding, first.allowed, first.unit);
  std::string out = answer.more_of == MoreOf::racks ? counted(*answer.racks_that_fit(ladder), "more rack") + " of the same mix" : fmt::format("{:+.1f} % load in the same racks", 100 * (first.scale - 1));
  if (first.binding.find(": ") != std::string::npos) out += fmt::format(": {} binds first, {:.6g} {}", first.binding, first.allowed, first.unit);
  return fmt::format("                         {}\n", out);
}

std::string states_text(const CapacityAnswer& answer) {
  std::string out = fmt::format("  everything in service  {}\n", fits(answer.normal)) + more_text(answer, answer.ladder);
  auto const one_lost = answer.with_one_lost();
  out += fmt::format("  any one element lost   {}\n", one_lost ? fits(*one_lost) + fmt::format(" when {} is lost", one_lost->lost) : "some loads go dark whichever is lost");
  if (one_lost) out += more_text(answer, answer.ladder_one_lost);
  auto const darkening = std::ranges::count_if(answer.lost, &CapacityState::loads_dark);
  if (one_lost && darkening > 0) out += fmt::format("                         of the losses that darken nothing; {} of {} darken loads\n", darkening, answer.lost.size());
  if (answer.bound && answer.normal.bounded) {
    std::string cut;
    for (std::size_t i = 0; i < answer.bound->cut.size() && i < 4; ++i) cut += (i > 0 ? ", " : "") + answer.bound->cut[i];
    if (answer.bound->cut.size() > 4) cut += fmt::format(" and {} more", answer.bound->cut.size() - 4);
    out += fmt::format("  routed freely          at most {:.1f} kW at the racks; the cut: {}\n", answer.bound->kw, cut);
  }
  return out;
}

constexpr std::size_t most_steps = 6;

// Steps that differ by their names alone are one line.
struct LikeSteps {
  const LadderStep* first = nullptr;
  int others = 0;
};
std::vector<LikeSteps> grouped(const std::vector<LadderStep>& ladder) {
  std::vector<LikeSteps> out;
  for (auto const& step : ladder) {
    auto const like = [&](const LikeSteps& group) { return group.first->unit == step.unit && group.first->allowed == step.allowed && std::abs(group.first->scale - step.scale) <= 1e-9 * step.scale; };
    if (auto const found = std::ranges::find_if(out, like); found != out.end()) ++found->others;
    else if (out.size() == most_steps) break;
    else out.push_back({&step});
  }
  return out;
}

std::string ladder_text(const CapacityAnswer& answer) {
  bool const one_lost = answer.with_one_lost().has_value();
  auto const& ladder = one_lost ? answer.ladder_one_lost : answer.ladder;
  if (ladder.empty()) return "";
  std::string out = fmt::format("\nWhat binds next if what stands above it is lifted, {}:\n", one_lost ? "any one element lost" : "everything in service");
  for (auto const& [step, others] : grouped(ladder))
    out += fmt::format("  {:+8.1f} %  {:<36} {}{}\n", 100 * (step->scale - 1), step->binding + (others > 0 ? fmt::format(" and {} like it", others) : ""), allowed_text(step->allowed, step->rated, step->unit),
                       step->lost.empty() ? "" : fmt::format(", when {} is lost", step->lost));
  return out;
}

std::string stranded_text(const CapacityAnswer& answer) {
  if (answer.stranded.empty()) return "";
  struct Level {
    double allowed = 0, normal = 0, held = 0, stranded = 0;
    const Stranded* most = nullptr;
  };
  std::vector<std::pair<std::string, Level>> levels;
  for (auto const& node : answer.stranded) {
    auto found = std::ranges::find(levels, node.level, &std::pair<std::string, Level>::first);
    if (found == levels.end()) found = levels.insert(levels.end(), {node.level, {}});
    Level& level = found->second;
    level.allowed += node.allowed_kw;
    level.normal += node.normal_kw;
    level.held += node.held_kw;
    level.stranded += node.stranded_kw;
    if (level.most == nullptr || node.stranded_kw > level.most->stranded_kw) level.most = &node;
  }
  LadderStep const& first = answer.ladder_one_lost.front();
  std::string out = fmt::format("\nAt that load, kW by level ({} binds{}):\n  {:<16} {:>10} {:>10} {:>15} {:>10}  {}\n", first.binding, first.lost.empty() ? "" : fmt::format(" when {} is lost", first.lost), "level", "allowed", "carried", "held for a loss", "stranded", "most of it");
  for (auto const& [level, sum] : levels)
    out += fmt::format("  {:<16} {:>10.1f} {:>10.1f} {:>15.1f} {:>10.1f}  {}\n", level, sum.allowed, sum.normal, sum.held, sum.stranded, sum.most->stranded_kw >= 0.05 ? fmt::format("{} ({:.1f})", sum.most->place, sum.most->stranded_kw) : "-");
  return out;
}

std::string losses_text(const CapacityAnswer& answer) {
  std::string out = fmt::format("\n  {:<24} {:>10} {:>10} {:>12}  {}\n", "element lost", "racks dark", "one feed", "IT that fits", "what binds then");
  for (auto const& state : answer.lost)
    out += fmt::format("  {:<24} {:>10} {:>10} {:>12}  {}\n", state.lost, state.racks_dark, state.racks_short, state.bounded ? fmt::format("{:.1f} kW", state.it_kw) : "-",
                       (state.bounded ? fmt::format("{} ({})", state.first.binding, allowed_text(state.first.allowed, state.first.rated, state.first.unit)) : "") + dark_text(state));
  return out;
}

}  // namespace

OrderedJson to_json(const CapacityAnswer& answer) {
  OrderedJson out{{"schema_version", 2}, {"basis", name(answer.basis)}, {"more_of", name(answer.more_of)}, {"code", name(answer.code)}};
  if (answer.ambient) out["ambient_c"] = answer.ambient->celsius();
  out.update({{"racks", answer.racks}, {"servers", answer.servers}, {"racks_unread", answer.unread}, {"it_nameplate_kw", answer.it_nameplate_kw}, {"facility_nameplate_kw", answer.facility_nameplate_kw}, {"it_power_kw", answer.it_kw}, {"facility_power_kw", answer.facility_kw}});
  if (auto const racks = answer.racks_that_fit(answer.ladder)) out["racks_that_fit"] = *racks;
  if (auto const racks = answer.racks_that_fit(answer.ladder_one_lost); racks && answer.with_one_lost()) out["racks_that_fit_with_one_lost"] = *racks;
  out["normal"] = state_json(answer.normal);
  if (auto const state = answer.with_one_lost()) out["with_one_lost"] = state_json(*state);
  if (answer.bound) out["routed_freely"] = {{"rack_power_kw", answer.bound->kw}, {"cut", answer.bound->cut}};
  out["ladder"] = ladder_json(answer, answer.ladder);
  out["ladder_with_one_lost"] = ladder_json(answer, answer.ladder_one_lost);
  out["site"] = OrderedJson::array();
  for (auto const& limit : answer.site)
    out["site"].push_back({{"place", limit.place}, {"what", limit.what}, {"unit", limit.unit}, {"allowed", limit.allowed}, {"used", limit.used}, {"one_lost", limit.one_lost}});
  out["stranded"] = OrderedJson::array();
  for (auto const& node : answer.stranded)
    out["stranded"].push_back({{"place", node.place}, {"level", node.level}, {"allowed_kw", node.allowed_kw}, {"carried_kw", node.normal_kw}, {"held_kw", node.held_kw}, {"held_for", node.held_for}, {"stranded_kw", node.stranded_kw}});
  out["lost"] = OrderedJson::array();
  for (auto const& state : answer.lost) out["lost"].push_back(state_json(state));
  return out;
}

std::string to_text(const CapacityAnswer& answer) {
  return head_text(answer) + states_text(answer) + ladder_text(answer) + stranded_text(answer) + losses_text(answer) +
         fmt::format("\n  Cords share {} over the feeds that live; losses, kVA and the cooling overhead are counted.{}\n", answer.basis == LoadBasis::measured ? "as they were read" : "evenly", answer.more_of == MoreOf::racks ? " New racks bring their own circuits." : "");
}

OrderedJson to_json(const std::vector<LevelPeaks>& levels, const std::vector<NearTop>& near_top) {
  OrderedJson out{{"levels", OrderedJson::array()}, {"near_top", OrderedJson::array()}};
  for (auto const& level : levels)
    out["levels"].push_back({{"level", level.level}, {"nodes", level.nodes}, {"nameplate_kw", level.nameplate_kw}, {"peak_share_mean", level.mean_share}, {"peak_share_highest", level.highest_share}, {"more_servers_share", level.more_servers()}});
  for (auto const& meter : near_top)
    out["near_top"].push_back({{"meter", meter.meter}, {"lowest_kw", meter.lowest_kw}, {"highest_kw", meter.highest_kw}, {"hours", meter.hours}, {"above_90_h", meter.above_90_h}, {"above_95_h", meter.above_95_h}, {"above_99_h", meter.above_99_h}});
  return out;
}

std::string to_text(const std::vector<LevelPeaks>& levels, const std::vector<NearTop>& near_top) {
  std::string out;
  if (!levels.empty()) out += fmt::format("\nPeak of the run over nameplate, by level:\n  {:<16} {:>6} {:>14} {:>8} {:>9} {:>13}\n", "level", "nodes", "nameplate kW", "mean", "highest", "more servers");
  for (auto const& level : levels) out += fmt::format("  {:<16} {:>6} {:>14.1f} {:>7.1f}% {:>8.1f}% {:>+12.1f}%\n", level.level, level.nodes, level.nameplate_kw, 100 * level.mean_share, 100 * level.highest_share, 100 * level.more_servers());
  if (!near_top.empty()) out += fmt::format("\nHours near the top of what each meter measured:\n  {:<20} {:>11} {:>11} {:>9} {:>8} {:>8} {:>8}\n", "meter", "lowest kW", "highest kW", "hours", "> 90 %", "> 95 %", "> 99 %");
  for (auto const& meter : near_top)
    out += fmt::format("  {:<20} {:>11.1f} {:>11.1f} {:>9.1f} {:>8.2f} {:>8.2f} {:>8.2f}\n", meter.meter, meter.lowest_kw, meter.highest_kw, meter.hours, meter.above_90_h, meter.above_95_h, meter.above_99_h);
  return out;
}

}  // namespace headroom
