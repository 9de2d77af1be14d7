#include <catch2/catch.hpp>

#include <cstdlib>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

void use_the_source_tree() { setenv("HEADROOM_ROOT", HEADROOM_SOURCE_DIR, 1); }

}  // namespace

TEST_CASE("a bare name is a trace that ships", "[workloads]") {
  use_the_source_tree();
  CHECK(find_trace("nasa-ipsc", {}).filename() == "nasa-ipsc.swf.gz");
}

TEST_CASE("a path is relative to the file that mentions it", "[workloads]") {
  TemporaryFile const file(".csv", "");
  CHECK(find_trace("./" + file.path().filename().string(), {(file.path().parent_path() / "scenario.yaml").string(), 3, 5}) ==
        file.path().parent_path() / file.path().filename());
}

TEST_CASE("a name that does not ship is a missing input, with the names that do", "[workloads]") {
  use_the_source_tree();
  try {
    find_trace("nasa-ipcs", {"scenario.yaml", 3, 5});
    FAIL("there is no such trace");
  } catch (const InputError& e) {
    CHECK(e.fault() == InputFault::missing);
    CHECK_THAT(e.what(), Catch::StartsWith("scenario.yaml:3:5: error: no trace called 'nasa-ipcs' ships with the program, did you mean 'nasa-ipsc'?"));
    CHECK_THAT(e.what(), Catch::Contains("; these do: ") && Catch::Contains("lublin-256, nasa-ipsc"));
  }
}

TEST_CASE("a path that leads nowhere is a missing input, at the place that mentions it", "[workloads]") {
  try {
    find_trace("./nowhere.swf", {"some/scenario.yaml", 3, 5});
    FAIL("there is no such file");
  } catch (const InputError& e) {
    CHECK(e.fault() == InputFault::missing);
    CHECK(std::string(e.what()) == "some/scenario.yaml:3:5: error: there is no file 'some/nowhere.swf'");
  }
}

TEST_CASE("a name may begin with a folder of the environment", "[workloads]") {
  TemporaryFile const file(".csv", "");
  setenv("HEADROOM_TEST_FOLDER", file.path().parent_path().c_str(), 1);
  std::string const name = file.path().filename().string();
  CHECK(find_trace("$HEADROOM_TEST_FOLDER/" + name, {"some/scenario.yaml", 3, 5}) == file.path());
  CHECK(problem_of([] { find_trace("$HEADROOM_TEST_FOLDER/nowhere.swf", {"scenario.yaml", 3, 5}); }) == "there is no file '" + (file.path().parent_path() / "nowhere.swf").string() + "'");
  unsetenv("HEADROOM_TEST_FOLDER");
  try {
    find_trace("$HEADROOM_TEST_FOLDER/planetlab/x.csv.gz", {"scenario.yaml", 3, 5});
    FAIL("the variable is not set");
  } catch (const InputError& e) {
    CHECK(e.fault() == InputFault::missing);
    CHECK(std::string(e.what()) == "scenario.yaml:3:5: error: the environment variable HEADROOM_TEST_FOLDER is not set; set it to the folder that has 'planetlab/x.csv.gz'");
  }
}
