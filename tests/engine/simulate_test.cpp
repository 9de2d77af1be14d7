// Whole runs of a few jobs on one or two servers, every figure by hand: a server draws 100 W idle and 50 W more for each
// of its four cores that is busy.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <map>
#include <set>

#include "tests/engine/support.h"

using namespace headroom;
using Catch::Detail::Approx;

namespace {

const std::string header = "submit_s,runtime_s,cores\n";
const std::string plain = two_servers + jobs_workload;
Approx close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

std::int64_t jobs_without_faults(const RunCounts& counts) { return counts.rejected + counts.completed + counts.running_at_end + counts.queued_at_end; }

}  // namespace

TEST_CASE("a job of zero run time starts, completes and uses nothing", "[engine]") {
  Run const run(plain, header + "3,0,2\n10,5,1\n");
  CHECK(run.counts.completed == 2);
  JobRow const zero = run.job(1);
  CHECK(zero.state == JobState::completed);
  CHECK(zero.start_ns == 3 * nanoseconds_per_second);
  CHECK(zero.end_ns == zero.start_ns);
  CHECK(run.totals(it_meter).input_j == close_to(200 * 15 + 50 * 5));      // idle to 15 s, one core for 5 s
  CHECK(run.totals(it_meter).input_peak_w == close_to(250));
}

TEST_CASE("a job of zero run time waits for its place like any other", "[engine]") {
  Run const run(one_server + jobs_workload, header + "0,100,4\n1,0,4\n1,10,4\n");
  CHECK(start_s(run.job(2)) == 100);
  CHECK(start_s(run.job(3)) == 100);      // the instant opens another round
  CHECK(run.totals(it_meter).input_peak_w == close_to(300));
}

TEST_CASE("a job larger than the site is rejected and told, the rest runs", "[engine]") {
  Run const run(plain, header + "0,10,5\n1,10,4\n2,10,4\n");
  CHECK(run.counts.submitted == 3);
  CHECK(run.counts.rejected == 1);
  CHECK(run.counts.completed == 2);
  JobRow const large = run.job(1);
  CHECK(large.state == JobState::rejected);
  CHECK(large.cores == 5);
  CHECK(large.start_ns == -1);
  CHECK(large.placement.empty());
}

TEST_CASE("every submitted job is accounted for when the horizon cuts the run", "[engine]") {
  Run const run(plain + "horizon: 50 s\n", header + "0,100,4\n5,30,4\n10,40,4\n11,100,4\n20,10,9\n60,1,1\n");
  // 1 runs to 100; 2 ends at 35, 3 starts there and runs to 75; 4 waits; 5 is too large; 6 comes too late
  CHECK(run.counts.submitted == 5);
  CHECK(run.counts.rejected == 1);
  CHECK(run.counts.completed == 1);
  CHECK(run.counts.running_at_end == 2);
  CHECK(run.counts.queued_at_end == 1);
  CHECK(run.counts.submitted == jobs_without_faults(run.counts));
  CHECK(run.jobs().size() == 5);
  CHECK(run.job(3).state == JobState::running_at_end);
  CHECK(run.job(3).end_ns == -1);
  CHECK(run.job(4).state == JobState::queued_at_end);
  CHECK(run.job(4).start_ns == -1);
  CHECK(run.counts.end.ns == 50 * nanoseconds_per_second);
  CHECK(run.totals(it_meter).input_j == close_to(200 * 50 + 200 * 50 + 200 * 45));      // idle, job 1, jobs 2 and 3
}

TEST_CASE("what ends or arrives at the horizon itself still happens", "[engine]") {
  Run const run(plain + "horizon: 50 s\n", header + "0,50,4\n50,10,1\n");
  CHECK(run.job(1).state == JobState::completed);
  CHECK(run.job(2).state == JobState::running_at_end);
  CHECK(run.totals(it_meter).input_j == close_to(200 * 50 + 200 * 50));
}

