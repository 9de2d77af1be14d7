// Progress of a run on stderr: share of simulated time, speed, time left. One line that rewrites itself on a terminal, a
// plain line every 30 s elsewhere, nothing under -q.
#pragma once

#include <chrono>
#include <string>

#include "base/time.h"

namespace headroom {

enum class ProgressMode { automatic, shown, hidden };

class Progress {
 public:
  // `horizon`: the end of the simulated time; `never` where it ends with the last job.
  Progress(ProgressMode mode, Instant horizon);
  ~Progress();      // clears the line
  // `trace_read`: share of the traces that has been read, 0..1, which stands for the share done where there is no horizon.
  template <class Share>
  void at(Instant now, std::int64_t jobs_ended, Share trace_read) {
    if (due()) print(now, jobs_ended, trace_read());
  }

 private:
  bool due();
  void print(Instant now, std::int64_t jobs_ended, double trace_read);

  using Clock = std::chrono::steady_clock;
  bool enabled_, rewriting_;
  Instant horizon_;
  Clock::time_point begin_ = Clock::now(), printed_ = begin_;
  std::int64_t calls_ = 0;
  bool line_open_ = false;
};

}  // namespace headroom
