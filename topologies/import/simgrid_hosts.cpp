// Hosts as servers: cores as they are, power from the properties of SimGrid's energy plugin, the rest assumed.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "topologies/import/simgrid_draft.h"

namespace headroom {
namespace {

// Assumptions, where the file has no power: a core of a two-socket server of 2 x 165 W and 96 of them; board, fans and drives.
constexpr double core_idle_w = 1, core_full_w = 3.4, rest_w = 60;
constexpr double assumed_gb_per_core = 8;
constexpr std::int64_t most_cores = 100'000;

struct HostPower {
  double idle_w = 0, epsilon_w = 0, full_w = 0;      // idle; one core just busy; all cores busy
};

const XmlAttribute* property(const XmlElement& element, std::initializer_list<std::string_view> names) {
  for (auto const& child : element.children)
    for (auto const& name : names)
      if (child.name == "prop" && child.text_of("id") == name) return child.find("value");
  return nullptr;
}

std::optional<double> watts(const std::string& text) {
  auto const parsed = parse_number(text);
  auto const* value = std::get_if<double>(&parsed);
  return value == nullptr || *value < 0 ? std::nullopt : std::optional(*value);
}

// "idle:full" or "idle:epsilon:full".
std::optional<HostPower> power_of(const std::string& text) {
  auto const parts = parts_of(text, ":");
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  auto const idle = watts(parts.front()), epsilon = parts.size() == 3 ? watts(parts[1]) : idle, full = watts(parts.back());
  if (!idle || !epsilon || !full) return std::nullopt;
  return HostPower{*idle, *epsilon, *full};
}

std::int64_t whole(PlatformDraft& draft, const XmlElement& element, const char* name, std::int64_t least, std::int64_t otherwise) {
  auto const* attribute = element.find(name);
  if (attribute == nullptr) return otherwise;
  auto const parsed = parse_number(attribute->value);
  auto const* value = std::get_if<double>(&parsed);
  if (value != nullptr && *value == std::floor(*value) && *value >= static_cast<double>(least) && *value <= static_cast<double>(most_cores)) return static_cast<std::int64_t>(*value);
  draft.problem(attribute->where, fmt::format("{}: '{}' is not a whole number from {} to {}", name, attribute->value, least, most_cores));
  return otherwise;
}

// Of the state in which it starts; nothing, with a problem, where it has no such state.
std::optional<double> speed_of(PlatformDraft& draft, const XmlElement& element, std::int64_t state) {
  auto const& attribute = *element.find("speed");
  auto const speeds = parts_of(attribute.value, ",");
  std::optional<double> chosen;
  for (std::size_t i = 0; i < speeds.size(); ++i) {
    auto const speed = simgrid_speed(speeds[i]);
    if (auto const* what = std::get_if<std::string>(&speed)) return draft.problem(attribute.where, fmt::format("speed: {}", *what)), std::nullopt;
    if (static_cast<std::int64_t>(i) == state) chosen = std::get<double>(speed);
  }
  if (!chosen) draft.problem(attribute.where, fmt::format("speed: there is no pstate {}; the speeds are of 0 to {}", state, speeds.size() - 1));
  return chosen;
}

std::optional<HostPower> power_of(PlatformDraft& draft, const XmlElement& element, std::int64_t state) {
  auto const* attribute = property(element, {"wattage_per_state", "watt_per_state"});
  if (attribute == nullptr) return std::nullopt;
  auto const states = parts_of(attribute->value, ",");
  if (state >= std::ssize(states)) return draft.problem(attribute->where, fmt::format("wattage_per_state: has {} states, none for pstate {}", states.size(), state)), std::nullopt;
  auto const power = power_of(states[static_cast<std::size_t>(state)]);
  if (!power) draft.problem(attribute->where, fmt::format("wattage_per_state: '{}' is not watts of a state; such as '95:190' (idle, full) or '95:110:190' (idle, one core just busy, full) would do", states[static_cast<std::size_t>(state)]));
  return power;
}

std::string text_of(double w) { return to_text(w * watt); }

// Idle, then straight from one core just busy to all cores; the energy plugin's line, through eleven points.
Json curve_of(const HostPower& power) {
  if (power.idle_w == power.epsilon_w) return {{"measured_at", "wall"}, {"linear", {{"idle", text_of(power.idle_w)}, {"full", text_of(power.full_w)}}}};
  Json curve = Json::array({text_of(power.idle_w)});
  for (int tenth = 1; tenth <= 10; ++tenth) curve.push_back(text_of(tenth == 10 ? power.full_w : power.epsilon_w + (power.full_w - power.epsilon_w) * tenth / 10));
  return {{"measured_at", "wall"}, {"curve", curve}};
}

std::string power_source(PlatformDraft& draft, const XmlElement& element, std::int64_t state, bool known) {
  std::string source = known ? fmt::format("its wattage_per_state of pstate {}, at the wall", state) : "assumption, the platform has none: 1 W idle and 3.4 W full a core, 60 W of board, fans and drives, at the wall";
  if (auto const* off = property(element, {"wattage_off", "watt_off"})) {
    if (!watts(off->value)) draft.problem(off->where, fmt::format("wattage_off: '{}' is not watts; such as '10' would do", off->value));
    source += fmt::format("; {} W when off", off->value);
  }
  return source;
}

}  // namespace

Json simgrid_server(PlatformDraft& draft, const XmlElement& element, const std::string& name, std::int64_t times) {
  std::int64_t const cores = whole(draft, element, "core", 1, 1), state = whole(draft, element, "pstate", 0, 0);
  auto const speed = speed_of(draft, element, state);
  auto const given = power_of(draft, element, state);
  HostPower const power = given.value_or(HostPower{rest_w + core_idle_w * static_cast<double>(cores), rest_w + core_idle_w * static_cast<double>(cores), rest_w + core_full_w * static_cast<double>(cores)});
  if (!given) draft.remark("host whose power the platform does not give: assumed, as its `sources` say", times);
  for (auto const* attribute : {"speed_file", "state_file", "availability_file"})
    if (!element.text_of(attribute).empty()) draft.remark("file of a host's speed or state in time: left out");
  if (property(element, {"role"}) != nullptr && property(element, {"role"})->value == "master") draft.remark("host with the role of a master: a server like the others here", times);
  return {{"name", name},
          {"cores", cores},
          {"memory", fmt::format("{} GB", assumed_gb_per_core * static_cast<double>(cores))},
          {"height", 1},
          {"power", curve_of(power)},
          {"sources",
           {{"default", draft.site.source},
            {"cores", fmt::format("{}; {} flop/s each", draft.site.source, number_text(speed.value_or(1)))},
            {"memory", "assumption, the platform has none: 8 GB a core"},
            {"height", "assumption: 1U"},
            {"power", power_source(draft, element, state, given.has_value())}}}};
}

}  // namespace headroom
