// What OpenDC publishes of its failure and checkpoint experiments: a host of one core, 100 W idle and 200 W full, a task
// of fragments (half of the host's 2000 MHz is a utilisation of 0.5).
#include <catch2/catch.hpp>

#include "tests/engine/support.h"

using namespace headroom;

namespace {

const std::string host = R"(site:
  name: opendc
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 1, memory: 100 GB, hold_up: 0 s, boot: {time: 0 s}, power: {linear: {idle: 100 W, full: 200 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
workload: [{trace: ./tasks.utilisation.csv}]
failed_server_power: idle
window: all
record: {every: 1 min, detail: server}
)";
const std::string fragments_header = "job,submit_s,cores,duration_s,utilisation\n";
const std::string ten_minutes_at_half = fragments_header + "1,0,1,600,0.5\n";
const std::string five_up_five_down = "failure_interval,failure_duration,failure_intensity\n";

Run opendc(const std::string& rest, const std::string& tasks, const std::string& failures = "") {
  return Run(host + rest, {{"tasks.utilisation.csv", tasks}, {"failures.csv", failures}});
}

double energy_j(const Run& run) { return run.totals(it_meter).input_j; }
double end_of(const Run& run) { return run.counts.end.seconds(); }

// Energy of the server from minute `i` to the next.
double minute_j(const Run& run, int i) {
  double sum = 0;
  std::int64_t const from = std::int64_t{60} * i * nanoseconds_per_second, to = from + 60 * nanoseconds_per_second;
  for (auto const& row : run.reader().intervals(it_meter)) {
    std::int64_t const overlap = std::min(to, row.to_ns) - std::max(from, row.from_ns);
    if (overlap > 0) sum += row.energy_j * static_cast<double>(overlap) / static_cast<double>(row.to_ns - row.from_ns);
  }
  return sum;
}

// Utilisation-seconds: what the energy above idle says.
double active_s(const Run& run) { return (energy_j(run) - 100 * end_of(run)) / 100; }

}  // namespace

TEST_CASE("OpenDC scenario: ten minutes at half load take 600 s and 90 kJ", "[engine]") {
  Run const run = opendc("", ten_minutes_at_half);
  CHECK(end_of(run) == 600);
  CHECK(energy_j(run) == Approx(90'000).epsilon(1e-12));
}

TEST_CASE("OpenDC scenario: a task queued behind another ends at 900 s, 150 kJ", "[engine]") {
  Run const run = opendc("", ten_minutes_at_half + "2,0,1,300,1\n");
  CHECK(end_of(run) == 900);
  CHECK(energy_j(run) == Approx(150'000).epsilon(1e-12));
}

TEST_CASE("OpenDC failures 1: down from the fifth to the tenth minute, the task starts over", "[engine]") {
  for (auto const& [rest, failures] : {std::pair<std::string, std::string>{"failures: [{trace: ./failures.csv}]\n", five_up_five_down + "300000,300000,1\n"},
                                       {"events: [{at: 5 min, fail: h/r-1/1, for: 5 min}]\n", ""}}) {
    Run const run = opendc(rest, ten_minutes_at_half, failures);
    CHECK(end_of(run) == 1200);
    CHECK(active_s(run) == Approx(450).epsilon(1e-12));
    CHECK(end_of(run) - active_s(run) == Approx(750).epsilon(1e-12));
    CHECK(energy_j(run) == Approx(165'000).epsilon(1e-12));
    CHECK(minute_j(run, 0) == Approx(9'000).epsilon(1e-12));
    CHECK(minute_j(run, 5) == Approx(6'000).epsilon(1e-12));
    CHECK(run.counts.requeued == 1);
    CHECK(run.job(1).interruptions == 1);
  }
}

TEST_CASE("OpenDC failures 2: a failure after the end changes nothing", "[engine]") {
  Run const run = opendc("failures: [{trace: ./failures.csv}]\n", ten_minutes_at_half, five_up_five_down + "30000000,300000,1\n");
  CHECK(end_of(run) == 600);
  CHECK(energy_j(run) == Approx(90'000).epsilon(1e-12));
  CHECK(run.counts.changes == 0);
}

TEST_CASE("OpenDC failures 4: five minutes up, five down, the task is given up after ten attempts", "[engine]") {
  std::string failures = five_up_five_down;
  for (int i = 0; i < 30; ++i) failures += "300000,300000,1\n";
  Run const run = opendc("policy: {on_failure: requeue, attempts: 10}\nfailures: [{trace: ./failures.csv}]\n", ten_minutes_at_half, failures);
  CHECK(end_of(run) == 5700);
  CHECK(run.counts.lost == 1);
  CHECK(run.job(1).state == JobState::lost);
  CHECK(active_s(run) == Approx(1500).epsilon(1e-12));
  CHECK(end_of(run) - active_s(run) == Approx(4200).epsilon(1e-12));
  CHECK(energy_j(run) == Approx(720'000).epsilon(1e-12));
}

TEST_CASE("OpenDC checkpoint 1: ten minutes at half load go on from the fourth checkpoint", "[engine]") {
  Run const run = opendc("policy: {checkpoint: {every: 60 s, cost: 1 s}}\nevents: [{at: 5 min, fail: h/r-1/1, for: 5 min}]\n", ten_minutes_at_half);
  CHECK(end_of(run) == 965);
  CHECK(energy_j(run) == Approx(129'750).epsilon(1e-12));
}

TEST_CASE("OpenDC checkpoint 2: ten minutes at full and ten at half load", "[engine]") {
  Run const run = opendc("policy: {checkpoint: {every: 60 s, cost: 1 s}}\nevents: [{at: 5 min, fail: h/r-1/1, for: 5 min}]\n", fragments_header + "1,0,1,600,1\n1,,,600,0.5\n");
  CHECK(end_of(run) == 1575);
  CHECK(energy_j(run) == Approx(255'000).epsilon(1e-12));
}

TEST_CASE("a trace of failures counts each interval from the end of the failure before", "[engine]") {
  Run const run = opendc("failures: [{trace: ./failures.csv}]\nhorizon: 1 h\n", fragments_header + "1,0,1,3000,1\n", five_up_five_down + "100000,200000,1\n300000,100000,1\n50000,0,1\n50000,50000,1\n");
  std::vector<double> dates;
  for (auto const& change : run.reader().changes()) dates.push_back(static_cast<double>(change.time_ns) / 1e9);
  CHECK(dates == std::vector<double>{100, 300, 600, 700, 800, 850});
}
