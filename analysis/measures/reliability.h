// What failed, what it led to, and what it cost: from the changes of state and the interrupted jobs of a run.
//
// A rack is dark when each of its strips is dark, failed or in maintenance for 20 ms or longer. A change that no other change led to begins
// a chain; it is a fault unless it is a return to service.
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

// Racks, and loads beside them, that went dark at one instant by one fault.
struct Outage {
  std::int64_t change = 0;              // id of the first one's going dark
  std::string element;                  // the first of them
  std::vector<std::string> racks;       // "h1/r-3", in the order in which they went dark
  std::vector<std::string> loads;       // cooling and other loads of the facility
  double from_s = 0, to_s = 0;          // until the last of them was back; the end of the run if one never was
  bool over = false;                    // all of them were back before the end of the run
  double rack_dark_s = 0;               // dark time of its racks, added up
  std::vector<ChangeRow> chain;         // from the fault to `change`; of several racks, the steps that they share and the last
  std::vector<ChangeRow> earlier;       // chain of the first rack's other strip, where another fault had taken it
  std::int64_t interruptions = 0;       // jobs that lost their servers by it
  double lost_core_s = 0;               // of their work, to be done again or given up
};

// A fault and all that followed from it.
struct Fault {
  ChangeRow root;
  std::vector<ChangeRow> followed;      // the first changes it led to, in their order
  std::int64_t changes = 0;             // all of them, the fault itself too
  std::int64_t outages = 0;             // of `Reliability::outages`, in which it took a strip; 0: no rack and no load went dark by it
  std::int64_t racks = 0;               // that went dark in them
  std::int64_t interruptions = 0;       // jobs that lost their servers by it
};

struct Reliability {
  std::int64_t changes = 0;                   // of state, all of them
  std::int64_t faults = 0;                    // failures and maintenance that began a chain; of one event or common cause: one
  std::int64_t rack_outages = 0;              // how often a rack went dark, every rack counted
  std::int64_t racks_dark_most = 0;           // at one instant
  double rack_dark_s = 0;                     // dark time of all racks added up
  double it_availability = 1;                 // 1 - time in which servers were down / (servers x length of the run); of a run that broke off, by racks
  std::int64_t battery_discharges = 0;        // a UPS went on its battery
  std::int64_t generator_starts = 0;          // demands to start, failed ones too
  std::int64_t generator_start_failures = 0;
  std::int64_t breaker_trips = 0;
  std::int64_t transfers = 0;                 // a transfer switch took another source, or its first one back
  std::int64_t interruptions = 0;             // a job lost its servers = jobs_killed + jobs_lost + requeues
  std::int64_t jobs_killed = 0, jobs_lost = 0;
  std::int64_t requeues = 0;                  // interruptions after which the job went back into the queue
  double lost_core_s = 0;                     // run time lost by interruptions x cores
  std::vector<Outage> outages;                // in the order of their beginning
  std::vector<Fault> fault_chains;            // in the order of their beginning
};

Reliability reliability(const RunReader& run);

// "h1/r-3" of its strip "h1/r-3:a".
std::string rack_of_strip(const std::string& strip);

// Does this state mean that nothing comes out of an element?
bool without_output(const std::string& state);

}  // namespace headroom
