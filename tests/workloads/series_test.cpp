#include <catch2/catch.hpp>

#include "base/text_file.h"
#include "tests/workloads/support.h"
#include "workloads/series_totals.h"

using namespace headroom;

namespace {

std::unique_ptr<SeriesSource> series_in(const std::filesystem::path& file) { return open_series_source(guess_format(file), file); }

std::string problem_in(const std::string& ending, const std::string& text) {
  TemporaryFile const file(ending, text);
  return problem_of([&] { rows_of(*series_in(file.path())); });
}

}  // namespace

TEST_CASE("a series of our own: the first row is at 0, the last holds as long as the one before", "[workloads]") {
  TemporaryFile const file(".csv", "time_s,a,b\n100,0,1\n160.5,0.25,0.5\n400,1,0\n");
  auto const series = series_in(file.path());
  CHECK(series->meaning() == SeriesMeaning::processors);
  CHECK(series->columns() == std::vector<std::string>{"a", "b"});
  auto const rows = rows_of(*series);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].from == Instant{});
  CHECK(rows[1].from == Instant{60'500'000'000});
  CHECK(rows[1].values == std::vector<double>{0.25, 0.5});
  CHECK(rows[2].from == Instant{} + whole_seconds(300));
  CHECK(rows[3].from == Instant{539'500'000'000});
  CHECK(series->counts().records == 3);
  CHECK(series->sha256() == sha256_of("time_s,a,b\n100,0,1\n160.5,0.25,0.5\n400,1,0\n"));
}

TEST_CASE("an hourly load: its index counts the hours, gaps hold the value before", "[workloads]") {
  TemporaryFile const file(".csv", ",cpu_load\n1,0.5\n2,0.25\n5,0.75\n");
  auto const series = series_in(file.path());
  CHECK(series->meaning() == SeriesMeaning::processors);
  CHECK(series->columns() == std::vector<std::string>{"cpu_load"});
  auto const rows = rows_of(*series);
  CHECK(rows.at(2).from == Instant{} + whole_seconds(4 * 3600));
  CHECK(rows.at(3).from == Instant{} + whole_seconds(7 * 3600));
  TemporaryFile const one(".csv", "index,cpu_load\n7,0.5\n");
  CHECK(rows_of(*series_in(one.path())).at(1).from == Instant{} + whole_seconds(3600));
}

TEST_CASE("the power of a domain is a series of shares of power", "[workloads]") {
  TemporaryFile const file(".csv", "index,time,pdu,measured_power_util\n0,600000000,pdu6,0.659\n1,900000000,pdu6,0.657\n");
  auto const series = series_in(file.path());
  CHECK(series->meaning() == SeriesMeaning::power);
  CHECK(series->columns() == std::vector<std::string>{"measured_power_util"});
  auto const rows = rows_of(*series);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].values == std::vector<double>{0.659});
  CHECK(rows[1].from == Instant{} + whole_seconds(300));
  CHECK(rows[2].from == Instant{} + whole_seconds(600));
}

TEST_CASE("jobs and series are not taken for each other", "[workloads]") {
  TemporaryFile const series(".series.csv", "time_s,a\n0,0\n"), jobs(".csv", "submit_s,runtime_s,cores\n");
  CHECK(problem_of([&] { open_file(series.path()); }) ==
        "this trace is a series of measurements (series-csv); here jobs are needed: swf, jobs-csv, utilisation-csv, philly, batsim, opendc, planetlab, alibaba-gpu, azure-llm, servegen");
  CHECK(problem_of([&] { series_in(jobs.path()); }) == "this is a trace of jobs (jobs-csv); here a series of measurements is needed: series-csv, hourly-load, google-power");
}

TEST_CASE("a series without a second row says so only where nothing else gives its length", "[workloads]") {
  CHECK(problem_in(".series.csv", "time_s,a\n0,0\n") == "a single row does not say for how long its values hold; a second one would do");
  CHECK(problem_in(".csv", "index,cpu_load\n") == "the table has no rows; a series needs one at least");
}

TEST_CASE("whole series of the data sets have their totals", "[workloads]") {
  struct Expected {
    const char *folder, *file;
    std::int64_t rows;
    double sum, tolerance, least, mean, most;
  };
  for (auto const& expected : {Expected{"hourly-cpu-load", "Alibaba_CPU_Data_Hourly_1.csv.gz", 8904, 4410.2978, 5e-5, 0.328944, 0.495316, 0.699944}, Expected{"google-power-2019", "cella_pdu6.csv.gz", 8928, 6386.626, 5e-4, 0.612, 0.715348, 0.771},
                               Expected{"google-power-2019", "cella_pdu7.csv.gz", 8928, 6269.447, 5e-4, 0.619, 0.702223, 0.757}, Expected{"google-power-2019", "cella_pdu8.csv.gz", 8928, 6306.528, 5e-4, 0.611, 0.706376, 0.749}}) {
    auto const folder = data_folder(expected.folder);
    if (!folder) continue;
    SeriesTotals const totals = totals_of(*series_in(*folder / expected.file));
    CHECK(totals.counts.used == expected.rows);
    CHECK(totals.sum == Approx(expected.sum).margin(expected.tolerance));
    CHECK(totals.mean == Approx(expected.mean).margin(5e-7));
    CHECK(totals.least == Approx(expected.least).margin(5e-7));
    CHECK(totals.most == Approx(expected.most).margin(5e-7));
  }
}

TEST_CASE("the mean over time counts each value for as long as it holds", "[workloads]") {
  TemporaryFile const file(".series.csv", "time_s,a,b\n0,0,1\n100,1,1\n400,0.5,0\n");
  SeriesTotals const totals = totals_of(*series_in(file.path()));
  CHECK(totals.span_s == 700);
  CHECK(totals.sum == 3.5);
  CHECK(totals.mean_over_time == Approx((1 * 100 + 2 * 300 + 0.5 * 300) / 1400.0));
}

TEST_CASE("a format that the file is not of says what is missing", "[workloads]") {
  TemporaryFile const series(".series.csv", "time_s,a\n0,0\n");
  auto const as_series = [&](TraceFormat format) { return problem_of([&] { rows_of(*open_series_source(format, series.path())); }); };
  auto const as_jobs = [&](TraceFormat format) { return problem_of([&] { jobs_of(*open_job_source(format, series.path())); }); };
  CHECK(as_series(TraceFormat::hourly_load) == "the first line must be 'index,cpu_load' or ',cpu_load'");
  CHECK(as_series(TraceFormat::google_power) == "unknown column 'time_s', did you mean 'time'?; known are time, measured_power_util, index, pdu");
  CHECK(as_jobs(TraceFormat::planetlab) == "");      // any table of per cents is one
  CHECK(as_jobs(TraceFormat::alibaba_gpu) ==
        "unknown column 'time_s'; known are name, cpu_milli, memory_mib, num_gpu, gpu_milli, gpu_spec, qos, pod_phase, creation_time, deletion_time, scheduled_time");
  TemporaryFile const hourly(".csv", ",cpu_load\n1,0.5\n");
  CHECK(problem_of([&] { open_series_source(TraceFormat::series_csv, hourly.path()); }) == "the first column is ''; it must be time_s, and the others name the values");
}
