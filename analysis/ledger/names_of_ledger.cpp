#include "analysis/ledger/names_of_ledger.h"

#include <fmt/format.h>

namespace headroom {

NamesOfLedger::NamesOfLedger(const LedgerSpec& spec, const std::vector<NamedFigure>& of_ledger, const std::vector<NamedFigure>& of_programme) : has_programme_(!of_programme.empty()) {
  for (auto const& figure : of_programme) figures_[figure.name] = figure;
  std::vector<Problem> problems;
  auto const add = [&](const NamedFigure& figure, const Location& where) {
    if (!figures_.emplace(figure.name, figure).second) problems.push_back({where, fmt::format("the name '{}' is one of the programme's figures; arithmetic could not tell the two apart", figure.name)});
  };
  for (auto const& claim : spec.claims) {
    add({claim.id, claim.value, claim.unit, claim.says, "", ""}, claim.where);
    claims_.insert(claim.id);
    if (!claim.value_max) continue;
    add({claim.id + "_max", *claim.value_max, claim.unit, claim.says, "", ""}, claim.where);
    claims_.insert(claim.id + "_max");
  }
  for (std::size_t i = 0; i < of_ledger.size(); ++i) add(of_ledger[i], spec.figures[i].where);
  if (!problems.empty()) throw InputError(problems);
}

const NamedFigure* NamesOfLedger::find(const std::string& name) const {
  auto const found = figures_.find(name);
  return found == figures_.end() ? nullptr : &found->second;
}

const NamedFigure& NamesOfLedger::named_in(const WrittenArithmetic& arithmetic, const std::string& name) const {
  if (NamedFigure const* found = find(name)) return *found;
  std::vector<std::string> known{"min", "max", "sqrt", "ln", "exp"};
  for (auto const& [key, figure] : figures_) known.push_back(key);
  std::string const hint = nearest_hint(name, known);
  if (has_programme_) throw InputError(arithmetic.where, fmt::format("{}: there is no figure '{}'{}", arithmetic.path, name, hint));
  throw InputError(arithmetic.where, fmt::format("{}: '{}' is no claim and no figure of the ledger{}; what is neither is brought by a programme: headroom programme FILE", arithmetic.path, name, hint));
}

ArithmeticResult NamesOfLedger::calculate(const WrittenArithmetic& arithmetic) const {
  return headroom::calculate(arithmetic, [&](const std::string& name) { return named_in(arithmetic, name).value; });
}

}  // namespace headroom
