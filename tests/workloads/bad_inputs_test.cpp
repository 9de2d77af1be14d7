// Every broken trace of tests/bad_inputs/traces stands beside a file NAME.expected that holds the whole message, as it
// is printed when the trace is opened from the project's folder. The message begins with the path that is opened; what
// is a folder, NAME, of several files is opened as such.
#include <catch2/catch.hpp>

#include "tests/support/bad_inputs.h"
#include "tests/workloads/support.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

void read_all(const fs::path& file) {
  TraceFormat const format = guess_format(file);
  if (format_entry(format).open_series != nullptr) rows_of(*open_series_source(format, file));
  else jobs_of(*open_file(file));
}

std::string stem_of(const fs::path& file) {
  std::string const name = file.filename().string();
  return name.substr(0, name.find('.'));
}

}  // namespace

TEST_CASE("every broken trace is named for what it is, at its place", "[workloads]") {
  WorkingFolder const root(HEADROOM_SOURCE_DIR);
  fs::path const folder = "tests/bad_inputs/traces";
  int messages = 0;
  for (auto const& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".expected") continue;
    std::string const expected = content_of(entry.path());
    fs::path const named = expected.substr(0, expected.find(':')), whole = folder / stem_of(entry.path());
    fs::path const trace = fs::is_directory(whole) ? whole : named;
    CAPTURE(entry.path().string());
    CHECK(trace.parent_path() == folder);
    CHECK(stem_of(trace) == stem_of(entry.path()));
    CHECK(message_of([&] { read_all(trace); }) == expected);
    ++messages;
  }
  CHECK(messages >= 20);
}

TEST_CASE("every broken trace has its expected message", "[workloads]") {
  for (auto const& entry : fs::directory_iterator(fs::path(HEADROOM_SOURCE_DIR) / "tests/bad_inputs/traces"))
    if (entry.path().extension() != ".expected") CHECK(fs::exists(entry.path().parent_path() / (stem_of(entry.path()) + ".expected")));
}

TEST_CASE("what is not there at all is a missing input", "[workloads]") {
  for (const char* name : {"no-such-file.swf", "no-such-file.csv"}) {
    try {
      open_file(name);
      FAIL("there is no such file");
    } catch (const InputError& e) {
      CHECK(e.fault() == InputFault::missing);
    }
  }
}
