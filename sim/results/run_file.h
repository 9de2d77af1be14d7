// The run file: one SQLite database a run, written while it goes on. Its schema is documented in docs/results.md; its
// version is in user_version. SQLite stays inside the .cpp files of this room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.h"

namespace headroom {

constexpr int run_file_version = 5;

// What the run was made from.
struct InputRow {
  std::string name;        // "scenario", "trace nasa-ipsc"
  std::string sha256;      // of the parsed, defaulted, ordered content; of a trace, the unpacked bytes
  std::string text;        // the expanded content; empty for a trace
};

struct NodeRow {
  int id = 0;
  std::string name, kind, type, part;      // part: it, facility, or "" for what only passes power on
  int count = 1;
  int hall = -1, rack = -1, server = -1;
  std::optional<double> rated_w, rated_va, rated_a, circuit_a;
  double voltage_v = 0;
  int phases = 3;
};

struct EdgeRow {
  int parent = 0, child = 0;
  double energy_j = 0;     // what the child drew from this parent over the run
};

// Exact totals and peaks of one node over one span.
struct TotalsRow {
  int node = 0;
  std::string span;        // "run" or "window"
  double input_j = 0, output_j = 0, loss_j = 0;      // input = output + loss + stored
  double stored_j = 0;                               // into its battery, net of what came out
  double input_peak_w = 0, input_peak_s = 0;         // and when it was first reached
  double input_peak_15min_w = 0;
  double output_peak_w = 0, output_peak_va = 0;
  double connection_peak_va = 0;                     // of the input, on one of its connections
};

// Meters of the site as a whole stand beside the nodes, with negative numbers.
constexpr int it_meter = -1, facility_meter = -2;

struct IntervalRow {
  int node = 0;
  std::int64_t from_ns = 0, to_ns = 0;     // several intervals of equal power are one row
  double energy_j = 0, minimum_w = 0, maximum_w = 0;
};

// A change of state of one element, and the change that led to it.
struct ChangeRow {
  std::int64_t id = 0;       // from 1, in the order in which they happened
  std::int64_t time_ns = 0;
  std::string element, from, to;
  std::int64_t cause = 0;    // id of an earlier change; 0: it begins a chain
  std::string reason;        // in words: "event", "random failure", "battery empty", "overload 1.33"
};

// A job that lost its servers before its end.
struct InterruptionRow {
  int workload = 0;
  std::int64_t trace_id = 0;
  std::int64_t start_ns = 0, end_ns = 0;   // of this attempt
  Amount cores{}, gpus{};                  // held
  double lost_s = 0;                       // held in vain: what its next attempt does not go on from; all of its attempts without one
  std::int64_t cause = 0;                  // id of the change
  std::string placement;
};

// What is added up over the network: the links of one tier of a fabric in one direction, or what crosses racks, or leaves
// the site.
struct NetworkMeterRow {
  int id = 0;
  std::string fabric, what;                // "tier" (with `tier`), "cross-rack", "wan"
  int tier = 0;
  std::string direction;                   // up, down, across; out, in
  std::int64_t links = 0;
  double rate_bit_s = 0;                   // of all of them
};

struct NetworkLoadRow {
  int meter = 0;
  std::int64_t from_ns = 0, to_ns = 0;     // several intervals of equal traffic are one row; intervals without any have none
  double bytes = 0;                        // in the whole of it
};

// One direction of one link, over the run.
struct NetworkLinkRow {
  int channel = 0;
  std::string fabric, from, to;
  int tier = 0;
  bool wan = false;
  double rate_bit_s = 0, bytes = 0;
  double peak_bit_s = 0;                   // mean of the fullest recorded interval
};

// Of some links, those that carried most: bytes in each bucket of equal length (meta network_bucket_ns).
struct NetworkSeriesRow {
  int channel = 0;
  int bucket = 0;
  double bytes = 0;
};

// What the site stands in or was told while the run lasted: weather, price, carbon, a limit.
struct SignalRow {
  int id = 0;
  std::string name, unit;
};

struct SignalValueRow {
  int signal = 0;
  std::int64_t from_ns = 0;                // until the next value, or the end of the run
  double value = 0;
};

// What is added up beside electricity: water, heat, fuel, what was spilled or curtailed.
struct QuantityRow {
  int id = 0;
  std::string name;
  int hall = -1;                           // -1: of the whole site
  std::string unit;
  double total = 0;                        // of the run
};

struct QuantityIntervalRow {
  int quantity = 0;
  std::int64_t from_ns = 0, to_ns = 0;     // several intervals of equal amounts are one row
  double amount = 0;                       // in the whole of it
};

// Of the air at the servers; straight lines between rows.
struct TemperatureRow {
  int hall = 0;
  std::int64_t time_ns = 0;
  double celsius = 0;
};

enum class JobState { completed, rejected, running_at_end, queued_at_end, killed, lost };
std::string_view to_text(JobState state);

struct JobRow {
  int workload = 0;
  std::int64_t trace_id = 0;
  JobState state = JobState::completed;
  std::int64_t submit_ns = 0, start_ns = -1, end_ns = -1, runtime_ns = 0, estimate_ns = 0;   // -1: never
  std::int64_t servers = 0;
  Amount cores{}, gpus{};                  // held while it ran
  double utilisation = 1, gpu_utilisation = 1;        // of the cores and GPUs held: the highest that its trace states
  double unserved_core_s = 0, unserved_gpu_s = 0;     // asked for on servers that were short, and not given
  double waited_s = 0, waited_alone_s = 0;            // for what it sent, and what that takes on an idle network; of its last attempt
  double sent_bytes = 0;
  double kept_s = 0, slowed_s = 0;         // kept from starting; work that servers that were slowed, or a pause, did not do
  std::int64_t cause = 0;   // id of the change that ended it before its time; 0: none
  int interruptions = 0;    // how often it lost its servers
  std::string placement;    // "first[-last]:cores[/gpus[@device]]" by server number, space between
};

class RunFile {
 public:
  // Begins DIR/run.sqlite; DIR/UNFINISHED stands there until finish(). Files of an earlier run are removed.
  // Throws OutputError.
  explicit RunFile(const std::filesystem::path& directory);
  // Takes everything and keeps nothing, without a folder: for a run of which only the measures in memory are wanted.
  static RunFile nowhere();
  ~RunFile();
  RunFile(const RunFile&) = delete;
  RunFile& operator=(const RunFile&) = delete;

