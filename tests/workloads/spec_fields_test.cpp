#include <catch2/catch.hpp>

#include "base/json_fields.h"
#include "base/read_fields.h"
#include "base/yaml.h"
#include "tests/workloads/support.h"
#include "workloads/spec_fields.h"

using namespace headroom;

namespace {

WorkloadSpec spec_of(const std::string& yaml) {
  TemporaryFile const file(".yaml", yaml);
  ReadContext context;
  WorkloadSpec spec;
  read_value(*read_yaml(file.path()), Path{}, Rule{}, context, spec);
  context.finish();
  return spec;
}

}  // namespace

TEST_CASE("a workload needs a trace alone", "[workloads]") {
  WorkloadSpec const spec = spec_of("{trace: nasa-ipsc}\n");
  CHECK(spec.trace == "nasa-ipsc");
  CHECK(!spec.format);
  CHECK(!spec.processor);
  CHECK(spec.arrivals == 1.0);
  CHECK(!spec.scale_to);
  CHECK(spec.where.line == 1);
}

TEST_CASE("every key of a workload is read and echoed", "[workloads]") {
  WorkloadSpec const spec =
      spec_of("{trace: x.txt, format: jobs-csv, processor: gpu, several_servers: false, arrivals: 1.5, scale_to: {offered_load: 0.7, jitter: 10 min}}\n");
  CHECK(spec.format == TraceFormat::jobs_csv);
  CHECK(spec.processor == ProcessorUnit::gpu);
  CHECK(spec.several_servers == false);
  CHECK(spec.arrivals == 1.5);
  REQUIRE(spec.scale_to);
  CHECK(spec.scale_to->offered_load == 0.7);
  CHECK(spec.scale_to->jitter == whole_seconds(600));
  CHECK(echo(spec)["scale_to"]["offered_load"] == 0.7);
}

TEST_CASE("what a workload cannot be is an error", "[workloads]") {
  CHECK_THROWS_AS(spec_of("{arrivals: 2}\n"), InputError);
  CHECK_THROWS_AS(spec_of("{trace: ''}\n"), InputError);
  CHECK_THROWS_AS(spec_of("{trace: x, arrivals: 0}\n"), InputError);
  CHECK_THROWS_AS(spec_of("{trace: x, processor: rack}\n"), InputError);
  CHECK_THROWS_AS(spec_of("{trace: x, scale_to: {jitter: 1 h}}\n"), InputError);
  CHECK_THROWS_AS(spec_of("{trace: x, scale_to: {offered_load: 0}}\n"), InputError);
  CHECK_THROWS_AS(spec_of("{trace: x, scale_to: {offered_load: 1, jitter: -1 s}}\n"), InputError);
}
