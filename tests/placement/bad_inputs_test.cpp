// tests/bad_inputs/plans/NAME.yaml beside NAME.expected, the whole message; each is checked against the site hall-2n.
#include <catch2/catch.hpp>

#include <filesystem>

#include "analysis/placement/read_plan.h"
#include "base/shipped.h"
#include "tests/support/bad_inputs.h"
#include "topologies/read_site.h"

namespace fs = std::filesystem;
using namespace headroom;

TEST_CASE("each mistake of a plan is named at its place", "[placement]") {
  WorkingFolder const folder(HEADROOM_SOURCE_DIR);
  Site const hall = read_site(find_mentioned("site", "hall-2n", {}));
  int files = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/plans")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    CHECK(message_of([&] { check_plan(read_plan(entry.path()), hall); }) == content_of(fs::path(entry.path()).replace_extension(".expected")));
    ++files;
  }
  CHECK(files >= 20);
}
