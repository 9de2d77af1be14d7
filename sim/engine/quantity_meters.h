// What is added up beside electricity: water, heat, fuel. Each flows at a rate that is constant between changes, so its amounts
// are exact; recorded intervals are as long as those of the power meters.
#pragma once

#include <string>
#include <vector>

#include "base/sum.h"
#include "base/time.h"
#include "sim/results/run_file.h"

namespace headroom {

class QuantityMeters {
 public:
  QuantityMeters(Duration every, RunFile& file) : every_ns_(every.ns), file_(file) {}

  // `hall` -1: of the whole site. The rate is 0 until it is set.
  int add(std::string name, int hall, std::string unit);
  void set_rate(Instant now, int quantity, double per_s);
  // Brings everything to `now` and writes what is left.
  void finish(Instant now);

 private:
  struct Meter {
    QuantityRow row;
    double rate = 0;
    std::int64_t since_ns = 0;
    CompensatedSum total;
    std::int64_t begin_ns = 0;           // of the open interval
    double amount = 0;                   // in it
    QuantityIntervalRow pending;         // equal intervals side by side become one row
  };
  void hold(Meter& meter, std::int64_t now_ns) const;
  void close(Meter& meter, std::int64_t to_ns, double amount) const;

  std::int64_t const every_ns_;
  RunFile& file_;
  std::vector<Meter> meters_;
};

}  // namespace headroom
