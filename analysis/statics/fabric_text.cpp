// What the graph of the networks says, as JSON and as text.
#include <fmt/format.h>

#include "analysis/statics/fabric.h"
#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

template <class Enum>
std::string word(Enum value) {
  for (auto const& [candidate, name] : names(Enum{}))
    if (candidate == value) return name;
  return "";
}

double gbit_per_s(DataRate rate) { return rate / gigabit_per_second; }

OrderedJson tier_json(const FabricTier& tier) {
  OrderedJson out{{"tier", tier.tier}, {"switches", tier.switches}, {"types", OrderedJson::object()}, {"ports_used", tier.ports_used}, {"ports_spare", tier.ports_spare}};
  for (auto const& [name, count] : tier.types)
    if (!name.empty()) out["types"][name] = count;
  out["down_gbit_per_s"] = gbit_per_s(tier.down);
  out["up_gbit_per_s"] = gbit_per_s(tier.up);
  out["beside_gbit_per_s"] = gbit_per_s(tier.beside);
  if (tier.oversubscription > 0) {
    out["oversubscription"] = tier.oversubscription;
    out["oversubscription_worst"] = tier.oversubscription_worst;
  }
  return out;
}

OrderedJson single_point_json(const SinglePointClass& of) {
  return {{"what", of.link ? "link" : "switch"}, {"tier", of.tier}, {"count", of.names.size()}, {"servers_cut_off", of.servers}, {"names", of.names}};
}

OrderedJson fabric_json(const FabricAnswer& fabric) {
  OrderedJson out{{"name", fabric.name}, {"fabric", word(fabric.kind)}, {"servers", fabric.servers}, {"ports_of_a_server", fabric.ports}, {"port_rate_gbit_per_s", gbit_per_s(fabric.rate)}};
  int switches = 0;
  OrderedJson tiers = OrderedJson::array(), links = OrderedJson::array(), points = OrderedJson::array(), cables = OrderedJson::array();
  for (auto const& tier : fabric.tiers) {
    tiers.push_back(tier_json(tier));
    switches += tier.switches;
  }
  for (auto const& link : fabric.links)
    links.push_back(link.wan ? OrderedJson{{"wan", true}, {"links", link.links}, {"rate_gbit_per_s", gbit_per_s(link.rate)}} : OrderedJson{{"tier", link.tier}, {"links", link.links}, {"rate_gbit_per_s", gbit_per_s(link.rate)}});
  for (auto const& of : fabric.single_points) points.push_back(single_point_json(of));
  for (auto const& use : fabric.cables) cables.push_back({{"medium", word(use.medium)}, {"links", use.links}, {"total_m", use.total / metre}, {"longest_m", use.longest / metre}});
  out["switches"] = switches;
  out["tiers"] = tiers;
  out["links"] = links;
  out["bisection"] = {{"rate_gbit_per_s", gbit_per_s(fabric.bisection.rate)}, {"servers_first", fabric.bisection.first}, {"servers_second", fabric.bisection.second}, {"halved_switches", fabric.bisection.halved_switches}, {"share_of_ports", fabric.bisection_share}};
  if (fabric.diversity.pairs > 0)
    out["path_diversity"] = {{"pairs", fabric.diversity.pairs}, {"sampled", fabric.diversity.sampled}, {"shortest_least", fabric.diversity.shortest_least}, {"shortest_median", fabric.diversity.shortest_median}, {"all_least", fabric.diversity.all_least}, {"all_median", fabric.diversity.all_median}};
  out["distance_links"] = {{"longest", fabric.distances.longest}, {"mean", fabric.distances.mean}, {"starts", fabric.distances.starts}, {"sampled", fabric.distances.sampled}};
  out["single_points"] = points;
  out["single_homed_servers"] = fabric.single_homed;
  out["cables"] = cables;
  if (fabric.links_without_length > 0) out["links_without_length"] = fabric.links_without_length;
  return out;
}

// --- text ---

std::string types_text(const std::map<std::string, int>& types) {
  std::string out;
  for (auto const& [name, count] : types) {
    if (!out.empty()) out += ", ";
    out += types.size() == 1 ? (name.empty() ? "without a type" : name) : fmt::format("{} {}", count, name.empty() ? "without a type" : name);
  }
  return out;
}

std::string rate_text(DataRate rate) {
  double const gbit = gbit_per_s(rate);
  return gbit == 0 ? "-" : gbit >= 1000 ? fmt::format("{:.6g} Tbit/s", gbit / 1000) : fmt::format("{:.6g} Gbit/s", gbit);
}

