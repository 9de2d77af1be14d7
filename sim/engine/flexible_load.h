// Jobs that wait, stand still or go slowly while electricity is dear or dirty, or the grid calls for less.
#pragma once

#include <vector>

#include "sim/engine/surroundings.h"
#include "sim/model/model.h"

namespace headroom {

class FlexibleLoad {
 public:
  explicit FlexibleLoad(const Model& model);

  bool is_there() const { return !flexible_.empty(); }
  // The next date at which a job has been kept long enough, or a spell has lasted as long as it may. Signals have dates of their own.
  Instant next() const;
  // True: jobs of some workload may start again or no more, or go at another speed.
  bool look(Instant now, const Surroundings& around);

  bool keeps(int workload) const { return workload < std::ssize(state_) && state_[static_cast<std::size_t>(workload)].keeps; }
  double speed(int workload) const { return state_[static_cast<std::size_t>(workload)].speed; }

  // A job that may not start now, from its submission on.
  void keep(std::int32_t job, int workload, Instant submit, Instant now);
  struct Kept {
    std::int32_t job;
    int workload;
    Instant until, since;
  };
  // Those that may start: their workload is let go, or they have been kept for long enough.
  std::vector<Kept> take_free(Instant now);
  // At the end of a run: those that are still kept.
  const std::vector<Kept>& kept() const { return kept_; }
  // May this job be kept at all? Not one that has been for as long as it may.
  bool may_keep(int workload, Instant submit, Instant now) const;

 private:
  struct State {
    bool stressed = false, keeps = false;
    double speed = 1;
    Instant spell_ends = never;
  };
  const FlexibilitySpec& spec(int workload) const { return *model_.scenario.workload[static_cast<std::size_t>(workload)].flexible; }
  bool is_stressed(const FlexibilitySpec& spec, const Surroundings& around) const;

  const Model& model_;
  std::vector<int> flexible_;            // workloads
  std::vector<State> state_;             // of all workloads; empty where none is flexible
  std::vector<Kept> kept_;               // in the order in which they were kept
};

}  // namespace headroom
