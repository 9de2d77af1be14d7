// What it costs in a country to reach the grid, to strengthen it and to build the power stations that a new load needs, by
// voltage. One YAML file a country in grids/; grid_works.h says what of it a site takes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/spending/spending_class.h"
#include "base/fields.h"
#include "base/json_fields.h"
#include "base/quantity.h"

namespace headroom {

// One voltage of the ladder by which loads of rising size are connected.
struct GridRung {
  Voltage voltage;
  ApparentPower line_rating;           // of one circuit
  PriceRange line;                     // per km or mile of one circuit
  PriceRange new_substation, upgrade_substation;      // per unit
  PriceRange transformer;              // per MVA
  std::optional<LeadTime> lead_time, transformer_lead_time;      // of its works, where others than the country's
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

// Under this length a line costs so much more.
struct ShortLine {
  Length below;
  double factor = 1;
  Location where;
};

// Works deeper in the grid, per watt of peak: none with probability `nothing`, else lognormal by its median and its P90.
struct DeepReinforcement {
  double nothing = 0;
  UnitPrice median, p90;
  int year = 0;                        // of both
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

struct GenerationPlant {
  std::string name;
  PriceRange price;                    // per kW
  double accredited = 1;               // share of its rating that counts when the system peaks
  int year = 0;                        // of the price
  Years life;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  std::optional<LeadTime> lead_time;
  Location where;
};

struct GridLeadTimes {
  std::optional<LeadTime> line, substation, transformer;
};

// Who sells the works: sectors of each input-output table, with their shares.
struct GridSectors {
  std::vector<Seller> line, substation, transformer, deep, generation;
};

// Of electricity bought: a mean tariff of industry, and the share of it that pays for energy rather than for grids.
struct ElectricityPrice {
  UnitPrice price;
  double energy_only_share = 1;
  int year = 0;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};

struct GridCosts {
  static constexpr const char* kind = "grid-costs";
  std::string name, country;
  std::string currency;
  int year = 0;                        // of the rungs' prices
  std::vector<GridRung> rungs;         // rising
  double route_factor = 1;             // way of a line over the straight line
  std::vector<ShortLine> short_lines;  // rising; the first that is longer counts
  double loading = 1;                  // share of a line's rating that is planned with
  double contingency = 0;              // on top of lines, substations and transformers
  double afudc = 0;                    // financing while it is built, on top of both
  std::string line_index = "general", transformer_index = "general", generation_index = "general";
  std::optional<DeepReinforcement> deep;
  std::vector<GenerationPlant> generation;
  double reserve_margin = 0, losses = 0;
  GridLeadTimes lead_times;
  GridSectors sectors;
  double paid_by_utility = 0;          // share of the works outside the fence that network charges pay
  double vat = 0, construction_vat = 0;      // contained in what buyers pay there: for goods and electricity, for works
  ElectricityPrice electricity;
  std::string source;
  Location where;
};

// By the name of what ships, or a path. Throws InputError with everything that is wrong.
GridCosts find_grid_costs(const std::string& country, const Location& mention = {});
Json schema_of_grid_costs();

}  // namespace headroom
