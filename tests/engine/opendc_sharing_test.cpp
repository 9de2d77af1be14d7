// OpenDC's experiments on one host whose processors and GPU several tasks share, and its workflows: what its tests assert,
// through tables of tasks and fragments.
//
// H1: one core of 2000 MHz, 100 W to 200 W; H2: two such cores; G1: H1 and a GPU of 2000 MHz, 200 W to 400 W.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/engine/support.h"

using namespace headroom;

namespace {

std::string host_of(const std::string& server) {
  return fmt::format("site:\n  name: opendc\n  halls: [{{name: h, racks: [{{name: r, servers: [{{type: {{{}, memory: 100 GB, hold_up: 0 s, boot: {{time: 0 s}}}}}}]}}]}}]\n"
                     "  power: {{scheme: N, utility: [{{name: utility, voltage: 400 V}}]}}\nwindow: all\nrecord: {{every: 1 min, detail: site}}\n", server);
}
const std::string h1 = host_of("cores: 1, power: {linear: {idle: 100 W, full: 200 W}}"), h2 = host_of("cores: 2, power: {linear: {idle: 100 W, full: 200 W}}");
const std::string g1 = host_of("cores: 1, gpus: 1, power: {components: {cpus: {idle: 100 W, full: 200 W}, gpus: {idle: 200 W, full: 400 W}}}");
std::string one_gpu(double overhead, int tasks) {      // of 1000 MHz, and cores enough
  return host_of("cores: 4, gpus: 1, power: {components: {cpus: {idle: 100 W, full: 200 W}, gpus: {idle: 200 W, full: 400 W}}}") +
         fmt::format("policy: {{overcommit: {{gpus: {}, gpu_overhead: {}}}}}\n", tasks, overhead);
}
const std::string shared = "policy: {overcommit: {}}\n";

struct Task {
  std::string parents{}, at_ms = "0", cores = "1", gpus = "0";
  std::vector<std::array<double, 3>> fragments{};    // minutes, CPU MHz, GPU MHz
  double core_mhz = 2000, gpu_mhz = 2000;
};

Run opendc(const std::string& rest, const std::vector<Task>& tasks, const std::string& when_short = "slow") {
  std::string rows = "id,submission_time,cpu_count,cpu_capacity,gpu_count,gpu_capacity,parents\n", pieces = "id,duration,cpu_usage,gpu_usage\n";
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    Task const& task = tasks[i];
    rows += fmt::format("{},{},{},{},{},{},{}\n", i + 1, task.at_ms, task.cores, task.core_mhz * std::stod(task.cores), task.gpus, task.gpu_mhz * std::stod(task.gpus), task.parents);
    for (auto const& [minutes, cpu, gpu] : task.fragments) pieces += fmt::format("{},{},{},{}\n", i + 1, minutes * 60'000, cpu, gpu);
  }
  return Run(fmt::format("workload: [{{trace: ./tasks.csv, when_short: {}}}]\n", when_short) + rest, {{"tasks.csv", rows}, {"fragments.csv", pieces}});
}

double shared_end_of(const Run& run) { return run.counts.end.seconds(); }
double shared_energy_j(const Run& run) { return run.totals(run.node("utility")).input_j; }
double minute_j(const Run& run, std::int64_t minute) {
  std::int64_t const from = minute * 60 * nanoseconds_per_second, to = from + 60 * nanoseconds_per_second;
  for (auto const& row : run.reader().intervals(run.node("utility")))
    if (row.from_ns <= from && row.to_ns >= to) return row.energy_j * static_cast<double>(to - from) / static_cast<double>(row.to_ns - row.from_ns);
  throw std::runtime_error("the run has no such minute");
}

}  // namespace

