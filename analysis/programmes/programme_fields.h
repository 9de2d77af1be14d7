// The keys of programme files. Included where they are read or turned into a schema, nowhere else.
#pragma once

#include "analysis/programmes/programme_spec.h"
#include "analysis/spending/spending_class_fields.h"

namespace headroom {

constexpr double most_units = 1e13, most_bits = 8e18;      // beyond them a figure is a slip of the pen

void fields(auto& v, ProgrammeYears& s) {
  v("first", s.first, required.between(1990, 2100), "the first year");
  v("last", s.last, required.between(1990, 2100), "the last year, it too");
}
void fields(auto& v, ProgrammeMoney& s) {
  v("currency", s.currency, required.filled(), "of the answers: three capital letters");
  v("year", s.year, required.between(1990, 2100), "answers are in money of that year, at its prices");
  v("today", s.today, optional, "orders go out from then on; the beginning of the first year by default");
  v("electricity_price", s.electricity_price, optional.between(1e-6, 1e6), "per kWh, in that currency; the country's mean by default");
  v("it_owner", s.it_owner, optional, "who buys servers and network: operator or tenant");
  v("economy", s.economy, optional.filled(), "input-output table: us-2022, china-2020-153 and the like, or a path");
  v("substitution", s.substitution, optional.share(), "share of imported first purchases that home suppliers take over");
  v("financing", s.financing, optional.filled(), "how each payer raises its money: a name of what ships, or a path");
}
void fields(auto& v, GrossProduct& s) {
  v("year", s.year, required.between(1990, 2100), "whose product it is, in that year's money");
  v("amount", s.amount, required, "gross domestic product");
  v("evidence", s.evidence, required, "seen, computed, memory, assumption or share");
  v("source", s.source, required.filled(), "where it comes from");
}
void fields(auto& v, Region& s) {
  v("name", s.name, required.filled(), "a province, a state, ...");
  v("share", s.share, required.share(), "of everything; all together 1");
}
void fields(auto& v, LoadShape& s) {
  v("name", s.name, required.filled(), "what drivers call it");
  v("day", s.day, optional.non_negative(), "24 factors of the rate, from midnight; only their proportions matter");
  v("week", s.week, optional.non_negative(), "7 factors of the rate, from Monday; only their proportions matter");
  v("peak_day", s.peak_day, optional.between(1, 100), "the busiest day of the year over the busiest day of the mean week");
  v("evidence", s.evidence, required, "seen, computed, memory, assumption or share");
  v("source", s.source, required.filled(), "where the factors come from");
}
void fields(auto& v, LatencyClass& s) {
  v("name", s.name, required.filled(), "what drivers and sites call it");
  v("round_trip", s.round_trip, required.positive(), "that its work bears at most");
}
void fields(auto& v, SiteKind& s) {
  v("name", s.name, required.filled(), "what it is called by");
  v("layout", s.layout, required.filled(), "the site that is built: a name of what ships, or a path");
  v("serves", s.serves, required.filled().one_or_list(), "latency classes whose work is done there");
  v("before", s.before, optional.between(0, 1e9), "how many stand when the first year begins; as many as the units that are there then need by default");
  v("busy", s.busy, optional.between(0.01, 1), "utilisation of a core or GPU that work holds: work takes 1 / busy of them");
  v("fill", s.fill, optional.between(0.01, 1), "of its cores and GPUs that work may hold in the highest hour");
  v("storage", s.storage, optional.positive(), "that one site has; no limit by default");
  v("users", s.users, optional.filled(), "the place outside the layout that its drivers' traffic comes from");
  v("passes_to", s.passes_to, optional, "another kind of site, to which it passes on what drivers say");
  v("passes_through", s.passes_through, optional.filled(), "the place outside the layout by which it does");
  v("takes_from", s.takes_from, optional.filled(), "the place outside the layout by which what others pass on comes in");
  v("plan_ahead", s.plan_ahead, optional.between(0, 20), "years from order to the day on which it is wanted");
}
void fields(auto& v, UnitWork& s) {
  v("every", s.every, required.at_least(1e-6), "mean time from one to the next, of each unit");
  v("core_time", s.core_time, optional.non_negative(), "of one core, each time");
  v("gpu_time", s.gpu_time, optional.non_negative(), "of one GPU, each time");
  v("received", s.received, optional.between(0, most_bits), "from the unit, at the site, each time");
  v("answered", s.answered, optional.between(0, most_bits), "that goes back, each time");
  v("passed_on", s.passed_on, optional.share(), "share of what is received that a site which passes on sends to the core");
  v("kept", s.kept, optional.between(0, most_bits), "stored, each time");
  v("kept_for", s.kept_for, optional, "how long what is kept stays");
  v("evidence", s.evidence, required, "seen, computed, memory, assumption or share");
  v("source", s.source, required.filled(), "where the figures come from");
}
void fields(auto& v, ClassShare& s) {
  v("class", s.latency_class, required.filled(), "a latency class");
  v("share", s.share, optional.share(), "of its work; all together 1");
}
void fields(auto& v, UnitPower& s) {
  v("mean", s.mean, required.between(0, 1e12), "of one unit, over the year");
  v("follows", s.follows, optional.share(), "share of it that goes with the shape; the rest is steady");
  v("evidence", s.evidence, required, "seen, computed, memory, assumption or share");
  v("source", s.source, required.filled(), "where it comes from");
}
void fields(auto& v, UnitPurchase& s) {
  v("name", s.name, required.filled(), "what is bought");
  v("price", s.price, required, "for each unit of the driver, such as '160000 CNY/unit'");
  v("year", s.year, required.between(1950, 2100), "of the money");
  v("country", s.country, optional, "where one pays so much; the programme's by default");
  v("index", s.index, optional.filled(), "what moves the price from its year to another: a name of price_indices.csv");
  v("life", s.life, required, "until it is bought again");
  v("maintenance", s.maintenance, optional.share(), "repair and service a year, as a share of the price");
  v("lead_time", s.lead_time, optional, "from order to delivery");
  v("payer", s.payer, required, "who pays: operator, tenant, utility or government");
  v("sector", s.sector, required.filled().one_or_list(), "who sells it: a sector of each input-output table, or several with their shares");
  v("evidence", s.evidence, required, "seen, computed, memory, assumption or share");
  v("source", s.source, required.filled(), "where the price comes from");
}
void fields(auto& v, UnitCounts& s) {
  v("years", s.years, required.between(0, most_units), "units in service by year, such as 2020: 650000");
  v("before", s.before, optional.between(0, most_units), "units in service when the first year begins");
  v("interpolate", s.interpolate, optional, "years without a figure lie on a line between their neighbours; without it they are mistakes");
  v("evidence", s.evidence, required, "seen, computed, memory, assumption or share");
  v("source", s.source, required.filled(), "where the counts come from");
}
void fields(auto& v, DemandDriver& s) {
  v("name", s.name, required.filled(), "what it is called by");
  v("title", s.title, optional, "what it is, in words");
  v("unit", s.unit, required.filled(), "what is counted: station, camera, km, ...");
  v("counts", s.counts, required, "how many units are in service");
  v("shape", s.shape, optional.filled(), "of its work, and of the power that follows it: one of `shapes`, or flat");
  v("latency", s.latency, optional.one_or_list(), "the class of its work, or several with their shares");
  v("work", s.work, optional, "what one unit asks of data centres");
  v("power", s.power, optional, "what one unit draws at its own place");
  v("buys", s.buys, optional.one_or_list(), "what is bought for each unit");
}
void fields(auto& v, ProgrammeSector& s) {
  v("name", s.name, required.filled(), "what it is called by");
  v("title", s.title, optional, "what it is, in words");
  v("drivers", s.drivers, required.filled(), "what it is made of");
}
void fields(auto& v, ProgrammeSpec& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("title", s.title, required.filled(), "what it is, in words");
  v("years", s.years, required, "from which year to which");
  v("money", s.money, required, "what answers are told in, and what spending is reckoned with");
  v("country", s.country, optional.filled(), "whose grid, taxes and electricity: a name of grid-costs, or a path");
  v("ledger", s.ledger, optional, "claims that it is set beside: a name of what ships, or a path");
  v("gross_product", s.gross_product, optional, "of the country by year, for shares of it");
  v("regions", s.regions, optional, "labels: how much of everything is where");
  v("shapes", s.shapes, optional, "how rates move over the day and the week");
  v("latency_classes", s.latency_classes, optional, "what work bears");
  v("sites", s.sites, optional, "the kinds of site that do the work");
  v("sectors", s.sectors, required.filled(), "what is built out");
}

void check(const ProgrammeYears& s, const std::string& path, std::vector<Problem>& problems);
void check(const ProgrammeMoney& s, const std::string& path, std::vector<Problem>& problems);
void check(const LoadShape& s, const std::string& path, std::vector<Problem>& problems);
void check(const UnitWork& s, const std::string& path, std::vector<Problem>& problems);
void check(const UnitPurchase& s, const std::string& path, std::vector<Problem>& problems);
void check(const UnitCounts& s, const std::string& path, std::vector<Problem>& problems);
void check(const DemandDriver& s, const std::string& path, std::vector<Problem>& problems);
void check(const ProgrammeSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
