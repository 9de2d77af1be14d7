// How one attempt at a job goes on while its servers live: work, and the checkpoints in between.
//
// Work proceeds at rate 1. After every `every` of work in this attempt a checkpoint of length `cost` is written; no work
// is done meanwhile, and the job runs at its highest utilisation. None is written when no work is left.
#pragma once

#include <optional>
#include <span>

#include "sim/model/scenario.h"
#include "workloads/job.h"

namespace headroom {

class JobProgress {
 public:
  // An attempt that begins with `done` of the job's run time done. The job's fragments must stay where they are.
  JobProgress(const Job& job, const std::optional<CheckpointSpec>& checkpoint, Duration done);

  // Of the whole attempt; what would be more than 100 years is a nanosecond more.
  Duration length() const { return length_; }

  struct Segment {
    Utilisations utilisation;
    Duration until;              // the utilisation changes or the job ends so long after the attempt began
  };
  // So long after the attempt began. Quick as long as `elapsed` does not go back.
  Segment segment(Duration elapsed);

  // The work from which the job can go on if it loses its servers so long after the attempt began: what the checkpoints
  // hold that were written to the end by then. Without checkpoints: none.
  Duration safe(Duration elapsed) const;

 private:
  // Where the attempt stands; `work` counts from its begin.
  struct Place {
    Duration work;
    Duration rest;               // until the checkpoint that is being written, or else the work before it, is complete
    bool writing = false;
  };
  Place place(Duration elapsed) const;
  std::int64_t checkpoints_before(Duration work) const;
  Duration with_checkpoints(Duration work, std::int64_t checkpoints) const;
  Duration leaves(Duration work) const;
  void find_fragment(Duration work);

  std::optional<CheckpointSpec> checkpoint_;
  Duration done_, work_, length_;          // work_: of this attempt
  std::int64_t checkpoints_ = 0;           // of this attempt
  Utilisations highest_;
  std::span<const Fragment> fragments_;
  std::size_t fragment_ = 0;               // the current one, from begin_ to end_ of the whole job's work
  Duration begin_, end_;
};

}  // namespace headroom
