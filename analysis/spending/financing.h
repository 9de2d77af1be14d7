// Who raises the money that a payer pays, and what is paid back: a payer's own money, loans of banks, bonds on the capital
// market.
//
//   borrowed in a year = what the payer pays for purchases in it x (bank + market)
//   debt service: the annuity of analysis/money/annuity.h, twelve payments a year at the payer's rate over its years, from the year after on
// A financing is one YAML file in financing/.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/spending/schedule.h"
#include "base/json_fields.h"

namespace headroom {

struct PayerFinance {
  Payer payer = Payer::site;
  double bank = 0, market = 0;         // shares; the rest is its own money
  double rate = 0.05;                  // a year, real like all money here
  int years = 15;
  Location where;
};

struct FinancingSpec {
  static constexpr const char* kind = "financing";
  std::string name;
  std::vector<PayerFinance> payers;    // who is not there pays from its own money
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;

  PayerFinance of(Payer payer) const;
};

// By the name of what ships, or a path. Throws InputError.
FinancingSpec find_financing(const std::string& text, const Location& mention = {});
Json schema_of_financing();

struct PayerYear {
  int year = 0;
  double purchases = 0, running = 0;   // that it pays
  double own = 0, bank = 0, market = 0;      // where the money for purchases comes from
  double debt_service = 0;             // on what it has borrowed before
};
using PaidBy = std::map<Payer, std::vector<PayerYear>>;      // every year from the first payment to the last debt service

PaidBy paid_by(const Schedule& schedule, const FinancingSpec& financing);

}  // namespace headroom
