// The keys of spending-class files. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include "analysis/spending/spending_class.h"

namespace headroom {

void fields(auto& v, Price& s) {
  v("low", s.low, optional, "of the same thing in the same year; mid where no range is known");
  v("mid", s.mid, required, "the price to count with");
  v("high", s.high, optional, "of the same thing in the same year; mid where no range is known");
  v("year", s.year, required.between(1950, 2100), "of the money");
}
void fields(auto& v, Escalation& s) {
  v("factor", s.factor, required.positive(), "by which the price is multiplied");
  v("year", s.year, required.between(1950, 2100), "of the money after it");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where the factor comes from");
}
void fields(auto& v, SizeBand& s) {
  v("at_least", s.at_least, optional, "the smallest size that the price is for");
  v("below", s.below, optional, "the size from which on it is not");
}
void fields(auto& v, LeadTime& s) {
  v("low", s.low, optional, "from order to delivery, at best");
  v("mid", s.mid, optional, "from order to delivery");
  v("high", s.high, optional, "from order to delivery, at worst");
  v("source", s.source, required.filled(), "where the weeks come from");
}
void fields(auto& v, SectorCodes& s) {
  v("us_bea_summary", s.us_bea_summary, required.filled(), "code in the US BEA summary tables");
  v("china_42", s.china_42, optional, "code in the 42-sector tables of China");
  v("china_153", s.china_153, optional, "code in the 153-sector table of China");
}
void fields(auto& v, SpendingClass& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("count", s.count, required, "what of the layout is counted");
  v("sizes", s.sizes, optional, "which sizes the price is for; all by default");
  v("price", s.price, required, "of one, or of each watt, volt-ampere, Gbit/s or metre of its size");
  v("spares", s.spares, optional.share(), "share bought beyond what the layout has, to replace what fails; whole devices");
  v("escalation", s.escalation, optional, "what prices have done since the year of the price");
  v("life", s.life, required, "until it is bought again");
  v("lead_time", s.lead_time, optional, "from order to delivery");
  v("sector", s.sector, required, "who sells it: a sector of each input-output table");
  v("evidence", s.evidence, required, "of mid: seen in the source, from memory, an assumption, or a share of a larger sum");
  v("range_evidence", s.range_evidence, optional, "of low and high, where it is another than of mid");
  v("source", s.source, required.filled(), "where the price comes from");
}

void check(const Price& s, const std::string& path, std::vector<Problem>& problems);
void check(const SizeBand& s, const std::string& path, std::vector<Problem>& problems);
void check(const LeadTime& s, const std::string& path, std::vector<Problem>& problems);
void check(const SpendingClass& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
