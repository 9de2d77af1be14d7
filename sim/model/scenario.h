// A scenario as it is written: which site, which work, under which policy, for how long, what to record.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"
#include "conditions/grids/grid_spec.h"
#include "conditions/money_spec.h"
#include "conditions/tariffs/tariff.h"
#include "conditions/weather/weather.h"
#include "sim/policies/policies.h"
#include "topologies/graph/power_graph.h"
#include "topologies/site.h"
#include "workloads/source.h"

namespace headroom {

// What becomes of a job that loses its servers.
enum class OnFailure { kill, requeue };
constexpr auto names(OnFailure) { return std::array{std::pair{OnFailure::kill, "kill"}, std::pair{OnFailure::requeue, "requeue"}}; }

// A running job writes its state every so often and goes on from there when it is requeued.
struct CheckpointSpec {
  Duration every;                  // of work between two of them
  Duration cost;                   // how long one takes, at the job's highest utilisation; no work is done meanwhile
};

// Servers are given to more jobs than they have processors for, and jobs may ask for more than they hold; who is short
// then shares what there is, max-min fair.
struct OvercommitSpec {
  double cores = 1, gpus = 1;      // promised, for each that is there
  double gpu_overhead = 0;         // the share of a GPU's work that sharing it costs
};

struct PolicySpec {
  Order order = Order::fcfs;
  Duration fair_share_half_life = whole_seconds(7 * 86400);    // of the order fair-share
  Backfill backfill = Backfill::none;
  Placement placement = Placement::first_fit;
  OnFailure on_failure = OnFailure::requeue;
  int attempts = 0;                // a job that has lost its servers so often is given up (lost); 0: never
  std::optional<CheckpointSpec> checkpoint;
  std::optional<OvercommitSpec> overcommit;
  std::optional<Duration> idle_off_after;
  Compatibility compatibility = Compatibility::none;
  Location where;
};

// Something that happens at a date: a fault, or work that takes an element out of service. Exactly one of the two.
struct EventSpec {
  Duration at;
  std::vector<std::string> fail, maintain;     // names of elements, racks, halls or common causes
  std::optional<int> units;                    // so many of its devices side by side; all by default
  std::optional<Duration> duration;            // key `for`
  std::optional<Duration> until;               // instead of `for`; without both to the end of the run
  Location where;
};

// Faults by chance or from a trace. Exactly one of `class`, `element` and `trace`.
struct FailureSpec {
  std::optional<NodeKind> kind;                // key `class`: every element of that kind, each with its own luck
  std::string element;                         // one element or common cause
  std::string trace;                           // rows of interval, duration and share of the servers
  Seconds mtbf;                                // means of exponential times: from repair to failure, often beyond a run's 100 years
  Duration mttr;                               // and from failure to repair
  Location where;
};

// What a server draws while it is failed itself (not while it is without power: then nothing).
enum class FailedServerPower { none, idle };
constexpr auto names(FailedServerPower) { return std::array{std::pair{FailedServerPower::none, "none"}, std::pair{FailedServerPower::idle, "idle"}}; }

// How long: until the last job has ended, or a fixed time.
struct Horizon {
  std::optional<Duration> length;
  static constexpr const char* grammar = "until-drained, or a time such as '7 d'";
  static Parsed<Horizon> parse(std::string_view text);
  std::string text() const;
};

// What means, peaks and ratios are taken over. Energies and counts are always of the whole run.
struct Window {
  bool all = false;
  Duration from, to;               // to > 0: between these two
  Location where;
  bool between() const { return to > Duration{}; }
  static constexpr const char* grammar = "submissions (first to last submit), all, or {from, to}";
  static Parsed<Window> parse(std::string_view text);
  std::string text() const;        // "" for {from, to}
};

// ideal: fluid, what a link has is used whole (SimGrid's CM02 with factors 1, no TCP window, no traffic back). lv08, cm02:
// SimGrid's own, with its defaults.
enum class NetworkModel { ideal, lv08, cm02 };
constexpr auto names(NetworkModel) {
  return std::array{std::pair{NetworkModel::ideal, "ideal"}, std::pair{NetworkModel::lv08, "lv08"}, std::pair{NetworkModel::cm02, "cm02"}};
}
// flows: each is simulated, shares links with the others and slows its job. matrix: the mean rate of each job's traffic on
// its routes; nothing is slowed. none: jobs send nothing.
enum class TrafficLevel { flows, matrix, none };
constexpr auto names(TrafficLevel) {
  return std::array{std::pair{TrafficLevel::flows, "flows"}, std::pair{TrafficLevel::matrix, "matrix"}, std::pair{TrafficLevel::none, "none"}};
}
// rack: what a job sends between the same two leaves is one flow, and the ports of servers only bound it.
enum class NetworkDetail { server, rack };
constexpr auto names(NetworkDetail) { return std::array{std::pair{NetworkDetail::server, "server"}, std::pair{NetworkDetail::rack, "rack"}}; }

struct NetworkUse {
  NetworkModel model = NetworkModel::ideal;
  TrafficLevel traffic = TrafficLevel::flows;
  NetworkDetail detail = NetworkDetail::server;
};

// What the site stands in while the run lasts.
struct ConditionsSpec {
  std::optional<WeatherSpec> weather;
  GridSpec grid;
  std::optional<Reference<TariffSpec>> tariff;      // for the bill of the run
  Location where;
};

// So much may be drawn from all utilities together from a moment on; the first step holds from the start.
struct ConnectionStep {
  std::optional<Duration> at;                  // from the start of the run
  std::optional<DateTime> date;                // instead
  Power limit;
  std::optional<Power> firm;                   // the part that is never called back; all of it by default
  Location where;
};
// For a while the site must draw no more than this, as it was told.
struct ConnectionCall {
  Duration at, duration;                       // key `for`
  std::optional<Power> limit;                  // the firm part by default
  Location where;
};
// Calls at the hours at which a signal is highest: what the system's peaks would ask of a non-firm connection.
enum class PeakSignal { price, carbon };
constexpr auto names(PeakSignal) { return std::array{std::pair{PeakSignal::price, "price"}, std::pair{PeakSignal::carbon, "carbon"}}; }
struct PeakCalls {
  int hours = 0;
  PeakSignal by = PeakSignal::price;
  std::optional<Power> limit;                  // the firm part by default
  Location where;
};
// cap: servers are slowed until the draw is within the limit. record: the excess is only told.
enum class OnExcess { cap, record };
constexpr auto names(OnExcess) { return std::array{std::pair{OnExcess::cap, "cap"}, std::pair{OnExcess::record, "record"}}; }

struct ConnectionSpec {
  std::vector<ConnectionStep> steps;
  std::vector<ConnectionCall> calls;
  std::optional<PeakCalls> peak_calls;
  OnExcess on_excess = OnExcess::cap;
  double lowest_speed = 0.2;                   // servers are not slowed below this share of their speed
  Location where;
  bool limits() const { return !steps.empty() || !calls.empty() || peak_calls; }
};

enum class Detail { site, feeder, rack, server };
constexpr auto names(Detail) {
  return std::array{std::pair{Detail::site, "site"}, std::pair{Detail::feeder, "feeder"}, std::pair{Detail::rack, "rack"}, std::pair{Detail::server, "server"}};
}

struct RecordSpec {
  Duration every = whole_seconds(300);
  Detail detail = Detail::feeder;
};

// Who dates the ends of jobs: our calendar with SimGrid's clock following it; SimGrid executions; no SimGrid at all.
// Every finish is the same.
enum class EngineMode { dates, exec, in_memory };
constexpr auto names(EngineMode) {
  return std::array{std::pair{EngineMode::dates, "dates"}, std::pair{EngineMode::exec, "exec"}, std::pair{EngineMode::in_memory, "in-memory"}};
}

struct Scenario {
  static constexpr const char* kind = "scenario";
  std::string name;
  Reference<Site> site;
  std::vector<WorkloadSpec> workload;
  PolicySpec policy;
  NetworkUse network;
  ConditionsSpec conditions;
  ConnectionSpec connection;
  MoneySpec money;
  Duration control_interval = whole_seconds(60);      // between two looks of the controls of cooling, storage and connection; 0: at every change
  DateTime start{1735689600, 0};      // 2025-01-01T00:00:00+00:00
  Horizon horizon;
  Window window;
  RecordSpec record;
  std::vector<EventSpec> events;
  std::vector<FailureSpec> failures;
  FailedServerPower failed_server_power = FailedServerPower::none;
  std::optional<Duration> reset_after;         // people close what an overload opened so long after; never by default
  std::int64_t seed = 1;
  EngineMode engine = EngineMode::dates;
  Location where;
};

}  // namespace headroom
