// What a load costs under a tariff, by month and rule. Amounts are not rounded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conditions/dated_series.h"
#include "conditions/tariffs/metered_load.h"
#include "conditions/tariffs/tariff.h"

namespace headroom {

struct TariffLine {
  std::string rule, section;               // section: energy, real-time, demand, coincident, fixed, power-factor, minimum-take, export, credit, minimum-bill, tax
  int tier = 0;                            // from 0
  double quantity = 0;
  std::string unit;                        // kWh, kW, kVA, kvarh, day, month, year; the currency of a share
  double rate = 0;                         // for one unit
  double amount = 0;
  std::string note;                        // why the quantity is not what was measured
};

struct BilledMonth {
  int year = 1970, month = 1;
  double days = 0;                         // of its days, metered
  bool is_whole = true;
  double energy_kwh = 0, export_kwh = 0, peak_kw = 0;
  std::vector<TariffLine> lines;
  double total = 0;
};

struct ElectricityBill {
  std::string tariff, utility, currency, timezone;
  std::vector<BilledMonth> months;
  double energy_kwh = 0, export_kwh = 0, total = 0;
  std::vector<std::string> notes;          // what was taken as given

  std::vector<TariffLine> by_rule() const;   // the months' lines of one rule and tier together; of demand the quantities add up
};

// `price`: per MWh, in the tariff's currency; only a tariff with real-time prices asks for it. Throws InputError: it is not
// there, or does not cover the load.
ElectricityBill bill_of(const TariffSpec& tariff, const TimeZone& zone, const MeteredLoad& load, const std::optional<DatedSeries>& price = {});

// The zone whose clock a tariff goes by: its own, or this one.
TimeZone zone_of(const TariffSpec& tariff, const std::string& site_timezone);

std::string to_table(const ElectricityBill& bill);
nlohmann::ordered_json to_json(const ElectricityBill& bill);

}  // namespace headroom
