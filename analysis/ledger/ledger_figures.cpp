#include "analysis/ledger/ledger_figures.h"

#include <fmt/format.h>

#include "analysis/economy/leontief.h"
#include "analysis/economy/read_input_output.h"
#include "analysis/money/case_answer.h"
#include "base/shipped.h"

namespace headroom {
namespace {

using Column = std::vector<double>;    // a value for each sector

bool is_type_2(MultiplierKind kind) { return kind != MultiplierKind::type_1_home && kind != MultiplierKind::type_1_all && kind != MultiplierKind::value_added_home; }

Column type_2_of(const InputOutputTable& table, MultiplierKind kind) {
  Inputs const inputs = kind == MultiplierKind::type_2_home_wages || kind == MultiplierKind::type_2_home_household_use ? Inputs::home : Inputs::all;
  Closure const closure = kind == MultiplierKind::type_2_home_wages || kind == MultiplierKind::type_2_all_wages ? Closure::wages : Closure::household_use;
  return type_2(table, inputs, closure);
}

// A table with what has been solved of it.
class SolvedTable {
 public:
  explicit SolvedTable(InputOutputTable table) : table_(std::move(table)) {}

  const InputOutputTable& table() const { return table_; }
  const Column& column(MultiplierKind kind) {
    if (auto const known = columns_.find(kind); known != columns_.end()) return known->second;
    if (is_type_2(kind)) return columns_[kind] = type_2_of(table_, kind);
    Multipliers const solved = multipliers(table_);
    columns_[MultiplierKind::type_1_home] = solved.type_1_home;
    columns_[MultiplierKind::type_1_all] = solved.type_1_all_inputs;
    columns_[MultiplierKind::value_added_home] = solved.value_added_home;
    return columns_[kind];
  }

 private:
  InputOutputTable table_;
  std::map<MultiplierKind, Column> columns_;
};

// What is read and solved for one ledger.
class Sources {
 public:
  double multiplier(const LedgerFigure& figure) {
    auto place = tables_.find(figure.economy);
    if (place == tables_.end()) place = tables_.emplace(figure.economy, SolvedTable(find_input_output_table(figure.economy, figure.where))).first;
    InputOutputTable const& table = place->second.table();
    int const sector = table.find(figure.sector);
    if (sector < 0) throw InputError(figure.where, fmt::format("figures[{}].sector: the table {} has no sector '{}'{}", figure.name, table.name, figure.sector, nearest_hint(figure.sector, codes_of(table))));
    if (is_type_2(*figure.multiplier) && !table.has_households())
      throw InputError(figure.where, fmt::format("figures[{}].multiplier: the table {} does not tell what households use from what others do, so it has no Type II", figure.name, table.name));
    return place->second.column(*figure.multiplier)[static_cast<std::size_t>(sector)];
  }

  const CaseFigure& ratio(const LedgerFigure& figure) {
    auto place = cases_.find(figure.building_case);
    if (place == cases_.end()) {
      BuildingCase const read = read_building_case(find_mentioned_file(BuildingCase::kind, figure.building_case, figure.where));
      place = cases_.emplace(figure.building_case, answer_case(read, {.correlated = false})).first;
    }
    std::vector<std::string> keys;
    for (auto const& candidate : place->second.figures) {
      if (candidate.key == figure.ratio) return candidate;
      keys.push_back(candidate.key);
    }
    throw InputError(figure.where, fmt::format("figures[{}].ratio: unknown value '{}'{}; one of {}", figure.name, figure.ratio, nearest_hint(figure.ratio, keys), fmt::join(keys, ", ")));
  }

 private:
  static std::vector<std::string> codes_of(const InputOutputTable& table) {
    std::vector<std::string> codes;
    for (auto const& sector : table.sectors) codes.push_back(sector.code);
    return codes;
  }

  std::map<std::string, SolvedTable> tables_;
  std::map<std::string, CaseAnswer> cases_;
};

double value_at(const CaseFigure& figure, const std::string& at) { return at == "mid" ? figure.mid : at == "p10" ? figure.independent.p10 : at == "p90" ? figure.independent.p90 : figure.independent.p50; }

NamedFigure worked_out(const LedgerFigure& figure, Sources& sources) {
  NamedFigure out{figure.name, 0, figure.unit, figure.meaning, "", ""};
  if (figure.value) out.value = *figure.value;
  else if (figure.multiplier) out.value = sources.multiplier(figure);
  else {
    CaseFigure const& ratio = sources.ratio(figure);
    out.value = value_at(ratio, figure.at);
    if (out.unit.empty()) out.unit = ratio.unit;
  }
  return out;
}

}  // namespace

std::vector<NamedFigure> figures_of(const LedgerSpec& spec) {
  Sources sources;
  std::vector<NamedFigure> out;
  std::vector<Problem> problems;
  for (auto const& figure : spec.figures) {
    try {
      out.push_back(worked_out(figure, sources));
    } catch (const InputError& e) {
      problems.insert(problems.end(), e.problems().begin(), e.problems().end());
    }
  }
  if (!problems.empty()) throw InputError(problems);
  return out;
}

}  // namespace headroom
