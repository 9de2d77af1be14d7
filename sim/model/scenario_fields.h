// The keys of scenario files.
#pragma once

#include "sim/model/scenario.h"
#include "topologies/site_fields.h"
#include "workloads/spec_fields.h"

namespace headroom {

void fields(auto& v, PolicySpec& s) {
  v("order", s.order, optional, "who is next in the queue");
  v("backfill", s.backfill, optional, "who may overtake: none or easy");
  v("placement", s.placement, optional, "where a job goes");
}
void fields(auto& v, Window& s) {
  v("from", s.from, required.non_negative(), "from the start of the run");
  v("to", s.to, required.positive(), "from the start of the run");
}
void fields(auto& v, RecordSpec& s) {
  v("every", s.every, optional.positive(), "length of a recorded interval; utility meters are always at 1 min");
  v("detail", s.detail, optional, "which meters: site, feeder (down to the PDUs), rack or server");
}
void fields(auto& v, Scenario& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("site", s.site, required, "a name of what ships, a path, or the site in place");
  v("workload", s.workload, required.filled(), "traces, merged by (time, position, id)");
  v("policy", s.policy, optional, "of the scheduler");
  v("start", s.start, optional, "the moment at which the run begins, with its offset from UTC");
  v("horizon", s.horizon, optional, "until-drained, or a time");
  v("window", s.window, optional, "what means, peaks and ratios are taken over");
  v("record", s.record, optional, "what the run file keeps over time");
  v("seed", s.seed, optional.non_negative(), "of every random stream");
  v("engine", s.engine, optional, "who dates the ends of jobs: dates, exec or in-memory; every finish is the same");
}

void check(const Window& s, const std::string& path, std::vector<Problem>& problems);
void check(const Scenario& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
