// What the keys of a site file must satisfy together. What needs the graph is found when it is built.
#include <algorithm>

#include "base/units.h"
#include "topologies/site_fields.h"

namespace headroom {
namespace {

void problem(std::vector<Problem>& problems, const Location& where, const std::string& path, const std::string& what) {
  problems.push_back({where, path.empty() ? what : path + ": " + what});
}

std::string phases_problem(int phases) { return fmt::format("phases: {} is neither 1 nor 3", phases); }

const char* const breaker_without_current = "breaker: its curve counts in multiples of a rating; add current";

// --- schemes ---

std::string name_of(Scheme scheme) {
  for (auto const& [candidate, name] : names(scheme))
    if (candidate == scheme) return name;
  return "";
}

// How many sides may have a utility feed of their own; the catcher is one.
std::size_t sides_of(const PowerPath& s) {
  switch (*s.scheme) {
    case Scheme::n:
    case Scheme::n_plus_1: return 1;
    case Scheme::two_n:
    case Scheme::two_n_plus_1: return 2;
    case Scheme::three_n_2: return 3;
    case Scheme::four_n_3: return 4;
    case Scheme::block_redundant: return static_cast<std::size_t>(s.blocks) + 1;
  }
  return 1;
}

bool has_scheme_parts(const PowerPath& s) {
  return !s.utility.empty() || s.switchgear || s.transformer || s.generator || s.transfer_switch || s.switchboard || s.tie || s.ups || s.battery || s.static_switch || s.pdu || s.blocks != PowerPath{}.blocks;
}

void check_feeds(const PowerPath& s, const std::string& path, std::vector<Problem>& problems) {
  std::size_t const sides = sides_of(s), feeds = s.utility.size();
  std::string const scheme = name_of(*s.scheme);
  std::string const wanted = sides == 1 ? "one utility feed" : sides == 2 ? "one utility feed or two" : fmt::format("one utility feed or {}", sides);
  if (feeds != 1 && feeds != sides) problem(problems, s.where, path, fmt::format("scheme {} takes {}, found {}", scheme, wanted, feeds));
  if (sides > 1 && feeds == 1 && !s.switchgear && !s.transformer && !s.switchboard && !s.ups && !s.pdu)
    problem(problems, s.where, path, scheme + " needs something of its own on each side: a second utility feed, transformers, switchboards, UPS or PDUs");
  for (auto const& feed : s.utility) {
    if (feed.name.empty()) problem(problems, feed.where, path, "utility: missing key 'name'");
    if (s.switchgear && s.switchgear->voltage != SwitchboardSpec{}.voltage && s.switchgear->voltage != feed.voltage)
      problem(problems, s.where, path, fmt::format("switchgear: its voltage is {}, that of the feed '{}' is {}; leave it out", to_text(s.switchgear->voltage), feed.name, to_text(feed.voltage)));
  }
}

void check_parts(const PowerPath& s, const std::string& path, std::vector<Problem>& problems) {
  auto const wrong = [&](bool found, const std::string& what) {
    if (found) problem(problems, s.where, path, what);
  };
  wrong(s.generator && !s.transfer_switch, "generator: needs transfer_switch, through which it takes over");
  wrong(s.transfer_switch && !s.generator, "transfer_switch: needs generator, its second source");
  wrong(s.battery && !s.ups, "battery: needs ups, which it stands behind");
  bool const spare = *s.scheme == Scheme::n_plus_1 || *s.scheme == Scheme::two_n_plus_1;
  wrong(spare && !s.ups && !s.generator, name_of(*s.scheme) + " needs ups or generator: what there is a spare of");
  bool const two_sides = *s.scheme == Scheme::two_n || *s.scheme == Scheme::two_n_plus_1;
  wrong(s.tie && (!two_sides || !s.switchboard), "tie: joins the two switchboards of 2N or 2(N+1); needs such a scheme, and switchboard");
  bool const block = *s.scheme == Scheme::block_redundant;
  wrong(block && (!s.ups || !s.static_switch || !s.pdu), "block-redundant needs ups, static_switch and pdu: each PDU has a static switch between the UPS of its side and the catcher's");
  wrong(!block && s.static_switch.has_value(), "static_switch: belongs to block-redundant; with nodes, write a transfer_switch");
  wrong(!block && s.blocks != PowerPath{}.blocks, "blocks: belongs to block-redundant");
}

}  // namespace

void check(const CircuitRating& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.phases == 2) problem(problems, s.where, path, phases_problem(s.phases));
  if (s.breaker && !s.current) problem(problems, s.where, path, breaker_without_current);
}

void check(const WrittenCircuit& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.phases == 2) problem(problems, s.where, path, phases_problem(s.phases));
  if (s.breaker && !s.current) problem(problems, s.where, path, breaker_without_current);
  if (s.closed && !s.tie) problem(problems, s.where, path, "closed is for a tie; add 'tie: true', or leave it out");
  if (s.from == s.to) problem(problems, s.where, path, fmt::format("'{}' cannot feed itself", s.from));
}