TEST_CASE("an empty trace runs to the closed form of an idle site", "[engine]") {
  Run const run(plain + "horizon: 1 h\n", header);
  CHECK(run.counts.submitted == 0);
  for (const char* span : {"run", "window"}) {
    CAPTURE(span);
    TotalsRow const facility = run.totals(facility_meter, span);
    CHECK(facility.input_j == close_to(200 * 3600));
    CHECK(facility.input_peak_w == close_to(200));
    CHECK(facility.input_peak_15min_w == close_to(200));
    CHECK(run.totals(it_meter, span).input_j == close_to(200 * 3600));
  }
  CHECK(run.counts.window_from.ns == 0);
  CHECK(run.counts.window_to == run.counts.end);
}

TEST_CASE("an empty trace that is run until drained ends where it begins", "[engine]") {
  Run const run(plain, header);
  CHECK(run.counts.end.ns == 0);
  CHECK(run.totals(it_meter).input_j == 0);
  CHECK(run.totals(it_meter).input_peak_w == close_to(200));      // what it would have drawn
}

TEST_CASE("jobs of one instant are taken by workload, then by number", "[engine]") {
  std::string const two_workloads = one_server + "workload: [{trace: ./first.csv}, {trace: ./second.csv}]\n";
  Run const run(two_workloads, {{"first.csv", header + "7,10,4\n7,20,4\n"}, {"second.csv", header + "0,1,1\n7,30,4\n"}});
  CHECK(start_s(run.job(1, 0)) == 7);
  CHECK(start_s(run.job(2, 0)) == 17);
  CHECK(start_s(run.job(2, 1)) == 37);
}

TEST_CASE("what ends at an instant makes room for what arrives at it", "[engine]") {
  Run const run(one_server + jobs_workload, header + "0,100,4\n100,10,4\n");
  CHECK(start_s(run.job(2)) == 100);
  CHECK(run.totals(it_meter).input_j == close_to(300 * 110));
  CHECK(run.totals(it_meter).input_peak_w == close_to(300));
}

