// Programs side by side.
#include "analysis/study/run_pool.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <map>

#include "base/errors.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

Process shell(const std::string& text, const std::filesystem::path& messages = {}) { return {{"/bin/sh", "-c", text}, messages}; }

std::map<std::size_t, Ended> ends_of(const std::vector<Process>& processes, int at_once) {
  std::map<std::size_t, Ended> ends;
  CHECK(run_side_by_side(processes, at_once, [&](std::size_t which, Ended how) { ends[which] = how; }));
  return ends;
}

}  // namespace

TEST_CASE("every process ends with its own code, whatever runs beside it", "[run_pool]") {
  for (int at_once : {1, 2, 7}) {
    auto const ends = ends_of({shell("exit 3"), shell("sleep 0.05"), shell("exit 65"), shell("kill -9 $$")}, at_once);
    REQUIRE(ends.size() == 4);
    CHECK(ends.at(0).code == 3);
    CHECK(ends.at(1).code == 0);
    CHECK(ends.at(2).code == 65);
    CHECK(ends.at(3).signal == SIGKILL);
  }
  CHECK(ends_of({}, 4).empty());
  CHECK(ends_of({{{"/nowhere/program"}, "/dev/null"}}, 1).at(0).code == 71);
}

TEST_CASE("no more run at once than may", "[run_pool]") {
  TemporaryFolder const folder;
  std::string const at = folder.path().string();
  std::vector<Process> processes;
  for (int i = 0; i < 6; ++i) processes.push_back(shell("touch " + at + "/on-$$; ls " + at + " | grep -c on- >> " + at + "/counts; sleep 0.05; rm " + at + "/on-$$"));
  ends_of(processes, 2);
  std::ifstream counts(folder.path() / "counts");
  for (int count; counts >> count;) CHECK(count <= 2);
}

TEST_CASE("what a process says on stderr goes where it is wanted", "[run_pool]") {
  TemporaryFolder const folder;
  ends_of({shell("echo told >&2; exit 1", folder.path() / "messages")}, 1);
  std::ifstream in(folder.path() / "messages");
  std::string text;
  std::getline(in, text);
  CHECK(text == "told");
}

TEST_CASE("an interrupt reaches all that run, and no other is started", "[run_pool]") {
  std::map<std::size_t, Ended> ends;
  bool const all = run_side_by_side({shell("sleep 0.3; kill -INT $PPID; exec sleep 20"), shell("exec sleep 20"), shell("exit 0")}, 2, [&](std::size_t which, Ended how) { ends[which] = how; });
  CHECK_FALSE(all);
  REQUIRE(ends.size() == 2);
  CHECK(ends.at(0).signal == SIGINT);
  CHECK(ends.at(1).signal == SIGINT);
}

TEST_CASE("an interrupt between two batches keeps the second from starting", "[run_pool]") {
  Interruptible const interrupts;
  CHECK(run_side_by_side({shell("exit 0")}, 1, [](std::size_t, Ended) {}));
  std::raise(SIGINT);
  bool started = false;
  CHECK_FALSE(run_side_by_side({shell("exit 0")}, 1, [&](std::size_t, Ended) { started = true; }));
  CHECK_FALSE(started);
}

TEST_CASE("what is thrown on the way ends what still runs", "[run_pool]") {
  auto const begin = std::chrono::steady_clock::now();
  CHECK_THROWS_AS(run_side_by_side({shell("exit 1"), shell("exec sleep 20")}, 2, [](std::size_t, Ended) { throw std::runtime_error("stop"); }), std::runtime_error);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}
