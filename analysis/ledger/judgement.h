// Whether the rule of a claim's verdict is met (the rules are in ledger.h), and the comparison in a sentence.
#pragma once

#include <string>
#include <vector>

#include "analysis/ledger/names_of_ledger.h"

namespace headroom {

struct Judgement {
  bool holds = true;
  std::string finding;
};

// Comparisons forgive 1e-9 of the claim: rounding.
Judgement judge(const Claim& claim, const std::vector<WorkedFigure>& ours, const NamesOfLedger& names);

// A number for people: five digits, whole numbers whole up to a billion.
std::string figure_text(double value);
std::string range_text(double low, double high);
std::string claimed_text(const Claim& claim);      // every digit of it

}  // namespace headroom
