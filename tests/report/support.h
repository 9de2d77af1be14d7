// Small run files for the tests of the report.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/results/run_file.h"
#include "tests/support/temporary.h"

namespace headroom {

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

// Two sides of utility, generator, transfer switch, UPS and two PDUs; eight racks on both sides, one on side b alone.
// Utility A is lost and its generator starts; later utility B, whose generator does not: its battery runs empty, and the
// rack that hangs on it alone goes dark with one job. PDU a-1 trips while B is still away, and four racks follow.
class FaultyRun {
 public:
  explicit FaultyRun(const std::filesystem::path& folder) : file_(folder) {
    for (auto const& [key, text] : {std::pair{"scenario", "faulty"}, {"site", "two sides"}, {"start", "2020-01-01T12:00:00+01:00"}, {"program", "headroom 0.1.0"}}) file_.meta(key, std::string_view(text));
    for (auto const& [key, t_s] : {std::pair{"end_ns", 7200}, {"window_from_ns", 0}, {"window_to_ns", 7200}}) file_.meta(key, ns(t_s));
    for (auto const* key : {"servers", "cores", "workload 0 units"}) file_.meta(key, std::int64_t{36});
    file_.meta("workload 0 unit", std::string_view("core"));
    for (char const side : {'a', 'b'}) build_side(side);
    for (int rack = 1; rack <= 8; ++rack) {
      std::string const name = "h1/compute-" + std::to_string(rack), pdu = rack <= 4 ? "-1" : "-2";
      node(name + ":a", "rack", {"pdu-a" + pdu});
      node(name + ":b", "rack", {"pdu-b" + pdu});
    }
    node("h1/storage-1", "rack", {"pdu-b-2"});
    node("h1/storage-1/1", "server", {"h1/storage-1"});
    node("cooling", "auxiliary", {"ats-a"});
    totals(facility_meter);
    totals(it_meter);
    file_.interval({facility_meter, 0, ns(7200), 7200 * 5000.0, 4000, 6000});
    happen();
  }
  void finish() { file_.finish(); }
  std::int64_t change(double t_s, const std::string& element, const char* from, const char* to, std::int64_t cause = 0, const char* reason = "") {
    file_.change({++changes_, ns(t_s), element, from, to, cause, reason});
    return changes_;
  }

 private:
  void build_side(char side) {
    std::string const at = std::string("-") + side;
    node("utility" + at, "utility", {});
    node("generator" + at, "generator", {});
    node("ats" + at, "transfer-switch", {"utility" + at, "generator" + at});
    node("ups" + at, "ups", {"ats" + at});
    for (auto const* pdu : {"-1", "-2"}) node("pdu" + at + pdu, "pdu", {"ups" + at});
  }

  void node(const std::string& name, const char* kind, const std::vector<std::string>& parents) {
    NodeRow row;
    row.id = static_cast<int>(names_.size());
    row.name = name;
    row.kind = kind;
    row.voltage_v = 400;
    if (row.kind == "ups") row.rated_va = 15000;
    if (row.kind == "pdu") row.rated_a = 25;
    if (row.kind == "server") row.part = "it";
    file_.node(row);
    totals(row.id, row.kind == "ups" ? 1.5e6 : 0);
    for (auto const& parent : parents) file_.edge({static_cast<int>(std::find(names_.begin(), names_.end(), parent) - names_.begin()), row.id, 1e6});
    names_.push_back(name);
  }

  void totals(int node, double stored_j = 0) {
    for (auto const* span : {"run", "window"})
      file_.totals({.node = node, .span = span, .input_j = 3.6e7, .output_j = 3.6e7 - stored_j, .loss_j = 0, .stored_j = stored_j, .input_peak_w = 9000, .input_peak_s = 600,
                    .input_peak_15min_w = 8000, .output_peak_w = 9000, .output_peak_va = 9000, .connection_peak_va = 9000});
  }

  void happen() {
    auto const a = change(600, "utility-a", "live", "failed", 0, "event");
    change(600, "ups-a", "live", "on battery", a);
    auto const starting = change(600, "generator-a", "off", "starting", a);
    auto const running = change(612.5, "generator-a", "starting", "running", starting);
    auto const switched = change(614, "ats-a", "on utility-a", "on generator-a", running);
    change(616, "ups-a", "on battery", "recharging", switched);
    auto const back = change(1800, "utility-a", "failed", "live", 0, "event over");
    auto const returned = change(1860, "ats-a", "on generator-a", "on utility-a", back);
    change(1860, "generator-a", "running", "cooling down", returned);
    change(1900, "ups-a", "recharging", "live");

    auto const b = change(3600, "utility-b", "live", "failed", 0, "random failure");
    auto const battery = change(3600, "ups-b", "live", "on battery", b);
    auto const tried = change(3600, "generator-b", "off", "starting", b);
    change(3610, "generator-b", "starting", "failed to start", tried);
    auto const empty = change(3931.2, "ups-b", "on battery", "battery empty", battery);
    for (auto const* pdu : {"pdu-b-1", "pdu-b-2"}) {
      auto const dark = change(3931.2, pdu, "live", "dark", empty);
      bool const first = std::string(pdu) == "pdu-b-1";
      for (int rack = first ? 1 : 5; rack <= (first ? 4 : 8); ++rack) change(3931.2, "h1/compute-" + std::to_string(rack) + ":b", "live", "dark", dark);
      if (first) continue;
      auto const storage = change(3931.2, "h1/storage-1", "live", "dark", dark);
      auto const server = change(3931.21, "h1/storage-1/1", "live", "dark", storage);
      file_.interruption({0, 1, ns(100), ns(3931.21), 4, 0, 3831.21, server, "32:4"});
    }
    auto const tripped = change(4200, "pdu-a-1 circuit from ups-a", "closed", "tripped", 0, "overload 1.33");
    auto const dark = change(4200, "pdu-a-1", "live", "dark", tripped);
    for (int rack = 1; rack <= 4; ++rack) {
      auto const gone = change(4200, "h1/compute-" + std::to_string(rack) + ":a", "live", "dark", dark);
      file_.interruption({0, 1 + rack, ns(200), ns(4200), 4, 0, 4000, gone, ""});
    }
    auto const restored = change(5400, "pdu-a-1 circuit from ups-a", "tripped", "closed", 0, "event over");
    change(5400, "pdu-a-1", "dark", "live", restored);
    for (int rack = 1; rack <= 4; ++rack) change(5400, "h1/compute-" + std::to_string(rack) + ":a", "dark", "live", restored);
    change(6000, "pdu-a-2", "live", "maintenance", 0, "event");
  }

  RunFile file_;
  std::vector<std::string> names_;
  std::int64_t changes_ = 0;
};

inline void write_faulty_run(const std::filesystem::path& folder) { FaultyRun(folder).finish(); }

}  // namespace headroom
