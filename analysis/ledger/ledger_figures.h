// The figures that a ledger brings itself, worked out: multipliers of input-output tables (analysis/economy/leontief.h), ratios of
// building cases (analysis/money/k_ratios.h; 200,000 independent draws), plain numbers. Each table is read once and each of its
// systems solved once, each case drawn once.
#pragma once

#include <vector>

#include "analysis/ledger/ledger.h"

namespace headroom {

// In the ledger's order. Throws InputError with everything that is wrong, each at its figure.
std::vector<NamedFigure> figures_of(const LedgerSpec& spec);

}  // namespace headroom
