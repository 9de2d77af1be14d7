// A build-out over many years, as people write it: sectors and their drivers, what a unit of each asks of data centres and draws
// and costs by itself, the kinds of site that carry the work, and the money that it is told in. One YAML file in programmes/.
//
// All rates are means over a year; a shape moves them over the day and the week and leaves the mean where it is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/money/figure_evidence.h"
#include "analysis/spending/spending_class.h"
#include "base/quantity.h"
#include "base/time.h"
#include "conditions/money_spec.h"

namespace headroom {

// "101.6e12 CNY".
struct AmountOfMoney {
  double amount = 0;
  std::string currency;
  static constexpr const char* grammar = "money such as '1.016e14 CNY'";
  static Parsed<AmountOfMoney> parse(std::string_view text);
  std::string text() const;
};

struct ProgrammeYears {
  int first = 0, last = 0;
  Location where;
};

// What answers are told in, and what spending is reckoned with.
struct ProgrammeMoney {
  std::string currency;
  int year = 0;                        // of the money, and of the prices
  std::optional<DateTime> today;       // orders go out from then on; the beginning of the first year by default
  std::optional<double> electricity_price;     // per kWh, in that currency; the country's mean by default
  ItOwner it_owner = ItOwner::tenant;
  std::string economy = "us-2022";
  double substitution = 0;
  std::string financing = "default";
  Location where;
};

struct GrossProduct {
  int year = 0;                        // whose product it is, in that year's money
  AmountOfMoney amount;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

// A label: so much of everything is there.
struct Region {
  std::string name;
  double share = 0;
  Location where;
};

// How a rate moves: factors of the hours from midnight and of the days from Monday. Only their proportions matter.
struct LoadShape {
  std::string name;
  std::vector<double> day, week;       // 24 and 7; empty: flat
  double peak_day = 1;                 // the busiest day of the year over the busiest day of the mean week
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

struct LatencyClass {
  std::string name;
  Duration round_trip;                 // that its work bears at most
  Location where;
};

// A kind of site: one layout, built as often as the work needs.
struct SiteKind {
  std::string name;
  std::string layout;                  // a site's name or path
  std::vector<std::string> serves;     // latency classes
  std::optional<double> before;        // how many stand when the first year begins; what the units before it need by default
  double busy = 0.5;                   // utilisation of a core or GPU that work holds: work takes 1 / busy of them
  double fill = 0.9;                   // of its cores and GPUs that work may hold in the highest hour
  std::optional<DataSize> storage;     // of one site
  std::string users = "users";         // the place outside the layout that its drivers' traffic comes from
  std::string passes_to;               // another kind of site, to which it passes on what drivers say; "" if none
  std::string passes_through = "core"; // the place outside the layout by which it does
  std::string takes_from = "edge";     // the place outside the layout by which others' work comes in
  double plan_ahead = 1;               // years from order to the day on which it is wanted
  Location where;
};

// What one unit asks of data centres, again and again.
struct UnitWork {
  Duration every;                      // mean time from one to the next
  Duration core_time, gpu_time;
  DataSize received;                   // from the unit, at the site
  DataSize answered;                   // that goes back
  double passed_on = 0;                // share of what is received that the site passes to the core
  DataSize kept;
  std::optional<Years> kept_for;       // required with `kept`
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

struct ClassShare {
  std::string latency_class;
  double share = 1;
  Location where;
};

// What one unit draws at its own place.
struct UnitPower {
  Power mean;
  double follows = 0;                  // share of it that goes with the shape; the rest is steady
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

// Something that is bought for each unit.
struct UnitPurchase {
  std::string name;
  PriceRange price;                    // for each unit of the driver
  int year = 0;                        // of the money
  std::string country;                 // where one pays so much; the programme's by default
  std::string index = "general";
  Years life;
  double maintenance = 0;
  std::optional<LeadTime> lead_time;
  Payer payer = Payer::government;
  std::vector<Seller> sector;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

// How many units are in service in each year, by year as text ("2020").
struct UnitCounts {
  std::map<std::string, double> years;
  double before = 0;                   // in service when the first year begins
  bool interpolate = false;            // a year without a figure lies between its neighbours, on a line
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

struct DemandDriver {
  std::string name, title;
  std::string unit;                    // "station", "camera", "km"
  UnitCounts counts;
  std::string shape = "flat";
  std::vector<ClassShare> latency;     // where its work is done; may be empty where there is none
  std::optional<UnitWork> work;
  std::optional<UnitPower> power;
  std::vector<UnitPurchase> buys;
  Location where;
};

struct ProgrammeSector {
  std::string name, title;
  std::vector<DemandDriver> drivers;
  Location where;
};

struct ProgrammeSpec {
  static constexpr const char* kind = "programme";
  std::string name, title;
  ProgrammeYears years;
  ProgrammeMoney money;
  std::string country = "us";          // whose grid, taxes and electricity: a name of grid-costs, or a path
  std::string ledger;                  // claims that it is set beside: a name of what ships, or a path; "" if none
  std::vector<GrossProduct> gross_product;
  std::vector<Region> regions;
  std::vector<LoadShape> shapes;
  std::vector<LatencyClass> latency_classes;
  std::vector<SiteKind> sites;
  std::vector<ProgrammeSector> sectors;
  Location where;

  int year_count() const { return years.last - years.first + 1; }
};

// What the spending of a site is reckoned with; orders from `today` on, the first day of the first year by default.
MoneySpec money_of(const ProgrammeSpec& programme);

// Every driver with the place of its sector in the list.
struct DriverOfSector {
  std::size_t sector;
  const DemandDriver* driver;
};
std::vector<DriverOfSector> drivers_of(const ProgrammeSpec& programme);

// In service in a year of the programme, and in the year before its first. The reader has seen that there is a figure or a line.
double units_in(const DemandDriver& driver, const ProgrammeSpec& programme, int year);

}  // namespace headroom
