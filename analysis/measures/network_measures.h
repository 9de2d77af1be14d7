// What the network carried, and what jobs waited for it. Definitions beside the fields; means, peaks and percentiles are of
// the window (of the whole run where the window has no length), bytes of the run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

// All links of one tier of a fabric in one direction; or what crosses racks, or leaves the site.
struct GroupLoad {
  std::string fabric, what, direction;       // what: tier, cross-rack, wan
  int tier = 0;
  std::int64_t links = 0;
  double rate_gbit_s = 0;                    // of all of them; 0 of cross-rack
  double bytes = 0;
  double mean_gbit_s = 0, peak_gbit_s = 0;   // peak: the fullest recorded interval
  double p999_gbit_s = 0;                    // not exceeded in 99.9 % of the time, by recorded intervals
  struct Span {
    double from_s, to_s, gbit_s;
  };
  std::vector<Span> spans;                   // where it is not zero
};

// One direction of one link.
struct LinkLoad {
  int channel = 0;
  std::string fabric, from, to;
  int tier = 0;
  bool wan = false;
  double rate_gbit_s = 0, bytes = 0;
  double mean_share = 0, peak_share = 0;     // of its rate: over the run, and in the fullest recorded interval
};

struct WaitingForNetwork {
  std::int64_t jobs_sending = 0;             // jobs that sent anything
  std::int64_t jobs_slowed = 0;              // of these: that waited longer than on an idle network
  double sent_bytes = 0;
  double waited_s = 0, alone_s = 0;          // summed over completed jobs: for what they sent, and what that takes on an idle network
  double stretch_mean = 1, stretch_max = 1;  // run time over run time without the difference; mean of the jobs that send
};

struct NetworkMeasures {
  std::vector<GroupLoad> groups;
  std::vector<LinkLoad> links;               // that carried anything, the fullest (by peak, then mean) first
  std::int64_t links_that_carried = 0;
  double interval_s = 0;                     // of the peaks
  WaitingForNetwork waiting;
};

// Nothing where the run has no network. `most_links`: so many of the fullest.
std::optional<NetworkMeasures> network_measures(const RunReader& run, std::size_t most_links = 20);

}  // namespace headroom
