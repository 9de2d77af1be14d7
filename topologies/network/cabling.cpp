#include "topologies/network/cabling.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/shipped.h"
#include "base/units.h"
#include "base/yaml.h"
#include "topologies/equipment/specs_fields.h"

namespace headroom {
namespace {

template <class Spec>
std::vector<Spec> shipped() {
  std::vector<Spec> out;
  for (auto const& name : shipped_names(Spec::kind)) {
    ReadContext context = file_context();
    out.push_back(read_document<Spec>(*read_yaml(find_mentioned(Spec::kind, name, {})), context));
  }
  return out;
}

// The shortest reach first: the cheapest that does.
template <class Spec>
std::vector<Spec> choice_of(const std::vector<Reference<Spec>>& named) {
  std::vector<Spec> out;
  for (auto const& one : named) out.push_back(one.value);
  if (named.empty()) out = shipped<Spec>();
  std::ranges::stable_sort(out, {}, &Spec::reach);
  return out;
}

template <class Spec>
std::int32_t number_of(std::vector<Spec>& used, const Spec& spec) {
  auto const same = std::ranges::find(used, spec);
  if (same != used.end()) return static_cast<std::int32_t>(same - used.begin());
  used.push_back(spec);
  return static_cast<std::int32_t>(used.size()) - 1;
}

// What the links of one fabric may take.
class Drum {
 public:
  explicit Drum(const CablingSpec& cabling) : cables_(choice_of(cabling.cables)), optics_(choice_of(cabling.optics)) {}

  void choose(NetworkLink& link, NetworkGraph& graph) const {
    auto const cable = [&](CableMedium medium) { return std::ranges::find_if(cables_, [&](const CableSpec& one) { return one.medium == medium && one.rate == link.rate && one.reach >= link.length; }); };
    auto const optic = [&](Fibre fibre) { return std::ranges::find_if(optics_, [&](const OpticSpec& one) { return one.fibre == fibre && one.rate == link.rate && one.reach >= link.length; }); };
    for (auto const& [of_cable, medium] : {std::pair{CableMedium::copper, Medium::copper}, std::pair{CableMedium::active_optical, Medium::active_optical}})
      if (auto const found = cable(of_cable); !link.wan && found != cables_.end()) {
        link.medium = medium;
        link.cable = number_of(graph.cables, *found);
        return;
      }
    for (auto const& [fibre, medium] : {std::pair{Fibre::multimode, Medium::multimode}, std::pair{Fibre::single_mode, Medium::single_mode}})
      if (auto const found = optic(fibre); found != optics_.end()) {
        link.medium = medium;
        link.optic = number_of(graph.optics, *found);
        return;
      }
  }

 private:
  std::vector<CableSpec> cables_;
  std::vector<OpticSpec> optics_;
};

}  // namespace

Length cable_length(const CablingSpec& cabling, const Places& places, std::int32_t from_rack, std::int32_t to_rack) {
  if (from_rack == to_rack) return cabling.inside_rack;
  RackOrigin const &from = places.origin(from_rack), &to = places.origin(to_rack);
  Length way = 2 * cabling.riser;
  if (from.hall == to.hall) way += std::abs(from.column - to.column) * cabling.rack_width + std::abs(from.row - to.row) * cabling.row_pitch;
  else way += cabling.hall_distance + (from.column + to.column) * cabling.rack_width + (from.row + to.row) * cabling.row_pitch;
  return way * (1 + cabling.slack);
}

void lay_cables(const Site& site, const Places& places, NetworkGraph& graph, std::vector<Problem>& problems) {
  std::vector<Drum> drums;
  for (auto const& spec : site.network) drums.emplace_back(spec.cabling);
  for (auto& link : graph.links) {
    auto const fabric = static_cast<std::size_t>(link.fabric);
    CablingSpec const& cabling = site.network[fabric].cabling;
    auto const rack = [&](VertexId end) { return graph.vertices[static_cast<std::size_t>(end)].rack; };
    if (link.length <= Length{} && rack(link.a) >= 0 && rack(link.b) >= 0) link.length = cable_length(cabling, places, rack(link.a), rack(link.b));
    if (link.length <= Length{}) continue;
    drums[fabric].choose(link, graph);
    if (link.medium != Medium::none || link.wan || (cabling.cables.empty() && cabling.optics.empty())) continue;
    problems.push_back({cabling.where, fmt::format("network[{}].cabling: a link of {} is {:.1f} m long, and no cable or optic of that rate reaches so far; name one that does", site.network[fabric].name,
                                                   to_text(link.rate), link.length / metre)});
    return;
  }
}

}  // namespace headroom
