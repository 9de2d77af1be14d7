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

TEST_CASE("an ending that nobody knows is an error that lists those known", "[workloads]") {
  CHECK(problem_of([] { guess_format("x.json"); }) ==
        "the ending of the name does not tell the format of the trace; known are .swf, .swf.gz (swf), .csv, .csv.gz (jobs-csv), .utilisation.csv, .utilisation.csv.gz (utilisation-csv); or name the format");
}

TEST_CASE("every format is in the table, with what its processors are", "[workloads]") {
  for (auto const& [format, name] : names(TraceFormat{})) CHECK(format_entry(format).format == format);
  CHECK(format_entry(TraceFormat::swf).processor == ProcessorUnit::server);
  CHECK(format_entry(TraceFormat::swf).several_servers);
  CHECK(format_entry(TraceFormat::jobs_csv).processor == ProcessorUnit::core);
  CHECK_FALSE(format_entry(TraceFormat::jobs_csv).several_servers);
  CHECK(format_entry(TraceFormat::utilisation_csv).processor == ProcessorUnit::core);
  CHECK_FALSE(format_entry(TraceFormat::utilisation_csv).several_servers);
}
