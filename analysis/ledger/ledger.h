// Every claim of a ledger beside what is ours, and whether its verdict holds.
//
//   reproduced      a figure worked out from something else than claims alone is within `within` of the claim (or of its range)
//   arithmetic      the same, of a figure that follows from other claims alone
//   other_quantity  ours / claim lies within 1 / (1 + within) to 1 + within, and the quantity is another: `why` says which
//   consistent      ours' range and the claim's have something in common
//   inconsistent    they have not (a claim without a range is a range of one value +- within)
//   no_quantity     nothing is computed
// A verdict is about the first of `ours`. In all but the last two that figure names another one at least, and never the claim itself;
// in all but the last it lies in its own range. A verdict whose rule is not met does not hold; it is told, never changed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/ledger/ledger_spec.h"

namespace headroom {

struct NamedFigure {
  std::string name;
  double value = 0;
  std::string unit, meaning;
  std::string run, key;                // where it was read from: a run below the programme's folder, and the key of its summary; "" if from none
};

struct WorkedFigure {
  OurFigure figure;
  double value = 0, low = 0, high = 0;
  std::vector<NamedFigure> uses;       // what its arithmetic names, runs among them
};

struct WorkedClaim {
  Claim claim;
  std::vector<WorkedFigure> ours;
  struct Turn {
    TurningPoint point;
    double value = 0, turns_at = 0;
  };
  std::vector<Turn> turns;
  bool holds = true;
  std::string finding;                 // the comparison in a sentence, figures and all
};

struct Ledger {
  LedgerSpec spec;
  std::vector<NamedFigure> figures;    // of the ledger itself
  std::vector<WorkedClaim> claims;
  std::map<Verdict, int> counts;
  int do_not_hold = 0;
};

// `figures`: of the programme. Throws InputError: arithmetic that names no figure (with the nearest known), cannot be parsed, or does not come to a number.
Ledger work_out(const LedgerSpec& spec, const std::vector<NamedFigure>& figures);

// What can be said of a ledger without its programme: its own figures are worked out, its arithmetic is parsed, and worked out where it
// names nothing that a programme may bring. Throws InputError.
void validate_ledger(const LedgerSpec& spec);

Json to_json(const Ledger& ledger);
std::string to_short_table(const Ledger& ledger);             // a line for each claim that is a quantity of ours or does not hold
std::string to_table(const Ledger& ledger);                   // at most 100 columns wide
std::map<std::string, std::string> to_csv(const Ledger& ledger);      // by file name: ledger.csv, ledger-figures.csv

}  // namespace headroom
