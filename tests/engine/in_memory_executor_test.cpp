#include <catch2/catch.hpp>

#include "sim/engine/in_memory_executor.h"

using namespace headroom;

namespace {
Instant at(std::int64_t s) { return {s * nanoseconds_per_second}; }
}  // namespace

TEST_CASE("the clock stops at the first end before the deadline, and at the deadline otherwise", "[engine]") {
  InMemoryExecutor executor;
  executor.start(1, whole_seconds(10), {});
  executor.start(2, whole_seconds(20), {});
  CHECK(executor.advance_to(at(5)) == at(5));
  CHECK(executor.ended().empty());
  CHECK(executor.advance_to(at(30)) == at(10));
  REQUIRE(executor.ended().size() == 1);
  CHECK(executor.ended().front() == 1);
  CHECK(executor.advance_to(at(20)) == at(20));
  CHECK(executor.ended().front() == 2);
}

TEST_CASE("work at half the rate takes twice as long from there on", "[engine]") {
  InMemoryExecutor executor;
  executor.start(1, whole_seconds(10), {});
  executor.advance_to(at(4));
  executor.change_rate(1, 0.5);
  CHECK(executor.advance_to(at(100)) == at(16));
}

TEST_CASE("work that is held does not end, and goes on where it stood", "[engine]") {
  InMemoryExecutor executor;
  executor.start(1, whole_seconds(10), {});
  executor.advance_to(at(4));
  executor.change_rate(1, 0);
  CHECK(executor.advance_to(at(50)) == at(50));
  executor.change_rate(1, 1);
  CHECK(executor.advance_to(at(100)) == at(56));
}

TEST_CASE("what is cancelled never ends", "[engine]") {
  InMemoryExecutor executor;
  executor.start(1, whole_seconds(10), {});
  executor.advance_to(at(4));
  executor.cancel(1);
  CHECK(executor.advance_to(at(100)) == at(100));
  CHECK(executor.ended().empty());
}
