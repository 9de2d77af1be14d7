// What the network carries: every link in each direction over the run, and each tier, what crosses racks and what leaves the
// site by recorded interval.
#pragma once

#include <vector>

#include "sim/network/flow_plan.h"
#include "sim/network/load_meter.h"
#include "sim/results/run_file.h"

namespace headroom {

class LinkMeters {
 public:
  LinkMeters(const PowerGraph& graph, Duration every, RunFile& file);

  // So many bytes of one flow of a phase came evenly between these dates.
  void add(Instant from, Instant to, const RoutedPhase& phase, const RoutedFlow& flow, double bytes);
  // One flow of a phase goes on at this rate from now on, or goes on no longer (less than zero).
  void change_rate(Instant now, const RoutedPhase& phase, const RoutedFlow& flow, double by_bytes_per_s);
  // The end of the interval in which this date is: what flows is to be added until then and no further at once.
  Instant interval_end(Instant now) const { return Instant{} + Duration{every_.ns * ((now - Instant{}).ns / every_.ns + 1)}; }
  // What goes over it now, at the rates of change_rate.
  double rate_bit_per_s(Channel channel) const { return 8 * links_[static_cast<std::size_t>(channel)].rate(); }

  void finish(Instant end);

 private:
  struct Group {
    LoadMeter meter;
    NetworkLoadRow open;             // not written yet: the next interval may be equal
  };
  template <class Function>
  void each_meter(const RoutedPhase& phase, const RoutedFlow& flow, Function function);
  std::size_t group_of(Channel channel) const;
  void write(std::size_t group, const std::vector<LoadMeter::Interval>& intervals);
  void record_groups();
  void record_links();
  std::string name_of(VertexId vertex) const;

  const PowerGraph& graph_;
  const NetworkGraph& network_;
  Duration every_;
  RunFile& file_;
  std::vector<LoadMeter> links_;     // by channel
  std::vector<Group> groups_;
  std::vector<std::size_t> first_group_;       // of each fabric: up, down and across of each tier, cross-rack, out and in
  std::vector<LoadMeter::Interval> closed_;
};

}  // namespace headroom
