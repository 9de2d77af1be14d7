#include <catch2/catch.hpp>

#include "tests/policies/support.h"

using namespace headroom;

namespace {

struct Site : BusySite {
  std::vector<std::size_t> starts(const std::vector<WaitingJob>& queue) const { return positions(easy_backfill(view(queue), first_fit)); }
};

}  // namespace

TEST_CASE("EASY starts a later job that ends at the shadow time, and not one that ends a second later", "[policies]") {
  Site const site;
  CHECK(site.starts({waiting(1, whole(4), 50), waiting(2, whole(2), 100)}) == std::vector<std::size_t>{1});
  CHECK(site.starts({waiting(1, whole(4), 50), waiting(2, whole(2), 101)}).empty());
}

TEST_CASE("EASY lets a long job have what the head will leave over, and no more", "[policies]") {
  Site const site;      // the head wants 3 of 4 at 100 s: one server is spare
  CHECK(site.starts({waiting(1, whole(3), 50), waiting(2, whole(1), 1000)}) == std::vector<std::size_t>{1});
  CHECK(site.starts({waiting(1, whole(3), 50), waiting(2, whole(2), 1000)}).empty());
  CHECK(site.starts({waiting(1, whole(3), 50), waiting(2, whole(1), 1000), waiting(3, whole(1), 1000)}) == std::vector<std::size_t>{1});
}

TEST_CASE("EASY keeps the head's place where jobs need one server", "[policies]") {
  Capacity capacity{{{8, 0, 0}, {8, 0, 0}}};
  Allocation const first{{0, {6, 0, 0}}}, second{{1, {4, 0, 0}}};
  capacity.take(first);
  capacity.take(second);
  std::vector<RunningJob> const running{{at(10), 1, &second}, {at(20), 2, &first}};
  auto const starts = [&](const WaitingJob& candidate) {
    std::vector<WaitingJob> const queue{waiting(3, {.cores = 8}, 50), candidate};
    return positions(easy_backfill({at(0), queue, running, &capacity}, first_fit));
  };
  CHECK(starts(waiting(4, {.cores = 4}, 10)) == std::vector<std::size_t>{1});     // on the reserved server, but over in time
  CHECK(starts(waiting(4, {.cores = 4}, 11)).empty());                            // would delay the head
  CHECK(starts(waiting(4, {.cores = 2}, 1000)) == std::vector<std::size_t>{1});   // on the other server
}

TEST_CASE("EASY counts no server that is not available, neither now nor at the shadow time", "[policies]") {
  Site site;      // two of four servers are free, two are busy until 100 s
  site.capacity.set_available(3, false);
  // the head wants all three: nothing is spare; one server is free until the shadow time
  CHECK(site.starts({waiting(1, whole(3), 50), waiting(2, whole(1), 100)}) == std::vector<std::size_t>{1});
  CHECK(site.starts({waiting(1, whole(3), 50), waiting(2, whole(1), 101)}).empty());
  CHECK(site.starts({waiting(1, whole(3), 50), waiting(2, whole(2), 100)}).empty());
  // a head that wants four waits for the repair, without a date: whoever fits may start
  CHECK(site.starts({waiting(1, whole(4), 50), waiting(2, whole(1), 1000)}) == std::vector<std::size_t>{1});
}

TEST_CASE("EASY reserves no place on a server that is not available", "[policies]") {
  Capacity capacity{std::vector<Resources>(3, {8, 0, 0})};
  Allocation const busy{{0, {8, 0, 0}}};
  capacity.take(busy);
  capacity.set_available(1, false);
  std::vector<RunningJob> const running{{at(10), 1, &busy}};
  Allocation const half{{2, {4, 0, 0}}};
  capacity.take(half);
  auto const starts = [&](const WaitingJob& candidate) {
    std::vector<WaitingJob> const queue{waiting(3, {.cores = 8}, 50), candidate};      // its place: server 0, at 10 s
    return positions(easy_backfill({at(0), queue, running, &capacity}, first_fit));
  };
  CHECK(starts(waiting(4, {.cores = 4}, 1000)) == std::vector<std::size_t>{1});       // on server 2
  CHECK(starts(waiting(4, {.cores = 5}, 5)).empty());                                 // would fit on server 1 alone
}

TEST_CASE("without backfilling nobody overtakes", "[policies]") {
  Site const site;
  std::vector<WaitingJob> const queue{waiting(1, whole(4), 50), waiting(2, whole(1), 1)};
  CHECK(no_backfill({at(0), queue, site.running, &site.capacity}, first_fit).empty());
}
