#include "sim/engine/dependencies.h"

#include <catch2/catch.hpp>

using namespace headroom;

namespace {

Job job(std::int64_t id, std::vector<std::int64_t> after, std::int32_t followers) {
  Job out;
  out.id = id;
  out.after = std::move(after);
  out.followers = followers;
  return out;
}

using Standing = Dependencies::Standing;

}  // namespace

TEST_CASE("a job is free when all that it names have completed", "[engine]") {
  Dependencies all;
  Job const a = job(1, {}, 1), b = job(2, {}, 1), c = job(3, {1, 2}, 0);
  CHECK(all.arrive(a, 1, 10, true) == Standing::free);
  CHECK(all.arrive(b, 2, 11, true) == Standing::free);
  CHECK(all.arrive(c, 3, 12, true) == Standing::waits);
  CHECK(all.end(a, true).free.empty());
  CHECK(all.waiting() == std::vector<std::int32_t>{12});
  CHECK(all.end(b, true).free == std::vector<std::int32_t>{12});
  CHECK(all.waiting().empty());
}

TEST_CASE("a job may come before those that it names, and after they have ended", "[engine]") {
  Dependencies all;
  Job const first = job(1, {}, 2), early = job(2, {1}, 0), late = job(3, {1}, 0);
  CHECK(all.arrive(early, 1, 10, true) == Standing::waits);
  CHECK(all.arrive(first, 2, 11, true) == Standing::free);
  CHECK(all.end(first, true).free == std::vector<std::int32_t>{10});
  CHECK(all.arrive(late, 3, 12, true) == Standing::free);
}

TEST_CASE("what follows a job that did not complete is hopeless, at once or when it comes", "[engine]") {
  Dependencies all;
  Job const first = job(1, {}, 2), other = job(4, {}, 1), waiting = job(2, {1, 4}, 0), late = job(3, {1}, 0);
  all.arrive(first, 1, 10, true);
  all.arrive(other, 2, 11, true);
  CHECK(all.arrive(waiting, 3, 12, true) == Standing::waits);
  CHECK(all.end(first, false).hopeless == std::vector<std::int32_t>{12});
  CHECK(all.arrive(late, 4, 13, true) == Standing::hopeless);
  // its number may belong to somebody else by now
  auto const released = all.end(other, true);
  CHECK(released.free.empty());
  CHECK(released.hopeless.empty());
}

TEST_CASE("a job that can never run does not wait", "[engine]") {
  Dependencies all;
  all.arrive(job(1, {}, 1), 1, 10, true);
  CHECK(all.arrive(job(2, {1}, 0), 2, 11, false) == Standing::hopeless);
  CHECK(all.waiting().empty());
}
