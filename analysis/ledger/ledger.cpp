#include "analysis/ledger/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/ledger/judgement.h"
#include "analysis/ledger/ledger_figures.h"
#include "analysis/ledger/written.h"

namespace headroom {
namespace {

// The figures that arithmetic names, each once.
void add_uses(const ArithmeticResult& result, const WrittenArithmetic& arithmetic, const NamesOfLedger& names, std::vector<NamedFigure>& uses) {
  for (auto const& name : result.names)
    if (std::none_of(uses.begin(), uses.end(), [&](const NamedFigure& known) { return known.name == name; })) uses.push_back(names.named_in(arithmetic, name));
}

WorkedFigure worked_out(const Claim& claim, std::size_t index, const NamesOfLedger& names) {
  WorkedFigure out;
  out.figure = claim.ours[index];
  if (out.figure.unit.empty()) out.figure.unit = claim.unit;
  auto const value_of = [&](const char* key, const std::string& text) {
    WrittenArithmetic const arithmetic = written_in_ours(claim, index, key, text);
    ArithmeticResult const result = names.calculate(arithmetic);
    add_uses(result, arithmetic, names, out.uses);
    return result.value;
  };
  out.value = out.low = out.high = value_of("is", out.figure.is);
  if (out.figure.low.empty()) return out;
  out.low = value_of("low", out.figure.low);
  out.high = value_of("high", out.figure.high);
  if (out.low > out.high)
    throw InputError(out.figure.where, fmt::format("claims[{}].ours[{}]: low comes to {}, above high, which comes to {}", claim.id, index, figure_text(out.low), figure_text(out.high)));
  return out;
}

WorkedClaim worked_out(const Claim& claim, const NamesOfLedger& names) {
  WorkedClaim out;
  out.claim = claim;
  for (std::size_t i = 0; i < claim.ours.size(); ++i) out.ours.push_back(worked_out(claim, i, names));
  for (std::size_t i = 0; i < claim.rests_on.size(); ++i) {
    TurningPoint const& point = claim.rests_on[i];
    out.turns.push_back({point, names.calculate(written_in_rests_on(claim, i, "is", point.is)).value, names.calculate(written_in_rests_on(claim, i, "turns_at", point.turns_at)).value});
  }
  Judgement const judgement = judge(claim, out.ours, names);
  out.holds = judgement.holds;
  out.finding = judgement.finding;
  return out;
}

// Every name that nobody brings, not the first of each claim alone.
void check_names(const LedgerSpec& spec, const NamesOfLedger& names) {
  std::vector<Problem> problems;
  for (auto const& claim : spec.claims)
    for (auto const& arithmetic : written_in(claim)) {
      try {
        for (auto const& name : names_in(arithmetic)) names.named_in(arithmetic, name);
      } catch (const InputError& e) {
        problems.insert(problems.end(), e.problems().begin(), e.problems().end());
      }
    }
  if (!problems.empty()) throw InputError(problems);
}

}  // namespace

Ledger work_out(const LedgerSpec& spec, const std::vector<NamedFigure>& figures) {
  Ledger out;
  out.spec = spec;
  out.figures = figures_of(spec);
  NamesOfLedger const names(spec, out.figures, figures);
  check_names(spec, names);
  std::vector<Problem> problems;
  for (auto const& claim : spec.claims) {
    try {
      out.claims.push_back(worked_out(claim, names));
    } catch (const InputError& e) {
      problems.insert(problems.end(), e.problems().begin(), e.problems().end());
      continue;
    }
    ++out.counts[claim.verdict];
    if (!out.claims.back().holds) ++out.do_not_hold;
  }
  if (!problems.empty()) throw InputError(problems);
  return out;
}

}  // namespace headroom
