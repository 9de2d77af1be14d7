#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

// number, submit, run time, allocated, requested processors, requested time
std::string line(const std::string& id, const std::string& submit, const std::string& run, const std::string& allocated, const std::string& requested = "-1",
                 const std::string& requested_time = "-1", const std::string& status = "1") {
  return id + " " + submit + " -1 " + run + " " + allocated + " -1 -1 " + requested + " " + requested_time + " -1 " + status + " 7 1 -1 -1 -1 -1 -1\n";
}

}  // namespace

TEST_CASE("a line of a trace in the standard format becomes a job", "[workloads]") {
  auto const jobs = jobs_in(".swf", "; MaxProcs: 128\n  12   34.5 3 100 4 90.5 2048 8 200 4096 1 7 1 -1 0 -1 -1 -1  \n");
  REQUIRE(jobs.size() == 1);
  CHECK(jobs[0].id == 12);
  CHECK(jobs[0].submit.ns == 34'500'000'000);
  CHECK(jobs[0].runtime == whole_seconds(100));
  CHECK(jobs[0].estimate == whole_seconds(200));
  CHECK(jobs[0].processors == 4);
  CHECK(jobs[0].memory.si() == 4096.0 * 1024 * 8 * 4);      // requested, KB for each of 4 processors
  CHECK(jobs[0].gpus == 0);
  CHECK(jobs[0].utilisation == 1.0);
  CHECK(jobs[0].user == "7");
}

TEST_CASE("what a trace does not say is taken from the next best column", "[workloads]") {
  auto const jobs = jobs_in(".swf", line("1", "0", "100", "-1", "16") + line("2", "0", "100", "0", "8") + "3 0 -1 100 2 -1 512 -1 -1 -1 1 -1 1 -1 -1 -1 -1 -1\n");
  REQUIRE(jobs.size() == 3);
  CHECK(jobs[0].processors == 16);
  CHECK(jobs[0].estimate == jobs[0].runtime);
  CHECK(jobs[0].memory.si() == 0);
  CHECK(jobs[1].processors == 8);
  CHECK(jobs[2].memory.si() == 512.0 * 1024 * 8 * 2);
  CHECK(jobs[2].user.empty());
}

TEST_CASE("an estimate below the run time stays as the trace states it", "[workloads]") {
  auto const jobs = jobs_in(".swf", line("1", "0", "100", "1", "1", "60"));
  CHECK(jobs.at(0).estimate == whole_seconds(60));
}

TEST_CASE("records that say too little are passed over, counted by reason", "[workloads]") {
  TemporaryFile const file(".swf", line("1", "-1", "100", "1") + line("2", "0", "-1", "1") + line("3", "0", "100", "-1") + line("4", "0", "100", "0", "0") +
                                       line("5", "-1", "100", "1", "1", "-1", "2") + line("6", "0", "0", "1") + line("7", "0", "10", "1"));
  auto const source = open_file(file.path());
  CHECK(jobs_of(*source).size() == 2);
  ReadCounts const counts = source->counts();
  CHECK(counts.records == 7);
  CHECK(counts.used == 2);
  CHECK(counts.skipped == std::map<std::string, std::int64_t>{
                              {"submit time unknown", 1}, {"run time unknown", 1}, {"processors unknown", 2}, {"part of a job (status 2 to 4)", 1}});
}

TEST_CASE("records are what was used and what was skipped at any moment", "[workloads]") {
  TemporaryFile const file(".swf", line("1", "0", "-1", "1") + line("2", "5", "10", "1") + line("3", "6", "10", "1"));
  auto const source = open_file(file.path());
  Job job;
  REQUIRE(source->next(job));
  CHECK(source->counts().used == 1);
  CHECK(source->counts().records == 2);
}

TEST_CASE("jobs of one submit time come by number, whatever the order of their lines", "[workloads]") {
  auto const jobs = jobs_in(".swf", line("3", "0", "10", "1") + line("1", "0", "10", "1") + line("9", "5", "10", "1") + line("2", "5", "10", "1"));
  REQUIRE(jobs.size() == 4);
  CHECK(jobs[0].id == 1);
  CHECK(jobs[1].id == 3);
  CHECK(jobs[2].id == 2);
  CHECK(jobs[3].id == 9);
}

TEST_CASE("the header of a trace is known before its first job is read", "[workloads]") {
  TemporaryFile const file(".swf", "\xef\xbb\xbf; Computer: Intel iPSC/860\r\n;MaxNodes:64\n; MaxProcs: 128 (of 130)\n; Note: a: b\n\n;\n" + line("1", "0", "10", "1"));
  auto const source = open_file(file.path());
  CHECK(source->machine_processors() == 128);
  CHECK(source->header().at("Computer") == "Intel iPSC/860");
  CHECK(source->header().count("Note") == 0);
}

TEST_CASE("a machine's nodes count where its processors are not stated, and nothing where neither is", "[workloads]") {
  TemporaryFile const nodes(".swf", "; MaxProcs: -1\n; MaxNodes: 64\n"), neither(".swf", "; MaxProcs: many\n");
  CHECK(open_file(nodes.path())->machine_processors() == 64);
  CHECK(!open_file(neither.path())->machine_processors());
}

TEST_CASE("a trace without a job line has no jobs", "[workloads]") {
  CHECK(jobs_in(".swf", "").empty());
  CHECK(jobs_in(".swf", "; MaxProcs: 4\n\n   \n").empty());
}

TEST_CASE("the last line of a trace needs no end", "[workloads]") {
  std::string text = line("1", "0", "10", "1");
  text.pop_back();
  CHECK(jobs_in(".swf", text).size() == 1);
}

TEST_CASE("a hundred years are the longest time, and 2^31 - 1 the most processors", "[workloads]") {
  CHECK(jobs_in(".swf", line("1", "3162240000", "3162240000", "2147483647")).size() == 1);
  CHECK(problem_of([] { jobs_in(".swf", line("1", "0", "3162240000.1", "1")); }) == "run time: 3162240000.1 s is beyond 100 years");
  CHECK(problem_of([] { jobs_in(".swf", line("1", "0", "1", "2147483648")); }) == "allocated processors: 2147483648 is too large, at most 2147483647 would do");
}

TEST_CASE("a line that is too long fails at once, however long it is", "[workloads]") {
  TemporaryFile const file(".swf", "");
  std::filesystem::resize_file(file.path(), std::uintmax_t{1} << 31);      // sparse: 2 GiB of zero bytes
  CHECK(problem_of([&] { open_file(file.path()); }) == "the line is longer than 1048576 bytes; this is not a table of text");
  TemporaryFile const table(".csv", "");
  std::filesystem::resize_file(table.path(), std::uintmax_t{1} << 31);
  CHECK(problem_of([&] { open_file(table.path()); }) == "the line is longer than 1048576 bytes; this is not a table of text");
}
