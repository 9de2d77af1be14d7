#include "analysis/sizing/sized_site.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/sizing/cooling_sizes.h"
#include "analysis/sizing/resized_devices.h"

namespace headroom {
namespace {

constexpr int free_rounds = 3, most_rounds = 50;

std::vector<SizeClaim> all_claims(const Site& written, const PowerGraph& built, const NeededRatings& full, const NeededRatings& needs, const SizingBasis& basis) {
  auto claims = claims_of_path(written, built, needs, basis);
  std::ranges::move(claims_of_cooling(written, full, needs, basis), std::back_inserter(claims));
  return claims;
}

SizeRatios ratios_of(const std::vector<SizeClaim>& claims) {
  std::map<std::string, double> needed;
  for (auto const& each : claims) needed[each.key] = std::max(needed[each.key], each.element.needed);
  SizeRatios out;
  for (auto const& each : claims) out[each.key] = chosen_size(each.series, needed[each.key], each.element.built) / each.element.built;
  return out;
}

SizeRatios larger_of(const SizeRatios& a, SizeRatios b) {
  for (auto& [key, ratio] : b) ratio = std::max(ratio, ratio_of(a, key));
  return b;
}

std::vector<SizedElement> elements_of(const std::vector<SizeClaim>& claims, const SizeRatios& ratios) {
  std::vector<SizedElement> out;
  for (auto const& each : claims) {
    SizedElement element = each.element;
    element.sized = element.built * ratio_of(ratios, each.key) * each.shown;
    element.needed *= each.shown;
    element.built *= each.shown;
    out.push_back(std::move(element));
  }
  return out;
}

std::vector<std::string> what_was_kept(const Site& site, const std::vector<SizedElement>& elements) {
  std::vector<std::string> out;
  for (auto const& node : site.power.nodes) {
    if (node.utility && !node.utility->limit) out.push_back(fmt::format("{}: states no limit", node.name));
    if ((node.switchboard && !node.switchboard->current) || (node.switchgear && !node.switchgear->current)) out.push_back(fmt::format("{}: states no current", node.name));
    if (node.converter) out.push_back(fmt::format("{}: a converter's data sheet states no rating", node.name));
  }
  bool shelves = false, racks = false;
  for (auto const& hall : site.halls)
    for (auto const& group : hall.racks) {
      shelves = shelves || !group.enclosures.empty();
      racks = racks || group.rated_power.has_value();
    }
  if (shelves) out.emplace_back("converters of enclosures: their data sheets state no rating");
  if (racks) out.emplace_back("rated power of racks: it is what their servers are chosen by");
  if (!site.onsite.photovoltaics.empty() || !site.onsite.storage.empty()) out.emplace_back("photovoltaics and storage: no matter of the load that the path must carry");
  for (auto const& element : elements)
    if (element.needed <= 0) out.push_back(fmt::format("{}: carries nothing in any state", element.name));
  return out;
}

void resize_node(WrittenNode& node, double times) {
  if (times == 1) return;
  auto const board = [&](std::optional<SwitchboardSpec>& of) {
    if (of && of->current) *of->current *= times;
  };
  auto const device = [&](auto& of) {
    if (of) resize(*of, times);
  };
  if (node.utility && node.utility->limit) *node.utility->limit *= times;
  board(node.switchgear);
  board(node.switchboard);
  device(node.generator);
  device(node.transformer);
  device(node.transfer_switch);
  device(node.ups);
  device(node.busway);
  device(node.panel);
  device(node.pdu);
  if (node.ups && node.battery) resize(node.battery->type, times);
}

}  // namespace

Site resized_site(const Site& written, const SizeRatios& ratios) {
  Site out = written;
  for (auto& node : out.power.nodes) resize_node(node, ratio_of(ratios, key_of(node)));
  for (auto& circuit : out.power.circuits)
    if (circuit.current) *circuit.current *= ratio_of(ratios, key_of_circuit(*circuit.current, circuit.voltage, circuit.phases, circuit.breaker));
  for (auto& hall : out.halls)
    for (auto& group : hall.racks) {
      if (!group.circuit) group.circuit = out.power.rack_circuit;
      if (group.circuit && group.circuit->current)
        *group.circuit->current *= ratio_of(ratios, key_of_circuit(*group.circuit->current, group.circuit->voltage, group.circuit->phases, group.circuit->breaker));
      if (group.rack_pdu) resize(*group.rack_pdu, ratio_of(ratios, key_of_strip(group.rack_pdu->value)));
    }
  resize_cooling(out, ratios);
  return out;
}

SizedSite size_site(const Site& site, const std::vector<LoadCase>& cases, const SizingBasis& basis) {
  expects(std::ranges::any_of(cases, [](const LoadCase& loads) { return loads.only.empty(); }), "a site is sized by some load");
  Site written = written_out(site);
  bool const less_than_full = std::ranges::none_of(cases, [](const LoadCase& loads) { return loads.only.empty() && loads.delivered.empty(); });
  written.power.oversubscribed = written.power.oversubscribed || less_than_full;
  PowerGraph const built = build_power_graph(written);
  NeededRatings const full = needed_ratings(built, built, {full_load_case()});
  SizedSite out{written, basis, {}, {}, 1};
  SizeRatios ratios;
  for (int round = 0; round < most_rounds; ++round) {
    NeededRatings const needs = needed_ratings(build_power_graph(out.site), built, cases);
    auto const claims = all_claims(written, built, full, needs, basis);
    SizeRatios next = ratios_of(claims);
    if (round > free_rounds) next = larger_of(ratios, std::move(next));
    out.elements = elements_of(claims, next);
    if (next == ratios) break;
    ratios = std::move(next);
    out.site = resized_site(written, ratios);
  }
  out.kept = what_was_kept(written, out.elements);
  out.cooling_ratio = ratio_of(ratios, key_of_following_cooling);
  return out;
}

}  // namespace headroom
