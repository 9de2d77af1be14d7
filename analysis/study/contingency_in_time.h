// Every single fault of the power path in time, from one moment on: constant loads but for what the fault itself changes.
// Servers ride through what their supplies hold, lose their jobs beyond it, start again when power returns. From the fault
// until nothing is to come or a day has passed. Beside each stands the static answer; where the two disagree on who is
// dark at the end or on what trips, the reason.
//
// Before the fault the path has had a day at those loads: breakers are warm, batteries full. Everything is in service:
// what had failed in the run by then is not carried over.
#pragma once

#include "analysis/statics/contingency.h"
#include "analysis/study/moment.h"
#include "sim/model/faults.h"
#include "sim/power/power_state.h"

namespace headroom {

struct TimedOutcome {
  std::vector<int> racks;              // without power at the end, by number
  int servers_dark = 0;                // without power at the end
  int servers_lost = 0;                // lost their jobs at some time
  struct ForAWhile {
    int rack = 0;
    double dark_s = 0;
    bool servers_lost = false;
  };
  std::vector<ForAWhile> for_a_while;  // racks that were dark and are not at the end
  std::optional<double> first_dark_s;  // from the fault until the first rack is
  double it_kw_lost = 0;               // at the end
  std::int64_t jobs_lost = 0;
  double core_hours_lost = 0;          // that they had done
  std::vector<Change> changes;         // from the fault on; `when` counts from it
  std::string next, next_why;          // the first element that went after it, and why; "" if none
  bool quiet = true;                   // nothing is to come any more
};

struct Disagreement {
  std::string what;                    // "dark at the end in time only", "trips in the static answer only", ...
  std::vector<std::string> where;      // racks, or the element
  std::string reason;
};

struct StudiedFault {
  FaultOutcome fixed;                  // the static answer
  std::optional<TimedOutcome> timed;
  std::vector<Disagreement> disagreements;
};

// Every single fault while something is in maintenance; static only.
struct MaintenanceStudy {
  std::string name;
  Instant at;
  int faults = 0, darken = 0;
  std::vector<FaultOutcome> worst;     // the most harm first; those that darken more than they do otherwise
  int servers_dark = 0;                // by the maintenance itself
};

struct Study {
  Moment moment;
  ContingencyAnswer fixed;             // its `singles` are in `faults`
  std::vector<StudiedFault> faults;    // the most harm first
  std::vector<Change> unprovoked;      // in the day before any fault
  std::vector<MaintenanceStudy> maintenance;
};

struct StudySubject {
  const PowerGraph* graph = nullptr;
  Moment moment;
  std::uint64_t seed = 1;              // of generators that fail to start
  std::optional<Duration> reset_after;
  std::vector<ScheduledOutage> planned;         // maintenance; others are passed over
  std::optional<std::size_t> pairs_kept;
};

// All single faults in time where the graph has fewer nodes than this, otherwise those that the static answer finds harmful.
constexpr std::size_t all_in_time_below = 2000;

Study study(const StudySubject& subject);
TimedOutcome in_time(const StudySubject& subject, const PathFault& fault);
std::vector<Disagreement> disagreements(const PowerGraph& graph, const FaultOutcome& fixed, const TimedOutcome& timed);

}  // namespace headroom
