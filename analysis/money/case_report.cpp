// The answer of a building case as JSON and as text.
#include <fmt/format.h>

#include <cmath>

#include "analysis/money/case_answer.h"

namespace headroom {
namespace {

double five_digits(double value) {      // more than the draws can know
  if (value == 0) return 0;
  double const scale = std::pow(10, 4 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

Json json_of(const Percentiles& p) { return {{"p10", five_digits(p.p10)}, {"p50", five_digits(p.p50)}, {"p90", five_digits(p.p90)}}; }

double width(const Percentiles& p) { return p.p90 - p.p10; }

Json json_of(const CaseFigure& figure) {
  Json out{{"key", figure.key}, {"name", figure.name}, {"meaning", figure.meaning}, {"caveats", figure.caveats}, {"mid", five_digits(figure.mid)}, {"independent", json_of(figure.independent)}};
  if (!figure.unit.empty()) out["unit"] = figure.unit;
  if (figure.correlated) {
    out["correlated"] = json_of(*figure.correlated);
    out["difference"] = {{"p50_ratio", five_digits(figure.correlated->p50 / figure.independent.p50)}, {"width_ratio", five_digits(width(*figure.correlated) / width(figure.independent))}};
  }
  return out;
}

Json json_of(const Driver& driver) {
  return {{"name", driver.name}, {"rank_correlation", five_digits(driver.rank_correlation)}, {"input_p10", five_digits(driver.input_p10)}, {"input_p90", five_digits(driver.input_p90)},
          {"k3_at_input_p10", five_digits(driver.outcome_at_p10)}, {"k3_at_input_p90", five_digits(driver.outcome_at_p90)}};
}

std::string number(double value) { return fmt::format("{:.{}f}", value, value == 0 ? 0 : std::max(0, 3 - static_cast<int>(std::floor(std::log10(std::abs(value)))))); }
std::string three(const Percentiles& p) { return fmt::format("{:>7} {:>7} {:>7}", number(p.p10), number(p.p50), number(p.p90)); }

std::string figure_row(const CaseFigure& figure) {
  std::string const name = figure.unit.empty() ? figure.name : fmt::format("{}, {}", figure.name, figure.unit);
  std::string out = fmt::format("{:<33} {:>7}  {}", name, number(figure.mid), three(figure.independent));
  if (figure.correlated) out += fmt::format("  {}  {:>+6.1f} %", three(*figure.correlated), 100 * (width(*figure.correlated) / width(figure.independent) - 1));
  return out + "\n";
}

// Each figure with its meaning, its caveats beside it.
std::string meanings(const std::vector<CaseFigure>& figures) {
  std::string out;
  for (auto const& figure : figures) {
    out += fmt::format("{}: {}\n", figure.name, figure.meaning);
    for (auto const& caveat : figure.caveats) out += fmt::format("  - {}\n", caveat);
  }
  return out;
}

}  // namespace

Json to_json(const CaseAnswer& answer) {
  Json figures = Json::array(), drivers = Json::array();
  for (auto const& figure : answer.figures) figures.push_back(json_of(figure));
  for (auto const& driver : answer.drivers) drivers.push_back(json_of(driver));
  BuildingCase const& c = answer.building_case;
  return {{"schema_version", 1}, {"case", c.name}, {"title", c.title}, {"currency", c.currency}, {"year", c.year}, {"building_life_years", c.life.amount},
          {"draws", answer.question.count}, {"seed", answer.question.seed}, {"figures", figures}, {"k3_drivers", drivers},
          {"assumed_share_of_inputs", five_digits(answer.assumed_share)}, {"inputs", echo_building_case(c)}};
}

std::string to_text(const CaseAnswer& answer) {
  BuildingCase const& c = answer.building_case;
  bool const correlated = answer.question.correlated;
  std::string out = fmt::format("{}: {}; {} of {}, over {} years, {} draws, seed {}\n\n", c.name, c.title, c.currency, c.year, number_text(c.life.amount), answer.question.count, answer.question.seed);
  out += fmt::format("{:<33} {:>7}  {:^23}{}\n", "", "", "independent draws", correlated ? fmt::format("  {:^23}  {}", "correlated draws", "P10-P90") : "");
  out += fmt::format("{:<33} {:>7}  {:>7} {:>7} {:>7}{}\n", "", "mid", "P10", "P50", "P90", correlated ? fmt::format("  {:>7} {:>7} {:>7}  {:>8}", "P10", "P50", "P90", "wider by") : "");
  for (auto const& figure : answer.figures) out += figure_row(figure);
  if (correlated) out += fmt::format("\nCorrelated: figures that move with it share one factor ({}), those with metals another ({}). What moves together\nmakes a sum spread wider and a ratio of it narrower.\n", number_text(c.correlations.it), number_text(c.correlations.metals));
  out += fmt::format("\nWhat moves K3, by rank correlation (independent draws; 0.02 and less is chance):\n{:<20} {:>8} {:>20} {:>20}\n", "", "rank", "input P10 - P90", "K3 there");
  for (auto const& driver : answer.drivers)
    out += fmt::format("{:<20} {:>+8.2f} {:>20} {:>20}\n", driver.name, driver.rank_correlation, fmt::format("{} - {}", number(driver.input_p10), number(driver.input_p90)),
                       fmt::format("{} - {}", number(driver.outcome_at_p10), number(driver.outcome_at_p90)));
  out += fmt::format("\nOf the inputs {:.0f} % are assumptions.\n\n", 100 * answer.assumed_share);
  return out + meanings(answer.figures);
}

}  // namespace headroom
