// When what is on a bill is ordered, delivered and paid, when each feed can exist, and what is spent in which year.
//
//   order    = wanted date - lead time, not before today; delivery = order + lead time
//   site     : in service at the wanted date, or when its last purchase is delivered if that is later
//              (power stations excepted: the system's reserve carries the site until theirs runs)
//   payment  : 30 % at order, 60 % at delivery, 10 % when the site goes into service (or at a later delivery): what is ordered in time is
//              delivered on the day of service, so the last two fall together
//   production (the clock of the input-output tables): evenly from order to delivery
//   refresh  : whatever has lived its life within the horizon is bought again, delivered on that day; what is inside a building within
//              the life of each building
//   running  : maintenance as a share of each price, electricity, salaries; evenly over the years of service
//
// Lead times are those in the middle; a class without one is delivered on the day it is ordered. What is inside the building is
// bought by whoever builds it: its lead times hold the site up, its money is in the building's.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/spending/bill.h"
#include "conditions/money_spec.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

using Day = std::chrono::sys_days;
std::string day_text(Day day);                   // 2027-05-13
Payer payer_of_it(const MoneySpec& money);        // servers and network

// 30 / 60 / 10 %: spending.md's schedule of payments, an assumption.
constexpr double paid_at_order = 0.3, paid_at_delivery = 0.6, paid_at_start = 0.1;

enum class SpendingKind { first, refresh, running };
constexpr auto names(SpendingKind) { return std::array{std::pair{SpendingKind::first, "first"}, std::pair{SpendingKind::refresh, "refresh"}, std::pair{SpendingKind::running, "running"}}; }
std::string to_text(SpendingKind kind);

struct Purchase {
  std::size_t line = 0;                // of the bill
  SpendingKind kind = SpendingKind::first;
  Day order, delivery, start;
  double amount = 0;                   // at mid prices
};

// What is paid every year of service beside purchases.
struct RunningCost {
  std::string name;                    // "electricity", "repair", "salaries"
  double per_year = 0;                 // when the whole site is in service
  Payer payer = Payer::site;
  SectorCodes sector;                  // who is paid; empty codes: households
  std::string basis;                   // what it rests on
};

// Money of one thing in one year.
struct YearlySpending {
  int year = 0;
  std::string name;                    // of the class or running cost
  std::string group;                   // of the class; "running"
  SpendingKind kind = SpendingKind::first;
  Payer payer = Payer::site;
  std::size_t line = npos;             // of the bill; npos: a running cost
  double cash = 0, production = 0;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

struct FeedDate {
  std::string feed;
  Day from;                            // all that it takes can be there
  std::string last;                    // the class that takes longest
  double weeks = 0;                    // its lead time
  std::string source;                  // of that
};

struct Schedule {
  Day today;
  std::optional<Day> wanted;
  Day in_service;                      // of the whole site
  std::string last;                    // the class that holds it up; "" if nothing does
  Day until;                           // end of the horizon
  std::vector<FeedDate> feeds;         // of each utility, by name
  std::vector<Purchase> purchases;     // in the order of the bill, then of time
  std::vector<YearlySpending> years;   // by year, then by class
};

// Throws InputError: a lead time longer than the horizon.
Schedule make_schedule(const Bill& bill, const PowerGraph& graph, const MoneySpec& money, double paid_by_utility, const std::vector<RunningCost>& running);

}  // namespace headroom
