#include "analysis/sizing/size_claims.h"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>

#include "topologies/graph/ties.h"

namespace headroom {
namespace {

std::string key_of_device(const char* kind, const Identity& spec, double rated) { return fmt::format("{}: {}, {:.12g}", kind, spec.name, rated); }

class ClaimFinder {
 public:
  ClaimFinder(const Site& written, const PowerGraph& built, const NeededRatings& needs, const SizingBasis& basis) : site_(written), graph_(built), needs_(needs), basis_(basis) {
    for (std::size_t i = 0; i < built.nodes.size(); ++i)
      if (has_rating(built.nodes[i])) ids_.emplace(built.nodes[i].name, i);
  }

  std::vector<SizeClaim> find() {
    for (auto const& node : site_.power.nodes)
      if (ids_.contains(node.name)) of_node(node);
    for (auto const& circuit : site_.power.circuits)
      if (circuit.current) of_circuit(circuit);
    std::size_t rack = 0;
    for (auto const& hall : site_.halls)
      for (auto const& group : hall.racks) {
        of_racks(hall, group, rack);
        rack += static_cast<std::size_t>(group.count);
      }
    return std::move(out_);
  }

 private:
  const Rating& rating(std::size_t node) const { return graph_.nodes[node].rating; }
  double share(SizingRule rule) const { return (rule == SizingRule::fifteen_minutes ? basis_.fifteen_minutes : 1.0) * (1 + basis_.growth); }

  // What air leaves of a rating. Throws InputError where it leaves nothing.
  static double usable_of(double usable, const std::string& name, const Location& where) {
    if (usable > 0) return usable;
    throw InputError(where, fmt::format("power: '{}' is derated to nothing at this ambient temperature; no size would do", name));
  }

  void add(std::string key, SizeSeries series, SizedElement element, const GreatestNeed& need) { out_.push_back(claim(std::move(key), series, std::move(element), needs_, need)); }

  // `per_unit`: SI over the unit of the rating.
  void of_device(const WrittenNode& node, SizeSeries series, const char* unit, double built, const GreatestNeed& need, double per_unit) {
    std::size_t const id = ids_.at(node.name);
    SizingRule const rule = rule_of(graph_.nodes[id].kind);
    add(key_of(node), series, {node.name, to_text(graph_.nodes[id].kind), graph_.nodes[id].type, node.count, rule, unit, need.value * share(rule) / usable_of(rating(id).usable, node.name, node.where) / per_unit, built, 0, "", ""}, need);
  }

  // In kW; a need in kVA counts as the kW that a device of this power factor is rated for then.
  GreatestNeed in_watts(const NodeNeeds& needs, Power rated, ApparentPower apparent) const {
    GreatestNeed by_va = needs.va;
    by_va.value *= rated.si() / apparent.si();
    return by_va.value > needs.w.value ? by_va : needs.w;
  }

  void of_node(const WrittenNode& node) {
    std::size_t const id = ids_.at(node.name);
    NodeNeeds const& needs = needs_.nodes[id];
    if (node.utility && node.utility->limit) of_device(node, SizeSeries::whole, "kW", *node.utility->limit / kilowatt, needs.w, 1e3);
    else if (node.generator) of_generator(node, id);
    else if (node.transformer) of_device(node, SizeSeries::r10, "kVA", node.transformer->value.rated_apparent_power / kilovolt_ampere, needs.va, 1e3);
    else if (node.transfer_switch) of_device(node, SizeSeries::r10, "A", node.transfer_switch->value.rated_current / ampere, needs.line_va, va_per_ampere(id));
    else if (node.switchgear && node.switchgear->current) of_board(node, *node.switchgear->current);
    else if (node.switchboard && node.switchboard->current) of_board(node, *node.switchboard->current);
    else if (node.ups) {
      UpsSpec const& spec = node.ups->value;
      of_device(node, SizeSeries::r20, "kW", spec.rated_power / kilowatt, in_watts(needs, spec.rated_power, spec.rated_apparent_power), 1e3);
    } else if (auto const* pdu = pdu_of(node)) of_device(node, SizeSeries::r20, "kVA", pdu->rated_apparent_power / kilovolt_ampere, needs.va, 1e3);
  }

