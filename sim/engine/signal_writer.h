// Signals of a run file: values that hold until the next. A value that is what it was is not written again.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/time.h"
#include "sim/results/run_file.h"

namespace headroom {

class SignalWriter {
 public:
  explicit SignalWriter(RunFile& file) : file_(file) {}

  int open(std::string name, std::string unit) {
    file_.signal({static_cast<int>(last_.size()), std::move(name), std::move(unit)});
    last_.push_back(std::numeric_limits<double>::quiet_NaN());
    return static_cast<int>(last_.size()) - 1;
  }
  void note(Instant now, int signal, double value) {
    double& last = last_[static_cast<std::size_t>(signal)];
    if (last == value) return;
    last = value;
    file_.signal_value({signal, now.ns, value});
  }

 private:
  RunFile& file_;
  std::vector<double> last_;           // of each signal; NaN: none yet
};

}  // namespace headroom
