// Every broken programme of tests/bad_inputs/programmes stands beside NAME.expected, which holds the whole message.
#include "analysis/programmes/read_programme.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/programmes/small_programme.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;
namespace fs = std::filesystem;

TEST_CASE("every broken programme is told with its place", "[programmes][bad input]") {
  WorkingFolder const here(HEADROOM_SOURCE_DIR);
  int files = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/programmes")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    CHECK(message_of([&] { find_programme(entry.path().string()); }) == content_of(fs::path(entry.path()).replace_extension(".expected")));
    ++files;
  }
  CHECK(files >= 25);
}

TEST_CASE("units between two years lie on a line, and before the first on that from what stands", "[programmes]") {
  ProgrammeSpec const programme = small_programme();
  DemandDriver const& stations = *drivers_of(programme)[1].driver;
  CHECK(units_in(stations, programme, 2020) == 650);
  CHECK(units_in(stations, programme, 2021) == Approx(1325));
  CHECK(units_in(stations, programme, 2022) == 2000);
  CHECK(units_in(stations, programme, 2019) == 0);
}

TEST_CASE("settings reach into a programme", "[programmes]") {
  CHECK(small_programme({"sectors[city].drivers[cameras].counts.before=100"}).sectors[0].drivers[0].counts.before == 100);
  CHECK(message_of([] { small_programme({"sectors[town].title=x"}); }).find("sectors[town].title") != std::string::npos);
}

TEST_CASE("every programme that ships is read, and its sites with it", "[programmes]") {
  for (auto const& name : {"new-infrastructure-2020", "us-data-centres"}) CHECK(find_programme(name).name == name);
}
