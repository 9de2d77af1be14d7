// One engine a process: each case builds its platform once (ctest runs each case alone).
#include <catch2/catch.hpp>

#include "sim/engine/in_memory_executor.h"
#include "sim/simgrid/simgrid_executor.h"

using namespace headroom;

namespace {

Instant at(std::int64_t s) { return {s * nanoseconds_per_second}; }
Allocation on(int server, int cores = 1) { return {{server, {cores, 0, 0}}}; }
const std::vector<SimgridHost> two_hosts{{"h1", 4}, {"h2", 4}};

struct Step {
  Instant when;
  std::vector<Executor::Activity> ended;
  bool operator==(const Step&) const = default;
};

// Starts, changes and cancels; what ended when.
std::vector<Step> story(Executor& executor) {
  std::vector<Step> steps;
  auto const advance = [&](Instant deadline) {
    Instant const now = executor.advance_to(deadline);
    steps.push_back({now, {executor.ended().begin(), executor.ended().end()}});
  };
  executor.start(0, whole_seconds(10), on(0));
  executor.start(1, whole_seconds(20), on(1, 4));
  executor.start(2, whole_seconds(10), on(0));
  advance(at(5));
  advance(at(10));
  executor.change_rate(1, 0.5);       // 10 s left: 20 s at half the rate
  advance(at(100));
  executor.start(0, whole_seconds(7), {{0, {1, 0, 0}}, {1, {1, 0, 0}}});
  advance(at(32));
  executor.change_rate(0, 0);
  advance(at(40));
  executor.change_rate(0, 1);         // 5 s left
  advance(at(100));
  executor.start(3, whole_seconds(50), on(0));
  advance(at(60));
  executor.cancel(3);
  advance(at(200));
  return steps;
}

}  // namespace

TEST_CASE("SimGrid and the in-memory executor tell the same story", "[simgrid]") {
  InMemoryExecutor in_memory;
  std::vector<Step> const expected = story(in_memory);
  CHECK(expected[2].when == at(30));
  CHECK(expected[5].when == at(45));
  std::vector<Step> got;
  run_on_simgrid(two_hosts, {}, [&](Executor& executor) { got = story(executor); });
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    CAPTURE(i);
    CHECK(got[i].when == expected[i].when);
    CHECK(got[i].ended == expected[i].ended);
  }
}

TEST_CASE("a million seconds on, SimGrid's ends still fall on the calendar's nanosecond", "[simgrid]") {
  run_on_simgrid(two_hosts, {}, [](Executor& executor) {
    Instant now = executor.advance_to(at(10'000'000));
    for (int i = 0; i < 1000; ++i) {
      Duration const runtime{1'234'567'891 + i};
      executor.start(0, runtime, on(0));
      REQUIRE(executor.advance_to(now + runtime) == now + runtime);
      REQUIRE(executor.ended().size() == 1);
      now = now + runtime;
    }
  });
}

TEST_CASE("what the simulation throws comes out of the platform", "[simgrid]") {
  CHECK_THROWS_AS(run_on_simgrid(two_hosts, {}, [](Executor&) { throw std::runtime_error("stop"); }), std::runtime_error);
}