std::string tiers_text(const FabricAnswer& fabric) {
  std::string out = fmt::format("\n  {:<6} {:>8} {:>10} {:>10} {:>16} {:>16} {:>8}  {}\n", "tier", "switches", "ports used", "spare", "down", "up, beside", "over", "type");
  for (auto const& tier : fabric.tiers) {
    std::string const over = tier.oversubscription > 0 ? fmt::format("{:.3g}:1", tier.oversubscription) : "-";
    out += fmt::format("  {:<6} {:>8} {:>10} {:>10} {:>16} {:>16} {:>8}  {}\n", tier.tier, tier.switches, tier.ports_used, tier.ports_spare, rate_text(tier.down), rate_text(tier.up + tier.beside), over, types_text(tier.types));
    if (tier.oversubscription_worst > tier.oversubscription * (1 + 1e-9)) out += fmt::format("  {:<6} its worst switch {:.3g}:1\n", "", tier.oversubscription_worst);
  }
  out += fmt::format("\n  {:<14} {:>8} {:>16}\n", "links", "number", "rate");
  for (auto const& link : fabric.links)
    out += fmt::format("  {:<14} {:>8} {:>16}\n", link.wan ? "out of the site" : link.tier == 0 ? "to servers" : fmt::format("above tier {}", link.tier - 1), link.links, rate_text(link.rate));
  return out;
}

std::string line(const std::string& head, const std::string& text) { return fmt::format("  {:<22} {}\n", head, text); }

std::string graph_text(const FabricAnswer& fabric) {
  Bisection const& cut = fabric.bisection;
  std::string out = "\n" + line("bisection", fmt::format("{}, {:.4g} % of the ports of a half: {} first by order against the other {}", rate_text(cut.rate), 100 * fabric.bisection_share, counted(cut.first, "server"), cut.second));
  if (cut.halved_switches > 0) out += line("", fmt::format("{} {} servers of both halves, whose traffic stays inside", fmt::format("{} switch{}", cut.halved_switches, cut.halved_switches == 1 ? "" : "es"), cut.halved_switches == 1 ? "has" : "have"));
  PathDiversity const& ways = fabric.diversity;
  if (ways.pairs == 0) out += line("ways without a link in common", "no two switches with servers have a way between them");
  else out += line("ways without a link in", fmt::format("shortest: {} at least, {:.4g} in the median; all: {} and {:.4g}", ways.shortest_least, ways.shortest_median, ways.all_least, ways.all_median)) +
              line("  common", fmt::format("between switches with servers, {} {}", counted(ways.pairs, "pair"), ways.sampled ? "drawn (seed 1): there may be fewer ways elsewhere" : "of them"));
  out += line("links between servers", fmt::format("{} at most, {:.4f} in the mean{}", fabric.distances.longest, fabric.distances.mean, fabric.distances.sampled ? fmt::format("; from {} places drawn (seed 1)", fabric.distances.starts) : ""));
  return out;
}

std::string points_text(const FabricAnswer& fabric) {
  std::string out;
  for (auto const& of : fabric.single_points) {
    auto const count = static_cast<int>(of.names.size());
    std::string const what = of.link ? fmt::format("{} link{} above tier {}", count, count == 1 ? "" : "s", of.tier - 1) : fmt::format("{} switch{} of tier {}", count, count == 1 ? "" : "es", of.tier);
    out += line(out.empty() ? "single points" : "", fmt::format("{}: {} cut off{} ({}{})", what, counted(of.servers, "server"), count == 1 ? "" : " by each", of.names.front(), count == 1 ? "" : ", ..."));
  }
  if (out.empty()) out = line("single points", "no switch and no link between switches cuts a server off");
  if (fabric.single_homed > 0) out += line("", fmt::format("{} with one link each, which is one for that server", counted(fabric.single_homed, "server")));
  return out;
}

std::string cables_text(const FabricAnswer& fabric) {
  std::string out;
  for (auto const& use : fabric.cables)
    out += line(out.empty() ? "cables" : "", fmt::format("{:<15} {:>8} {:>14} {:>22}", use.medium == Medium::none ? "not chosen" : word(use.medium), counted(use.links, "link"), fmt::format("{:.1f} m", use.total / metre), fmt::format("the longest {:.1f} m", use.longest / metre)));
  if (fabric.links_without_length > 0) out += line(out.empty() ? "cables" : "", fmt::format("{} of unknown length", counted(fabric.links_without_length, "link")));
  return out;
}

}  // namespace

OrderedJson to_json(const NetworkAnswer& answer) {
  OrderedJson out{{"schema_version", 1}, {"fabrics", OrderedJson::array()}};
  for (auto const& fabric : answer.fabrics) out["fabrics"].push_back(fabric_json(fabric));
  return out;
}

std::string to_text(const NetworkAnswer& answer) {
  std::string out;
  for (auto const& fabric : answer.fabrics) {
    std::string const ports = fabric.ports == 1 ? "a port" : counted(fabric.ports, "port");
    out += fmt::format("{}{}: {}, {} with {} of {} each\n", out.empty() ? "" : "\n", fabric.name, word(fabric.kind), counted(fabric.servers, "server"), ports, rate_text(fabric.rate));
    out += tiers_text(fabric) + graph_text(fabric) + points_text(fabric) + cables_text(fabric);
  }
  return out;
}

}  // namespace headroom