  void meta(std::string_view key, std::string_view value);
  void meta(std::string_view key, double value);
  void meta(std::string_view key, std::int64_t value);
  void input(const InputRow& row);
  void node(const NodeRow& row);
  void edge(const EdgeRow& row);
  void totals(const TotalsRow& row);
  void interval(const IntervalRow& row);
  void change(const ChangeRow& row);
  void interruption(const InterruptionRow& row);
  void job(const JobRow& row);
  void network_meter(const NetworkMeterRow& row);
  void network_load(const NetworkLoadRow& row);
  void network_link(const NetworkLinkRow& row);
  void network_series(const NetworkSeriesRow& row);
  void signal(const SignalRow& row);
  void quantity(const QuantityRow& row);
  // Of one signal, quantity or hall, in the order of time; several may take turns.
  void signal_value(const SignalValueRow& row);
  void quantity_interval(const QuantityIntervalRow& row);
  void temperature(const TemperatureRow& row);

  // Everything is on disk and marked complete. Without it the file stays readable and marked unfinished.
  void finish();

 private:
  RunFile();
  struct State;
  std::unique_ptr<State> state_;      // null: nowhere
};

// DIR/run.sqlite, or the file itself. Throws InputError: not there, not a run file, of a later version.
class RunReader {
 public:
  explicit RunReader(const std::filesystem::path& run);
  ~RunReader();
  RunReader(RunReader&&) noexcept;

  bool complete() const;
  std::string meta_text(std::string_view key) const;                  // "" if absent
  double meta_number(std::string_view key) const;                     // 0 if absent
  std::int64_t meta_whole(std::string_view key) const;
  std::vector<std::pair<std::string, std::string>> all_meta() const;
  std::vector<InputRow> inputs() const;
  std::vector<NodeRow> nodes() const;
  std::vector<EdgeRow> edges() const;
  std::vector<TotalsRow> totals(std::string_view span) const;         // by node
  std::vector<IntervalRow> intervals(int node) const;                 // by time
  std::vector<int> recorded_meters() const;
  std::vector<ChangeRow> changes() const;                             // by id
  std::vector<InterruptionRow> interruptions() const;                 // by time of their end
  std::vector<NetworkMeterRow> network_meters() const;                // by id
  std::vector<NetworkLoadRow> network_loads(int meter) const;         // by time
  std::vector<NetworkLinkRow> network_links() const;                  // by channel; few of those that carried nothing
  std::vector<NetworkSeriesRow> network_series() const;               // by channel and bucket
  std::vector<SignalRow> signals() const;                             // by id
  std::vector<SignalValueRow> signal_values(int signal) const;        // by time
  std::vector<QuantityRow> quantities() const;                        // by id
  std::vector<QuantityIntervalRow> quantity_intervals(int quantity) const;   // by time
  std::vector<TemperatureRow> temperatures(int hall) const;           // by time
  // In the order in which they were written (of their end); the row is valid during the call.
  template <class Function>
  void each_job(Function function) const {
    JobRow row;
    auto cursor = open_jobs();
    while (next_job(*cursor, row)) function(static_cast<const JobRow&>(row));
  }
  const std::filesystem::path& directory() const;

 private:
  struct State;
  struct Cursor;
  struct CursorDeleter { void operator()(Cursor* cursor) const; };
  std::unique_ptr<Cursor, CursorDeleter> open_jobs() const;
  bool next_job(Cursor& cursor, JobRow& row) const;
  std::unique_ptr<State> state_;
};

}  // namespace headroom
