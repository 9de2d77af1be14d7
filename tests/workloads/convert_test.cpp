#include "workloads/convert.h"

#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

struct Written {
  std::string text;
  ReadCounts counts;
};

Written written(JobSource& source, TraceFormat format) {
  Written out;
  out.counts = write_trace(source, format, [&](std::string_view piece) { out.text += piece; });
  return out;
}

std::vector<Job> read_back(const std::string& text, TraceFormat format) {
  TemporaryFile const file(format == TraceFormat::swf ? ".swf" : format == TraceFormat::jobs_csv ? ".csv" : ".utilisation.csv", text);
  return jobs_of(*open_file(file.path()));
}

bool same(const Job& a, const Job& b) {
  auto const fragments = [](const Job& job) {
    std::vector<std::pair<std::int64_t, double>> out;
    for (auto const& fragment : job.fragments) out.emplace_back(fragment.length.ns, fragment.utilisation.cores);
    return out;
  };
  return a.id == b.id && a.submit == b.submit && a.runtime == b.runtime && a.estimate == b.estimate && a.processors == b.processors && a.gpus == b.gpus && a.user == b.user &&
         a.memory.si() == Approx(b.memory.si()).epsilon(1e-15) && a.utilisation == b.utilisation && fragments(a) == fragments(b);
}

// The trace, written and read again, is the same jobs, and nothing is told to have changed.
void check_round_trip(const std::filesystem::path& file, TraceFormat format) {
  auto const jobs = jobs_of(*open_file(file));
  Written const once = written(*open_file(file), format);
  CHECK(once.counts.changed.empty());
  CHECK(once.counts.used == std::ssize(jobs));
  auto const again = read_back(once.text, format);
  REQUIRE(again.size() == jobs.size());
  std::size_t differing = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) differing += !same(jobs[i], again[i]);
  CHECK(differing == 0);
}

}  // namespace

TEST_CASE("shipped traces come back the same from every format that can say all of them", "[workloads]") {
  check_round_trip(find_trace("lublin-256", {}), TraceFormat::swf);
  check_round_trip(find_trace("lublin-256", {}), TraceFormat::jobs_csv);
  check_round_trip(find_trace("lublin-256", {}), TraceFormat::utilisation_csv);
  check_round_trip(find_trace("common-1000", {}), TraceFormat::jobs_csv);
  check_round_trip(find_trace("common-1000", {}), TraceFormat::utilisation_csv);
  check_round_trip(find_trace("common-1000", {}), TraceFormat::swf);
}

TEST_CASE("the log of NASA keeps its jobs, its users and its machine", "[workloads]") {
  auto const file = find_trace("nasa-ipsc", {});
  auto const source = open_file(file);
  Written const swf = written(*source, TraceFormat::swf);
  CHECK(swf.counts.changed.empty());
  CHECK(swf.counts.used == 18239);
  TemporaryFile const again(".swf", swf.text);
  CHECK(open_file(again.path())->machine_processors() == 128);
  check_round_trip(file, TraceFormat::swf);
}

TEST_CASE("fractions of seconds, memory, users and fragments are kept to the last digit", "[workloads]") {
  TemporaryFile const file(".utilisation.csv",
                           "job,submit_s,cores,duration_s,utilisation,memory_gb,gpus,estimate_s,user\n"
                           "7,0.000000001,4,10.5,0.25,0.1,2,99.25,\"Lee, \"\"the\"\" user\"\n7,,,3,1,,,,\n9,5,0,1,0.5,,8,,\n");
  check_round_trip(file.path(), TraceFormat::utilisation_csv);
}

TEST_CASE("what a format cannot say is counted, by what it is", "[workloads]") {
  Job job = job_at(0, 5, 100, 4);
  job.fragments = {{whole_seconds(50), 1.0}, {whole_seconds(50), 0.5}};
  job.gpus = Amount::of_thousandths(500);
  job.user = "lee";
  job.after = {4};
  Job gpus = job_at(1, 6, 100, 0);
  gpus.gpus = 8;
  auto const told = [&](TraceFormat format) { return written(*list({job, gpus}), format); };

  Written const table = told(TraceFormat::jobs_csv);
  CHECK(table.counts.changed == std::map<std::string, std::int64_t>{{"a utilisation that changes becomes its mean", 1},
                                                                    {"predecessors are left out", 1},
                                                                    {"the job's number becomes that of its row", 2}});
  CHECK(read_back(table.text, TraceFormat::jobs_csv).front().utilisation == 0.75);

  Written const swf = told(TraceFormat::swf);
  CHECK(swf.counts.records == 2);
  CHECK(swf.counts.used == 1);
  CHECK(swf.counts.skipped.at("a job without processors") == 1);
  CHECK(swf.counts.changed == std::map<std::string, std::int64_t>{{"GPUs are not said in the format", 1},
                                                                  {"a user who is not a number becomes unknown", 1},
                                                                  {"predecessors are left out", 1},
                                                                  {"utilisation is not said in the format", 1}});
  CHECK(told(TraceFormat::utilisation_csv).counts.changed == std::map<std::string, std::int64_t>{{"predecessors are left out", 1}});
}
