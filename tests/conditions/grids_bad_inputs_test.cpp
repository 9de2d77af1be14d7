// tests/bad_inputs/grids/NAME.yaml beside NAME.expected, the whole message, of a run of the first three hours of 2024.
// Opened by the path below the project's root.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/conditions/grids_support.h"

namespace fs = std::filesystem;
using namespace headroom;

namespace {

std::string message(const fs::path& file) {
  try {
    load_grid(read_grid(*read_yaml(file)), utc(2024, 1, 1), utc(2024, 1, 1, 3));
  } catch (const InputError& e) {
    return std::string(e.what()) + "\n";
  }
  return "accepted\n";
}

}  // namespace

TEST_CASE("each mistake of a grid is named at its place", "[grids]") {
  fs::current_path(HEADROOM_SOURCE_DIR);
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/grids"))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= 35);
  for (auto const& file : files) {
    CAPTURE(file.string());
    std::ifstream in(fs::path(file).replace_extension(".expected"));
    std::string const expected{std::istreambuf_iterator<char>(in), {}};
    CHECK(message(file) == expected);
  }
}
