#include "analysis/statics/capacity_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson state_json(const CapacityState& state) {
  OrderedJson out;
  if (!state.lost.empty()) out["lost"] = state.lost;
  out["racks_dark"] = state.racks_dark;
  out["racks_short"] = state.racks_short;
  out["servers_dark"] = state.servers_dark;
  if (!state.bounded) return out;
  out["scale"] = state.scale;
  out["it_power_kw"] = state.it_kw;
  out["binding"] = {{"node", state.binding}, {"limit", state.limit.unit}, {"allowed", state.limit.allowed}};
  return out;
}

std::string fits(const CapacityState& state) {
  if (!state.bounded) return "nothing on the path states a limit";
  return fmt::format("{:.1f} kW of IT ({:+.1f} %), then {} is full ({:.6g} {})", state.it_kw, 100 * (state.scale - 1), state.binding, state.limit.allowed, state.limit.unit);
}

// What goes dark although its rack does not.
std::string dark_text(const CapacityState& state) {
  if (!state.loads_dark || state.racks_dark > 0) return "";
  return state.servers_dark > 0 ? fmt::format("; {} dark", counted(state.servers_dark, "server")) : "; some loads dark";
}

}  // namespace

OrderedJson to_json(const CapacityAnswer& answer) {
  OrderedJson out{{"schema_version", 1},
                  {"basis", "nameplate"},
                  {"racks", answer.racks},
                  {"servers", answer.servers},
                  {"it_nameplate_kw", answer.it_nameplate_kw},
                  {"facility_nameplate_kw", answer.facility_nameplate_kw}};
  if (auto const racks = answer.racks_that_fit()) out["racks_that_fit"] = *racks;
  out["normal"] = state_json(answer.normal);
  if (auto const state = answer.with_one_lost()) out["with_one_lost"] = state_json(*state);
  out["lost"] = OrderedJson::array();
  for (auto const& state : answer.lost) out["lost"].push_back(state_json(state));
  return out;
}

std::string to_text(const CapacityAnswer& answer) {
  std::string out = fmt::format("Capacity at nameplate: {} in {} draw {:.1f} kW of IT, {:.1f} kW in all.\n", counted(answer.servers, "server"), counted(answer.racks, "rack"), answer.it_nameplate_kw, answer.facility_nameplate_kw);
  out += fmt::format("  everything in service   {}\n", fits(answer.normal));
  if (answer.normal.bounded && answer.normal.scale >= 1) out += fmt::format("                          {} of the same mix\n", counted(*answer.racks_that_fit(), "more rack"));
  auto const one_lost = answer.with_one_lost();
  out += fmt::format("  any one element lost    {}\n", one_lost ? fits(*one_lost) + fmt::format(" when {} is lost", one_lost->lost) : "some loads go dark whichever is lost");
  auto const darkening = std::count_if(answer.lost.begin(), answer.lost.end(), [](const CapacityState& state) { return state.loads_dark; });
  if (one_lost && darkening > 0) out += fmt::format("                          of the losses that darken nothing; {} of {} darken loads\n", darkening, answer.lost.size());
  out += fmt::format("\n  {:<24} {:>10} {:>10} {:>12}  {}\n", "element lost", "racks dark", "one feed", "IT that fits", "what binds then");
  for (auto const& state : answer.lost)
    out += fmt::format("  {:<24} {:>10} {:>10} {:>12}  {}\n", state.lost, state.racks_dark, state.racks_short, state.bounded ? fmt::format("{:.1f} kW", state.it_kw) : "-", state.bounded ? fmt::format("{} ({:.6g} {})", state.binding, state.limit.allowed, state.limit.unit) + dark_text(state) : dark_text(state));
  return out + "\n  Cords share evenly over the feeds that live; losses, kVA and the cooling overhead are counted. New racks bring their own circuits.\n";
}

}  // namespace headroom
