// When the window of means, peaks and ratios begins and ends.
#pragma once

#include "sim/engine/meters.h"
#include "sim/model/scenario.h"

namespace headroom {

class RunWindow {
 public:
  RunWindow(const Window& window, Meters& meters) : window_(window), meters_(meters) {
    if (window.all) meters.begin_window({});
  }

  void first_arrival(Instant now) {
    if (by_submissions()) meters_.begin_window(now);
  }
  void last_arrival(Instant now) {
    if (by_submissions()) meters_.end_window(now);
  }
  // A bound that stands in the scenario.
  Instant next() const {
    if (!window_.between() || marks_ == 2) return never;
    return Instant{} + (marks_ == 0 ? window_.from : window_.to);
  }
  void pass(Instant now) {
    if (next() != now) return;
    if (marks_++ == 0) meters_.begin_window(now);
    else meters_.end_window(now);
  }

 private:
  bool by_submissions() const { return !window_.all && !window_.between(); }

  const Window& window_;
  Meters& meters_;
  int marks_ = 0;
};

}  // namespace headroom
