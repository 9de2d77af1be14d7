// Every figure that a ledger's arithmetic may name: claims by their id, the ledger's own figures, those of the programme beside it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "analysis/ledger/arithmetic.h"
#include "analysis/ledger/ledger.h"

namespace headroom {

class NamesOfLedger {
 public:
  // `of_programme` is empty where there is none. Throws InputError at a claim or figure whose name the programme has, too.
  NamesOfLedger(const LedgerSpec& spec, const std::vector<NamedFigure>& of_ledger, const std::vector<NamedFigure>& of_programme);

  bool is_claim(const std::string& name) const { return claims_.contains(name); }
  const NamedFigure* find(const std::string& name) const;
  const NamedFigure& named_in(const WrittenArithmetic& arithmetic, const std::string& name) const;      // throws InputError with the nearest name
  ArithmeticResult calculate(const WrittenArithmetic& arithmetic) const;                                // throws InputError

 private:
  std::map<std::string, NamedFigure> figures_;
  std::set<std::string> claims_;
  bool has_programme_;
};

}  // namespace headroom
