#include "analysis/money/case_answer.h"

#include <fmt/format.h>

namespace headroom {
namespace {

// What every draw gives: column by column, in the order of the answer's figures.
using Outcomes = std::vector<std::vector<double>>;

std::vector<CaseFigure> empty_figures(const BuildingCase& building_case) {
  std::string const unit = building_case.currency + "/W";
  std::vector<std::string> const boundary{fmt::format("money of {}, fixed prices; land, soft costs and tax are not in it", building_case.year)};
  std::vector<CaseFigure> out{{"building", "C", unit, "the building with power path and cooling for each W of IT load", boundary, 0, {}, {}},
                              {"whole_build", "whole build", unit, "building, IT, network, grid and generation at first fit for each W of IT load", boundary, 0, {}, {}}};
  for (auto const& ratio : k_definitions()) out.push_back({ratio.key, ratio.name, "", ratio.meaning, ratio.caveats, 0, {}, {}});
  return out;
}

// Input i of a draw, by `at(i)` in the order of case_quantities().
CaseFigures figures_of(auto at) { return {at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8), at(9), at(10)}; }

template <class Take>
void each_outcome(const CaseFigures& figures, double building_years, Take take) {
  SiteMoney const money = money_per_watt(figures, building_years);
  KRatios const ratios = k_ratios(money);
  take(0, money.building);
  take(1, money.building + money.it + money.network + money.grid + money.generation);
  std::size_t i = 2;
  for (auto const& ratio : k_definitions()) take(i++, ratios.*ratio.value);
}

Outcomes outcomes(const DrawTable& draws, double building_years, std::size_t figures) {
  Outcomes out(figures, std::vector<double>(draws.count));
  for (std::size_t row = 0; row < draws.count; ++row)
    each_outcome(figures_of([&](std::size_t i) { return draws.columns[i][row]; }), building_years, [&](std::size_t figure, double value) { out[figure][row] = value; });
  return out;
}

std::size_t place_of(const std::vector<CaseFigure>& figures, const std::string& key) {
  for (std::size_t i = 0; i < figures.size(); ++i)
    if (figures[i].key == key) return i;
  expects(false, "the answer has a figure of that key");
  return 0;
}

double assumed_share(const BuildingCase& c) {
  FigureEvidence const all[] = {c.building.evidence, c.it.evidence, c.network_share.evidence, c.grid.evidence, c.generation.evidence, c.pue.evidence,
                                c.use.evidence, c.server_life.evidence, c.network_life.evidence, c.electricity.evidence, c.energy_only_share.evidence};
  return static_cast<double>(std::count(std::begin(all), std::end(all), FigureEvidence::assumption)) / static_cast<double>(std::size(all));
}

}  // namespace

CaseAnswer answer_case(const BuildingCase& building_case, const CaseQuestion& question) {
  CaseAnswer answer{building_case, question, empty_figures(building_case), {}, assumed_share(building_case)};
  auto const quantities = case_quantities(building_case);
  double const years = building_case.life.amount;
  each_outcome(figures_of([&](std::size_t i) { return quantities[i].mid; }), years, [&](std::size_t figure, double value) { answer.figures[figure].mid = value; });
  DrawTable const draws = plain_draws(without_groups(quantities), question.count, question.seed);
  Outcomes const independent = outcomes(draws, years, answer.figures.size());
  for (std::size_t i = 0; i < answer.figures.size(); ++i) answer.figures[i].independent = percentiles(independent[i]);
  answer.drivers = drivers(draws, independent[place_of(answer.figures, "k3")]);
  if (!question.correlated) return answer;
  Outcomes const correlated = outcomes(plain_draws(quantities, question.count, question.seed, case_correlations(building_case)), years, answer.figures.size());
  for (std::size_t i = 0; i < answer.figures.size(); ++i) answer.figures[i].correlated = percentiles(correlated[i]);
  return answer;
}

}  // namespace headroom
