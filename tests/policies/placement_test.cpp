#include <catch2/catch.hpp>

#include <array>

#include "tests/policies/support.h"

using namespace headroom;

namespace {

// Free cores: 4, 2 and 8 of 8.
Capacity partly_taken() {
  Capacity capacity{std::vector<Resources>(3, {8, 0, 0})};
  capacity.take({{0, {4, 0, 0}}, {1, {6, 0, 0}}});
  return capacity;
}

int server(const std::optional<Allocation>& allocation) { return allocation ? allocation->front().server : -1; }

}  // namespace

TEST_CASE("best fit takes the server with the least left, worst fit the one with the most", "[policies]") {
  Capacity const capacity = partly_taken();
  CHECK(server(first_fit(capacity, {.cores = 2}, {})) == 0);
  CHECK(server(best_fit(capacity, {.cores = 2}, {})) == 1);
  CHECK(server(best_fit(capacity, {.cores = 3}, {})) == 0);
  CHECK(server(worst_fit(capacity, {.cores = 2}, {})) == 2);
}

TEST_CASE("a job of GPUs is placed by free GPUs", "[policies]") {
  Capacity const capacity{{{8, 4, 0}, {16, 2, 0}}};
  CHECK(server(best_fit(capacity, {.gpus = 1}, {})) == 1);
  CHECK(server(worst_fit(capacity, {.gpus = 1}, {})) == 0);
}

TEST_CASE("a job over several servers fills them in the order of the policy", "[policies]") {
  Capacity const capacity = partly_taken();
  auto const best = best_fit(capacity, {.cores = 5, .several_servers = true}, {});
  REQUIRE(best);
  REQUIRE(best->size() == 2);
  CHECK((*best)[0].server == 1);
  CHECK((*best)[0].resources.cores == 2);
  CHECK((*best)[1].server == 0);
  CHECK((*best)[1].resources.cores == 3);
}

TEST_CASE("whole servers: best fit takes the small ones, worst fit the large ones", "[policies]") {
  Capacity const capacity{{{8, 0, 0}, {4, 0, 0}, {16, 0, 0}}};
  CHECK(server(best_fit(capacity, whole(1), {})) == 1);
  CHECK(server(worst_fit(capacity, whole(1), {})) == 2);
}

TEST_CASE("round robin goes on behind the last server, and around", "[policies]") {
  Capacity const capacity = partly_taken();
  auto const after = [&](int last, int cores) { return server(round_robin(capacity, {.cores = cores}, {.last = last})); };
  CHECK(after(-1, 2) == 0);
  CHECK(after(0, 2) == 1);
  CHECK(after(0, 3) == 2);
  CHECK(after(2, 2) == 0);
}

TEST_CASE("random placement is of the seed, and chooses among all servers on which the job fits", "[policies]") {
  Capacity const capacity = partly_taken();
  std::array<int, 3> taken{};
  for (int i = 0; i < 1000; ++i) {
    Turn const turn{.seed = 1, .starts = i};
    int const chosen = server(random_fit(capacity, {.cores = 3}, turn));
    CHECK(chosen == server(random_fit(capacity, {.cores = 3}, turn)));
    ++taken[static_cast<std::size_t>(chosen)];
  }
  CHECK(taken[1] == 0);
  CHECK(taken[0] > 400);
  CHECK(taken[2] > 400);
}

TEST_CASE("no placement finds room where there is none", "[policies]") {
  Capacity const capacity = partly_taken();
  for (auto place : {first_fit, best_fit, worst_fit, round_robin, random_fit}) {
    CHECK_FALSE(place(capacity, {.cores = 9}, {}));
    CHECK_FALSE(place(capacity, {.cores = 15, .several_servers = true}, {}));
    CHECK_FALSE(place(capacity, whole(2), {}));
  }
}

TEST_CASE("what is free throughout two times is the less of each server", "[policies]") {
  Capacity a = partly_taken();
  Capacity b{std::vector<Resources>(3, {8, 0, 0})};
  b.take({{2, {5, 0, 0}}});
  a.limit_to(b);
  CHECK(a.free(0).cores == 4);
  CHECK(a.free(1).cores == 2);
  CHECK(a.free(2).cores == 3);
  CHECK(a.free_cores() == 9);
  CHECK(a.free_servers() == 0);
}