  static const PduSpec* pdu_of(const WrittenNode& node) {
    for (auto const* part : {&node.busway, &node.panel, &node.pdu})
      if (*part) return &(*part)->value;
    return nullptr;
  }

  // All of its load in as many steps as it takes its rating in: block x rated x ceil(1 / block) >= load.
  void of_generator(const WrittenNode& node, std::size_t id) {
    GeneratorSpec const& spec = node.generator->value;
    NodeNeeds const& needs = needs_.nodes[id];
    of_device(node, SizeSeries::r20, "kW", spec.rated_power / kilowatt, in_watts(needs, spec.rated_power, spec.rated_apparent_power), 1e3);
    double const steps = std::ceil(1 / spec.block_load * (1 - 1e-12));
    add(key_of(node), SizeSeries::r20,
        {node.name, "generator block load", spec.name, node.count, SizingRule::instantaneous, "kW", needs.w.value * share(SizingRule::instantaneous) / rating(id).usable / (spec.block_load * steps) / 1e3, spec.rated_power / kilowatt, 0, "", ""}, needs.w);
    out_.back().shown = spec.block_load;
  }

  // A board with a tie is two nodes.
  void of_board(const WrittenNode& node, Current current) {
    std::size_t const id = ids_.at(node.name);
    GreatestNeed need = needs_.nodes[id].line_va;
    if (auto const main = ids_.find(main_side(node.name)); main != ids_.end() && needs_.nodes[main->second].line_va.value > need.value) need = needs_.nodes[main->second].line_va;
    of_device(node, SizeSeries::r10, "A", current / ampere, need, va_per_ampere(id));
  }

  double va_per_ampere(std::size_t node) const { return carried_by(ampere, rating(node).voltage, rating(node).phases).si(); }

  double usable_of_circuits(std::size_t node) const {
    double usable = 1;
    for (auto const& connection : graph_.nodes[node].connections)
      if (connection.rated) usable = std::min(usable, connection.usable);
    return usable;
  }

  void of_circuit(const WrittenCircuit& circuit) {
    auto found = ids_.find(main_side(circuit.to));
    if (circuit.tie || found == ids_.end()) found = ids_.find(circuit.to);
    if (found == ids_.end()) return;
    of_circuit_to(found->second, {circuit.from + " > " + circuit.to, circuit.where}, 1, *circuit.current, key_of_circuit(*circuit.current, circuit.voltage, circuit.phases, circuit.breaker),
                  needs_.nodes[found->second].connection_va);
  }

  struct NamedPlace {
    std::string name;
    Location where;
  };

  void of_circuit_to(std::size_t node, const NamedPlace& place, int devices, Current rated, std::string key, const GreatestNeed& need) {
    double const usable = usable_of(usable_of_circuits(node), place.name, place.where);
    add(std::move(key), SizeSeries::r10, {place.name, "circuit", "", devices, SizingRule::instantaneous, "A", need.value * share(SizingRule::instantaneous) / usable / va_per_ampere(node), rated / ampere, 0, "", ""}, need);
  }

  // One line for the circuits of a group, and one for its strips: by what the fullest of them needs.
  void of_racks(const Hall& hall, const RackGroup& group, std::size_t first) {
    GreatestNeed circuit_va, strip_va;
    int strips = 0;
    std::size_t some = 0;
    for (std::size_t r = first; r < first + static_cast<std::size_t>(group.count); ++r)
      for (NodeId strip : graph_.racks[r].strips) {
        some = static_cast<std::size_t>(strip);
        ++strips;
        NodeNeeds const& needs = needs_.nodes[some];
        if (needs.connection_va.value > circuit_va.value) circuit_va = needs.connection_va;
        if (needs.va.value > strip_va.value) strip_va = needs.va;
      }
    if (strips == 0) return;
    std::string const name = fmt::format("{}/{}-{}{}", hall.name, group.name, group.first, group.count > 1 ? fmt::format(" to {}", group.first + group.count - 1) : "");
    auto const& circuit = group.circuit ? group.circuit : site_.power.rack_circuit;
    if (circuit && circuit->current) of_circuit_to(some, {name, group.where}, strips, *circuit->current, key_of_circuit(*circuit->current, circuit->voltage, circuit->phases, circuit->breaker), circuit_va);
    if (!group.rack_pdu) return;
    PduSpec const& spec = group.rack_pdu->value;
    add(key_of_strip(spec), SizeSeries::r20, {name, "rack strip", spec.name, strips, SizingRule::instantaneous, "kVA", strip_va.value * share(SizingRule::instantaneous) / usable_of(rating(some).usable, name, group.where) / 1e3, spec.rated_apparent_power / kilovolt_ampere, 0, "", ""}, strip_va);
  }

