// Meters at every node of the power graph and of the site as a whole: exact energies, peaks, recorded intervals.
//
// Power is constant between updates, so energy is a sum of power x time, compensated; nothing is sampled. Demand is the
// mean over the quarter hours counted from the start of the run.
#pragma once

#include <span>
#include <vector>

#include "base/sum.h"
#include "base/time.h"
#include "sim/power/flow.h"
#include "sim/results/run_file.h"

namespace headroom {

constexpr Duration demand_interval = whole_seconds(900);

class Meters {
 public:
  // `every[node]`: length of the recorded intervals of that node, zero: not recorded.
  // The two site meters (IT, facility) come after the nodes and are recorded at `site_every`.
  Meters(const PowerFlow& flow, std::vector<Duration> every, Duration site_every, RunFile& file);

  // The flow of these nodes has changed at `now`, and perhaps which feeds they draw from; what was held until now.
  void update(Instant now, std::span<const NodeId> changed, bool feeds_changed);
  // Means, peaks and ratios are taken from here. A run without a window, or with one of no length, is its own.
  void begin_window(Instant now);
  void end_window(Instant now);
  // Brings everything to `now` and writes totals, edges and what is left of the intervals.
  void finish(Instant now);

  // |input - output - loss - stored| and |output - what children drew| over the run, relative, worst node. Checked by finish():
  // ContractError above 1e-9.
  double worst_imbalance() const { return worst_imbalance_; }
  Instant window_from() const { return {window_begin_ns_}; }
  Instant window_to() const { return {window_end_ns_}; }

 private:
  struct Peaks {
    double input_w = -1, input_at_s = 0, output_w = 0, output_va = 0, connection_va = 0;
    void take(const Peaks& b);
  };
  struct Channel {                     // interval means: demand or recorded rows
    std::int64_t length_ns = 0;        // 0: off
    std::int64_t begin_ns = 0;         // of the open interval
    double energy_j = 0, minimum_w = 0, maximum_w = 0;
  };
  // What every change of a node's flow touches, and apart from it what only intervals and bounds do: large sites have as many
  // meters as fit no cache.
  struct Meter {
    std::int64_t since_ns = 0;
    double input_w = 0, output_w = 0, loss_w = 0, stored_w = 0, output_va = 0, connection_va = 0;
    int live_parents = 0;
    bool is_recorded = false;
    CompensatedSum input_j, output_j, loss_j;
    Peaks peaks;                        // since the window's last bound
    Channel demand;
    double demand_peak_w = 0, window_demand_peak_w = 0;
  };
  struct Ledger {
    CompensatedSum stored_j, moved_j;   // moved: into and out of its battery
    double window_input_j = 0, window_output_j = 0, window_loss_j = 0, window_stored_j = 0;    // at its begin, then of it
    Peaks run, window;                  // of the spans before the last bound; of the window
    Channel recorded;
    IntervalRow pending;                // equal intervals side by side become one row
  };

  void hold(std::size_t index, std::int64_t now_ns);
  void hold_channel(Meter& meter, Channel& channel, std::size_t index, std::int64_t from_ns, std::int64_t to_ns);
  void close_interval(Meter& meter, const Channel& channel, std::size_t index, std::int64_t to_ns, double mean_w);
  void note_demand(Meter& meter, std::int64_t from_ns, std::int64_t to_ns, double mean_w) const;
  void write_pending(Ledger& ledger);
  void take_run_as_window(Instant now);
  void read_flow(std::size_t index);
  void read_edges(std::size_t index);
  void read_site(Instant now);
  void note_peaks(Meter& meter);
  void write_totals(std::size_t index);
  void check_balance();
  int meter_number(std::size_t index) const;

  const PowerFlow& flow_;
  RunFile& file_;
  std::vector<Meter> meters_;
  std::vector<Ledger> ledgers_;              // beside meters_
  std::vector<std::size_t> first_edge_;      // of each node into edge_j_
  std::vector<CompensatedSum> edge_j_;       // what each parent delivered
  std::vector<char> edge_live_;              // does it deliver?
  std::size_t it_, facility_;
  bool in_window_ = false, had_window_ = false;
  std::int64_t window_begin_ns_ = 0, window_end_ns_ = 0;
  double worst_imbalance_ = 0;
};

}  // namespace headroom
