// Jobs that send: times by hand, in memory. 100 Gbit/s are 12.5 GB/s; links of 1 us, switches of none.
#include <catch2/catch.hpp>

#include "tests/engine/support.h"

using namespace headroom;

namespace {

const std::string star = R"(site:
  name: star
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}, count: 4}]}]}]
  network: {fabric: star, leaf: {ports: 8, port_rate: 100 Gbit/s, power: 10 W}, latency: 1 us, switch_latency: 0 s, cabling: {cables: [{rate: 100 Gbit/s, reach: 3 m, medium: copper}]}}
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
)";

// Two racks of two, one uplink each: 2:1.
const std::string two_racks = R"(site:
  name: two-racks
  halls: [{name: h, racks: [{name: r, count: 2, servers: [{type: {cores: 1, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}, count: 2}]}]}]
  network:
    fabric: leaf-spine
    leaf: {ports: 3, port_rate: 100 Gbit/s, power: 10 W}
    spine: {ports: 4, port_rate: 100 Gbit/s, power: 10 W}
    oversubscription: 2
    latency: 1 us
    switch_latency: 0 s
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
)";

std::string sending(const std::string& traffic, const std::string& rest = "several_servers: true, processor: server") {
  return "workload: [{trace: ./jobs.csv, " + rest + ", traffic: {" + traffic + "}}]\n";
}

double carried(const Run& run, const std::string& what, const std::string& direction, int tier = 0) {
  double bytes = 0;
  for (auto const& meter : run.reader().network_meters())
    if (meter.what == what && meter.direction == direction && meter.tier == tier)
      for (auto const& load : run.reader().network_loads(meter.id)) bytes += load.bytes;
  return bytes;
}

}  // namespace

TEST_CASE("a ring all-reduce comes on top of the work: 2 (n - 1)/n S over the rate, and a latency a round", "[traffic]") {
  Run const run(star + sending("pattern: ring-all-reduce, volume: 1 GB, phases: 1"), "submit_s,runtime_s,cores\n0,1,4\n");
  double const waited = 2.0 * 3 / 4 * 1e9 / 12.5e9 + 6 * 2e-6;
  CHECK(end_s(run.job(1)) == Approx(1 + waited).margin(1e-9));
  CHECK(run.job(1).waited_s == Approx(waited).margin(1e-8));
  CHECK(run.job(1).waited_alone_s == Approx(waited).margin(1e-8));
  CHECK(run.job(1).sent_bytes == Approx(6e9));
  CHECK(carried(run, "tier", "up") == Approx(6e9));
  CHECK(carried(run, "tier", "down") == Approx(6e9));
}

