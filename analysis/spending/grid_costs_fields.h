// The keys of grid-costs files. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include "analysis/spending/grid_costs.h"
#include "analysis/spending/spending_class_fields.h"

namespace headroom {

void fields(auto& v, GridRung& s) {
  v("voltage", s.voltage, required.positive(), "between lines");
  v("line_rating", s.line_rating, required.positive(), "that one circuit carries");
  v("line", s.line, required, "of one circuit, per km or mile, overhead or as is usual at that voltage");
  v("new_substation", s.new_substation, required, "without its transformers, per unit");
  v("upgrade_substation", s.upgrade_substation, required, "of a substation that is there, per unit");
  v("transformer", s.transformer, required, "to this voltage, per MVA");
  v("lead_time", s.lead_time, optional, "of lines and substations at this voltage; the country's by default");
  v("transformer_lead_time", s.transformer_lead_time, optional, "of transformers to this voltage; the country's by default");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where the prices come from");
}
void fields(auto& v, ShortLine& s) {
  v("below", s.below, required.positive(), "lines shorter than this");
  v("factor", s.factor, required.at_least(1), "cost so many times as much");
}
void fields(auto& v, DeepReinforcement& s) {
  v("nothing", s.nothing, optional.share(), "probability that nothing is needed");
  v("median", s.median, required, "per W, where something is");
  v("p90", s.p90, required, "nine cases of ten cost less, where something is");
  v("year", s.year, required.between(1950, 2100), "of both");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where it comes from");
}
void fields(auto& v, GenerationPlant& s) {
  v("name", s.name, required.filled(), "what `grid.generation` of a layout calls it by");
  v("price", s.price, required, "per kW of rating");
  v("accredited", s.accredited, required.efficiency(), "share of its rating that counts when the system peaks");
  v("year", s.year, required.between(1950, 2100), "of the price");
  v("life", s.life, required, "until it is built again");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where the price comes from");
  v("lead_time", s.lead_time, optional, "from order to operation");
}
void fields(auto& v, GridLeadTimes& s) {
  v("line", s.line, optional, "from order to operation, permits included where the source has them");
  v("substation", s.substation, optional, "from order to operation");
  v("transformer", s.transformer, optional, "from order to delivery");
}
void fields(auto& v, GridSectors& s) {
  v("line", s.line, required.filled().one_or_list(), "who builds lines");
  v("substation", s.substation, required.filled().one_or_list(), "who builds substations");
  v("transformer", s.transformer, required.filled().one_or_list(), "who sells transformers");
  v("deep", s.deep, required.filled().one_or_list(), "who builds what is deeper in the grid");
  v("generation", s.generation, required.filled().one_or_list(), "who builds power stations");
}
void fields(auto& v, ElectricityPrice& s) {
  v("price", s.price, required, "mean of industry, per kWh");
  v("energy_only_share", s.energy_only_share, required.share(), "of it that pays for energy rather than for grids and power stations");
  v("year", s.year, required.between(1950, 2100), "of the price");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where it comes from");
}
void fields(auto& v, GridCosts& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("country", s.country, required.filled(), "as price_levels.csv calls it");
  v("currency", s.currency, required.filled(), "of the rungs' prices");
  v("year", s.year, required.between(1950, 2100), "of the rungs' prices");
  v("rungs", s.rungs, required.filled(), "the voltages by which loads are connected, rising");
  v("route_factor", s.route_factor, optional.at_least(1), "way of a line over the straight line");
  v("short_lines", s.short_lines, optional, "what short lines cost more, rising");
  v("loading", s.loading, optional.efficiency(), "share of a line's rating that is planned with");
  v("contingency", s.contingency, optional.non_negative(), "on top of lines, substations and transformers, as a share");
  v("afudc", s.afudc, optional.non_negative(), "financing while it is built, on top of both, as a share");
  v("line_index", s.line_index, optional.filled(), "what moves prices of lines and substations between years: a name of price_indices.csv");
  v("transformer_index", s.transformer_index, optional.filled(), "the same for transformers");
  v("generation_index", s.generation_index, optional.filled(), "the same for power stations");
  v("deep", s.deep, optional, "works deeper in the grid");
  v("generation", s.generation, optional, "power stations; the first is built by default");
  v("reserve_margin", s.reserve_margin, optional.non_negative(), "of capacity over the peak load, as a share");
  v("losses", s.losses, optional.share(), "between power stations and the site");
  v("lead_times", s.lead_times, optional, "of works outside the fence");
  v("sectors", s.sectors, required, "who sells the works");
  v("paid_by_utility", s.paid_by_utility, optional.share(), "share of the works outside the fence that network charges pay; the rest is the user's");
  v("vat", s.vat, optional.non_negative(), "on goods, repair and electricity, contained in what buyers of that country pay");
  v("construction_vat", s.construction_vat, optional.non_negative(), "on works");
  v("electricity", s.electricity, required, "what a kWh costs");
  v("source", s.source, optional, "of what has no source of its own");
}

void check(const GridRung& s, const std::string& path, std::vector<Problem>& problems);
void check(const DeepReinforcement& s, const std::string& path, std::vector<Problem>& problems);
void check(const GridCosts& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
