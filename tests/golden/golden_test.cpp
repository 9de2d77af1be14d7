// Run files of every release, and whether today's program still predicts the same.
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/summary/summary.h"
#include "tests/engine/support.h"

using namespace headroom;
namespace fs = std::filesystem;
using Ordered = nlohmann::ordered_json;

namespace {

const fs::path golden = fs::path(HEADROOM_SOURCE_DIR) / "tests/golden/run-file-1";

// A copy, because SQLite may want to write beside the file it reads.
struct Copy {
  TemporaryFolder folder;
  RunReader reader;
  Copy() : reader((fs::copy_file(golden / "run.sqlite", folder.path() / "run.sqlite"), folder.path())) {}
};

void check_same(const Ordered& got, const Ordered& expected, const std::string& path) {
  CAPTURE(path);
  REQUIRE(got.type_name() == std::string(expected.type_name()));
  if (expected.is_object()) {
    for (auto const& [key, value] : expected.items()) {
      INFO("key " << key);
      REQUIRE(got.contains(key));
      check_same(got[key], value, path + "/" + key);
    }
  } else if (expected.is_number_float()) {
    CHECK(got.get<double>() == Approx(expected.get<double>()).epsilon(1e-12).margin(1e-12));
  } else {
    CHECK(got == expected);
  }
}

Ordered recorded() {
  std::ifstream in(golden / "expected_recorded.json");
  return Ordered::parse(in);
}

}  // namespace

TEST_CASE("a run file of version 1 holds what was worked out by hand", "[golden]") {
  Copy const copy;
  Ordered const summary = to_json(summarise(copy.reader), std::nullopt);
  std::ifstream in(golden / "expected_by_hand.csv");
  std::string line;
  std::getline(in, line);
  int figures = 0;
  for (; std::getline(in, line); ++figures) {
    CAPTURE(line);
    std::istringstream cells(line);
    std::string path, expected;
    std::getline(cells, path, ',');
    std::getline(cells, expected, ',');
    CHECK(summary.at(Ordered::json_pointer(path)).get<double>() == Approx(std::stod(expected)).epsilon(1e-12));
  }
  CHECK(figures >= 19);
}

TEST_CASE("a run file of version 1 gives the summary of its release", "[golden]") {
  Copy const copy;
  check_same(to_json(summarise(copy.reader), std::nullopt), recorded(), "");
  CHECK(recompute_energies(copy.reader).worst_difference < 1e-12);
}

TEST_CASE("today's run of the same scenario gives the summary of that release", "[golden]") {
  TemporaryFolder const folder;
  Model const model = build_model(read_scenario(golden / "scenario.yaml", {}));
  {
    RunFile file(folder.path());
    record_inputs(model, "", file);
    OpenJobs jobs = open_jobs(model);
    InMemoryExecutor executor;
    simulate(model, *jobs.merged, executor, file, [](Instant, std::int64_t) {});
    file.finish();
  }
  Ordered expected = recorded();
  expected["run"].erase("version");
  expected["run"].erase("inputs_sha256");      // a new key of the scenario changes its echo
  check_same(to_json(summarise(RunReader(folder.path())), std::nullopt), expected, "");
}
