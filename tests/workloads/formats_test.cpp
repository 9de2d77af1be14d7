#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("the format of a trace is told by the ending of its name", "[workloads]") {
  CHECK(guess_format("a/b.c/x.swf") == TraceFormat::swf);
  CHECK(guess_format("x-3.1-cln.swf.gz") == TraceFormat::swf);
  CHECK(guess_format("x.csv") == TraceFormat::jobs_csv);
  CHECK(guess_format("x.csv.gz") == TraceFormat::jobs_csv);
  CHECK(guess_format("utilisation.csv") == TraceFormat::jobs_csv);
}

TEST_CASE("of two endings that fit, the longer tells the format", "[workloads]") {
  CHECK(guess_format("x.utilisation.csv") == TraceFormat::utilisation_csv);
  CHECK(guess_format("a/b.csv/x.utilisation.csv.gz") == TraceFormat::utilisation_csv);
}

TEST_CASE("what packs a trace is no part of its ending", "[workloads]") {
  CHECK(guess_format("x.swf.zst") == TraceFormat::swf);
  CHECK(guess_format("x.utilisation.csv.zst") == TraceFormat::utilisation_csv);
  CHECK(guess_format("x.json.gz") == TraceFormat::batsim);
}

TEST_CASE("a table is told by the columns in its first line", "[workloads]") {
  auto const format_of = [](const std::string& ending, const std::string& text) {
    TemporaryFile const file(ending, text);
    return guess_format(file.path());
  };
  for (const char* ending : {".csv", ".txt", ""}) {
    CAPTURE(ending);
    CHECK(format_of(ending, "\xef\xbb\xbf" "cores, submit_s ,\"runtime_s\"\r\n") == TraceFormat::jobs_csv);
    CHECK(format_of(ending, "job,submit_s,cores,duration_s,utilisation\n") == TraceFormat::utilisation_csv);
    CHECK(format_of(ending, "timestamp,duration,num_gpus,gpu_time,cluster\n") == TraceFormat::philly);
    CHECK(format_of(ending, "id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity") == TraceFormat::opendc);
    CHECK(format_of(ending, "TIMESTAMP,ContextTokens,GeneratedTokens") == TraceFormat::azure_llm);
    CHECK(format_of(ending, "client,t_s,rate_per_s,cv,pattern,param1,param2") == TraceFormat::servegen);
  }
  CHECK(format_of(".csv", "a,b\n") == TraceFormat::jobs_csv);      // whose reader says what is missing
  CHECK(format_of(".csv", "") == TraceFormat::jobs_csv);
}

TEST_CASE("a header of the standard format and an object tell, too, where the ending does not", "[workloads]") {
  TemporaryFile const swf(".log", "\n; Version: 2.2\n"), json("", "  {\"nb_res\": 4}");
  CHECK(guess_format(swf.path()) == TraceFormat::swf);
  CHECK(guess_format(json.path()) == TraceFormat::batsim);
}

TEST_CASE("a trace that nothing tells is an error that lists what is known", "[workloads]") {
  TemporaryFile const file(".txt", "1 0 -1 100\n");
  CHECK(problem_of([&] { guess_format(file.path()); }) ==
        "neither the ending of the name nor the first line tells the format of the trace; known are .swf (swf), .csv (jobs-csv), .utilisation.csv (utilisation-csv), a table with "
        "timestamp, num_gpus (philly), .json (batsim), a table with submission_time, cpu_capacity (opendc), .planetlab.csv (planetlab), a table with cpu_milli, num_gpu, gpu_milli "
        "(alibaba-gpu), .series.csv (series-csv), a table with cpu_load (hourly-load), a table with time, measured_power_util (google-power), a table with TIMESTAMP, ContextTokens "
        "(azure-llm), a table with client, rate_per_s (servegen), each also as .gz or .zst; or name the format");
  CHECK(problem_of([] { guess_format("nowhere.txt"); }) == "there is no such file");
}

TEST_CASE("every format is in the table, with what its processors are", "[workloads]") {
  for (auto const& [format, name] : names(TraceFormat{})) CHECK(format_entry(format).format == format);
  CHECK(format_entry(TraceFormat::swf).processor == ProcessorUnit::server);
  CHECK(format_entry(TraceFormat::swf).several_servers);
  CHECK(format_entry(TraceFormat::jobs_csv).processor == ProcessorUnit::core);
  CHECK_FALSE(format_entry(TraceFormat::jobs_csv).several_servers);
  CHECK(format_entry(TraceFormat::utilisation_csv).processor == ProcessorUnit::core);
  CHECK_FALSE(format_entry(TraceFormat::utilisation_csv).several_servers);
  CHECK(format_entry(TraceFormat::philly).processor == ProcessorUnit::gpu);
  CHECK(format_entry(TraceFormat::philly).several_servers);
  CHECK(format_entry(TraceFormat::batsim).processor == ProcessorUnit::server);
  CHECK(format_entry(TraceFormat::batsim).several_servers);
  CHECK(format_entry(TraceFormat::opendc).processor == ProcessorUnit::core);
  CHECK_FALSE(format_entry(TraceFormat::opendc).several_servers);
}
