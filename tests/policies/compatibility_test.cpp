#include <catch2/catch.hpp>

#include "tests/policies/support.h"

using namespace headroom;

namespace {

using Positions = std::vector<std::size_t>;

}  // namespace

TEST_CASE("RLScheduler starts only what ends before the shadow time, in the order of submission", "[policies]") {
  BusySite const site;
  auto const starts = [&](const std::vector<WaitingJob>& queue, Notes notes) {
    View view = site.view(queue);
    view.notes = &notes;
    return positions(rlscheduler_backfill(view, first_fit));
  };
  CHECK(starts({waiting(1, whole(4), 50), waiting(2, whole(2), 99)}, {}) == Positions{1});
  CHECK(starts({waiting(1, whole(4), 50), waiting(2, whole(2), 100)}, {}).empty());
  CHECK(starts({waiting(1, whole(3), 50), waiting(2, whole(1), 100)}, {}).empty());      // what is spare is not used
  std::vector<WaitingJob> queue{waiting(1, whole(4), 50), waiting(2, whole(2), 10), waiting(3, whole(1), 10), waiting(4, whole(1), 10)};
  queue[1].submit = at(1);
  CHECK(starts(queue, {}) == Positions{2, 3});
  // a shadow time once noted stands
  CHECK(starts({waiting(1, whole(4), 50), waiting(2, whole(2), 99)}, {.shadow = at(50)}).empty());
}

TEST_CASE("Batsim's EASY looks for servers that are free for the whole estimate", "[policies]") {
  HalfBusySite const site;
  std::vector<WaitingJob> const queue{waiting(3, {.cores = 8}, 50), waiting(4, {.cores = 2}, 1000)};
  auto const starts = batsim_easy(site.view(queue), first_fit);
  REQUIRE(positions(starts) == Positions{1});
  CHECK(starts.front().servers.front().server == 1);                      // the first is the head's at 10 s
  CHECK(easy_backfill(site.view(queue), first_fit).empty());              // ours would put it on the first
}

TEST_CASE("Batsim's conservative backfilling keeps reservations until something has become free", "[policies]") {
  BusySite const site;
  std::vector<WaitingJob> const queue{waiting(1, whole(4), 50), waiting(2, whole(2), 100)};
  Notes notes;
  View view = site.view(queue);
  view.notes = &notes;
  CHECK(positions(batsim_conservative(view, first_fit)) == Positions{1});
  REQUIRE(notes.reservations.size() == 1);
  CHECK(notes.reservations.at(1).start == at(100));

  Capacity const empty{std::vector<Resources>(4, {8, 0, 1000})};
  std::vector<WaitingJob> const left{queue.front()};
  View later{at(50), left, {}, &empty, {}, false, &notes};
  CHECK(batsim_conservative(later, first_fit).empty());
  later.freed = true;
  CHECK(positions(batsim_conservative(later, first_fit)) == Positions{0});
  CHECK(notes.reservations.empty());
}

TEST_CASE("Batsim's conservative backfilling makes a broken reservation anew", "[policies]") {
  BusySite const site;      // the servers that job 1 was to have at 50 s are busy until 100 s
  std::vector<WaitingJob> const queue{waiting(1, whole(2), 50), waiting(2, whole(1), 10)};
  Notes notes{.shadow = {}, .reservations = {{1, {at(50), site.busy}}}};
  View view = site.view(queue);
  view.notes = &notes;
  auto const starts = batsim_conservative(view, first_fit);
  REQUIRE(positions(starts) == Positions{0});
  CHECK(starts.front().servers.front().server == 2);
  CHECK(notes.reservations.at(2).start == at(50));
}
