#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

const std::string azure_header = "TIMESTAMP,ContextTokens,GeneratedTokens\n";

}  // namespace

TEST_CASE("a row of an Azure table becomes a request of one processor, the first one at second zero", "[workloads]") {
  TemporaryFile const file(".csv", azure_header + "2023-11-16 23:59:59.9999999,550,43\n2023-11-17 00:00:00.0000001,0,0\n2023-11-17 00:00:01,5500,0\n");
  auto const source = open_file(file.path());
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 3);
  CHECK(jobs[0].submit == Instant{});
  CHECK(jobs[1].submit == Instant{200});                // seven digits are hundreds of nanoseconds
  CHECK(jobs[2].submit == Instant{1'000'000'100});
  CHECK(jobs[0].id == 1);
  CHECK(jobs[2].id == 3);
  CHECK(jobs[0].processors == 1);
  CHECK(jobs[0].runtime.ns == 2'100'000'000);           // 550 / 5500 + 43 / 21.5
  CHECK(jobs[0].estimate == jobs[0].runtime);
  CHECK(jobs[1].runtime == Duration{});
  CHECK(jobs[2].runtime == whole_seconds(1));
  CHECK(source->header().at("StartTime") == "2023-11-16 23:59:59.9999999");
  CHECK(source->described().at("context_tokens") == 6050);
  CHECK(source->described().at("generated_tokens") == 43);
}

TEST_CASE("a request takes the time of its tokens at the rates of the service", "[workloads]") {
  TemporaryFile const file(".csv", azure_header + "2023-11-16 18:15:46,1000,14\n");
  TraceOptions options;
  options.service = {1000, 14};
  CHECK(jobs_of(*open_file(file.path(), options)).at(0).runtime == whole_seconds(2));
}

TEST_CASE("a service for jobs that state run times is an error", "[workloads]") {
  TemporaryFile const table(".csv", "submit_s,runtime_s,cores\n0,1,1\n");
  WorkloadSpec spec;
  spec.service = ServiceSpec{};
  CHECK(problem_of([&] { open_workload(spec, 0, {table.path(), 4, 1}); }) == "service: the jobs of this trace state their run times, not tokens; leave it out");
}

TEST_CASE("a scaled trace of requests offers what is asked for of the amounts its processors take", "[workloads]") {
  TemporaryFile const file(".csv", azure_header + "2023-11-16 18:15:46,0,215\n2023-11-16 18:16:46,0,215\n");
  WorkloadSpec spec;
  spec.scale_to = LoadTarget{0.5, Duration{}};
  spec.amount = Amount::of_thousandths(250);
  auto const source = open_workload(spec, 0, {file.path(), 1, 1});
  TraceTotals const totals = totals_of(*source);
  CHECK(totals.processor_seconds * 0.25 / totals.load_span_s == Approx(0.5).margin(0.25 * 10 / 70));      // to half a request
}

TEST_CASE("the Azure trace has its published totals", "[workloads]") {
  auto const folder = data_folder("azure-llm-2023");
  if (!folder) return;
  TraceTotals const totals = totals_of(*open_file(*folder / "AzureLLMInferenceTrace_conv.csv.gz"));
  CHECK(totals.counts.records == 19366);
  CHECK(totals.counts.used == 19366);
  CHECK(totals.described.at("context_tokens") == 22361870);
  CHECK(totals.described.at("generated_tokens") == 4088665);
  CHECK(totals.described.at("span_s") == Approx(3501.721937).epsilon(1e-15));      // 3501.722 as published
  CHECK(totals.last_submit_s == totals.described.at("span_s"));
}

TEST_CASE("the Azure requests that ship are the first of the trace", "[workloads]") {
  auto const source = open_file(std::filesystem::path(HEADROOM_SOURCE_DIR) / "workloads/traces/azure-llm-2000.csv.gz");
  TraceTotals const totals = totals_of(*source);
  CHECK(totals.counts.used == 2000);
  CHECK(totals.described.at("context_tokens") == 2209565);
  CHECK(totals.described.at("generated_tokens") == 529807);
  CHECK(totals.last_submit_s == Approx(424.259457).epsilon(1e-12));
}

TEST_CASE("a format named for another table says which columns it wants", "[workloads]") {
  TemporaryFile const jobs(".csv", "submit_s,runtime_s,cores\n0,1,1\n"), requests(".csv", azure_header);
  auto const problem = [](const std::filesystem::path& file, TraceFormat format) {
    WorkloadSpec spec;
    spec.format = format;
    return problem_of([&] { open_workload(spec, 0, {file, 4, 1}); });
  };
  CHECK(problem(jobs.path(), TraceFormat::azure_llm) == "unknown column 'submit_s'; known are TIMESTAMP, ContextTokens, GeneratedTokens");
  CHECK(problem(requests.path(), TraceFormat::servegen) == "unknown column 'TIMESTAMP'; known are client, t_s, rate_per_s, cv, pattern, param1, param2");
}
