// Small ledgers for the tests.
#pragma once

#include "analysis/ledger/ledger.h"

namespace headroom {

// A claim of `value`, held against the arithmetic `is`.
inline Claim claim_of(const std::string& id, double value, Verdict verdict, const std::string& is) {
  Claim out;
  out.id = id;
  out.topic = "a topic";
  out.says = "what it says";
  out.value = value;
  out.unit = "yuan";
  out.source = "somebody";
  out.verdict = verdict;
  if (!is.empty()) out.ours.push_back({"a quantity", is, "", "", "", {}});
  return out;
}

inline LedgerSpec ledger_of(std::vector<Claim> claims) {
  LedgerSpec out;
  out.name = "small";
  out.title = "a small ledger";
  out.source = "somebody";
  out.claims = std::move(claims);
  return out;
}

inline NamedFigure programme_figure(const std::string& name, double value) { return {name, value, "yuan", "a figure of a programme", "runs/2020-core", "power.facility_power_peak_15min_kw"}; }

}  // namespace headroom
