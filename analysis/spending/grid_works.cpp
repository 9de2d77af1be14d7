#include "analysis/spending/grid_works.h"

#include <algorithm>
#include <cmath>

#include "sim/power/check_ratings.h"

#include <fmt/format.h>

namespace headroom {
namespace {

const GridRung& rung_for(ApparentPower apparent, const GridCosts& costs) {
  for (auto const& rung : costs.rungs)
    if (rung.line_rating.si() >= apparent.si()) return rung;
  return costs.rungs.back();
}

double short_line_factor(Length straight, const GridCosts& costs) {
  for (auto const& line : costs.short_lines)
    if (straight.si() < line.below.si()) return line.factor;
  return 1;
}

const GenerationPlant* plant_for(const GridConnectionSpec& spec, const GridCosts& costs) {
  if (spec.generation.empty()) return costs.generation.empty() ? nullptr : &costs.generation.front();
  std::vector<std::string> known;
  for (auto const& plant : costs.generation) {
    if (plant.name == spec.generation) return &plant;
    known.push_back(plant.name);
  }
  throw InputError(spec.where, fmt::format("grid.generation: the table of {} has no '{}'{} (one of {})", costs.name, spec.generation, nearest_hint(spec.generation, known), fmt::join(known, ", ")));
}

std::string rung_text(const GridRung& rung) { return fmt::format("{:.6g} kV", rung.voltage.si() / 1e3); }

PriceRange times(PriceRange price, double factor) {
  for (auto* of : {&price.low, &price.high})
    if (*of) (*of)->amount *= factor;
  price.mid.amount *= factor;
  return price;
}

SpendingClass priced(const std::string& name, const char* count, const PriceRange& price, const std::string& index, const GridCosts& costs) {
  SpendingClass out;
  out.name = name;
  out.count = {count};
  static_cast<PriceRange&>(out.price) = price;
  out.price.year = costs.year;
  out.price.country = costs.country;
  out.index = index;
  out.moves_with = MovesWith::metals;
  out.life = {40};
  out.where = price.where;
  return out;
}

std::string on_top_text(const GridCosts& costs) { return fmt::format("; with {:.4g} % contingency and {:.4g} % for financing while it is built", 100 * costs.contingency, 100 * costs.afudc); }

PricedCount lines(const GridWorks& works, const GridCosts& costs) {
  GridRung const& rung = *works.rung;
  PricedCount out{priced("grid-lines", "grid_lines", times(rung.line, works.short_line_factor * works.on_top), costs.line_index, costs), {find_count_kind("grid_lines"), {}}};
  for (int i = 1; i <= works.circuits; ++i) out.count.elements.push_back({fmt::format("line {} at {}{}", i, rung_text(rung), i == works.circuits && i > 1 ? " (N-1)" : ""), 1, works.way.si()});
  out.spending_class.evidence = rung.evidence;
  out.spending_class.source = rung.source + on_top_text(costs);
  if (works.short_line_factor > 1) out.spending_class.source += fmt::format(", x {:.4g} because it is short", works.short_line_factor);
  out.spending_class.sector = costs.sectors.line;
  out.spending_class.lead_time = rung.lead_time ? rung.lead_time : costs.lead_times.line;
  return out;
}

PricedCount substation(const GridWorks& works, const GridConnectionSpec& spec, const GridCosts& costs) {
  GridRung const& rung = *works.rung;
  bool const is_new = spec.substation == SubstationWorks::new_one;
  PricedCount out{priced("grid-substation", "grid_substations", times(is_new ? rung.new_substation : rung.upgrade_substation, works.on_top), costs.line_index, costs), {find_count_kind("grid_substations"), {}}};
  out.count.elements.push_back({fmt::format("{} substation at {}", is_new ? "new" : "upgraded", rung_text(rung)), 1, {}});
  out.spending_class.evidence = rung.evidence;
  out.spending_class.source = rung.source + on_top_text(costs);
  out.spending_class.sector = costs.sectors.substation;
  out.spending_class.lead_time = rung.lead_time ? rung.lead_time : costs.lead_times.substation;
  return out;
}

PricedCount transformers(const GridWorks& works, const GridCosts& costs) {
  GridRung const& rung = *works.rung;
  PricedCount out{priced("grid-transformers", "grid_transformers", times(rung.transformer, works.on_top), costs.transformer_index, costs), {find_count_kind("grid_transformers"), {}}};
  for (int i = 1; i <= works.transformers; ++i) out.count.elements.push_back({fmt::format("grid transformer {}{}", i, i == works.transformers && i > 1 ? " (N-1)" : ""), 1, works.transformer_each.si()});
  out.spending_class.evidence = rung.evidence;
  out.spending_class.source = rung.source + on_top_text(costs);
  out.spending_class.sector = costs.sectors.transformer;
  out.spending_class.lead_time = rung.transformer_lead_time ? rung.transformer_lead_time : costs.lead_times.transformer;
  return out;
}

// What the site may draw, spread over what it serves, so that a line of the bill names elements of the layout.
std::vector<CountedElement> spread(double watts, const std::vector<CountedElement>& served) {
  double all = 0;
  for (auto const& element : served) all += element.units * element.size.value_or(0);
  std::vector<CountedElement> out;
  for (auto const& element : served)
    if (element.size && *element.size > 0) out.push_back({element.name, element.units, *element.size * watts / all});
  return out;
}

PricedCount deep(const GridWorks& works, const GridCosts& costs, const std::vector<CountedElement>& drawing) {
  DeepReinforcement const& spec = *costs.deep;
  UnitPrice none = spec.median;
  none.amount = 0;
  PriceRange price{none, spec.median, spec.p90, spec.where};
  PricedCount out{priced("deep-reinforcement", "deep_reinforcement", price, costs.line_index, costs), {find_count_kind("deep_reinforcement"), spread(works.peak.si(), drawing)}};
  out.spending_class.price.year = spec.year;
  out.spending_class.evidence = spec.evidence;
  out.spending_class.source = spec.source;
  out.spending_class.sector = costs.sectors.deep;
  out.spending_class.lead_time = works.rung->lead_time ? works.rung->lead_time : costs.lead_times.line;
  return out;
}

PricedCount generation_works(const GridWorks& works, const GridCosts& costs, const std::vector<CountedElement>& drawing) {
  GenerationPlant const& plant = *works.plant;
  PricedCount out{priced("generation-" + plant.name, "generation", plant.price, costs.generation_index, costs), {find_count_kind("generation"), spread(works.generation.si(), drawing)}};
  out.spending_class.price.year = plant.year;
  out.spending_class.life = plant.life;
  out.spending_class.moves_with = MovesWith::nothing;
  out.spending_class.evidence = plant.evidence;
  out.spending_class.source = plant.source;
  out.spending_class.sector = costs.sectors.generation;
  out.spending_class.lead_time = plant.lead_time;
  out.spending_class.payer = Payer::utility;
  return out;
}

}  // namespace

GridWorks plan_grid_works(Power draw, Power facility_nameplate, const GridConnectionSpec& spec, const GridCosts& costs) {
  GridWorks out;
  out.draw = draw;
  out.peak = std::min(draw, facility_nameplate);
  out.apparent = ApparentPower::from_si(draw.si() / spec.power_factor);
  out.rung = &rung_for(out.apparent, costs);
  out.circuits = static_cast<int>(std::ceil(out.apparent.si() / (costs.loading * out.rung->line_rating.si()) - 1e-9)) + 1;
  out.transformers = 2;
  out.transformer_each = out.apparent;
  out.way = Length::from_si(costs.route_factor * spec.distance.si());
  out.short_line_factor = short_line_factor(spec.distance, costs);
  out.on_top = (1 + costs.contingency) * (1 + costs.afudc);
  out.plant = plant_for(spec, costs);
  double const needed = spec.coincidence * out.peak.si() * (1 - spec.flexible) * (1 + costs.reserve_margin) / (1 - costs.losses) - spec.spare_margin.si();
  out.generation = Power::from_si(std::max(0.0, needed) / (out.plant != nullptr ? out.plant->accredited : 1.0));
  return out;
}

std::vector<PricedCount> grid_classes(const GridWorks& works, const GridConnectionSpec& spec, const GridCosts& costs, const std::vector<CountedElement>& drawing) {
  std::vector<PricedCount> out;
  if (works.way.si() > 0) out.push_back(lines(works, costs));
  out.push_back(substation(works, spec, costs));
  out.push_back(transformers(works, costs));
  if (costs.deep) out.push_back(deep(works, costs, drawing));
  if (works.plant != nullptr && works.generation.si() > 0) out.push_back(generation_works(works, costs, drawing));
  return out;
}

std::vector<CountedElement> losses_at_nameplate(const PowerGraph& graph) {
  PowerFlow flow(graph);
  load_fully(flow);
  std::vector<CountedElement> out;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (double const watts = flow.at({static_cast<std::int32_t>(i)}).loss.si(); watts > 0 && graph.nodes[i].kind != NodeKind::server) out.push_back({graph.nodes[i].name, 1, watts});
  return out;
}

FirmDraw firm_draw(const PowerGraph& graph, Power facility_nameplate) {
  double all = 0, largest = 0;
  std::vector<CountedElement> feeds;
  for (NodeId id : graph.utilities) {
    PowerNode const& node = graph.nodes[static_cast<std::size_t>(id)];
    if (!node.rating.power) return {facility_nameplate, false, {}};
    all += node.rating.power->si();
    largest = std::max(largest, node.rating.power->si());
    feeds.push_back({node.name, 1, node.rating.power->si()});
  }
  if (feeds.empty()) return {facility_nameplate, false, {}};
  return {Power::from_si(feeds.size() > 1 ? all - largest : all), true, std::move(feeds)};
}

}  // namespace headroom