TEST_CASE("jobs that end at one instant end in the order of their starts", "[engine]") {
  Run const run(plain, header + "0,10,1\n2,8,1\n4,6,1\n");
  auto const jobs = run.jobs();
  REQUIRE(jobs.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(jobs[i].trace_id == static_cast<std::int64_t>(i) + 1);
}

TEST_CASE("a horizon after the last job leaves an idle site", "[engine]") {
  Run const run(plain + "horizon: 1000 s\n", header + "0,100,2\n");
  CHECK(run.counts.last_finish.ns == 100 * nanoseconds_per_second);
  CHECK(run.counts.end.ns == 1000 * nanoseconds_per_second);
  CHECK(run.totals(it_meter).input_j == close_to(200 * 1000 + 100 * 100));
}

// --- the window ---

namespace {
// Idle 200 W; +100 W from 100 s to 300 s; +200 W from 250 s to 450 s: 200, 300, 500, 400, 200 W.
const std::string two_jobs = header + "100,200,2\n250,200,4\n";
}  // namespace

TEST_CASE("the window is from the first to the last submission unless the scenario says otherwise", "[engine]") {
  Run const run(plain + "horizon: 1000 s\n", two_jobs);
  CHECK(run.counts.window_from.ns == 100 * nanoseconds_per_second);
  CHECK(run.counts.window_to.ns == 250 * nanoseconds_per_second);
  TotalsRow const window = run.totals(it_meter, "window");
  CHECK(window.input_j == close_to(300 * 150));
  CHECK(window.input_peak_w == close_to(300));      // the second job's power begins as the window ends
  CHECK(window.input_peak_s == close_to(100));
  TotalsRow const whole = run.totals(it_meter);
  CHECK(whole.input_j == close_to(200 * 1000 + 100 * 200 + 200 * 200));
  CHECK(whole.input_peak_w == close_to(500));
  CHECK(whole.input_peak_s == close_to(250));
}

TEST_CASE("the window all is the run", "[engine]") {
  Run const run(plain + "horizon: 1000 s\nwindow: all\n", two_jobs);
  CHECK(run.counts.window_from.ns == 0);
  CHECK(run.counts.window_to.ns == 1000 * nanoseconds_per_second);
  for (int meter : {it_meter, facility_meter, 0}) {
    TotalsRow const window = run.totals(meter, "window"), whole = run.totals(meter);
    CHECK(window.input_j == whole.input_j);
    CHECK(window.input_peak_w == whole.input_peak_w);
    CHECK(window.input_peak_s == whole.input_peak_s);
    CHECK(window.input_peak_15min_w == whole.input_peak_15min_w);
  }
}

TEST_CASE("a window between two times has their energy and their peak", "[engine]") {
  Run const run(plain + "horizon: 1000 s\nwindow: {from: 260 s, to: 400 s}\n", two_jobs);
  TotalsRow const window = run.totals(it_meter, "window");
  CHECK(window.input_j == close_to(500 * 40 + 400 * 100));
  CHECK(window.input_peak_w == close_to(500));
  CHECK(window.input_peak_s == close_to(260));
}

TEST_CASE("what ends as the window begins is no peak of it", "[engine]") {
  Run const run(plain + "horizon: 1000 s\nwindow: {from: 300 s, to: 440 s}\n", two_jobs);
  CHECK(run.totals(it_meter, "window").input_peak_w == close_to(400));
  CHECK(run.totals(it_meter, "window").input_j == close_to(400 * 140));
  CHECK(run.totals(it_meter).input_peak_w == close_to(500));
}

TEST_CASE("a run until drained goes on to the end of its window", "[engine]") {
  Run const run(plain + "window: {from: 400 s, to: 2000 s}\nrecord: {every: 7 min}\n", two_jobs);
  CHECK(run.counts.last_finish.ns == 450 * nanoseconds_per_second);
  CHECK(run.counts.end.ns == 2000 * nanoseconds_per_second);
  CHECK(run.totals(it_meter, "window").input_j == close_to(400 * 50 + 200 * 1550));
  double sum_j = 0;
  for (auto const& row : run.reader().intervals(it_meter)) sum_j += row.energy_j;
  CHECK(sum_j == close_to(run.totals(it_meter).input_j));
}

TEST_CASE("where all jobs come at once the window is the run", "[engine]") {
  Run const run(plain, header + "10,1000,4\n10,2000,4\n");
  CHECK(run.counts.window_from.ns == 0);
  CHECK(run.counts.window_to.ns == 2010 * nanoseconds_per_second);
  CHECK(run.totals(it_meter, "window").input_peak_w == close_to(600));
  CHECK(run.totals(it_meter, "window").input_j == close_to(200 * 2010 + 200 * 1000 + 200 * 2000));
}

// --- the 15-minute peak ---

TEST_CASE("the 15-minute peak is the largest mean of a quarter hour", "[engine]") {
  // four cores, 200 W more, for 900 s: astride a bound they are half of each quarter hour, else all of one
  auto const peak_w = [](const char* submit_s) {
    return Run(plain + "horizon: 1 h\nwindow: all\n", header + submit_s + ",900,4\n").totals(facility_meter, "window").input_peak_15min_w;
  };
  CHECK(peak_w("450") == close_to(300));
  CHECK(peak_w("900") == close_to(400));
  CHECK(peak_w("600") == close_to(200 + 200 * 2.0 / 3));
}

TEST_CASE("the 15-minute peak of a window looks at whole quarter hours in it", "[engine]") {
  // full from 900 s to 2700 s; the window begins at 1200 s, so that 1800 s to 2700 s is the first whole one
  Run const run(plain + "horizon: 2 h\nwindow: {from: 1200 s, to: 5400 s}\n", header + "900,900,4\n1800,900,2\n");
  CHECK(run.totals(facility_meter).input_peak_15min_w == close_to(400));
  CHECK(run.totals(facility_meter, "window").input_peak_15min_w == close_to(300));
}

TEST_CASE("quarter hours that pass while nothing changes count up to the end of the window", "[engine]") {
  Run const run(plain + "horizon: 2 h\nwindow: {from: 10 s, to: 5400 s}\n", header + "0,7200,4\n");
  CHECK(run.totals(facility_meter, "window").input_peak_15min_w == close_to(400));
  Run const all(plain + "horizon: 1 h\nwindow: all\n", header + "0,7200,4\n");
  CHECK(all.totals(facility_meter, "window").input_peak_15min_w == close_to(400));
}

// --- recorded intervals ---

TEST_CASE("recorded intervals add up to the total, with the least and the most of each", "[engine]") {
  Run const run(plain + "horizon: 1000 s\nrecord: {every: 200 s}\n", two_jobs);
  auto const rows = run.reader().intervals(it_meter);
  // 0-200: 200 W to 100 s, then 300 W; 200-400: 300 W to 250 s, 500 W to 300 s, 400 W; 400-600: 400 W to 450 s, 200 W;
  // 600-1000: two intervals of one power, one row
  REQUIRE(rows.size() == 4);
  std::vector<std::vector<double>> const expected{{0, 200, 50'000, 200, 300}, {200, 400, 80'000, 300, 500}, {400, 600, 50'000, 200, 400}, {600, 1000, 80'000, 200, 200}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    CHECK(static_cast<double>(rows[i].from_ns) / 1e9 == expected[i][0]);
    CHECK(static_cast<double>(rows[i].to_ns) / 1e9 == expected[i][1]);
    CHECK(rows[i].energy_j == close_to(expected[i][2]));
    CHECK(rows[i].minimum_w == close_to(expected[i][3]));
    CHECK(rows[i].maximum_w == close_to(expected[i][4]));
  }
}

TEST_CASE("a last interval that the run does not fill is recorded as long as it is", "[engine]") {
  Run const run(plain + "horizon: 250 s\nrecord: {every: 200 s}\n", header + "220,100,4\n");
  auto const rows = run.reader().intervals(it_meter);
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].from_ns == 200 * nanoseconds_per_second);
  CHECK(rows[1].to_ns == 250 * nanoseconds_per_second);
  CHECK(rows[1].energy_j == close_to(200 * 50 + 200 * 30));
}

