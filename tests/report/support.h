// Small run files for the tests of the report.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "sim/results/run_file.h"

namespace headroom {

class TemporaryFolder {
 public:
  TemporaryFolder() : path(std::filesystem::temp_directory_path() / ("headroom-report-" + std::to_string(getpid()))) { std::filesystem::create_directories(path); }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  std::filesystem::path const path;
};

inline std::int64_t ns(double t_s) { return static_cast<std::int64_t>(t_s * 1e9); }

struct SmallRun {
  std::string scenario = "small";
  std::string trace = "trace /home/somebody/jobs.csv";
  std::string workload = R"([{"trace": "/home/somebody/jobs.csv"}])";
  std::string element = "ups-a";
  int pdus = 1;
  bool jobs = true, finished = true;
};

// One hour: utility (limit 10 kW), UPS (4 kVA), PDUs (25 A), a rack, one server. The site draws 2 kW for half an hour with
// one instant of 8 kW, then 1 kW.
inline void write_small_run(const std::filesystem::path& folder, const SmallRun& small = {}) {
  RunFile file(folder);
  for (auto const& [key, text] : {std::pair{"scenario", small.scenario}, {"site", "hut"}, {"start", "2020-01-01T00:00:00+01:00"}, {"timezone", "Europe/Berlin"}, {"program", "headroom 0.1.0"}})
    file.meta(key, std::string_view(text));
  file.meta("seed", std::int64_t{7});
  file.meta("servers", std::int64_t{1});
  file.meta("cores", std::int64_t{4});
  file.meta("workload 0 unit", std::string_view("core"));
  file.meta("workload 0 units", std::int64_t{4});
  file.meta("worst_imbalance", 1e-16);
  if (small.finished)
    for (auto const& [key, t_s] : {std::pair{"end_ns", 3600}, {"window_from_ns", 0}, {"window_to_ns", 3600}}) file.meta(key, ns(t_s));
  file.input({"scenario", std::string(64, 'a'), R"({"kind": "scenario", "window": "submissions", "record": {"every": "5 min"}, "workload": )" + small.workload + "}"});
  file.input({small.trace, std::string(64, 'b'), ""});

  auto const node = [&](int id, const std::string& name, const char* kind, auto change) {
    NodeRow row;
    row.id = id;
    row.name = name;
    row.kind = kind;
    row.voltage_v = 400;
    change(row);
    file.node(row);
    for (auto const* span : {"run", "window"})
      file.totals({.node = id, .span = span, .input_j = 5.4e6, .output_j = 5.4e6, .loss_j = 0, .input_peak_w = 8000, .input_peak_s = 600, .input_peak_15min_w = 2000,
                   .output_peak_w = 8000, .output_peak_va = 8000, .connection_peak_va = 8000});
  };
  auto const link = [&](int parent, int child) { file.edge({parent, child, 5.4e6}); };
  node(0, "utility", "utility", [](NodeRow& row) { row.rated_w = 10000; });
  node(1, small.element, "ups", [](NodeRow& row) { row.rated_va = 4000; });
  link(0, 1);
  for (int i = 0; i < small.pdus; ++i) {
    node(2 + i, "pdu-" + std::to_string(i + 1), "pdu", [](NodeRow& row) { row.rated_a = 25; });
    link(1, 2 + i);
  }
  int const rack = 2 + small.pdus;
  node(rack, "h/r-1:a", "rack", [](NodeRow&) {});
  link(2, rack);
  node(rack + 1, "h/r-1/1", "server", [](NodeRow& row) {
    row.part = "it";
    row.server = 0;
  });
  link(rack, rack + 1);
  for (int const meter : {it_meter, facility_meter})
    for (auto const* span : {"run", "window"})
      file.totals({.node = meter, .span = span, .input_j = 5.4e6, .output_j = 5.4e6, .loss_j = 0, .input_peak_w = 8000, .input_peak_s = 600, .input_peak_15min_w = 2000});
  for (int meter = facility_meter; meter < rack; ++meter) {
    file.interval({meter, ns(0), ns(600), 2000.0 * 600, 2000, 2000});
    file.interval({meter, ns(600), ns(900), 2000.0 * 300, 2000, 8000});
    file.interval({meter, ns(900), ns(1800), 2000.0 * 900, 2000, 2000});
    file.interval({meter, ns(1800), ns(3600), 1000.0 * 1800, 1000, 1000});
  }
  if (small.jobs) {
    JobRow row;
    row.trace_id = 1;
    row.submit_ns = ns(10);
    row.start_ns = ns(10);
    row.end_ns = ns(100);
    row.runtime_ns = row.estimate_ns = ns(90);
    row.servers = 1;
    row.cores = 3;
    row.placement = "0:3";
    file.job(row);
    row.trace_id = 2;
    row.submit_ns = 10'500'000'000;
    row.start_ns = ns(130.5);
    row.end_ns = ns(200);
    file.job(row);
    row.state = JobState::rejected;
    row.trace_id = 3;
    row.cores = 99;
    row.start_ns = row.end_ns = -1;
    file.job(row);
  }
  if (small.finished) file.finish();
}

}  // namespace headroom
