// tests/bad_inputs/imports/NAME.xml and NAME.graphml beside NAME.expected, the whole message. Opened by the path below the project's root.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "topologies/import/graphml.h"
#include "topologies/import/simgrid_platform.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

std::string message_of(const fs::path& file) {
  try {
    if (file.extension() == ".xml") read_simgrid_platform(file);
    else read_graphml(file, {});
  } catch (const InputError& e) {
    return std::string(e.what()) + "\n";
  }
  return "accepted\n";
}

}  // namespace

TEST_CASE("each mistake of a file to import is named at its place", "[topologies]") {
  fs::current_path(HEADROOM_SOURCE_DIR);
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/imports"))
    if (entry.path().extension() != ".expected") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= 55);
  for (auto const& file : files) {
    CAPTURE(file.string());
    std::ifstream in(fs::path(file).replace_extension(".expected"));
    std::string const expected{std::istreambuf_iterator<char>(in), {}};
    CHECK(message_of(file) == expected);
  }
}

TEST_CASE("a file to import that is not there is a missing input", "[topologies]") {
  try {
    read_simgrid_platform("/nowhere/platform.xml");
    FAIL("accepted");
  } catch (const InputError& e) {
    CHECK(e.fault() == InputFault::missing);
  }
}