TEST_CASE("intervals of every meter follow each other and add up to its total", "[engine]") {
  Run const run(plain + "record: {every: 70 s, detail: server}\n", header + "0,100,4\n33,250,2\n70,70,2\n140,500,1\n300,1000,3\n");
  for (int meter : run.reader().recorded_meters()) {
    CAPTURE(meter);
    double sum_j = 0;
    std::int64_t until_ns = 0;
    for (auto const& row : run.reader().intervals(meter)) {
      CHECK(row.from_ns == until_ns);
      CHECK(row.minimum_w <= row.maximum_w);
      double const length_s = static_cast<double>(row.to_ns - row.from_ns) / 1e9;
      CHECK(row.energy_j >= row.minimum_w * length_s * (1 - 1e-12));
      CHECK(row.energy_j <= row.maximum_w * length_s * (1 + 1e-12));
      sum_j += row.energy_j;
      until_ns = row.to_ns;
    }
    CHECK(until_ns == run.counts.end.ns);
    CHECK(sum_j == close_to(run.totals(meter).input_j));
  }
}

TEST_CASE("the detail says which meters are recorded, and utilities always are, at one minute", "[engine]") {
  auto const kinds = [](const char* detail) {
    Run const run(two_servers + jobs_workload + "record: {every: 5 min, detail: " + detail + "}\nhorizon: 10 min\n", header + "90,100,1\n");
    auto const nodes = run.reader().nodes();
    std::set<std::string> out;
    for (int meter : run.reader().recorded_meters()) out.insert(meter == it_meter ? "it" : meter == facility_meter ? "facility" : nodes[static_cast<std::size_t>(meter)].kind);
    auto const utility = run.reader().intervals(run.node("utility"));
    CHECK(utility.at(1).to_ns == 120 * nanoseconds_per_second);
    return out;
  };
  using Kinds = std::set<std::string>;
  CHECK(kinds("site") == Kinds{"it", "facility", "utility"});
  CHECK(kinds("feeder") == Kinds{"it", "facility", "utility"});      // a path of nothing else
  CHECK(kinds("rack") == Kinds{"it", "facility", "utility", "rack"});
  CHECK(kinds("server") == Kinds{"it", "facility", "utility", "rack", "server"});
}

