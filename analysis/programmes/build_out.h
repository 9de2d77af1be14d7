// What a programme's years look like once they have been run: units and their own power, sites and the figures of their runs,
// and when each new site can be in service.
#pragma once

#include <string>
#include <vector>

#include "analysis/programmes/programme_spec.h"
#include "analysis/spending/schedule.h"

namespace headroom {

// A figure that was read from a run file: value = of_run x times.
struct RunFigure {
  std::string name;                    // "facility_peak_mw"
  std::string unit, meaning;
  std::string run;                     // the folder of the run, below that of the programme
  std::string key;                     // of its summary, such as power.facility_power_peak_15min_kw
  double of_run = 0, times = 1, value = 0;
};

// One driver in one year.
struct DriverYear {
  int year = 0;
  std::size_t driver = 0;              // in drivers_of()
  double units = 0, added = 0;         // in service; more than the year before, not below 0
  double mean_mw = 0, peak_mw = 0, energy_twh = 0;      // at the units' own places, data centres not counted
};

// One kind of site in one year: what was needed, what stood, what its runs say.
struct SiteYear {
  int year = 0;
  std::size_t kind = 0;
  double needed = 0, in_service = 0;   // sites
  std::string bound_by;                // "cores", "GPUs", "storage": what needs that many
  double turned_away = 0;              // share of the mean week that the sites in service could not take (demand.h)
  double turned_away_peak_day = 0;     // of the busiest day
  double kept_pb = 0;                  // that is to be kept
  std::vector<double> sector_shares;   // whose work it is, by sector of the programme; of what binds
  std::vector<RunFigure> figures;      // of all sites together
  double figure(const std::string& name) const;        // 0 where the runs have none of it
};

// Sites of one kind that are wanted from the first day of a year on.
struct SiteTranche {
  std::size_t kind = 0;
  int wanted_year = 0;
  double count = 0;
  Day order, in_service;
  std::string last;                    // the spending class that takes longest; "" where nothing takes time
  Bill bill;                           // of one site
  double paid_by_utility = 0;          // share of the works in the grid
};

struct BuildOut {
  std::vector<DriverYear> drivers;     // by year, then driver
  std::vector<SiteYear> sites;         // by year, then kind
  std::vector<SiteTranche> tranches;   // by wanted year, then kind
  int rounds = 0;
  bool stands_still = true;            // false: the dates still moved after the last round
  std::vector<std::string> notes;
};

}  // namespace headroom
