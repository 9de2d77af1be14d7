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
  // `expected_end`: of the simulated time, as far as it is known; `never` if it is not.
  Progress(ProgressMode mode, Instant expected_end);
  ~Progress();      // clears the line
  void at(Instant now, std::int64_t jobs_ended);

 private:
  void print(Instant now, std::int64_t jobs_ended, double elapsed_s);

  using Clock = std::chrono::steady_clock;
  bool enabled_, rewriting_;
  Instant expected_end_;
  Clock::time_point begin_ = Clock::now(), printed_ = begin_;
  std::int64_t calls_ = 0;
  bool line_open_ = false;
};

}  // namespace headroom
