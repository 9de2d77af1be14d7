// A scenario as it is written: which site, which work, under which policy, for how long, what to record.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"
#include "sim/policies/policies.h"
#include "topologies/site.h"
#include "workloads/source.h"

namespace headroom {

struct PolicySpec {
  Order order = Order::fcfs;
  Backfill backfill = Backfill::none;
  Placement placement = Placement::first_fit;
};

// How long: until the last job has ended, or a fixed time.
struct Horizon {
  std::optional<Duration> length;
  static constexpr const char* grammar = "until-drained, or a time such as '7 d'";
  static Parsed<Horizon> parse(std::string_view text);
  std::string text() const;
};

// What means, peaks and ratios are taken over. Energies and counts are always of the whole run.
struct Window {
  bool all = false;
  Duration from, to;               // to > 0: between these two
  Location where;
  bool between() const { return to > Duration{}; }
  static constexpr const char* grammar = "submissions (first to last submit), all, or {from, to}";
  static Parsed<Window> parse(std::string_view text);
  std::string text() const;        // "" for {from, to}
};

enum class Detail { site, feeder, rack, server };
constexpr auto names(Detail) {
  return std::array{std::pair{Detail::site, "site"}, std::pair{Detail::feeder, "feeder"}, std::pair{Detail::rack, "rack"}, std::pair{Detail::server, "server"}};
}

struct RecordSpec {
  Duration every = whole_seconds(300);
  Detail detail = Detail::feeder;
};

// Who dates the ends of jobs: our calendar with SimGrid's clock following it; SimGrid executions; no SimGrid at all.
// Every finish is the same.
enum class EngineMode { dates, exec, in_memory };
constexpr auto names(EngineMode) {
  return std::array{std::pair{EngineMode::dates, "dates"}, std::pair{EngineMode::exec, "exec"}, std::pair{EngineMode::in_memory, "in-memory"}};
}

struct Scenario {
  static constexpr const char* kind = "scenario";
  std::string name;
  Reference<Site> site;
  std::vector<WorkloadSpec> workload;
  PolicySpec policy;
  DateTime start{1735689600, 0};      // 2025-01-01T00:00:00+00:00
  Horizon horizon;
  Window window;
  RecordSpec record;
  std::int64_t seed = 1;
  EngineMode engine = EngineMode::dates;
  Location where;
};

}  // namespace headroom
