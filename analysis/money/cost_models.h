// Three published ways to say what a data centre costs a month. Each is a sum of lines; money is in one currency of one year throughout.
//
// Hamilton (blog, 2008-11-28 and 2010-09-18; Velocity, June 2010): annuities of servers, network and facility, each over its own life at one rate,
// the facility split into power and cooling (82 %) and the rest, plus electricity. Hennessy and Patterson (Computer Architecture, 5th ed., chapter 6)
// take the same form and add salaries.
// Barroso (Barroso, Clidaras and Hoelzle, The Datacenter as a Computer, 2nd ed., as public re-implementations carry it): straight-line depreciation
// and interest apart, for each watt of critical power and month:
//   server p/(12 Ys); its interest: annuity(p, r, Ys) - p/(12 Ys), p = server price / its power; repair f p/12; site c/(12 Yc) and its interest;
//   operation o; electricity u 0.730 kWh/W x price, the facility's overhead (PUE - 1) times that.
// Range: lives of 1 to 40 years, rates of 0 to 0.2; no growth, no tax, no residual value.
#pragma once

#include <string>
#include <vector>

#include "base/quantity.h"

namespace headroom {

struct MonthlyCostLine {
  std::string key, name;
  double amount = 0;
};

struct MonthlyCosts {
  std::vector<MonthlyCostLine> lines;

  double total() const;
  double yearly() const { return 12 * total(); }
  double of(const std::string& key) const;             // a line that is there
  double share(const std::string& key) const { return of(key) / total(); }
};

struct HamiltonInputs {
  double servers_price = 0, servers_years = 3;
  double network_price = 0, network_years = 4;         // 0 where the servers' price contains it (2008)
  double facility_price = 0, facility_years = 10;
  double power_and_cooling_share = 0.82;               // of the facility's price
  double yearly_rate = 0.05;
  Power critical;
  double use = 0.8, pue = 1.45, price_per_kwh = 0.07;
  double monthly_salaries = 0;                         // Hennessy and Patterson

  double capital() const { return servers_price + network_price + facility_price; }
};

// Lines servers, network, power_and_cooling, power, other, salaries; those of 0 are left out.
MonthlyCosts hamilton_costs(const HamiltonInputs& inputs);

struct BarrosoInputs {
  double server_price = 7700;
  Power server_power = 340 * watt;
  double server_years = 3;
  double site_price_per_w = 10, site_years = 12;
  double yearly_rate = 0.08;
  double operation_per_w_month = 0.04;
  double repair_share_per_year = 0.05;                 // of the server's price
  double use = 0.75, pue = 1.5, price_per_kwh = 0.067;
};

// For each watt of critical power. Lines server, server_interest, repair, site, site_interest, operation, power, overhead.
MonthlyCosts barroso_costs_per_watt(const BarrosoInputs& inputs);

}  // namespace headroom
