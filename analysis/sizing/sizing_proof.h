// Does a resized path carry what it was sized by? Every state of it (load_states.h) under every load: no limit is passed, and no
// rack is dark that is not dark in the same state as built. Limits that are sized by the 15-minute peak are held against that.
//
// A node with fewer devices than its rating counts, and a rating that was not changed, may be passed where it is as built.
// Static: what trips and what batteries bridge is a question of time, which analysis/study asks.
#pragma once

#include <optional>

#include "analysis/sizing/load_states.h"

namespace headroom {

struct ProvenLimit {
  std::string name, unit;              // the node; kW, kVA, A, circuit A
  std::string load, lost;
  double allowed = 0, carried = 0;     // of what is in service
  double share() const { return carried / allowed; }
};
struct DarkenedRack {
  std::string rack, load, lost;
};

struct SizingProof {
  int states = 0, loads = 0;
  std::optional<ProvenLimit> fullest;
  std::vector<ProvenLimit> passed;     // of each limit the worst, the most first
  std::vector<DarkenedRack> darkened;
  bool holds() const { return passed.empty() && darkened.empty(); }
};

// `built` and `sized`: graphs of one layout. fifteen_minutes: the 15-minute peak over the instantaneous one.
SizingProof prove_sizes(const PowerGraph& built, const PowerGraph& sized, const std::vector<LoadCase>& cases, double fifteen_minutes);

}  // namespace headroom
