// Load against rating.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::size_t most_racks = 20;

bool of_circuit(const Limit& limit) { return std::string_view(limit.unit) == "circuit A"; }

Json feed(const NodePower& node) {
  Limit const& binding = *node.binding;
  Json out{{"name", node.name},
           {"kind", node.kind},
           {"peak_kw", chart_number(node.output_peak_kw)},
           {"used_share", chart_number(binding.used_share())},
           {"carried", chart_number(binding.carried)},
           {"allowed", chart_number(binding.allowed)},
           {"unit", of_circuit(binding) ? "A" : binding.unit},
           {"smallest_limit", of_circuit(binding) ? "A of its circuit" : binding.unit},
           {"peak_at_s", chart_number(node.input_peak_s)}};
  for (auto const& limit : node.limits) {
    std::string_view const unit = limit.unit;
    if (unit == "kW") out["rated_kw"] = chart_number(limit.allowed);
    const char* const key = unit == "kW" ? "headroom_kw" : unit == "kVA" ? "headroom_kva" : "headroom_a";
    bool const smaller = !out.contains(key) || out[key].get<double>() > limit.headroom();
    if (smaller) out[key] = chart_number(limit.headroom());
  }
  if (node.stranded_kw > 0) out["stranded_kw"] = chart_number(node.stranded_kw);
  return out;
}

bool fuller(const NodePower* a, const NodePower* b) { return a->binding->used_share() > b->binding->used_share(); }

}  // namespace

Json feeds_section(const RunView& view) {
  std::vector<const NodePower*> path, racks;
  std::size_t unlimited = 0;
  for (auto const& node : view.summary.power.nodes) {
    if (!node.binding) ++unlimited;
    else (node.kind == "rack" || node.kind == "enclosure" ? racks : path).push_back(&node);
  }
  if (path.empty() && racks.empty()) return {};
  std::string note;
  if (racks.size() > most_racks) {
    note += fmt::format(" Of {} rack feeds the {} fullest are listed.", grouped(static_cast<std::int64_t>(racks.size())), most_racks);
    std::stable_sort(racks.begin(), racks.end(), fuller);
    racks.resize(most_racks);
  }
  path.insert(path.end(), racks.begin(), racks.end());
  std::stable_sort(path.begin(), path.end(), [](const NodePower* a, const NodePower* b) {
    int const x = rank_of_kind(a->kind), y = rank_of_kind(b->kind);
    return x != y ? x < y : name_before(a->name, b->name);
  });
  if (unlimited > 0) note += fmt::format(" Not listed: {} without a stated limit.", grouped(static_cast<std::int64_t>(unlimited)));
  Json nodes = Json::array();
  for (const NodePower* node : path) nodes.push_back(feed(*node));
  note = "Limits are of the output; of the input where a circuit's breaker binds." + note;
  return {{"nodes", std::move(nodes)}, {"note", note}};
}

}  // namespace headroom