// --- what jobs ask for ---

TEST_CASE("a job's units run at its utilisation", "[engine]") {
  Run const run(plain, "submit_s,runtime_s,cores,utilisation\n0,100,4,0.5\n100,100,2,0.25\n200,100,4,0\n");
  CHECK(run.totals(it_meter).input_j == close_to(200 * 300 + 100 * 100 + 25 * 100));
  CHECK(run.totals(it_meter).input_peak_w == close_to(300));
}

TEST_CASE("what was added to a server's load comes out of it again, whatever the utilisations", "[engine]") {
  std::string jobs = "submit_s,runtime_s,cores,utilisation\n";
  for (int i = 0; i < 200; ++i) jobs += std::to_string(i) + "," + std::to_string(7 + i * 13 % 29) + ",1," + std::to_string(0.001 * (i * 37 % 997)) + "\n";
  Run const run(plain + "horizon: 10000 s\nrecord: {every: 1 s, detail: server}\n", jobs);
  CHECK(run.reader().intervals(it_meter).back().maximum_w == 200);      // to the bit
}

TEST_CASE("GPUs are counted beside cores", "[engine]") {
  std::string const gpu_server = R"(site:
  name: gpus
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 8, gpus: 2, memory: 16 GB, power: {components: {cpus: {idle: 10 W, full: 90 W}, gpus: {count: 2, idle: 50 W, full: 250 W}, other: 40 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
)";
  // idle 10 + 2 x 50 + 40 = 150 W; a core 10 W more, a GPU 200 W
  std::string const jobs = "submit_s,runtime_s,cores,gpus\n0,100,2,1\n0,100,1,2\n0,100,0,1\n";
  Run const run(gpu_server + jobs_workload + "policy: {backfill: easy}\n", jobs);
  CHECK(start_s(run.job(1)) == 0);
  CHECK(start_s(run.job(3)) == 0);        // overtakes: over before the head can start
  CHECK(start_s(run.job(2)) == 100);
  CHECK(run.totals(it_meter).input_j == close_to((150 + 2 * 10 + 2 * 200) * 100 + (150 + 10 + 2 * 200) * 100));

  SECTION("one requested processor may be a GPU") {
    Run const gpus(gpu_server + "workload: [{trace: ./jobs.csv, processor: gpu}]\n", header + "0,100,1\n0,100,2\n");
    CHECK(start_s(gpus.job(2)) == 100);
    CHECK(gpus.job(1).gpus == 1);
    CHECK(gpus.job(1).cores == 0);
    CHECK(gpus.totals(it_meter).input_j == close_to((150 + 200) * 100 + (150 + 400) * 100));
  }
  SECTION("jobs of GPUs alone run whatever a processor is, and on several servers") {
    for (const char* processor : {"core", "gpu", "server"}) {
      CAPTURE(processor);
      Run const gpus(gpu_server + "workload: [{trace: ./jobs.csv, several_servers: true, processor: " + processor + "}]\n", "submit_s,runtime_s,cores,gpus\n0,100,0,2\n");
      CHECK(gpus.counts.completed == 1);
      CHECK(gpus.job(1).gpus == 2);
    }
  }
}

TEST_CASE("a site without GPUs rejects jobs that ask for any", "[engine]") {
  Run const run(plain, "submit_s,runtime_s,cores,gpus\n0,10,1,1\n0,10,1,0\n");
  CHECK(run.counts.rejected == 1);
  CHECK(run.counts.completed == 1);
}

TEST_CASE("memory that is taken makes jobs wait", "[engine]") {
  std::string const jobs = "submit_s,runtime_s,cores,memory_gb\n0,100,1,10\n0,100,1,10\n0,100,1,6\n0,100,1,17\n";
  Run const run(one_server + jobs_workload, jobs);
  CHECK(start_s(run.job(1)) == 0);
  CHECK(start_s(run.job(2)) == 100);
  CHECK(start_s(run.job(3)) == 100);      // 10 GB and 6 GB
  CHECK(run.job(4).state == JobState::rejected);
}

TEST_CASE("a job of several servers takes cores of each", "[engine]") {
  Run const run(two_servers + "workload: [{trace: ./jobs.csv, several_servers: true}]\n", header + "0,100,6\n0,100,3\n");
  CHECK(run.job(1).placement == "0:4 1:2");
  CHECK(run.job(1).servers == 2);
  CHECK(start_s(run.job(2)) == 100);
  CHECK(run.totals(it_meter).input_j == close_to((200 + 300) * 100 + (200 + 150) * 100));
}

TEST_CASE("a processor that is a server fills whole servers", "[engine]") {
  std::string const servers = two_servers + "workload: [{trace: ./jobs.csv, processor: server, several_servers: ";
  Run const run(servers + "true}]\n", header + "0,100,2\n0,100,1\n");
  CHECK(run.job(1).placement == "0-1:4");
  CHECK(start_s(run.job(2)) == 100);
  CHECK(run.totals(it_meter).input_j == close_to(600 * 100 + 400 * 100));
  Run const single(servers + "false}]\n", header + "0,100,2\n0,100,1\n");
  CHECK(single.job(1).state == JobState::rejected);
  CHECK(single.job(2).state == JobState::completed);
}

// --- the whole ---

namespace {

// Everything a run says, as text: numbers to the bit.
std::string story(const Run& run) {
  std::string out;
  for (auto const& job : run.jobs()) out += fmt::format("job {} {} {} {} {}\n", job.trace_id, to_text(job.state), job.start_ns, job.end_ns, job.placement);
  for (const char* span : {"run", "window"})
    for (auto const& row : run.reader().totals(span)) out += fmt::format("{} {} {} {} {} {} {}\n", row.node, span, row.input_j, row.output_j, row.loss_j, row.input_peak_w, row.input_peak_15min_w);
  for (int meter : run.reader().recorded_meters())
    for (auto const& row : run.reader().intervals(meter)) out += fmt::format("{} {} {} {}\n", row.node, row.from_ns, row.to_ns, row.energy_j);
  return out;
}

const std::string many_jobs = [] {
  std::string out = header;
  for (int i = 0; i < 60; ++i) out += fmt::format("{},{},{}\n", 5 * i, 3 + i * 31 % 67, 1 + i * 7 % 4);
  return out;
}();

}  // namespace

TEST_CASE("the seed changes nothing where nothing is random", "[engine]") {
  CHECK(story(Run(plain + "seed: 1\n", many_jobs)) == story(Run(plain + "seed: 2\n", many_jobs)));
}

TEST_CASE("the same inputs give the same run", "[engine]") {
  CHECK(story(Run(plain, many_jobs)) == story(Run(plain, many_jobs)));
}

TEST_CASE("a shorter horizon is the beginning of a longer one", "[engine]") {
  Run const brief(plain + "horizon: 120 s\nrecord: {every: 10 s, detail: server}\n", many_jobs);
  Run const full(plain + "horizon: 400 s\nrecord: {every: 10 s, detail: server}\n", many_jobs);
  int ended = 0;
  for (auto const& job : full.jobs()) {
    if (job.end_ns < 0 || job.end_ns > brief.counts.end.ns) continue;
    ++ended;
    JobRow const same = brief.job(job.trace_id);
    CHECK(same.start_ns == job.start_ns);
    CHECK(same.end_ns == job.end_ns);
    CHECK(same.placement == job.placement);
  }
  CHECK(ended == brief.counts.completed);
  for (int meter : brief.reader().recorded_meters()) {
    CAPTURE(meter);
    double sum_j = 0;
    for (auto const& row : full.reader().intervals(meter)) {
      if (row.from_ns >= brief.counts.end.ns) break;
      double const share = static_cast<double>(std::min(row.to_ns, brief.counts.end.ns) - row.from_ns) / static_cast<double>(row.to_ns - row.from_ns);
      sum_j += row.energy_j * share;      // a row that is cut is of one power
    }
    CHECK(sum_j == close_to(brief.totals(meter).input_j));
  }
}

TEST_CASE("energy is conserved over a path with losses", "[engine]") {
  std::string const lossy = R"(site:
  name: lossy
  halls:
    - name: h
      racks: [{name: r, count: 3, servers: [{type: dell-poweredge-r740, count: 4, supplies: 2}], circuit: {voltage: 400 V, current: 32 A}, rack_pdu: rack-pdu-22kva}]
  power:
    scheme: 2N
    utility: [{name: a, voltage: 480 V}, {name: b, voltage: 480 V}]
    transformer: {type: transformer-us-dry-75kva}
    switchboard: {current: 200 A}
    ups: {type: ups-modern-100kw}
    pdu: {type: pdu-floor-75kva, racks: 2}
  cooling: {fixed: 1 kW, proportional: 0.3, power_factor: 0.9}
)";
  Run const run(lossy + jobs_workload, many_jobs);
  CHECK(run.counts.worst_imbalance < 1e-12);
  double utilities_j = 0, leaves_j = 0, losses_j = 0;
  for (auto const& node : run.reader().nodes()) {
    TotalsRow const totals = run.totals(node.id);
    if (node.kind == "utility") utilities_j += totals.input_j;
    if (node.kind == "server" || node.kind == "auxiliary") leaves_j += totals.input_j;
    else losses_j += totals.loss_j;
  }
  CHECK(utilities_j == Approx(run.totals(facility_meter).input_j).epsilon(1e-12));
  CHECK(utilities_j == Approx(leaves_j + losses_j).epsilon(1e-12));
  CHECK(losses_j > 0);
}

TEST_CASE("a trace that breaks off leaves a run that is marked unfinished and can be read", "[engine]") {
  TemporaryFolder const folder;
  write_text(folder.path() / "jobs.csv", header + "0,10,1\n20,10,1\n40,10,1\n60,ten,1\n");
  Model const model = build_model(read_scenario_text(scenario_text(plain), (folder.path() / "scenario.yaml").string()));
  {
    RunFile file(folder.path() / "run");
    record_inputs(model, "test", file);
    OpenWorkloads workloads = open_workloads(model);
    InMemoryExecutor executor;
    CHECK_THROWS_AS(simulate(model, workloads, executor, file, [](Instant, std::int64_t) {}), InputError);
  }
  CHECK(std::filesystem::exists(folder.path() / "run/UNFINISHED"));
  RunReader const reader(folder.path() / "run");
  CHECK_FALSE(reader.complete());
  CHECK(reader.meta_text("state") == "unfinished");
  CHECK(reader.meta_text("scenario") == "test");
  int jobs = 0;
  reader.each_job([&](const JobRow&) { ++jobs; });
  CHECK(jobs == 1);      // the trace is read two jobs ahead
}
