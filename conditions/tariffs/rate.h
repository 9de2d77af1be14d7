// What a tariff asks for something, as it is written there: "0.05 USD/kWh", "19.79 USD/kW", "30 USD/month", "45 EUR/MWh";
// and the size of a block of a rate with tiers: "20000 kWh", "150 kWh/kW", "100 kW".
#pragma once

#include <string>
#include <string_view>

#include "base/units.h"

namespace headroom {

enum class RateUnit { kwh, mwh, kw, mw, kva, mva, kvarh, day, month, year };
constexpr const char* name_of(RateUnit unit) {
  constexpr const char* names[] = {"kWh", "MWh", "kW", "MW", "kVA", "MVA", "kvarh", "day", "month", "year"};
  return names[static_cast<int>(unit)];
}

struct Rate {
  double amount = 0;                     // of the currency, for one unit, as written
  std::string currency;                  // "USD"
  RateUnit unit = RateUnit::kwh;

  bool is_of_energy() const { return unit == RateUnit::kwh || unit == RateUnit::mwh; }
  bool is_of_demand() const { return unit >= RateUnit::kw && unit <= RateUnit::mva; }
  bool is_of_apparent_power() const { return unit == RateUnit::kva || unit == RateUnit::mva; }
  bool is_of_time() const { return unit >= RateUnit::day; }
  // For one kWh, kW, kVA or kvarh; of time as written.
  double per_kilo() const { return unit == RateUnit::mwh || unit == RateUnit::mw || unit == RateUnit::mva ? amount / 1000 : amount; }

  static constexpr const char* grammar = "a rate with its currency and unit, such as '0.05 USD/kWh', '19.79 USD/kW' or '30 USD/month'";
  static Parsed<Rate> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Rate&) const = default;
};

enum class BlockUnit { kwh, kwh_per_kw, kwh_per_day, kw, kva };

struct BlockLimit {
  double value = 0;                      // in kWh, kW or kVA
  BlockUnit unit = BlockUnit::kwh;

  static constexpr const char* grammar = "the end of a block, such as '20000 kWh', '150 kWh/kW', '500 kWh/day' or '100 kW'";
  static Parsed<BlockLimit> parse(std::string_view text);
  std::string text() const;
  bool is_of_energy() const { return unit <= BlockUnit::kwh_per_day; }
  bool operator==(const BlockLimit&) const = default;
};

}  // namespace headroom
