// The keys of ledger files. Included where they are read or turned into a schema, nowhere else.
#pragma once

#include "analysis/ledger/ledger_spec.h"

namespace headroom {

void fields(auto& v, LedgerFigure& s) {
  v("name", s.name, required.filled(), "what arithmetic calls it by: a letter, then letters, digits and _");
  v("meaning", s.meaning, required.filled(), "what it is, in words");
  v("multiplier", s.multiplier, optional, "of a sector of an input-output table, for each unit of final demand; or give ratio, or value");
  v("economy", s.economy, optional.filled(), "of the multiplier: the table, a name of what ships or a path");
  v("sector", s.sector, optional.filled(), "of the multiplier: a code of that table");
  v("ratio", s.ratio, optional.filled(), "of a building case: one of its figures by key, such as k3");
  v("building_case", s.building_case, optional.filled(), "of the ratio: a name of what ships, or a path");
  v("at", s.at, optional, "of the ratio: p10, p50 or p90 of independent draws, or mid");
  v("value", s.value, optional, "a plain number");
  v("unit", s.unit, optional, "required with value");
  v("evidence", s.evidence, optional, "required with value: seen, computed, memory, assumption or share");
  v("source", s.source, optional, "required with value: where it comes from");
}
void fields(auto& v, OurFigure& s) {
  v("what", s.what, required.filled(), "the quantity and its boundary, in words");
  v("is", s.is, required.filled(), "arithmetic over figures, such as F022 / F021");
  v("low", s.low, optional.filled(), "the same, of the low end of its range");
  v("high", s.high, optional.filled(), "the same, of the high end of its range");
  v("unit", s.unit, optional, "the claim's by default");
}
void fields(auto& v, TurningPoint& s) {
  v("assumption", s.assumption, required.filled(), "what the verdict rests on, in words");
  v("is", s.is, required.filled(), "arithmetic: its value now");
  v("turns_at", s.turns_at, required.filled(), "arithmetic: the value at which the verdict turns");
  v("unit", s.unit, optional, "of both");
}
void fields(auto& v, Claim& s) {
  v("id", s.id, required.filled(), "what arithmetic calls its value by: a letter, then letters, digits and _");
  v("topic", s.topic, required.filled(), "what it is about, in a word or two");
  v("says", s.says, required.filled(), "the claim, in one's own words");
  v("value", s.value, required, "what it claims; the low end of a range");
  v("value_max", s.value_max, optional, "the high end of a range; arithmetic calls it ID_max");
  v("unit", s.unit, required.filled(), "of its value");
  v("year", s.year, optional, "of its value");
  v("source", s.source, required.filled(), "who says it, and where");
  v("ours", s.ours, optional, "what is held against it: the first is what the verdict is about");
  v("verdict", s.verdict, required, "what the comparison comes to; it is checked");
  v("within", s.within, optional.between(0, 100), "share of the claim that ours may be off; of 'same size, other quantity' a factor of 1 + within");
  v("why", s.why, optional.filled(), "the reason; required of 'same size, other quantity', 'inconsistent' and 'not a quantity of this model'");
  v("rests_on", s.rests_on, optional, "assumptions on which the verdict rests");
}
void fields(auto& v, LedgerSpec& s) {
  v("name", s.name, required.filled(), "what it is called by; the stem of its file");
  v("title", s.title, required.filled(), "what it is, in words");
  v("source", s.source, required.filled(), "where the claims come from");
  v("figures", s.figures, optional, "figures of the ledger itself");
  v("claims", s.claims, required.filled(), "what is claimed, and what is held against it");
}

void check(const LedgerFigure& s, const std::string& path, std::vector<Problem>& problems);
void check(const OurFigure& s, const std::string& path, std::vector<Problem>& problems);
void check(const Claim& s, const std::string& path, std::vector<Problem>& problems);
void check(const LedgerSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
