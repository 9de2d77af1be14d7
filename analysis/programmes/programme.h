// A programme's answer as a whole: `headroom programme`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/ledger/ledger.h"
#include "analysis/programmes/build_out.h"
#include "analysis/programmes/programme_spending.h"

namespace headroom {

struct ProgrammeAnswer {
  ProgrammeSpec spec;
  BuildOut build_out;
  ProgrammeSpending spending;
  std::vector<NamedFigure> figures;    // what a ledger may name
  std::optional<Ledger> ledger;
};

// By name: units.DRIVER.YEAR, facility_peak_mw.KIND.YEAR, spending.SECTOR.YEAR and so on (docs/results.md); `-` in names becomes `_`.
std::vector<NamedFigure> named_figures(const ProgrammeSpec& programme, const BuildOut& build_out, const ProgrammeSpending& spending);

// The programme with these drivers alone; sites that stand before are then those that they need. Throws InputError: no such driver.
ProgrammeSpec only_drivers(const ProgrammeSpec& programme, const std::vector<std::string>& names);

// What all kinds of site and all units draw in a year.
struct YearTotals {
  double sites = 0, racks = 0, servers = 0;
  double data_centre_peak_mw = 0, data_centre_twh = 0;      // peaks of kinds added up
  double outside_mean_mw = 0, outside_twh = 0;
  double from_users_tbit_s = 0;        // fullest hours of all kinds added up; what kinds pass on to each other is not in it
  double turned_away = 0;              // the largest share of any kind
};
YearTotals totals_of(const ProgrammeSpec& programme, const BuildOut& build_out, int year);

nlohmann::ordered_json to_json(const ProgrammeAnswer& answer);
std::string to_table(const ProgrammeAnswer& answer, bool all_of_ledger = false);      // at most 100 columns wide
std::map<std::string, std::string> to_csv(const ProgrammeAnswer& answer);     // by file name

}  // namespace headroom