  const Site& site_;
  const PowerGraph& graph_;
  const NeededRatings& needs_;
  SizingBasis const basis_;
  std::unordered_map<std::string, std::size_t> ids_;       // of the nodes that have a rating
  std::vector<SizeClaim> out_;
};

std::string key_of_board(const char* kind, const SwitchboardSpec& board) { return fmt::format("{}: {:.12g} V, {:.12g} A", kind, board.voltage / volt, board.current ? *board.current / ampere : 0.0); }

}  // namespace

SizingRule rule_of(NodeKind kind) {
  bool const slow = kind == NodeKind::utility || kind == NodeKind::generator || kind == NodeKind::transformer;
  return slow ? SizingRule::fifteen_minutes : SizingRule::instantaneous;
}

double ratio_of(const SizeRatios& ratios, const std::string& key) {
  auto const found = ratios.find(key);
  return found == ratios.end() ? 1.0 : found->second;
}

std::string key_of(const WrittenNode& node) {
  if (node.utility) return fmt::format("utility: {:.12g} V, {:.12g} W", node.utility->voltage / volt, node.utility->limit ? node.utility->limit->si() : 0.0);
  if (node.generator) return key_of_device("generator", node.generator->value, node.generator->value.rated_power.si());
  if (node.transformer) return key_of_device("transformer", node.transformer->value, node.transformer->value.rated_apparent_power.si());
  if (node.transfer_switch) return key_of_device("transfer switch", node.transfer_switch->value, node.transfer_switch->value.rated_current.si());
  if (node.switchgear) return key_of_board("switchgear", *node.switchgear);
  if (node.switchboard) return key_of_board("switchboard", *node.switchboard);
  if (node.ups) return key_of_device("ups", node.ups->value, node.ups->value.rated_power.si());
  if (node.busway) return key_of_device("busway", node.busway->value, node.busway->value.rated_apparent_power.si());
  if (node.panel) return key_of_device("panel", node.panel->value, node.panel->value.rated_apparent_power.si());
  if (node.pdu) return key_of_device("pdu", node.pdu->value, node.pdu->value.rated_apparent_power.si());
  return "";
}

std::string key_of_circuit(Current rated, std::optional<Voltage> voltage, int phases, const std::optional<Reference<BreakerSpec>>& breaker) {
  return fmt::format("circuit: {:.12g} A, {:.12g} V, {}, {}", rated / ampere, voltage ? *voltage / volt : 0.0, phases, breaker ? breaker->value.name : "");
}

std::string key_of_strip(const PduSpec& spec) { return key_of_device("strip", spec, spec.rated_apparent_power.si()); }

SizeClaim claim(std::string key, SizeSeries series, SizedElement element, const NeededRatings& needs, const GreatestNeed& need) {
  if (need.load_case >= 0) element.load = needs.loads[static_cast<std::size_t>(need.load_case)];
  if (need.state >= 0) element.lost = needs.states[static_cast<std::size_t>(need.state)];
  return {std::move(key), series, std::move(element), 1};
}

std::vector<SizeClaim> claims_of_path(const Site& written, const PowerGraph& built, const NeededRatings& needs, const SizingBasis& basis) { return ClaimFinder(written, built, needs, basis).find(); }

}  // namespace headroom
