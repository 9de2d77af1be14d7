// What every single fault of the power path does, and every pair: statically, at given loads.
//
// Fault > steady state (transfers made, generators running) > overloads followed to their end. Beside it the gap: what the
// batteries must carry until the transfers are made. From the layout alone; time is analysis/study's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/statics/bridges.h"
#include "analysis/statics/cascade.h"
#include "analysis/statics/faults_of_path.h"
#include "sim/power/limits.h"
#include "topologies/network/reach.h"

namespace headroom {

struct FaultOutcome {
  PathFault fault;
  std::vector<int> racks, servers;     // dark at the end, by number; servers that the network no longer reaches, too
  double it_kw_lost = 0, facility_kw = 0;        // at the end
  std::vector<CascadeStep> cascade;
  Gap gap;
  std::optional<double> first_dark_s;  // from the fault until the first server is dark; nothing: none is
  std::string fullest;                 // of the whole path at the end: the node nearest to a limit, or farthest beyond it
  std::optional<Limit> limit;

  bool darkens() const { return !racks.empty() || !servers.empty(); }
  bool interrupts() const { return darkens() || !gap.servers.empty(); }
  // Something is left above its rating for good, or unprotected on a bypass.
  bool overloads() const;
};

// Two faults together: at the end, bridges not counted.
struct PairOutcome {
  int first = 0, second = 0;           // into PairsAnswer::faults
  int racks_dark = 0, servers_dark = 0;
  double it_kw_lost = 0;
};
struct PairsAnswer {
  std::vector<PathFault> faults;       // elements and the site's common causes
  std::int64_t pairs = 0, darken = 0, cascade = 0;
  std::int64_t worse = 0;              // darken a rack or server that neither darkens alone
  std::vector<PairOutcome> worst;      // of these, by harm; not more than `kept`
  std::optional<PairOutcome> worst_of_all;
};

// How good the scheme really is, and what it falls short by.
enum class Tolerance { n, n_plus_1, concurrently_maintainable, fault_tolerant };
constexpr auto names(Tolerance) {
  return std::array{std::pair{Tolerance::n, "N"}, std::pair{Tolerance::n_plus_1, "N+1"}, std::pair{Tolerance::concurrently_maintainable, "concurrently maintainable"},
                    std::pair{Tolerance::fault_tolerant, "fault tolerant"}};
}
struct Shortfall {
  Tolerance missed;
  std::string fault;                   // the worst counterexample; "" where nothing is spare
  int racks = 0, servers = 0;          // that it darkens
  bool for_a_while = false;            // until the transfers are made; of an answer in time: until power is back
  std::string why;                     // where it darkens nothing, or not by itself: "leaves ups-b at 173 % of its kW"
};
struct ToleranceVerdict {
  Tolerance tolerance = Tolerance::n;
  std::vector<Shortfall> shortfalls;   // one for each level above it
};

// What is out of service already when the fault comes.
struct PlannedOutage {
  NodeId node;
  int units = 0;                       // 0: all
};

class Contingency {
 public:
  // `delivered`: of each server; empty: full load.
  explicit Contingency(const PowerGraph& graph, std::vector<Power> delivered = {}, const std::vector<PlannedOutage>& planned = {});

  // In the order of single_faults().
  std::vector<FaultOutcome> singles();
  FaultOutcome outcome(const PathFault& fault);
  PairsAnswer pairs(std::size_t kept);

  // Before any fault, with what is planned out of service.
  double it_kw() const { return it_kw_; }
  double facility_kw() const { return facility_kw_; }
  const std::vector<int>& servers_dark() const { return dark_before_; }
  const std::vector<Power>& delivered() const { return delivered_; }
  // What trips without any fault.
  std::vector<CascadeStep> unprovoked();

 private:
  struct Usage {
    double w, va, circuit_va;          // limits of a node; infinite where there is none
    int needed;                        // devices that the ratings count
  };
  struct Dark {
    std::vector<int> racks, servers;
  };
  void note_limits();
  double used_share(std::size_t node) const;
  void find_fullest(FaultOutcome& outcome);
  void take_out(const PathFault& fault);
  Dark newly_dark();
  void add_cut_off(Dark& dark);
  std::vector<CascadeStep> follow(const std::vector<NodeId>& hot);
  Dark joined(Dark dark, const Dark& with_one);
  void pair_with_others(std::size_t i, const std::vector<FaultOutcome>& alone, PairsAnswer& answer, std::size_t kept);

  const PowerGraph& graph_;
  PowerFlow flow_;
  SteadyState steady_;
  std::vector<Power> delivered_;
  std::optional<Cascade> cascade_;
  std::optional<Bridges> bridges_;
  std::vector<NodeId> hot_;                      // overloaded before any fault
  std::vector<int> dark_before_, racks_dark_before_;      // servers and racks, with what is planned out of service
  double it_kw_ = 0, facility_kw_ = 0;
  std::vector<Usage> limits_;
  std::vector<std::pair<double, std::size_t>> shares_before_;      // the fullest first
  std::vector<std::uint64_t> seen_;              // of each node, and then of each rack: the look that saw it last
  std::vector<int> rack_of_;                     // of each strip; -1
  std::uint64_t looks_ = 0;
  Reach reach_;
};

// `on_generators`: the loss of one unit of each generator while no utility lives.
ToleranceVerdict verdict_of(const std::vector<FaultOutcome>& singles, const std::vector<FaultOutcome>& on_generators);
// What was found elsewhere, in time, lowers the verdict.
void lower(ToleranceVerdict& verdict, Shortfall found);

// All of it.
struct ContingencyAnswer {
  int racks = 0, servers = 0;
  double it_kw = 0, facility_kw = 0;             // before any fault
  ToleranceVerdict verdict;
  std::vector<CascadeStep> unprovoked;
  std::vector<FaultOutcome> singles;             // the most harm first
  struct SinglePoint {
    std::string element;
    int racks = 0, servers = 0;                  // that hang on it alone
  };
  std::vector<SinglePoint> single_points;        // of the path above the racks, the most first
  std::optional<PairsAnswer> pairs;
};
// `pairs_kept`: with pairs, and so many of those that are worse than either alone.
ContingencyAnswer contingency(const PowerGraph& graph, std::vector<Power> delivered = {}, std::optional<std::size_t> pairs_kept = {});

// The most harm first: racks and servers dark at the end, then for a while, then the fullest node.
void sort_by_harm(std::vector<FaultOutcome>& outcomes);

}  // namespace headroom
