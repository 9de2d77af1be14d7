// The run file: what is written is what is read, and what is no run file says so.
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "base/errors.h"
#include "sim/results/run_file.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

void execute(const fs::path& file, const char* sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

std::string message(const fs::path& run, InputFault fault = InputFault::bad_data) {
  try {
    RunReader const reader(run);
  } catch (const InputError& e) {
    CHECK(e.fault() == fault);
    return e.problems().front().what;
  }
  return "read";
}

}  // namespace

TEST_CASE("every kind of row comes back as it was written", "[results]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path() / "run");
    file.meta("text", std::string_view("a 'quoted' \xe2\x82\xac"));
    file.meta("number", 0.1 + 0.2);
    file.meta("whole", std::int64_t{9'007'199'254'740'993});
    file.input({"scenario", "abc", "{\"a\": 1}"});
    file.input({"trace t", "def", ""});
    file.node({0, "utility", "utility", "", "", 1, -1, -1, -1, 1e6, std::nullopt, std::nullopt, std::nullopt, 13800, 3});
    file.node({1, "h/r-1/1", "server", "type", "it", 2, 0, 3, 4, std::nullopt, 5.5, 6.5, 7.5, 400, 1});
    file.edge({0, 1, 1e-3});
    file.totals({it_meter, "run", 1.1, 2.2, 3.3, -0.5, 4.4, 5.5, 6.6, 7.7, 8.8, 9.9});
    file.totals({1, "run", 1, 2, 3, 0, 4, 5, 6, 7, 8, 9});
    file.totals({1, "window", 10, 2, 3, 0, 4, 5, 6, 7, 8, 9});
    file.interval({1, 0, 60'000'000'000, 1.5, 0.1, 0.2});
    file.interval({1, 60'000'000'000, 3'155'760'000'000'000'000, 2.5, 0.3, 0.4});
    file.interval({facility_meter, 0, 1, 2, 3, 4});
    file.change({1, 5, "ups-a", "live", "failed", 0, "event"});
    file.change({2, 6, "h/r-1", "live", "dark", 1, ""});
    file.interruption({1, 9'000'000'000'000'000'000, 20, 30, 4, 2, 0.125, 2, "0:4/2"});
    file.interruption({0, 7, 5, 6, 4, 2, 1e-9, 2, ""});
    file.job({2, 9'000'000'000'000'000'000, JobState::completed, 1, 2, 3, 4, 5, 6, 7, 8, 0.25, 0.5, 1.5, 2.5, 3.5, 3.25, 1e9, 4.5, 5.5, 12, 3, "0-1:4/2"});
    file.job({0, 1, JobState::queued_at_end, 1, -1, -1, 4, 5, 6, 7, 8, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""});
    file.network_meter({0, "network", "tier", 1, "up", 4, 4e11});
    file.network_load({0, 10, 20, 5.5});
    file.network_load({0, 0, 10, 4.5});
    file.network_link({3, "network", "network/leaf-1", "internet", 2, true, 1e11, 6.5, 7.5});
    file.network_series({3, 2, 1.5});
    file.signal({1, "price_per_mwh", "USD/MWh"});
    file.signal({0, "dry_bulb_c", "C"});
    file.signal_value({0, 0, 21.5});
    file.signal_value({1, 0, -19.009});
    file.signal_value({0, 300'000'000'000, 22.5});
    file.quantity({0, "water_l", -1, "L", 12.5});
    file.quantity({1, "heat_j", 2, "J", 3e9});
    file.quantity_interval({1, 0, 60, 1e9});
    file.quantity_interval({1, 60, 180, 2e9});
    file.temperature({2, 0, 24});
    file.temperature({0, 5, 30});
    file.temperature({2, 10, 24.25});
    CHECK(fs::exists(folder.path() / "run/UNFINISHED"));
    file.finish();
  }
  CHECK_FALSE(fs::exists(folder.path() / "run/UNFINISHED"));

  RunReader const run(folder.path() / "run");
  CHECK(run.complete());
  CHECK(run.directory() == folder.path() / "run");
  CHECK(run.meta_text("text") == "a 'quoted' \xe2\x82\xac");
  CHECK(run.meta_number("number") == 0.1 + 0.2);
  CHECK(run.meta_whole("whole") == 9'007'199'254'740'993);
  CHECK(run.meta_text("absent").empty());
  CHECK(run.meta_number("absent") == 0);
  CHECK(run.all_meta().size() == 4);      // the state, too

  auto const inputs = run.inputs();
  REQUIRE(inputs.size() == 2);
  CHECK(inputs[0].name == "scenario");
  CHECK(inputs[0].sha256 == "abc");
  CHECK(inputs[0].text == "{\"a\": 1}");
  CHECK(inputs[1].text.empty());

  auto const nodes = run.nodes();
  REQUIRE(nodes.size() == 2);
  CHECK(nodes[0].name == "utility");
  CHECK(nodes[0].rated_w == 1e6);
  CHECK_FALSE(nodes[0].rated_va);
  CHECK(nodes[0].voltage_v == 13800);
  CHECK(nodes[1].part == "it");
  CHECK(nodes[1].type == "type");
  CHECK(nodes[1].count == 2);
  CHECK(nodes[1].hall == 0);
  CHECK(nodes[1].rack == 3);
  CHECK(nodes[1].server == 4);
  CHECK_FALSE(nodes[1].rated_w);
  CHECK(nodes[1].rated_va == 5.5);
  CHECK(nodes[1].rated_a == 6.5);
  CHECK(nodes[1].circuit_a == 7.5);
  CHECK(nodes[1].phases == 1);

  REQUIRE(run.edges().size() == 1);
  CHECK(run.edges()[0].child == 1);
  CHECK(run.edges()[0].energy_j == 1e-3);

  auto const totals = run.totals("run");
  REQUIRE(totals.size() == 2);
  CHECK(totals[0].node == it_meter);
  CHECK(totals[0].input_j == 1.1);
  CHECK(totals[0].output_j == 2.2);
  CHECK(totals[0].loss_j == 3.3);
  CHECK(totals[0].stored_j == -0.5);
  CHECK(totals[0].input_peak_w == 4.4);
  CHECK(totals[0].input_peak_s == 5.5);
  CHECK(totals[0].input_peak_15min_w == 6.6);
  CHECK(totals[0].output_peak_w == 7.7);
  CHECK(totals[0].output_peak_va == 8.8);
  CHECK(totals[0].connection_peak_va == 9.9);
  REQUIRE(run.totals("window").size() == 1);
  CHECK(run.totals("window")[0].input_j == 10);

  auto const intervals = run.intervals(1);
  REQUIRE(intervals.size() == 2);
  CHECK(intervals[1].from_ns == 60'000'000'000);
  CHECK(intervals[1].to_ns == 3'155'760'000'000'000'000);
  CHECK(intervals[1].energy_j == 2.5);
  CHECK(intervals[1].minimum_w == 0.3);
  CHECK(intervals[1].maximum_w == 0.4);
  CHECK(run.recorded_meters() == std::vector<int>{facility_meter, 1});

  auto const changes = run.changes();
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].id == 1);
  CHECK(changes[0].time_ns == 5);
  CHECK(changes[0].element == "ups-a");
  CHECK(changes[0].from == "live");
  CHECK(changes[0].to == "failed");
  CHECK(changes[0].cause == 0);
  CHECK(changes[0].reason == "event");
  CHECK(changes[1].id == 2);
  CHECK(changes[1].cause == 1);

  auto const interruptions = run.interruptions();      // by time of their end
  REQUIRE(interruptions.size() == 2);
  CHECK(interruptions[0].trace_id == 7);
  CHECK(interruptions[0].lost_s == 1e-9);
  CHECK(interruptions[1].workload == 1);
  CHECK(interruptions[1].trace_id == 9'000'000'000'000'000'000);
  CHECK(interruptions[1].start_ns == 20);
  CHECK(interruptions[1].end_ns == 30);
  CHECK(interruptions[1].cores == 4);
  CHECK(interruptions[1].gpus == 2);
  CHECK(interruptions[1].lost_s == 0.125);
  CHECK(interruptions[1].cause == 2);
  CHECK(interruptions[1].placement == "0:4/2");

  std::vector<JobRow> jobs;
  run.each_job([&](const JobRow& job) { jobs.push_back(job); });
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].workload == 2);
  CHECK(jobs[0].trace_id == 9'000'000'000'000'000'000);
  CHECK(jobs[0].submit_ns == 1);
  CHECK(jobs[0].start_ns == 2);
  CHECK(jobs[0].end_ns == 3);
  CHECK(jobs[0].runtime_ns == 4);
  CHECK(jobs[0].estimate_ns == 5);
  CHECK(jobs[0].servers == 6);
  CHECK(jobs[0].cores == 7);
  CHECK(jobs[0].gpus == 8);
  CHECK(jobs[0].utilisation == 0.25);
  CHECK(jobs[0].cause == 12);
  CHECK(jobs[0].interruptions == 3);
  CHECK(jobs[0].waited_s == 3.5);
  CHECK(jobs[0].waited_alone_s == 3.25);
  CHECK(jobs[0].sent_bytes == 1e9);
  CHECK(jobs[0].kept_s == 4.5);
  CHECK(jobs[0].slowed_s == 5.5);

  REQUIRE(run.network_meters().size() == 1);
  CHECK(run.network_meters()[0].direction == "up");
  CHECK(run.network_meters()[0].rate_bit_s == 4e11);
  REQUIRE(run.network_loads(0).size() == 2);
  CHECK(run.network_loads(0)[0].bytes == 4.5);
  REQUIRE(run.network_links().size() == 1);
  CHECK(run.network_links()[0].to == "internet");
  CHECK(run.network_links()[0].wan);
  CHECK(run.network_links()[0].peak_bit_s == 7.5);
  REQUIRE(run.network_series().size() == 1);
  CHECK(run.network_series()[0].bytes == 1.5);

  auto const signals = run.signals();
  REQUIRE(signals.size() == 2);
  CHECK(signals[0].name == "dry_bulb_c");
  CHECK(signals[1].unit == "USD/MWh");
  auto const dry_bulb = run.signal_values(0);
  REQUIRE(dry_bulb.size() == 2);
  CHECK(dry_bulb[1].from_ns == 300'000'000'000);
  CHECK(dry_bulb[1].value == 22.5);
  CHECK(run.signal_values(1)[0].value == -19.009);
  CHECK(run.signal_values(2).empty());
  auto const quantities = run.quantities();
  REQUIRE(quantities.size() == 2);
  CHECK(quantities[0].hall == -1);
  CHECK(quantities[1].name == "heat_j");
  CHECK(quantities[1].hall == 2);
  CHECK(quantities[1].unit == "J");
  CHECK(quantities[1].total == 3e9);
  auto const heat = run.quantity_intervals(1);
  REQUIRE(heat.size() == 2);
  CHECK(heat[0].from_ns == 0);
  CHECK(heat[1].to_ns == 180);
  CHECK(heat[1].amount == 2e9);
  auto const temperatures = run.temperatures(2);
  REQUIRE(temperatures.size() == 2);
  CHECK(temperatures[0].celsius == 24);
  CHECK(temperatures[1].time_ns == 10);
  CHECK(run.temperatures(1).empty());

  CHECK(jobs[0].placement == "0-1:4/2");
  CHECK(jobs[1].state == JobState::queued_at_end);
  CHECK(jobs[1].start_ns == -1);
}

TEST_CASE("a run file of version 1 is read, with nothing where version 2 says more", "[results]") {
  TemporaryFolder const folder;
  fs::copy_file(fs::path(HEADROOM_SOURCE_DIR) / "tests/golden/run-file-1/run.sqlite", folder.path() / "run.sqlite");
  execute(folder.path() / "run.sqlite", "INSERT INTO changes VALUES(NULL,5,'ups-a','on','failed','')");
  RunReader const run(folder.path());
  auto const totals = run.totals("run");
  REQUIRE_FALSE(totals.empty());
  for (auto const& row : totals) {
    CHECK(row.stored_j == 0);
    CHECK(row.input_peak_w > 0);      // the columns behind it are in their places
  }
  int jobs = 0;
  run.each_job([&](const JobRow& job) {
    ++jobs;
    CHECK(job.cause == 0);
    CHECK(job.interruptions == 0);
  });
  CHECK(jobs == 5);
  CHECK(run.interruptions().empty());
  CHECK(run.signals().empty());
  CHECK(run.signal_values(0).empty());
  CHECK(run.quantities().empty());
  CHECK(run.quantity_intervals(0).empty());
  CHECK(run.temperatures(0).empty());
  REQUIRE(run.changes().size() == 1);
  CHECK(run.changes()[0].id == 1);
  CHECK(run.changes()[0].to == "failed");
  CHECK(run.changes()[0].cause == 0);
  CHECK(run.changes()[0].reason.empty());
}

TEST_CASE("a run file that goes nowhere takes everything and writes nothing", "[results]") {
  TemporaryFolder const folder;
  fs::path const before = fs::current_path();
  fs::current_path(folder.path());
  RunFile file = RunFile::nowhere();
  file.meta("text", std::string_view("text"));
  file.meta("number", 0.5);
  file.meta("whole", std::int64_t{1});
  file.input({});
  file.node({});
  file.edge({});
  file.totals({});
  file.interval({});
  file.change({});
  file.interruption({});
  file.job({});
  file.signal({});
  file.signal_value({});
  file.quantity({});
  file.quantity_interval({});
  file.temperature({});
  file.finish();
  CHECK(fs::is_empty(folder.path()));
  fs::current_path(before);
}

TEST_CASE("a run that is not finished is marked and can be read", "[results]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    file.job({});
    file.signal_value({0, 7, 1.5});
  }
  CHECK(fs::exists(folder.path() / "UNFINISHED"));
  RunReader const run(folder.path());
  CHECK_FALSE(run.complete());
  CHECK(run.meta_text("state") == "unfinished");
  int jobs = 0;
  run.each_job([&](const JobRow&) { ++jobs; });
  CHECK(jobs == 1);
  REQUIRE(run.signal_values(0).size() == 1);
  CHECK(run.signal_values(0)[0].value == 1.5);
}

TEST_CASE("a new run in the same folder takes the place of the one before", "[results]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    file.job({});
    file.finish();
  }
  for (const char* name : {"summary.json", "report.html"}) std::ofstream(folder.path() / name) << "of the run before";
  std::ofstream(folder.path() / "notes.txt") << "the user's own";
  {
    RunFile const file(folder.path());
    CHECK_FALSE(fs::exists(folder.path() / "summary.json"));
    CHECK_FALSE(fs::exists(folder.path() / "report.html"));
    CHECK(fs::exists(folder.path() / "notes.txt"));
  }
  int jobs = 0;
  RunReader(folder.path()).each_job([&](const JobRow&) { ++jobs; });
  CHECK(jobs == 0);
}

TEST_CASE("a second run does not come into a folder that is being written", "[results]") {
  TemporaryFolder const folder;
  {
    RunFile first(folder.path());
    CHECK_THROWS_WITH(RunFile(folder.path()), Catch::Matchers::Contains("another run is being written into this folder"));
    first.finish();
    CHECK_NOTHROW(RunFile(folder.path()));      // afterwards it may
  }
}

TEST_CASE("a folder that cannot be made is told with exit code 73", "[results]") {
  TemporaryFolder const folder;
  std::ofstream(folder.path() / "file") << "in the way";
  for (const char* way : {"file", "file/run"}) {
    try {
      RunFile const file(folder.path() / way);
      FAIL("there is a file in the way");
    } catch (const OutputError& e) {
      CHECK(e.exit_code() == 73);
      CHECK(std::string(e.what()).find("cannot make this folder") != std::string::npos);
    }
  }
}

TEST_CASE("a run file of a later version is refused", "[results]") {
  TemporaryFolder const folder;
  { RunFile(folder.path()).finish(); }
  execute(folder.path() / "run.sqlite", "PRAGMA user_version=99");
  CHECK(message(folder.path()) == "the run file is of version 99; this program reads up to 5");
}

// A site-year of weather, price and carbon every five minutes: this must not show beside the run itself.
TEST_CASE("four signals of a year of five-minute values are written and read back in a moment", "[results]") {
  TemporaryFolder const folder;
  constexpr int values = 105'120, signals = 4;
  auto const begin = std::chrono::steady_clock::now();
  {
    RunFile file(folder.path());
    for (int signal = 0; signal < signals; ++signal) file.signal({signal, "signal", ""});
    for (int i = 0; i < values; ++i)
      for (int signal = 0; signal < signals; ++signal) file.signal_value({signal, std::int64_t{300'000'000'000} * i, i + 0.5 * signal});
    file.finish();
  }
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  INFO("seconds to write: " << took.count());
  CHECK(took.count() < 3);      // well under 0.3 s where nothing else runs
  auto const read = RunReader(folder.path()).signal_values(3);
  REQUIRE(read.size() == values);
  CHECK(read.back().value == values - 1 + 1.5);
}

TEST_CASE("what is no run file says so", "[results]") {
  TemporaryFolder const folder;
  std::ofstream(folder.path() / "text.sqlite") << std::string(5000, 'x');
  CHECK(message(folder.path() / "text.sqlite") == "this is not a run file");
  std::ofstream(folder.path() / "empty.sqlite") << "";
  CHECK(message(folder.path() / "empty.sqlite") == "this is not a run file");
  execute(folder.path() / "other.sqlite", "PRAGMA user_version=1; CREATE TABLE people(name TEXT)");
  CHECK(message(folder.path() / "other.sqlite") == "this is not a run file");
  execute(folder.path() / "nothing.sqlite", "CREATE TABLE people(name TEXT)");
  CHECK(message(folder.path() / "nothing.sqlite") == "this is not a run file");
}

TEST_CASE("a run that is not there is a missing input", "[results]") {
  TemporaryFolder const folder;
  CHECK(message(folder.path() / "nowhere", InputFault::missing) == "there is no such run");
  CHECK(message(folder.path(), InputFault::missing).starts_with("there is no run.sqlite in this folder"));
}