TEST_CASE("with run times that hold it, an idle network moves nothing", "[traffic]") {
  Run const run(star + sending("pattern: ring-all-reduce, volume: 1 GB, every: 250 ms", "several_servers: true, processor: server, run_times: all"), "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(end_s(run.job(1)) == Approx(1).margin(1e-8));
  CHECK(run.job(1).waited_s == Approx(4 * (0.12 + 12e-6)).margin(1e-7));
}

TEST_CASE("phases come after every so much work, the last one as large as the work before it", "[traffic]") {
  // 0.4, 0.4 and 0.2 s of work: two and a half rings of 0.12 s and three times the latencies
  Run const run(star + sending("pattern: ring-all-reduce, volume: 1 GB, every: 400 ms"), "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(end_s(run.job(1)) == Approx(1 + 2.5 * 0.12 + 3 * 12e-6).margin(1e-8));
}

TEST_CASE("what overlaps with work is waited for only where it takes longer", "[traffic]") {
  Run const hidden(star + sending("pattern: ring-all-reduce, volume: 1 GB, every: 500 ms, overlap: 1"), "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(end_s(hidden.job(1)) == 1);
  CHECK(hidden.job(1).waited_s == 0);
  Run const half(star + sending("pattern: ring-all-reduce, volume: 1 GB, every: 500 ms, overlap: 0.5"), "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(end_s(half.job(1)) == Approx(1 + 0.12 + 2 * 12e-6).margin(1e-8));
  Run const longer(star + sending("pattern: ring-all-reduce, volume: 10 GB, every: 500 ms, overlap: 1"), "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(end_s(longer.job(1)) == Approx(2 * (1.2 + 12e-6)).margin(1e-8));
}

TEST_CASE("two jobs over one uplink each take twice as long, and one alone does not", "[traffic]") {
  std::string const scenario = two_racks + sending("pattern: ring-all-reduce, volume: 10 GB, phases: 1") + "policy: {placement: round-robin}\n";
  Run const alone(scenario, "submit_s,runtime_s,cores\n0,1,2\n");
  // two servers: S each way; packed by number both are in rack 1
  CHECK(end_s(alone.job(1)) == Approx(1 + 10e9 / 12.5e9 + 2 * 2e-6).margin(1e-8));
}

TEST_CASE("jobs spread over racks slow each other down on the uplinks, and packed they do not", "[traffic]") {
  std::string const jobs = "submit_s,runtime_s,cores\n0,1,1\n0,1,2\n0,1,1\n";
  std::string const traffic = sending("pattern: ring-all-reduce, volume: 10 GB, phases: 1");
  // 1 | 2 2 | 1: the second job has a server in each rack
  Run const spread(two_racks + traffic, jobs);
  CHECK(end_s(spread.job(2)) == Approx(1 + 10e9 / 12.5e9 + 2 * 4e-6).margin(1e-8));
  CHECK(carried(spread, "tier", "up", 1) == Approx(20e9));
  CHECK(carried(spread, "cross-rack", "") == Approx(20e9));
}

TEST_CASE("in the matrix a job takes as long as alone, and links carry the same", "[traffic]") {
  std::string const jobs = "submit_s,runtime_s,cores\n0,10,4\n";
  std::string const traffic = sending("pattern: all-to-all, volume: 10 GB, every: 1 s");
  Run const flows(two_racks + traffic, jobs);
  Run const matrix(two_racks + traffic + "network: {traffic: matrix}\n", jobs);
  CHECK(end_s(matrix.job(1)) == Approx(end_s(flows.job(1))).margin(1e-6));
  for (int tier : {0, 1}) {
    CHECK(carried(flows, "tier", "up", tier) > 0);
    CHECK(carried(matrix, "tier", "up", tier) == Approx(carried(flows, "tier", "up", tier)).epsilon(1e-6));
  }
}

TEST_CASE("a job that ends before its time takes what it sends with it", "[traffic]") {
  Run const run(star + sending("pattern: ring-all-reduce, volume: 100 GB, phases: 1") + "horizon: 5 s\n", "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(run.job(1).state == JobState::running_at_end);
  CHECK(run.job(1).waited_s == Approx(4));
  CHECK(carried(run, "tier", "up") == Approx(4 * 4 * 12.5e9).epsilon(1e-4));
}

TEST_CASE("without traffic in the scenario nothing is sent", "[traffic]") {
  Run const run(star + sending("pattern: ring-all-reduce, volume: 1 GB, phases: 1") + "network: {traffic: none}\n", "submit_s,runtime_s,cores\n0,1,4\n");
  CHECK(end_s(run.job(1)) == 1);
  CHECK(run.job(1).sent_bytes == 0);
}

TEST_CASE("a job that waits for what it sends is as busy as its traffic says", "[traffic]") {
  Run const run(star + sending("pattern: ring-all-reduce, volume: 10 GB, phases: 1, busy: 0.5"), "submit_s,runtime_s,cores\n0,1,4\n");
  double const waited = 1.2 + 12e-6;
  CHECK(run.totals(it_meter).input_j == Approx(4 * 300 + 4 * 200 * waited + (10) * (1 + waited)).epsilon(1e-9));
}

TEST_CASE("a switch that fails takes its servers and their jobs with it, and back, they run again", "[traffic]") {
  Run const run(two_racks + "workload: [{trace: ./jobs.csv, processor: server}]\nevents: [{at: 10 s, fail: network/leaf-1, for: 20 s}]\n", "submit_s,runtime_s,cores\n0,100,1\n0,100,1\n0,100,1\n0,100,1\n");
  CHECK(run.job(1).interruptions == 1);
  CHECK(run.job(2).interruptions == 1);
  CHECK(run.job(3).interruptions == 0);
  CHECK(start_s(run.job(1)) == 30);
  CHECK(end_s(run.job(3)) == 100);
}

TEST_CASE("what is read comes once, before the work, and is in the run time where that holds all", "[traffic]") {
  std::string const read = "pattern: storage-read, with: h/r-1/4, volume: 25 GB";
  Run const on_top(star + sending(read, "processor: server"), "submit_s,runtime_s,cores\n0,10,1\n");
  CHECK(end_s(on_top.job(1)) == Approx(12 + 2e-6).margin(1e-8));
  CHECK(on_top.job(1).sent_bytes == Approx(25e9));
  Run const held(star + sending(read, "processor: server, run_times: all"), "submit_s,runtime_s,cores\n0,10,1\n");
  CHECK(end_s(held.job(1)) == Approx(10).margin(1e-8));
  CHECK(held.job(1).sent_bytes == Approx(25e9));
}

TEST_CASE("a volume is each server's or the whole job's, and so much of the trace's", "[traffic]") {
  std::string const jobs = "submit_s,runtime_s,cores,class,volume_bytes\n0,10,3,a,9000000000\n";
  std::string const on = "processor: server, several_servers: true, run_times: all";
  auto const sent = [&](const std::string& more, const std::string& level) {
    Run const run(star + sending("pattern: storage-write, with: h/r-1/4, phases: 1" + more, on) + "network: {traffic: " + level + "}\n", jobs);
    return carried(run, "tier", "up");
  };
  for (auto const* level : {"flows", "matrix"}) {
    CHECK(sent("", level) == Approx(27e9));
    CHECK(sent(", volume_of: job", level) == Approx(9e9));
    CHECK(sent(", volume_of: job, times: 0.25", level) == Approx(2.25e9));
    CHECK(sent(", times: 2", level) == Approx(54e9));
    CHECK(sent(", times: 0", level) == 0);
  }
}

TEST_CASE("a switch draws more by what leaves it, exactly", "[traffic]") {
  // 25 kB over 100 kB/s after a way of 10 s: 1 W idle and 2 W more at full rate, 2.5 uJ a bit
  std::string const slow = R"(site:
  name: slow
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 1, memory: 1 GB, power: {linear: {idle: 0 W, full: 0 W}}}, count: 2}]}]}]
  network: {fabric: star, leaf: {ports: 2, port_rate: 800 kbit/s, power: 1 W, energy_per_bit: 2500 nJ/bit}, latency: 5 s, switch_latency: 0 s}
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
)";
  std::string const traffic = "processor: server, traffic: {pattern: storage-write, with: h/r-1/2, phases: 1, volume: ";
  for (auto const& [volume, seconds, joules] : {std::tuple("25 kB", 10.25, 10.75), std::tuple("50 MB", 510.0, 1510.0)}) {
    // a nanosecond of work
    Run const run(slow + "workload: [{trace: ./jobs.csv, " + traffic + volume + "}}]\n", "submit_s,runtime_s,cores\n0,0.000000001,1\n");
    CHECK(end_s(run.job(1)) == Approx(seconds).margin(1e-6));
    CHECK(run.totals(it_meter).input_j == Approx(joules).epsilon(1e-6));
  }
}

