// The keys of spending-class files. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include "analysis/spending/spending_class.h"

namespace headroom {

void fields(auto& v, PriceRange& s) {
  v("low", s.low, optional, "of the same thing in the same year; mid where no range is known");
  v("mid", s.mid, required, "the price to count with");
  v("high", s.high, optional, "of the same thing in the same year; mid where no range is known");
}
void fields(auto& v, Price& s) {
  fields(v, static_cast<PriceRange&>(s));
  v("year", s.year, required.between(1950, 2100), "of the money");
  v("country", s.country, optional.filled(), "where one pays so much: a country of price_levels.csv");
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
  v("us_bea_summary", s.us_bea_summary, optional, "code in the US BEA summary tables");
  v("china_42", s.china_42, optional, "code in the 42-sector tables of China");
  v("china_153", s.china_153, optional, "code in the 153-sector table of China");
}
void fields(auto& v, Seller& s) {
  v("share", s.share, optional.efficiency(), "of the money, where several sell it");
  fields(v, static_cast<SectorCodes&>(s));
}
void fields(auto& v, SpendingClass& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("count", s.count, required, "what of the layout is counted");
  v("sizes", s.sizes, optional, "which sizes the price is for; all by default");
  v("price", s.price, required, "of one, or of each watt, volt-ampere, Gbit/s or metre of its size");
  v("spares", s.spares, optional.share(), "share bought beyond what the layout has, to replace what fails; whole devices");
  v("index", s.index, optional.filled(), "what moves the price from its year to another: a name of price_indices.csv");
  v("moves_with", s.moves_with, optional, "whose prices rise and fall with it in the draws: metals, it or nothing");
  v("life", s.life, required, "until it is bought again");
  v("maintenance", s.maintenance, optional.share(), "repair and service a year, as a share of the price");
  v("lead_time", s.lead_time, optional, "from order to delivery");
  v("payer", s.payer, optional, "who pays: operator, tenant, utility or government; by what it is for by default");
  v("sector", s.sector, required.filled().one_or_list(), "who sells it: a sector of each input-output table, or several with their shares");
  v("evidence", s.evidence, required, "of mid: seen in the source, from memory, an assumption, or a share of a larger sum");
  v("range_evidence", s.range_evidence, optional, "of low and high, where it is another than of mid");
  v("source", s.source, required.filled(), "where the price comes from");
}

void check(const SectorCodes& s, const std::string& path, std::vector<Problem>& problems);
void check(const PriceRange& s, const std::string& path, std::vector<Problem>& problems);
void check(const SizeBand& s, const std::string& path, std::vector<Problem>& problems);
void check(const LeadTime& s, const std::string& path, std::vector<Problem>& problems);
void check(const SpendingClass& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
