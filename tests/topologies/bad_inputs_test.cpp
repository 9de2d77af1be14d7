// tests/bad_inputs/FOLDER/NAME.yaml beside NAME.expected, the whole message. Opened by the path below the project's root.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include "base/yaml.h"
#include "topologies/graph/power_graph.h"
#include "topologies/read_site.h"

namespace fs = std::filesystem;
using namespace headroom;

namespace {

std::string message(const std::function<void()>& read) {
  try {
    read();
  } catch (const InputError& e) {
    return std::string(e.what()) + "\n";
  }
  return "accepted\n";
}

void check_folder(const fs::path& folder, std::size_t at_least, const std::function<void(const fs::path&)>& read) {
  fs::current_path(HEADROOM_SOURCE_DIR);
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= at_least);
  for (auto const& file : files) {
    CAPTURE(file.string());
    std::ifstream in(fs::path(file).replace_extension(".expected"));
    std::string const expected{std::istreambuf_iterator<char>(in), {}};
    CHECK(message([&] { read(file); }) == expected);
  }
}

}  // namespace

TEST_CASE("each mistake of YAML is named at its place", "[topologies]") {
  check_folder("tests/bad_inputs/yaml", 15, [](const fs::path& file) { read_yaml(file); });
}

TEST_CASE("each mistake of a site is named at its place", "[topologies]") {
  check_folder("tests/bad_inputs/sites", 65, [](const fs::path& file) { build_power_graph(read_site(file)); });
}

TEST_CASE("each mistake of a catalogue file is named at its place", "[topologies]") {
  check_folder("tests/bad_inputs/catalogue", 15, check_catalogue_file);
}
