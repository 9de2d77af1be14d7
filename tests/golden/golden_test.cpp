// Run files of every release, and whether today's program still predicts the same.
#include <catch2/catch.hpp>
#include <fmt/format.h>

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

// The folder of each version.
fs::path version(int number) { return fs::path(HEADROOM_SOURCE_DIR) / fmt::format("tests/golden/run-file-{}", number); }

// A copy, because SQLite may want to write beside the file it reads.
struct Copy {
  TemporaryFolder folder;
  RunReader reader;
  explicit Copy(const fs::path& golden) : reader((fs::copy_file(golden / "run.sqlite", folder.path() / "run.sqlite"), folder.path())) {}
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

Ordered recorded(const fs::path& golden) {
  std::ifstream in(golden / "expected_recorded.json");
  return Ordered::parse(in);
}

}  // namespace

TEST_CASE("a run file of each version holds what was worked out by hand", "[golden]") {
  fs::path const golden = version(GENERATE(1, 2));
  CAPTURE(golden);
  Copy const copy(golden);
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

TEST_CASE("a run file of each version gives the summary of its release", "[golden]") {
  fs::path const golden = version(GENERATE(1, 2));
  CAPTURE(golden);
  check_same(to_json(summarise(Copy(golden).reader), std::nullopt), recorded(golden), "");
}

TEST_CASE("the energies of a run file of version 1 are worked out again", "[golden]") {
  CHECK(recompute_energies(Copy(version(1)).reader).worst_difference < 1e-12);
}

TEST_CASE("today's run of the same scenario gives the summary of that release", "[golden]") {
  fs::path const golden = version(GENERATE(1, 2));
  CAPTURE(golden);
  TemporaryFolder const folder;
  Model const model = build_model(read_scenario(golden / "scenario.yaml", {}));
  {
    RunFile file(folder.path());
    record_inputs(model, "", file);
    OpenWorkloads workloads = open_workloads(model);
    InMemoryExecutor executor;
    simulate(model, workloads, executor, file, [](Instant, std::int64_t) {});
    file.finish();
  }
  Ordered expected = recorded(golden);
  expected["run"].erase("version");
  expected["run"].erase("inputs_sha256");      // a new key of the scenario changes its echo
  check_same(to_json(summarise(RunReader(folder.path())), std::nullopt), expected, "");
}
