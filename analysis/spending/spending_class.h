// One thing that money is spent on: what to count in a layout, what one of it costs, how long it lasts, how long one
// waits for it, which sector of the economy sells it. One YAML file each in prices/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/economy/sector_codes.h"
#include "analysis/money/figure_evidence.h"
#include "analysis/spending/counts.h"
#include "base/fields.h"
#include "base/units.h"

namespace headroom {

// low, mid and high of one thing in one year.
struct Range {
  double low = 0, mid = 0, high = 0;
  Range operator*(double factor) const { return {low * factor, mid * factor, high * factor}; }
  Range operator+(const Range& b) const { return {low + b.low, mid + b.mid, high + b.high}; }
};

// "11.7 USD/W", "28900 USD/unit": money for each device, or for each watt, volt-ampere, bit/s or metre of its size.
struct UnitPrice {
  double amount = 0;
  std::string currency;        // three capital letters
  std::string per;             // "unit", "W", "kW", "MW", "VA", "kVA", "MVA", "Gbit/s", "m", "km"

  static constexpr const char* grammar = "a price such as '28900 USD/unit' or '11.7 USD/W'";
  static Parsed<UnitPrice> parse(std::string_view text);
  std::string text() const;
};

struct PriceUnit {
  const char* text;
  Measure measure;             // none: per device
  double si;
};
const PriceUnit& price_unit(const std::string& per);

// "15 y" and "30 wk": how long a thing lasts, how long one waits for it.
struct Years {
  double value = 0;
  static constexpr const char* grammar = "years such as '15 y'";
  static Parsed<Years> parse(std::string_view text);
  std::string text() const;
};
struct Weeks {
  double value = 0;
  static constexpr const char* grammar = "weeks such as '30 wk'";
  static Parsed<Weeks> parse(std::string_view text);
  std::string text() const;
};

// "1000 kVA", "500 kW", "12.8 Tbit/s".
struct Size {
  double si = 0;
  Measure measure = Measure::none;
  std::string written;
  static constexpr const char* grammar = "a size such as '1000 kVA', '500 kW' or '3200 Gbit/s'";
  static Parsed<Size> parse(std::string_view text);
  std::string text() const { return written; }
};

// The key of a count, known to count_kinds().
struct CountName {
  std::string key;
  static constexpr const char* grammar = "what is counted, such as 'ups_modules'";
  static Parsed<CountName> parse(std::string_view text);
  std::string text() const { return key; }
};

// low, mid and high of one thing in one year.
struct PriceRange {
  std::optional<UnitPrice> low;        // mid where no range is known
  UnitPrice mid;
  std::optional<UnitPrice> high;
  Location where;

  Range range() const { return {low.value_or(mid).amount, mid.amount, high.value_or(mid).amount}; }
};

struct Price : PriceRange {
  int year = 0;                        // of the money
  std::string country = "US";          // where one pays so much
};

// Prices that rise and fall together in the draws.
enum class MovesWith { nothing, metals, it };
constexpr auto names(MovesWith) { return std::array{std::pair{MovesWith::nothing, "nothing"}, std::pair{MovesWith::metals, "metals"}, std::pair{MovesWith::it, "it"}}; }

// Who pays for it first.
enum class Payer { site, tenant, utility, government };
constexpr auto names(Payer) {
  return std::array{std::pair{Payer::site, "operator"}, std::pair{Payer::tenant, "tenant"}, std::pair{Payer::utility, "utility"}, std::pair{Payer::government, "government"}};
}
std::string to_text(Payer payer);

// Which sizes the price is for: at_least <= size < below.
struct SizeBand {
  std::optional<Size> at_least, below;
  Location where;
};

struct LeadTime {
  std::optional<Weeks> low, mid, high;
  std::string source;
  Location where;
};

// A sector that sells it.
struct Seller : SectorCodes {
  double share = 1;                    // of the money
};

struct SpendingClass {
  static constexpr const char* kind = "spending-class";
  std::string name;
  CountName count;
  std::optional<SizeBand> sizes;
  Price price;
  std::string index = "general";               // what moves the price from its year to another: a name of price_indices.csv
  MovesWith moves_with = MovesWith::nothing;
  Years life;
  double maintenance = 0;                      // repair and service a year, as a share of the price
  std::optional<LeadTime> lead_time;
  std::optional<Payer> payer;                  // by its group by default
  std::vector<Seller> sector;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::optional<FigureEvidence> range_evidence;      // of low and high, where another than of mid
  double spares = 0;                           // share bought beyond what the layout has; whole devices
  std::string source;
  Location where;

  bool holds(std::optional<double> size) const;
};

}  // namespace headroom
