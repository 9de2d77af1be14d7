// The keys of scenario files.
#pragma once

#include "conditions/grids/grid_spec_fields.h"
#include "conditions/money_fields.h"
#include "conditions/tariffs/tariff_fields.h"
#include "conditions/weather/weather_fields.h"
#include "sim/model/scenario.h"
#include "topologies/site_fields.h"
#include "workloads/spec_fields.h"

namespace headroom {

void fields(auto& v, CheckpointSpec& s) {
  v("every", s.every, required.positive(), "of work between two checkpoints");
  v("cost", s.cost, required.non_negative(), "how long writing one takes, at the job's highest utilisation and without work");
}
void fields(auto& v, OvercommitSpec& s) {
  v("cores", s.cores, optional.at_least(1), "promised to jobs, for each core that is there");
  v("gpus", s.gpus, optional.at_least(1), "promised to jobs, for each GPU that is there");
  v("gpu_overhead", s.gpu_overhead, optional.share(), "the share of a GPU's work that sharing it costs");
}
void fields(auto& v, PolicySpec& s) {
  v("order", s.order, optional, "who is next in the queue");
  v("fair_share_half_life", s.fair_share_half_life, optional.positive(), "in which what a user has had counts half, for the order fair-share");
  v("backfill", s.backfill, optional, "who may overtake");
  v("placement", s.placement, optional, "where a job goes");
  v("on_failure", s.on_failure, optional, "what becomes of a job that loses its servers: kill or requeue");
  v("attempts", s.attempts, optional.non_negative(), "a job that has lost its servers so often is given up; 0: never");
  v("checkpoint", s.checkpoint, optional, "running jobs write their state, and go on from there when they are requeued");
  v("overcommit", s.overcommit, optional, "jobs may ask for more than there is, and share it then");
  v("idle_off_after", s.idle_off_after, optional.positive(), "a server on which nothing has run for so long is switched off, and boots for its next job; never by default");
  v("compatibility", s.compatibility, optional, "the scheduling rules of another program, for its published figures");
}
void fields(auto& v, EventSpec& s) {
  v("at", s.at, required.non_negative(), "from the start of the run");
  v("fail", s.fail, optional.one_or_list(), "what breaks: elements, racks, halls or common causes; this or maintain");
  v("maintain", s.maintain, optional.one_or_list(), "what is taken out of service: this or fail");
  v("units", s.units, optional.at_least(1), "so many of the devices that stand side by side; all by default");
  v("for", s.duration, optional.positive(), "how long; to the end of the run by default");
  v("until", s.until, optional, "instead of for: the end, from the start of the run");
}
void fields(auto& v, FailureSpec& s) {
  v("class", s.kind, optional, "every element of this kind, each with its own luck; one of class, element and trace");
  v("element", s.element, optional, "one element, rack, hall or common cause");
  v("trace", s.trace, optional, "the path of a table of failures of servers");
  v("mtbf", s.mtbf, optional.non_negative(), "mean time from repair to failure, exponential; not of a trace");
  v("mttr", s.mttr, optional.non_negative(), "mean time from failure to repair, exponential; not of a trace");
}
void fields(auto& v, Window& s) {
  v("from", s.from, required.non_negative(), "from the start of the run");
  v("to", s.to, required.positive(), "from the start of the run");
}
void fields(auto& v, NetworkUse& s) {
  v("model", s.model, optional, "how flows share links: ideal, lv08 or cm02");
  v("traffic", s.traffic, optional, "flows slow their jobs; matrix adds up their mean rates, for years and 100,000 servers; none");
  v("detail", s.detail, optional, "server, or rack: one flow for all that a job sends between two leaves");
}
void fields(auto& v, ConditionsSpec& s) {
  v("weather", s.weather, optional, "outdoor air and sun: a name of what ships, a path, or a mapping");
  v("grid", s.grid, optional, "what electricity emits, costs and is made from, over time");
  v("tariff", s.tariff, optional, "by which the run is billed: a name of what ships, a path, or the tariff in place");
}
void fields(auto& v, ConnectionStep& s) {
  v("at", s.at, optional.non_negative(), "from the start of the run; this or date; the start by default");
  v("date", s.date, optional, "instead of at: the moment");
  v("limit", s.limit, required.non_negative(), "that all utilities together may deliver from then on");
  v("firm", s.firm, optional.non_negative(), "the part that is never called back; all of it by default");
}
void fields(auto& v, ConnectionCall& s) {
  v("at", s.at, required.non_negative(), "from the start of the run");
  v("for", s.duration, required.positive(), "how long");
  v("limit", s.limit, optional.non_negative(), "what may be drawn meanwhile; the firm part by default");
}
void fields(auto& v, PeakCalls& s) {
  v("hours", s.hours, required.at_least(1), "how many hours of the run are called: those at which the signal is highest");
  v("by", s.by, optional, "which signal of conditions.grid: price or carbon");
  v("limit", s.limit, optional.non_negative(), "what may be drawn meanwhile; the firm part by default");
}
void fields(auto& v, ConnectionSpec& s) {
  v("steps", s.steps, optional.one_or_list(), "contracted limits and from when they hold");
  v("calls", s.calls, optional.one_or_list(), "demand-response calls: for a while less may be drawn");
  v("peak_calls", s.peak_calls, optional, "calls at the hours of the system's peaks");
  v("on_excess", s.on_excess, optional, "cap: servers are slowed until the draw is within the limit, after storage has given what it can; record: the excess is told");
  v("lowest_speed", s.lowest_speed, optional.share(), "servers are not slowed below this share of their speed");
}
void fields(auto& v, RecordSpec& s) {
  v("every", s.every, optional.positive(), "length of a recorded interval; utility meters are always at 1 min");
  v("detail", s.detail, optional, "which meters: site, feeder (down to the PDUs), rack or server");
}
void fields(auto& v, Scenario& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("site", s.site, required, "a name of what ships, a path, or the site in place");
  v("workload", s.workload, required, "traces, merged by (time, position, id); none with a horizon: the servers idle");
  v("policy", s.policy, optional, "of the scheduler");
  v("network", s.network, optional, "how the traffic of jobs is simulated");
  v("conditions", s.conditions, optional, "what the site stands in: weather, grid");
  v("connection", s.connection, optional, "what may be drawn from the grid, and when less");
  v("money", s.money, optional, "what spending is told in and reckoned with");
  v("control_interval", s.control_interval, optional.non_negative(), "between two looks of the controls of cooling, storage and connection; 0 s: at every change");
  v("start", s.start, optional, "the moment at which the run begins, with its offset from UTC");
  v("horizon", s.horizon, optional, "until-drained, or a time");
  v("window", s.window, optional, "what means, peaks and ratios are taken over");
  v("record", s.record, optional, "what the run file keeps over time");
  v("events", s.events, optional, "faults and maintenance at their dates");
  v("failures", s.failures, optional, "faults by chance, or from a trace");
  v("failed_server_power", s.failed_server_power, optional, "what a server draws while it is failed itself: none or idle");
  v("reset_after", s.reset_after, optional.positive(), "so long after an overload has opened a breaker or shut a device down, people close it again; never by default");
  v("seed", s.seed, optional.non_negative(), "of every random stream");
  v("engine", s.engine, optional, "who dates the ends of jobs: dates, exec or in-memory; every finish is the same");
}

void check(const PolicySpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const EventSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const FailureSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const Window& s, const std::string& path, std::vector<Problem>& problems);
void check(const ConnectionSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const Scenario& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