void check(const AuxiliaryLoad& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.type && s.power > Power{}) problem(problems, s.where, path, "has both type and power; one would do");
  if (!s.type && s.power <= Power{}) problem(problems, s.where, path, "needs type or power");
  if (s.type && s.power_factor != 1) problem(problems, s.where, path, "power_factor belongs to power; the type has its own");
}

void check(const WrittenNode& s, const std::string& path, std::vector<Problem>& problems) {
  auto const count = [](auto const&... role) { return (0 + ... + (role ? 1 : 0)); };
  int const roles = count(s.utility, s.generator, s.switchgear, s.transformer, s.transfer_switch, s.switchboard, s.ups, s.busway, s.panel, s.pdu, s.converter, s.auxiliary);
  if (roles != 1)
    problem(problems, s.where, path, fmt::format("needs exactly one of utility, generator, switchgear, transformer, transfer_switch, switchboard, ups, busway, panel, pdu, converter and auxiliary, found {}", roles));
  if (s.count > 1 && (s.utility || s.switchgear || s.switchboard)) problem(problems, s.where, path, "count is for devices side by side; a utility feed or a switchboard is one");
  if (s.count > 1 && s.transfer_switch) problem(problems, s.where, path, "count is for devices side by side; a transfer switch is one");
  if (s.redundant >= s.count) problem(problems, s.where, path, fmt::format("redundant: {} of {} are spare; at least one must carry the load", s.redundant, s.count));
  if (s.battery && !s.ups && !s.converter) problem(problems, s.where, path, "battery: stands behind a ups or a converter; this node is neither");
  if (s.utility && !s.utility->name.empty()) problem(problems, s.where, path, "utility: leave out the name; the node has one");
}

void check(const PowerPath& s, const std::string& path, std::vector<Problem>& problems) {
  bool const written = !s.nodes.empty();
  if (written == s.scheme.has_value()) problem(problems, s.where, path, written ? "has both a scheme and nodes; one would do" : "needs a scheme (such as N or 2N), or nodes and circuits");
  if (written && !s.scheme && has_scheme_parts(s))
    problem(problems, s.where, path, "utility, switchgear, transformer, generator, transfer_switch, switchboard, tie, ups, battery, static_switch, pdu and blocks belong to a scheme; with nodes, write them there");
  if (s.scheme && !s.circuits.empty()) problem(problems, s.where, path, "circuits belong to nodes; a scheme makes its own");
  if (!s.scheme) return;
  check_feeds(s, path, problems);
  check_parts(s, path, problems);
}

// A rack without a load is good for switches only.
namespace {

double height_of(const std::vector<ServerGroup>& servers) {
  double sum = 0;
  for (auto const& group : servers) sum += group.count * group.type.value.height;
  return sum;
}

// Are there places for the racks, and room in them for what they hold?
void check_room(const Hall& hall, const std::string& path, std::vector<Problem>& problems) {
  std::string const here = (path.empty() ? "" : path + ".") + fmt::format("halls[{}]", hall.name);
  int racks = 0;
  for (auto const& group : hall.racks) {
    racks += group.count;
    if (!group.height) continue;
    double units = height_of(group.servers);
    for (auto const& enclosure : group.enclosures) units += enclosure.count * height_of(enclosure.servers);
    if (units > *group.height) problem(problems, group.where, fmt::format("{}.racks[{}]", here, group.name), fmt::format("its servers are {:.6g} rack units high, the rack has {:.6g}", units, *group.height));
  }
  if (hall.positions && racks > *hall.positions) problem(problems, hall.where, here + ".positions", fmt::format("{} racks stand in a hall with {} places", racks, *hall.positions));
}

}  // namespace

void check(const Site& s, const std::string& path, std::vector<Problem>& problems) {
  auto const holds_switches = [&](const Hall& hall, const RackGroup& group) {
    return std::ranges::any_of(s.network, [&](const FabricSpec& fabric) {
      return fabric.switch_racks == group.name || fabric.switch_racks == hall.name + "/" + group.name ||
             std::ranges::any_of(fabric.switches, [&](const WrittenSwitch& one) { return one.rack.starts_with(hall.name + "/" + group.name + "-"); });
    });
  };
  for (auto const& hall : s.halls) check_room(hall, path, problems);
  for (auto const& hall : s.halls)
    for (auto const& group : hall.racks)
      if (group.servers.empty() && group.enclosures.empty() && group.auxiliary.empty() && !holds_switches(hall, group))
        problem(problems, group.where, (path.empty() ? "" : path + ".") + fmt::format("halls[{}].racks[{}]", hall.name, group.name), "the rack is empty: give it servers, enclosures or auxiliary");
}

}  // namespace headroom
