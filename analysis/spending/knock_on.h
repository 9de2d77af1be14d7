// What spending sets off upstream, by year and sector, through an input-output table.
//
//   demand of a sector = sum over purchases of (producers' share of what is paid, as analysis/spending/margins.h) x sector's share of the class
//   in the table's money: deflated in the bill's currency to the table's year, then at that year's rate of exchange
//   imported at once = demand x (share that is imported: of investments; of what is paid while the site runs, that of all that
//                      businesses use) x (1 - substitution)
//   home output of a year = (I - A_home)^-1 (demand - imported at once);  value added, wages, imported inputs and jobs with it
// The clock is that of production: purchases spread from order to delivery, running costs over the years of service.
// What the ratios are of, and what they must never be taken for, stands beside each (Ratio::caveats).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/economy/leontief.h"
#include "analysis/spending/margins.h"
#include "analysis/spending/ratio.h"
#include "analysis/spending/schedule.h"

namespace headroom {

// Money of the table, but for jobs.
struct Effects {
  double demand = 0;                   // that enters the table, in producers' prices: trade and transport included, taxes not
  double imported_at_once = 0;         // of it
  double output = 0;                   // at home
  double value_added = 0, labour_income = 0;
  double imported_inputs = 0;
  double residual = 0;                 // rounding of the table: demand = value added + imports + residual
  std::optional<double> jobs;          // years of work

  double imports() const { return imported_at_once + imported_inputs; }
  void add(const Effects& other);
};

struct KnockOnYear {
  int year = 0;
  SpendingKind kind = SpendingKind::first;
  Effects effects;
};

// A first-fit demand of one sector, and what it draws there and elsewhere.
struct SectorEffects {
  Sector sector;
  double demand = 0, imported_at_once = 0;      // what is bought from it
  double output = 0;                   // what it makes in all, for all purchases
};

// What a sector gets of what is paid for a class, in the bill's money.
struct SellerFlow {
  std::string spending_class;
  std::size_t sector = 0;              // of the table
  double amount = 0;
};

// The first fit with so much of what is imported at once made at home instead.
struct SupplierScenario {
  double substitution = 0;
  double home_share = 0, foreign_share = 0;    // of what is bought
  Effects effects;
};

struct KnockOn {
  std::string table;
  int table_year = 0;
  std::string currency;                // of effects
  std::vector<std::string> sector_codes;
  double to_table = 1;                 // money of the bill -> money of the table
  double tax = 0;                      // value-added tax in what is paid first, in the table's money
  std::map<SpendingKind, Effects> kinds;       // over all years
  std::vector<KnockOnYear> years;
  std::vector<SectorEffects> sectors;  // of the first fit, the largest output first
  std::map<SpendingGroup, Effects> groups;     // of the first fit
  std::vector<SellerFlow> flows;       // of the first fit; with its tax they add up to what is paid
  std::vector<Ratio> ratios;           // of the first fit: Type I, Type II by closure, value added, imports
  std::vector<SupplierScenario> suppliers;     // as they are, as asked for, half, all at home; rising
  std::vector<std::string> caveats, warnings;
};

struct KnockOnQuestion {
  const Bill& bill;
  const Schedule& schedule;
  const std::vector<RunningCost>& running;
  const InputOutputTable& table;
  const MarginSpec& margins;
  const GridCosts* country = nullptr;  // whose taxes are in the prices; none: no taxes
  double substitution = 0;
  const Rates& rates;
};

// Throws InputError: a class that no sector of the table sells.
KnockOn knock_on(const KnockOnQuestion& question);

// Per unit paid for a line: what enters each sector of the table, in the bill's money.
std::vector<double> demand_of_line(const BillLine& line, const KnockOnQuestion& question);

}  // namespace headroom
