#include "analysis/sizing/sizing_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t most_told = 10;

const char* name(SizingRule rule) {
  for (auto const& [candidate, text] : names(rule))
    if (candidate == rule) return text;
  return "";
}

std::string because(const std::string& load, const std::string& lost) { return lost.empty() ? fmt::format("{}, everything in service", load) : fmt::format("{}, without {}", load, lost); }

OrderedJson element_json(const SizedElement& element) {
  OrderedJson out{{"element", element.name}, {"kind", element.kind}};
  if (!element.type.empty()) out["type"] = element.type;
  out["devices"] = element.devices;
  out["rule"] = name(element.rule);
  out["unit"] = element.unit;
  out["needed"] = element.needed;
  out["built"] = element.built;
  out["sized"] = element.sized;
  if (!element.load.empty()) out["load"] = element.load;
  if (!element.lost.empty()) out["lost"] = element.lost;
  if (element.built_is_too_small()) out["built_is_too_small"] = true;
  return out;
}

OrderedJson limit_json(const ProvenLimit& limit) {
  OrderedJson out{{"element", limit.name}, {"limit", limit.unit}, {"allowed", limit.allowed}, {"carried", limit.carried}, {"load", limit.load}};
  if (!limit.lost.empty()) out["lost"] = limit.lost;
  return out;
}

OrderedJson count_json(const LeafSpineCount& count) {
  return {{"oversubscription", count.oversubscription}, {"leaf_ports_down", count.down}, {"leaf_ports_up", count.up}, {"leaves", count.leaves}, {"spines", count.spines}, {"switch_links", count.switch_links}};
}

std::string row(const SizedElement& element) {
  return fmt::format("  {:<24} {:<22} {:>7} x {:>9.4g} {:>9.4g} {:>9.4g} {:<4} {:<14} {}{}\n", element.name, element.kind, element.devices, element.needed, element.built, element.sized, element.unit, name(element.rule),
                     element.load.empty() ? "nothing asks for it" : because(element.load, element.lost), element.built_is_too_small() ? "; built is too small" : "");
}

}  // namespace

nlohmann::ordered_json to_json(const SizedSite& sized) {
  OrderedJson elements = OrderedJson::array();
  for (auto const& element : sized.elements) elements.push_back(element_json(element));
  return {{"growth", sized.basis.growth}, {"fifteen_minute_share", sized.basis.fifteen_minutes}, {"cooling_ratio", sized.cooling_ratio}, {"elements", elements}, {"kept", sized.kept}};
}

nlohmann::ordered_json to_json(const SizingProof& proof) {
  OrderedJson out{{"states", proof.states}, {"loads", proof.loads}, {"holds", proof.holds()}};
  if (proof.fullest) out["fullest"] = limit_json(*proof.fullest);
  out["passed"] = OrderedJson::array();
  for (auto const& limit : proof.passed) out["passed"].push_back(limit_json(limit));
  out["darkened"] = OrderedJson::array();
  for (auto const& dark : proof.darkened) out["darkened"].push_back({{"rack", dark.rack}, {"load", dark.load}, {"lost", dark.lost}});
  return out;
}

nlohmann::ordered_json to_json(const std::vector<FabricSizes>& fabrics) {
  OrderedJson out = OrderedJson::array();
  for (auto const& fabric : fabrics) {
    OrderedJson json{{"fabric", fabric.fabric}, {"server_ports", fabric.server_ports}, {"port_gbit_s", fabric.port_gbit_s}, {"switches_built", fabric.switches_built}};
    if (fabric.why_not.empty()) {
      json["cross_rack_p999_gbit_s"] = fabric.cross_rack_gbit_s;
      json["built"] = count_json(fabric.built);
      json["sized"] = count_json(fabric.sized);
    } else {
      json["why_not"] = fabric.why_not;
    }
    out.push_back(std::move(json));
  }
  return out;
}

std::string to_text(const SizedSite& sized) {
  std::string out = fmt::format("Sized with {:.3g} % growth, the 15-minute peak {:.4g} of the instantaneous one.\n", 100 * sized.basis.growth, sized.basis.fifteen_minutes);
  out += fmt::format("  {:<24} {:<22} {:>7}   {:>9} {:>9} {:>9} {:<4} {:<14} {}\n", "element", "kind", "devices", "needed", "built", "sized", "", "rule", "by");
  for (auto const& element : sized.elements) out += row(element);
  for (auto const& kept : sized.kept) out += fmt::format("  not sized: {}\n", kept);
  return out;
}

std::string to_text(const SizingProof& proof) {
  std::string out = fmt::format("{} in {} and {}: ", proof.holds() ? "It holds" : "It does not hold", counted(proof.states, "state"), counted(proof.loads, "load"));
  if (proof.fullest) out += fmt::format("the fullest is {} at {:.1f} % of its {} ({})", proof.fullest->name, 100 * proof.fullest->share(), proof.fullest->unit, because(proof.fullest->load, proof.fullest->lost));
  else out += "nothing on the path states a limit";
  out += ".\n";
  for (std::size_t i = 0; i < std::min(proof.passed.size(), most_told); ++i) {
    ProvenLimit const& limit = proof.passed[i];
    out += fmt::format("  passed: {} carries {:.6g} of {:.6g} {} ({})\n", limit.name, limit.carried, limit.allowed, limit.unit, because(limit.load, limit.lost));
  }
  for (std::size_t i = 0; i < std::min(proof.darkened.size(), most_told); ++i) out += fmt::format("  dark: {} ({})\n", proof.darkened[i].rack, because(proof.darkened[i].load, proof.darkened[i].lost));
  if (std::size_t const told = std::min(proof.passed.size(), most_told) + std::min(proof.darkened.size(), most_told), all = proof.passed.size() + proof.darkened.size(); all > told) out += fmt::format("  and {} more\n", all - told);
  return out;
}

std::string to_text(const std::vector<FabricSizes>& fabrics) {
  std::string out;
  for (auto const& fabric : fabrics) {
    if (!fabric.why_not.empty()) out += fmt::format("  fabric {}: not sized; {}\n", fabric.fabric, fabric.why_not);
    else
      out += fmt::format("  fabric {}: {:.4g} Gbit/s between racks (99.9 %) let {:.3g}:1 do instead of {:.3g}:1: {} switches and {} between them instead of {} and {}\n", fabric.fabric, fabric.cross_rack_gbit_s, fabric.sized.oversubscription,
                         fabric.built.oversubscription, fabric.sized.switches(), counted(fabric.sized.switch_links, "link"), fabric.built.switches(), counted(fabric.built.switch_links, "link"));
  }
  return out;
}

}  // namespace headroom
