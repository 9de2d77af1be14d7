// What a programme pays every year for what stands: electricity and repair.
//
//   electricity of sites = facility energy of their runs x price;  of drivers = energy at the units' own places x price
//   repair               = maintenance share x price, of each purchase, x units in service; of a site its bill's, not of what is inside
//                          the building, x sites in service
// Units count from the year in which they are added. A site's operator pays, of a driver whoever pays its first purchase (the operator
// where it buys nothing).
#pragma once

#include "analysis/programmes/purchase_lots.h"

namespace headroom {

struct YearlyRunning {
  int year = 0;
  std::string what;                    // the driver, or the kind of site
  std::string cost;                    // the name of the running cost
  Payer payer = Payer::site;
  double amount = 0;
  std::vector<double> sector_shares;   // as in PurchaseLot
};

struct ProgrammeRunning {
  std::vector<YearlyRunning> years;
  std::vector<RunningCost> costs;      // by name, each of one payer and one sector that is paid; per_year: in the last year
  std::vector<std::string> notes;
};

ProgrammeRunning programme_running(const ProgrammeSpec& programme, const BuildOut& build_out, const PurchaseLots& bought, const ElectricityCost& electricity);

}  // namespace headroom
