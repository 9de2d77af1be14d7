#include <algorithm>

#include "analysis/ledger/ledger_figures.h"
#include "analysis/ledger/names_of_ledger.h"
#include "analysis/ledger/written.h"

namespace headroom {

void validate_ledger(const LedgerSpec& spec) {
  NamesOfLedger const names(spec, figures_of(spec), {});
  std::vector<Problem> problems;
  for (auto const& claim : spec.claims)
    for (auto const& arithmetic : written_in(claim)) {
      try {
        auto const named = names_in(arithmetic);
        if (std::all_of(named.begin(), named.end(), [&](const std::string& name) { return names.find(name) != nullptr; })) names.calculate(arithmetic);
      } catch (const InputError& e) {
        problems.insert(problems.end(), e.problems().begin(), e.problems().end());
      }
    }
  if (!problems.empty()) throw InputError(problems);
}

}  // namespace headroom
