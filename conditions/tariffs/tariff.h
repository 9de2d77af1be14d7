// A tariff as a utility writes it: schedules of periods, and rules that charge by them. The keys are in tariff_fields.h, what
// must hold among them in tariff_check.cpp, what it comes to in bill.h.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/json_fields.h"
#include "base/time.h"
#include "conditions/tariffs/clock_sets.h"
#include "conditions/tariffs/rate.h"

namespace headroom {

// Some hours of the year: those in all three.
struct HoursOfYear {
  Months months;
  Days days;
  Hours hours;
  Location where;
};

struct PeriodSpec {
  std::string name;
  std::vector<HoursOfYear> when;
  bool otherwise = false;                  // whatever the other periods of the schedule leave
  Location where;
};

// A division of the year: every hour belongs to one of its periods.
struct ScheduleSpec {
  std::string name;
  std::vector<PeriodSpec> periods;
  Location where;
};

struct TierSpec {
  std::optional<BlockLimit> up_to;         // absent: all that is left
  Rate rate;
  Location where;
};

struct EnergyRule {
  std::string name;
  Months months;
  std::vector<std::string> period;         // empty: at any time
  std::optional<Rate> rate;
  std::vector<TierSpec> tiers;             // of what the rule counts in the month
  Location where;
};

struct RatchetSpec {
  double share = 0;                        // of the highest demand of the months before counts at least
  int months = 11;                         // how many of them
  Months of;                               // which months' demands are looked back at
  Power before;                            // the highest demand of the months before the load begins
  Location where;
};

struct DemandRule {
  std::string name;
  Months months;
  std::vector<std::string> period;
  std::optional<Rate> rate;                // per kW or kVA of the month's highest interval mean
  std::vector<TierSpec> tiers;
  std::optional<RatchetSpec> ratchet;
  Power minimum;                           // billed at least
  double minimum_take = 0;                 // share of the contracted power that is billed at least
  std::optional<double> power_factor_limit;      // below it demand is billed as if measured at it
  Location where;
};

struct CoincidentRule {
  std::string name;
  Months months;
  Rate rate;                               // per kW of the mean over the month's moments
  std::vector<DateTime> moments;
  std::optional<Hours> hours;              // or: the highest interval mean within these hours of the listed days
  std::vector<CalendarDay> days;
  Duration lasts;                          // of a moment; the demand interval by default
  Location where;
};

struct RealTimeRule {
  std::string name;
  Months months;
  std::vector<std::string> period;
  double factor = 1;                       // of the price signal: losses
  std::optional<Rate> adder;
  Location where;
};

struct FixedRule {
  std::string name;
  Months months;
  Rate rate;                               // per day, month or year
  Location where;
};

struct CreditRule {
  std::string name;
  Months months;
  std::vector<std::string> period;
  Rate rate;                               // below zero, of any unit
  Location where;
};

struct ExportRule {
  std::string name;
  Months months;
  std::vector<std::string> period;
  Rate rate;                               // paid for each kWh given to the grid
  Location where;
};

struct PowerFactorRule {
  std::string name;
  double limit = 0;
  Rate rate;                               // per kvarh beyond what the limit allows to the month's energy
  Location where;
};

struct ContractSpec {
  std::optional<CalendarDay> from;         // absent: from the beginning
  Power power;
  Location where;
};

struct MinimumTakeRule {
  std::string name;
  double share = 0;                        // of the contracted power, all hours
  Rate rate;                               // per kWh of it not taken
  Location where;
};

struct TaxRule {
  std::string name;
  double share = 0;
  std::vector<std::string> of;             // rules; all by default
  Location where;
};

struct TariffSpec {
  static constexpr const char* kind = "tariff";

  std::string name, utility, currency;
  std::string timezone;                    // empty: the site's
  std::string source;
  std::map<std::string, std::string> sources;
  Duration demand_interval = whole_seconds(900);
  std::vector<CalendarDay> holidays;
  std::vector<ScheduleSpec> schedules;
  std::vector<EnergyRule> energy;
  std::vector<RealTimeRule> real_time;
  std::vector<DemandRule> demand;
  std::vector<CoincidentRule> coincident;
  std::vector<FixedRule> fixed;
  std::vector<PowerFactorRule> power_factor;
  std::vector<ContractSpec> contract;
  std::vector<MinimumTakeRule> minimum_take;
  std::vector<ExportRule> exported;
  std::vector<CreditRule> credits;
  std::optional<Rate> minimum_bill;
  std::vector<TaxRule> taxes;
  Location where;
};

// Of a tariff's own file, or URDB's JSON. Throws InputError with everything that is wrong.
TariffSpec read_tariff(const std::filesystem::path& file);
TariffSpec read_tariff_text(const std::string& text, const std::string& file);
// By a name of what ships, or a path.
TariffSpec find_tariff(const std::string& text);

Json echo_tariff(const TariffSpec& tariff);
Json schema_of_tariff();

// What no key says alone. Adds to `problems`.
void check(const HoursOfYear& s, const std::string& path, std::vector<Problem>& problems);
void check(const TariffSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
