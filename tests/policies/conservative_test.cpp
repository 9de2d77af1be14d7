#include <catch2/catch.hpp>

#include "tests/policies/support.h"

using namespace headroom;

namespace {

using Positions = std::vector<std::size_t>;
Positions starts(const View& view) { return positions(conservative_backfill(view, first_fit)); }

}  // namespace

TEST_CASE("conservative backfilling starts what ends before the head's reservation, and not a second later", "[policies]") {
  BusySite const site;
  CHECK(starts(site.view({waiting(1, whole(4), 50), waiting(2, whole(2), 100)})) == Positions{1});
  CHECK(starts(site.view({waiting(1, whole(4), 50), waiting(2, whole(2), 101)})).empty());
}

TEST_CASE("conservative backfilling delays no reservation, EASY only not the head's", "[policies]") {
  BusySite const site;      // the head has 3 of 4 from 100 s to 150 s, the second all four from 150 s
  auto const queue = [](std::int64_t estimate_s) { return std::vector{waiting(1, whole(3), 50), waiting(2, whole(4), 50), waiting(3, whole(1), estimate_s)}; };
  CHECK(starts(site.view(queue(150))) == Positions{2});
  CHECK(starts(site.view(queue(151))).empty());
  CHECK(positions(easy_backfill(site.view(queue(151)), first_fit)) == Positions{2});
}

TEST_CASE("a reservation may lie before one that was made earlier", "[policies]") {
  BusySite const site;      // the head has all four from 100 s, the next one of two until 60 s, the third both from 60 s to 100 s
  auto const queue = [](std::int64_t estimate_s) { return std::vector{waiting(1, whole(4), 50), waiting(2, whole(1), 60), waiting(3, whole(2), 40), waiting(4, whole(1), estimate_s)}; };
  CHECK(starts(site.view(queue(60))) == Positions{1, 3});
  CHECK(starts(site.view(queue(61))) == Positions{1});
}

TEST_CASE("a job that has overrun its estimate is expected to end right after now", "[policies]") {
  BusySite const site;
  CHECK(starts(site.view({waiting(1, whole(3), 50), waiting(2, whole(2), 1)}, at(200))).empty());
  CHECK(starts(site.view({waiting(1, whole(3), 50), waiting(2, whole(1), 1000)}, at(200))) == Positions{1});
}

TEST_CASE("a job that waits for a repair holds no reservation", "[policies]") {
  BusySite site;
  site.capacity.set_available(3, false);
  CHECK(starts(site.view({waiting(1, whole(4), 50), waiting(2, whole(1), 1000)})) == Positions{1});
}

TEST_CASE("conservative backfilling reserves places where jobs need one server, and starts beside them", "[policies]") {
  HalfBusySite const site;
  auto const beside = [&](int cores, std::int64_t estimate_s) { return conservative_backfill(site.view({waiting(3, {.cores = 8}, 50), waiting(4, {.cores = cores}, estimate_s)}), first_fit); };
  // over before the head's server is needed: on the first; else on the second, where it delays nobody
  auto const brief = beside(4, 10), longer = beside(4, 11);
  REQUIRE(positions(brief) == Positions{1});
  CHECK(brief.front().servers.front().server == 0);
  REQUIRE(positions(longer) == Positions{1});
  CHECK(longer.front().servers.front().server == 1);
  CHECK(beside(5, 1).empty());
}
