// When a growing load meets each limit. Pure: dates, multiples of today's load, no site.
//
//   load(t) = demand(t) * product of the factors of the refreshes up to t       straight lines between the dates of the demand
//
// A limit is reached on the first day on which the load is above what it allows then; limits may have steps (a connection).
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

using Day = std::chrono::sys_days;

struct GrowthStep {
  Day date;
  double allowed = 0;                      // in the limit's unit
  double scale = 0;                        // multiple of today's load that it allows
};

struct GrowthLimit {
  std::string name, unit;
  std::string state;                       // the fault after which it binds; "": with everything in service
  std::optional<double> allowed;           // absent: none is stated until the first step
  double scale = std::numeric_limits<double>::infinity();      // multiple of today's load at which it is reached; infinite: beyond any demand
  bool counts_racks = false;               // of racks and not of their load: a refresh does not move it
  std::vector<GrowthStep> steps;           // in the order of their dates
};

// Multiples of today's load.
struct GrowthDemand {
  Day date;
  double low = 0, mid = 0, high = 0;
};
struct GrowthFactor {
  Day date;
  double factor = 1;
};

struct GrowthProblem {
  std::vector<GrowthDemand> demand;        // in the order of their dates
  std::vector<GrowthFactor> refresh;
  std::vector<GrowthLimit> limits;
};

enum class DemandCase { low, mid, high };
double demand_at(const GrowthProblem& problem, DemandCase which, Day day);
double refresh_at(const GrowthProblem& problem, Day day);
double scale_at(const GrowthLimit& limit, Day day);

// The first time that a limit is too low.
struct Shortage {
  Day from;
  std::optional<Day> until;                // a step or a falling demand ends it
};
struct LimitDates {
  int limit = 0;
  std::optional<Shortage> low, mid, high;  // by each demand; high is the first
  double used_at_end = 0;                  // share of it on the last day, by mid; 0: of no limit
};
// The first to be reached first: by mid, then by high; those that never are come last.
std::vector<LimitDates> dates_of_limits(const GrowthProblem& problem);

}  // namespace headroom
