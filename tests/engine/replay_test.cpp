// Series of measurements played on servers and loads, and servers that sleep.
#include <catch2/catch.hpp>

#include "tests/engine/support.h"

using namespace headroom;

namespace {

const std::string series = "workload: [{trace: ./load.series.csv}]\nwindow: all\n";
const std::string rises = "time_s,load\n0,0.5\n100,1\n300,0\n400,0.25\n";      // the last row holds for 100 s, too

double joules(const Run& run, std::string_view node) { return run.totals(run.node(node)).input_j; }

}  // namespace

TEST_CASE("a series is played on every server, and the run ends with it", "[engine]") {
  Run const run(two_servers + series, {{"load.series.csv", rises}});
  CHECK(run.counts.end.seconds() == 500);
  double const each = 100 * 200.0 + 200 * 300.0 + 100 * 100.0 + 100 * 150.0;
  CHECK(joules(run, "h/r-1/1") == Approx(each).epsilon(1e-12));
  CHECK(joules(run, "h/r-1/2") == Approx(each).epsilon(1e-12));
  CHECK(run.counts.submitted == 0);
}

TEST_CASE("columns are played over again where there are fewer of them, and on those that are named", "[engine]") {
  std::string const two_columns = "time_s,a,b\n0,1,0.5\n100,0,0\n";
  Run const all(two_servers + series, {{"load.series.csv", two_columns}});
  CHECK(joules(all, "h/r-1/1") == Approx(100 * 300.0 + 100 * 100.0).epsilon(1e-12));
  CHECK(joules(all, "h/r-1/2") == Approx(100 * 200.0 + 100 * 100.0).epsilon(1e-12));
  Run const one(two_servers + "workload: [{trace: ./load.series.csv, on: h/r-1/2}]\nwindow: all\n", {{"load.series.csv", "time_s,a\n0,1\n100,0\n"}});
  CHECK(joules(one, "h/r-1/1") == Approx(200 * 100.0).epsilon(1e-12));
  CHECK(joules(one, "h/r-1/2") == Approx(100 * 300.0 + 100 * 100.0).epsilon(1e-12));
}

TEST_CASE("jobs and a series add up on a server, to all of it at most", "[engine]") {
  std::string const both = "workload: [{trace: ./load.series.csv}, {trace: ./jobs.csv}]\nwindow: all\n";
  Run const run(one_server + both, {{"load.series.csv", "time_s,a\n0,0.5\n100,0.75\n200,0\n"}, {"jobs.csv", "submit_s,runtime_s,cores\n0,200,2\n"}});
  CHECK(joules(run, "h/r-1/1") == Approx(100 * 300.0 + 100 * 300.0 + 100 * 100.0).epsilon(1e-12));      // 0.5 + 0.5, 0.75 + 0.5
}

TEST_CASE("a series ends while jobs still run", "[engine]") {
  std::string const both = "workload: [{trace: ./load.series.csv}, {trace: ./jobs.csv}]\nwindow: all\n";
  Run const run(one_server + both, {{"load.series.csv", "time_s,a\n0,0.5\n10,0.5\n"}, {"jobs.csv", "submit_s,runtime_s,cores\n0,100,2\n"}});
  CHECK(run.counts.end.seconds() == 100);
  CHECK(joules(run, "h/r-1/1") == Approx(20 * 300.0 + 80 * 200.0).epsilon(1e-12));
}

TEST_CASE("a measured load draws its share of what stands in the site", "[engine]") {
  Run const run(R"(site:
  name: cell
  halls: [{name: h, racks: [{name: r, feeds: [board], servers: [{type: {cores: 1, memory: 1 GB, power: {linear: {idle: 100 W, full: 200 W}}}}]}]}]
  power:
    nodes: [{name: mains, utility: {voltage: 400 V}}, {name: board, switchboard: {}}, {name: domain, auxiliary: {power: 1 kW, part: it}}]
    circuits: [{from: mains, to: board}, {from: board, to: domain}]
workload: [{trace: ./domain.csv, on: domain}]
window: all
)", {{"domain.csv", "time,measured_power_util\n600000000,0.5\n900000000,0.75\n"}});
  CHECK(run.counts.end.seconds() == 600);
  CHECK(joules(run, "domain") == Approx(300 * 500.0 + 300 * 750.0).epsilon(1e-12));
}

TEST_CASE("a server without work sleeps, and boots for its next job", "[engine]") {
  // boots for 120 s at its idle power; the second job comes when both sleep
  Run const run(one_server + jobs_workload + "window: all\npolicy: {idle_off_after: 60 s}\n", "submit_s,runtime_s,cores\n0,100,4\n1000,100,4\n");
  CHECK(start_s(run.job(1)) == 0);
  CHECK(start_s(run.job(2)) == 1120);
  CHECK(end_s(run.job(2)) == 1220);
  CHECK(run.counts.dark.server_s == 0);      // asleep is not lost
  CHECK(joules(run, "h/r-1/1") == Approx(100 * 300.0 + 60 * 100.0 + 840 * 0.0 + 120 * 100.0 + 100 * 300.0).epsilon(1e-12));
}

TEST_CASE("a server that gets work before its time stays on", "[engine]") {
  Run const run(one_server + jobs_workload + "window: all\npolicy: {idle_off_after: 60 s}\n", "submit_s,runtime_s,cores\n0,100,4\n159,100,4\n");
  CHECK(start_s(run.job(2)) == 159);
  Run const slept(one_server + jobs_workload + "window: all\npolicy: {idle_off_after: 60 s}\n", "submit_s,runtime_s,cores\n0,100,4\n161,100,4\n");
  CHECK(start_s(slept.job(2)) == 281);
}

TEST_CASE("a job whose server fails while it boots waits on", "[engine]") {
  Run const run(one_server + jobs_workload + "window: all\npolicy: {idle_off_after: 60 s}\nevents: [{at: 1060 s, fail: h/r-1/1, for: 100 s}]\n",
                "submit_s,runtime_s,cores\n1000,100,4\n");
  CHECK(run.job(1).interruptions == 0);
  CHECK(start_s(run.job(1)) == 1280);      // back at 1160 s, and booted again
  CHECK(run.counts.completed == 1);
}

TEST_CASE("a server that was woken for nothing sleeps again", "[engine]") {
  // the job over both servers loses the second at 1060 s; the first, awake at 1120 s, has nothing to do until both are back
  std::string const two = "workload: [{trace: ./jobs.csv, processor: server, several_servers: true}]\n";
  Run const run(two_servers + two + "window: all\npolicy: {idle_off_after: 60 s}\nevents: [{at: 1060 s, fail: h/r-1/2, for: 1000 s}]\n",
                "submit_s,runtime_s,cores\n1000,100,2\n");
  CHECK(run.counts.completed == 1);
  CHECK(joules(run, "h/r-1/1") == Approx(60 * 100.0 + 120 * 100.0 + 60 * 100.0 + 120 * 100.0 + 100 * 300.0).epsilon(1e-12));
}

TEST_CASE("servers that play a series do not sleep", "[engine]") {
  Run const run(one_server + series + "policy: {idle_off_after: 10 s}\n", {{"load.series.csv", "time_s,a\n0,0.5\n100,0.5\n"}});
  CHECK(joules(run, "h/r-1/1") == Approx(200 * 200.0).epsilon(1e-12));
}