TEST_CASE("OpenDC scenarios: one core, two cores, and an idle time between tasks", "[engine]") {
  Task const half{.fragments = {{10, 1000, 0}}}, full{.fragments = {{5, 2000, 0}}};
  Task late = full;
  late.at_ms = "1200000";
  struct Case {
    std::string host;
    std::vector<Task> tasks;
    double end_s, energy_j;
  };
  for (auto const& c : {Case{h1, {half}, 600, 90'000}, Case{h1, {half, full}, 900, 150'000}, Case{h2, {half, half}, 600, 90'000}, Case{h1, {half, late}, 1500, 210'000}}) {
    Run const run = opendc(c.host, c.tasks);
    CHECK(shared_end_of(run) == c.end_s);
    CHECK(shared_energy_j(run) == Approx(c.energy_j).epsilon(1e-12));
    CHECK(minute_j(run, 0) == Approx(9'000).epsilon(1e-12));
  }
}

TEST_CASE("OpenDC scenarios with a GPU: cores and GPU are busy apart", "[engine]") {
  Task const gpu{.gpus = "1", .fragments = {{10, 0, 1000}}}, both{.gpus = "1", .fragments = {{10, 1000, 1000}}}, full{.gpus = "1", .fragments = {{10, 1000, 2000}}};
  Task const core_alone{.fragments = {{10, 1000, 0}}};
  Task gpu_alone = gpu;
  gpu_alone.cores = "0";
  struct Case {
    std::vector<Task> tasks;
    double energy_j;
  };
  for (auto const& c : {Case{{gpu}, 240'000}, Case{{both}, 270'000}, Case{{full}, 330'000}, Case{{core_alone, gpu_alone}, 270'000}}) {
    Run const run = opendc(g1, c.tasks);
    CHECK(shared_end_of(run) == 600);
    CHECK(shared_energy_j(run) == Approx(c.energy_j).epsilon(1e-12));
    CHECK(minute_j(run, 0) == Approx(c.energy_j / 10).epsilon(1e-12));
  }
}

TEST_CASE("OpenDC workflow 1: a diamond", "[engine]") {
  std::vector<std::array<double, 3>> const ten{{10, 1000, 0}};
  Run const run = opendc(h2, {{.fragments = ten}, {.parents = "1", .fragments = ten}, {.parents = "1", .fragments = ten}, {.parents = "2 3", .fragments = ten}});
  CHECK(shared_end_of(run) == 1800);
  CHECK(shared_energy_j(run) == Approx(240'000).epsilon(1e-12));
  CHECK(minute_j(run, 0) == Approx(7'500).epsilon(1e-12));
  CHECK(minute_j(run, 10) == Approx(9'000).epsilon(1e-12));
  CHECK(minute_j(run, 20) == Approx(7'500).epsilon(1e-12));
}

TEST_CASE("OpenDC workflow 3: a diamond beside a task of its own", "[engine]") {
  std::vector<std::array<double, 3>> const ten{{10, 1000, 0}};
  Run const run = opendc(h2, {{.fragments = ten}, {.parents = "1", .fragments = ten}, {.parents = "1", .fragments = ten}, {.parents = "2 3", .fragments = ten}, {.fragments = {{40, 1000, 0}}}});
  CHECK(shared_end_of(run) == 2400);
  CHECK(shared_energy_j(run) == Approx(360'000).epsilon(1e-12));
  CHECK(minute_j(run, 0) == Approx(9'000).epsilon(1e-12));
}

TEST_CASE("OpenDC workflow 5: what follows a task that never fits never runs, and a free one does", "[engine]") {
  std::vector<std::array<double, 3>> const ten{{10, 1000, 0}};
  Run const run = opendc(h2, {{.cores = "10", .fragments = ten}, {.parents = "1", .fragments = ten}, {.parents = "2", .fragments = ten}, {.fragments = ten}});
  CHECK(shared_end_of(run) == 600);
  CHECK(shared_energy_j(run) == Approx(75'000).epsilon(1e-12));
  CHECK(run.counts.rejected == 3);
  CHECK(run.counts.completed == 1);
  CHECK(run.counts.submitted == 4);
}

TEST_CASE("OpenDC fragment scaling: work that a short host delays, or that is not done", "[engine]") {
  struct Case {
    std::vector<std::array<double, 3>> fragments;
    double lost_s, slow_s;
  };
  for (auto const& c : {Case{{{10, 2000, 0}, {10, 1000, 0}}, 1200, 1200}, Case{{{10, 4000, 0}}, 600, 1200}, Case{{{10, 1000, 0}, {10, 4000, 0}, {10, 1500, 0}}, 1800, 2400}}) {
    CHECK(shared_end_of(opendc(h1 + shared, {{.fragments = c.fragments}}, "lose")) == c.lost_s);
    CHECK(shared_end_of(opendc(h1 + shared, {{.fragments = c.fragments}}, "slow")) == c.slow_s);
  }
  Run const lost = opendc(h1 + shared, {{.fragments = {{10, 4000, 0}}}}, "lose");
  CHECK(lost.job(1).unserved_core_s == Approx(600).epsilon(1e-12));      // asked for 4000 MHz, 2000 supplied
  CHECK(shared_energy_j(lost) == Approx(120'000).epsilon(1e-12));
}

TEST_CASE("OpenDC flows: two tasks share a host of two cores max-min fair", "[engine]") {
  Run const seventh = opendc(h2 + shared, {{.fragments = {{10, 6000, 0}, {10, 5000, 0}}}, {.fragments = {{10, 5000, 0}, {10, 6000, 0}}}}, "lose");
  CHECK(shared_end_of(seventh) == 1200);
  CHECK(shared_energy_j(seventh) == Approx(240'000).epsilon(1e-12));                                       // full all the time
  for (int task : {1, 2}) CHECK(seventh.job(task).unserved_core_s == Approx(600 * 2 + 600 * 1.5).epsilon(1e-12));      // 2000 of 6000 and of 5000 MHz

  Run const ninth = opendc(h2 + shared, {{.fragments = {{20, 3000, 0}}}, {.at_ms = "300000", .fragments = {{10, 1500, 0}}}}, "lose");
  CHECK(shared_end_of(ninth) == 1200);
  CHECK(ninth.job(1).unserved_core_s == Approx(600 * 0.25).epsilon(1e-12));                         // 2500 of 3000 MHz for ten minutes
  CHECK(ninth.job(2).unserved_core_s == 0);
  CHECK(shared_energy_j(ninth) == Approx(600 * 175.0 + 600 * 200.0).epsilon(1e-12));

  Run const tenth = opendc(h2 + shared, {{.fragments = {{5, 1000, 0}, {5, 1500, 0}, {5, 2500, 0}, {5, 1000, 0}}}, {.fragments = {{20, 3000, 0}}}}, "lose");
  CHECK(shared_end_of(tenth) == 1200);
  CHECK(tenth.job(1).unserved_core_s == Approx(300 * 0.25).epsilon(1e-12));                         // 2000 of 2500 MHz
  CHECK(tenth.job(2).unserved_core_s == Approx(300 * (0.25 + 0.5)).epsilon(1e-12));                 // 3000, 2500, 2000, 3000
}

TEST_CASE("OpenDC virtualisation: what sharing a GPU costs, and what sharing it leaves", "[engine]") {
  Task const task{.gpus = "1", .fragments = {{10, 1000, 1000}}, .gpu_mhz = 1000};
  auto const supplied_mhz = [&](double overhead, int tasks) {
    Run const run = opendc(one_gpu(overhead, tasks), std::vector<Task>(static_cast<std::size_t>(tasks), task), "lose");
    CHECK(shared_end_of(run) == 600);
    for (int i = 1; i <= tasks; ++i) CHECK(run.job(i).unserved_gpu_s == Approx(run.job(1).unserved_gpu_s).epsilon(1e-12).margin(1e-12));
    return 1000 * (1 - run.job(1).unserved_gpu_s / 600);
  };
  CHECK(supplied_mhz(0, 1) == Approx(1000).epsilon(1e-12));
  CHECK(supplied_mhz(0.05, 1) == Approx(950).epsilon(1e-12));
  CHECK(supplied_mhz(0.25, 1) == Approx(750).epsilon(1e-12));
  CHECK(supplied_mhz(0, 2) == Approx(500).epsilon(1e-12));
  CHECK(supplied_mhz(0, 3) == Approx(1000 / 3.0).epsilon(1e-12));
}
