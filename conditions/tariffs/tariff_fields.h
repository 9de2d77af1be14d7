// The keys of tariff files.
#pragma once

#include "base/fields.h"
#include "conditions/tariffs/tariff.h"

namespace headroom {

void fields(auto& v, HoursOfYear& s) {
  v("months", s.months, optional, "of the year; all by default");
  v("days", s.days, optional, "of the week; all by default; weekends have the holidays with them");
  v("hours", s.hours, optional, "by the clock on the wall, half open: 12-18 ends as it shows 18:00; all by default");
}
void fields(auto& v, PeriodSpec& s) {
  v("name", s.name, required.filled(), "what rules call it; no two periods of a tariff share a name");
  v("when", s.when, optional.one_or_list(), "its hours");
  v("otherwise", s.otherwise, optional, "it has all hours that the schedule's other periods leave");
}
void fields(auto& v, ScheduleSpec& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("periods", s.periods, required.filled(), "a division of the year: each hour in one of them");
}
void fields(auto& v, TierSpec& s) {
  v("up_to", s.up_to, optional, "where the block ends, counted from zero: kWh, kWh/kW or kWh/day of energy, kW or kVA of demand; the last has no end");
  v("rate", s.rate, required, "within the block");
}
void fields(auto& v, EnergyRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("period", s.period, optional.one_or_list(), "in which energy counts, a name or several; at any time by default");
  v("rate", s.rate, optional, "per kWh or MWh");
  v("tiers", s.tiers, optional, "blocks of the month's energy, instead of rate");
}
void fields(auto& v, RatchetSpec& s) {
  v("share", s.share, required.share(), "of the highest demand looked back at that is billed at least");
  v("months", s.months, optional.between(1, 24), "how many months before this one are looked back at");
  v("of", s.of, optional, "only demands of these months of the year count; all by default");
  v("before", s.before, optional.non_negative(), "highest demand before the load begins; none by default");
}
void fields(auto& v, DemandRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("period", s.period, optional.one_or_list(), "in which the highest interval mean is looked for; at any time by default");
  v("rate", s.rate, optional, "per kW or kVA and month");
  v("tiers", s.tiers, optional, "blocks of demand, instead of rate");
  v("ratchet", s.ratchet, optional, "a share of earlier demands that is billed at least");
  v("minimum", s.minimum, optional.non_negative(), "billed at least");
  v("minimum_take", s.minimum_take, optional.share(), "share of the contracted power that is billed at least");
  v("power_factor_limit", s.power_factor_limit, optional.efficiency(), "below it demand is billed times limit / power factor of the month");
}
void fields(auto& v, CoincidentRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("rate", s.rate, required, "per kW or kVA and month");
  v("moments", s.moments, optional, "the system's peaks: the mean of the load over them is billed in the month in which they are");
  v("lasts", s.lasts, optional, "of a moment, from then on; the demand interval by default");
  v("days", s.days, optional, "or days on which the system may peak");
  v("hours", s.hours, optional, "of these days: the highest interval mean within them is billed");
}
void fields(auto& v, RealTimeRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("period", s.period, optional.one_or_list(), "in which it holds; at any time by default");
  v("factor", s.factor, optional.positive(), "of the price signal, for losses");
  v("adder", s.adder, optional, "beside the price, per kWh or MWh");
}
void fields(auto& v, FixedRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("rate", s.rate, required, "per day, month or year");
}
void fields(auto& v, PowerFactorRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("limit", s.limit, required.efficiency(), "power factor of the month down to which nothing is charged");
  v("rate", s.rate, required, "per kvarh beyond what the limit allows");
}
void fields(auto& v, ContractSpec& s) {
  v("from", s.from, optional, "the day from which it holds, for a contract that grows; from the beginning by default");
  v("power", s.power, required.positive(), "contracted");
}
void fields(auto& v, MinimumTakeRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("share", s.share, required.efficiency(), "of the contracted power at all hours that is paid for, taken or not");
  v("rate", s.rate, required, "per kWh or MWh not taken");
}
void fields(auto& v, ExportRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("period", s.period, optional.one_or_list(), "in which it holds; at any time by default");
  v("rate", s.rate, required, "paid for each kWh or MWh given to the grid");
}
void fields(auto& v, CreditRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("months", s.months, optional, "its season; all by default");
  v("period", s.period, optional.one_or_list(), "in which it holds; at any time by default");
  v("rate", s.rate, required, "below zero: per kWh, kW, day, month or year");
}
void fields(auto& v, TaxRule& s) {
  v("name", s.name, required.filled(), "its line of the bill");
  v("share", s.share, required.share(), "of what is charged before taxes");
  v("of", s.of, optional, "rules that it is taken of; all by default");
}
void fields(auto& v, TariffSpec& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("utility", s.utility, optional, "who charges it");
  v("currency", s.currency, required.filled(), "three letters, such as USD or EUR: of every rate");
  v("timezone", s.timezone, optional, "whose clock the hours and months go by; the site's by default");
  v("source", s.source, optional, "where it is written, and as of when");
  v("sources", s.sources, optional, "where single figures come from, by key");
  v("demand_interval", s.demand_interval, optional.positive(), "over which demand is a mean: 15, 30 or 60 min, or another part of an hour");
  v("holidays", s.holidays, optional, "days that are no weekdays, of one year or of every year");
  v("schedules", s.schedules, optional, "divisions of the year into periods; energy and demand may have different ones");
  v("energy", s.energy, optional, "per kWh, by season and period, with blocks");
  v("real_time", s.real_time, optional, "the price signal of the hour, and an adder");
  v("demand", s.demand, optional, "per kW of the month's highest interval mean, by period and at any time");
  v("coincident", s.coincident, optional, "per kW at the system's peaks");
  v("fixed", s.fixed, optional, "per day, month or year");
  v("power_factor", s.power_factor, optional, "per kvarh of too low a power factor");
  v("contract", s.contract, optional.one_or_list(), "contracted power, one or steps by date");
  v("minimum_take", s.minimum_take, optional, "energy that is paid for, taken or not");
  v("export", s.exported, optional, "paid for energy given to the grid");
  v("credits", s.credits, optional, "rates below zero");
  v("minimum_bill", s.minimum_bill, optional, "the least that is charged before taxes, per day, month or year");
  v("taxes", s.taxes, optional, "a share of the rest");
}

}  // namespace headroom