TEST_CASE("a link that sleeps draws nothing, and who sends over it waits until it is awake", "[traffic]") {
  std::string const sleepy = R"(site:
  name: sleepy
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 1, memory: 1 GB, power: {linear: {idle: 0 W, full: 0 W}}}, count: 2}]}]}]
  network: {fabric: star, leaf: {ports: 2, port_rate: 100 Gbit/s, power: 10 W, port_power: 3 W}, latency: 1 us, switch_latency: 0 s, sleep_after: 10 s, wake_time: 1 ms, cabling: {cables: [{rate: 100 Gbit/s, reach: 3 m, medium: copper}]}}
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
)";
  // both ports awake for 10 s, then asleep; at 100 s awake again for the write
  Run const run(sleepy + "workload: [{trace: ./jobs.csv, processor: server, traffic: {pattern: storage-write, with: h/r-1/2, phases: 1, volume: 12500 MB}}]\n",
                "submit_s,runtime_s,cores\n0,100,1\n");
  double const written = 1 + 2e-6 + 1e-3;
  CHECK(end_s(run.job(1)) == Approx(100 + written).margin(1e-6));
  auto const& switch_node = run.totals(run.node("network/leaf-1"));
  CHECK(switch_node.input_j == Approx(10 * (100 + written) + 6 * 10 + 6 * written).margin(1e-3));
}
