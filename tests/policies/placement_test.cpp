#include <catch2/catch.hpp>

#include <array>

#include "base/random.h"
#include "tests/policies/support.h"

using namespace headroom;
using Catch::Detail::Approx;

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
  std::vector<ServerTraits> const traits(3, {.feeds = {0}, .watts_per_core = 1});
  DemandMix const mix;
  Turn const turn{.traits = traits, .seen = &mix};
  for (auto const& [placement, name] : names(Placement{})) {
    PlacementPolicy const place = placement_policy(placement);
    CAPTURE(name);
    CHECK_FALSE(place(capacity, {.cores = 9}, turn));
    CHECK_FALSE(place(capacity, {.cores = 15, .several_servers = true}, turn));
    CHECK_FALSE(place(capacity, whole(2), turn));
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

TEST_CASE("a server's fragment is what the mix of jobs cannot use of its GPUs", "[policies]") {
  DemandMix mix;
  CHECK(mix.fragment({.cores = 8, .whole_gpus = 4}) == 0);      // no jobs, no fragments
  mix.add({.cores = 4, .gpus = 1});
  CHECK(mix.fragment({.cores = 8, .whole_gpus = 4}) == 0);
  CHECK(mix.fragment({.cores = 3, .whole_gpus = 4}) == 4);      // too few cores
  mix.add({.cores = 4, .gpus = Amount::of_thousandths(500)});
  mix.add({.cores = 4, .gpus = 8});
  mix.add({.cores = 4});                                        // asks for no GPU: all are a fragment to it
  FreeGpus const free{.cores = 8, .whole_gpus = 2, .shared = {Amount::of_thousandths(300), 1, Amount::of_thousandths(600)}};
  // of 2.9 free GPUs, one GPU cannot use 0.9, half a GPU 0.3, eight GPUs and none at all 2.9
  CHECK(mix.fragment(free) == Approx((0.9 + 0.3 + 2.9 + 2.9) / 4).epsilon(1e-12));
  CHECK(mix.jobs() == 4);
}

TEST_CASE("whole servers use the GPUs of an idle one, jobs over several servers any GPU with its part of the cores", "[policies]") {
  DemandMix mix;
  mix.add(whole(3));
  CHECK(mix.fragment({.cores = 8, .whole_gpus = 4, .idle = true}) == 0);
  CHECK(mix.fragment({.cores = 8, .whole_gpus = 4}) == 4);
  DemandMix spread;
  spread.add({.cores = 64, .gpus = 16, .several_servers = true});
  CHECK(spread.fragment({.cores = 4, .whole_gpus = 4}) == 0);
  CHECK(spread.fragment({.cores = 3, .whole_gpus = 4}) == 4);
}

TEST_CASE("packing puts a share where the fragments grow least", "[policies]") {
  DemandMix mix;
  for (int i = 0; i < 9; ++i) mix.add({.cores = 1, .gpus = 1});
  mix.add({.cores = 1, .gpus = Amount::of_thousandths(500)});
  Turn const turn{.seen = &mix};
  Capacity capacity{std::vector<Resources>(3, {8, 2, 0})};
  capacity.take({{1, {1, Amount::of_thousandths(500), 0}, 0}});
  Demand const half{.cores = 1, .gpus = Amount::of_thousandths(500)};
  CHECK(server(pack(capacity, half, turn)) == 1);       // what is left of its shared GPU is a fragment already
  capacity.take(*pack(capacity, half, turn));
  CHECK(server(first_fit(capacity, half, turn)) == 0);
  CHECK(server(pack(capacity, {.cores = 1, .gpus = 2}, turn)) == 0);
  // cores alone go where no GPU loses the cores it needs
  Capacity cores{{{2, 2, 0}, {8, 1, 0}}};
  CHECK(server(pack(cores, {.cores = 2}, turn)) == 1);
}

namespace {

ServerTraits in_rack(std::int32_t rack) { return {.rack = rack, .leaf = rack}; }
ServerTraits on_feeds(std::vector<std::int32_t> feeds) { return {.feeds = std::move(feeds), .watts_per_core = 10}; }

}  // namespace

TEST_CASE("same leaf takes the fullest rack that can hold the job, else as few racks as will do", "[policies]") {
  std::vector<ServerTraits> const traits{in_rack(0), in_rack(0), in_rack(1), in_rack(1), in_rack(2), in_rack(2), in_rack(2)};
  Turn const turn{.traits = traits};
  Capacity capacity{std::vector<Resources>(7, {8, 0, 0})};
  capacity.take({{2, {4, 0, 0}}});
  Demand const spread{.cores = 12, .several_servers = true};
  CHECK(server(same_leaf(capacity, spread, turn)) == 2);                  // exactly what rack 1 has left
  Demand const wide{.cores = 32, .several_servers = true};
  auto const two_racks = same_leaf(capacity, wide, turn);                 // 24 of rack 2, 8 of rack 0
  REQUIRE(two_racks);
  REQUIRE(two_racks->size() == 4);
  CHECK(two_racks->front().server == 4);
  CHECK(two_racks->back().server == 0);
  CHECK(server(same_leaf(capacity, whole(2), turn)) == 0);
  CHECK(server(same_leaf(capacity, whole(3), turn)) == 4);
  CHECK(server(same_leaf(capacity, {.cores = 8}, turn)) == 3);            // of one server: in the fullest rack
}

TEST_CASE("spreading over feeds takes the least busy feed next", "[policies]") {
  std::vector<ServerTraits> const traits{on_feeds({0}), on_feeds({0}), on_feeds({1}), on_feeds({1}), on_feeds({0, 1})};
  Turn const turn{.traits = traits};
  Capacity capacity{std::vector<Resources>(5, {8, 0, 0})};
  CHECK(server(spread_feeds(capacity, {.cores = 2}, turn)) == 0);
  capacity.take({{0, {2, 0, 0}}});
  CHECK(server(spread_feeds(capacity, {.cores = 2}, turn)) == 2);
  auto const three = spread_feeds(capacity, whole(3), turn);
  REQUIRE(three);
  CHECK((*three)[0].server == 2);
  CHECK((*three)[1].server == 1);
  CHECK((*three)[2].server == 3);
}

TEST_CASE("power aware takes the server that draws least more, busy before idle", "[policies]") {
  std::vector<ServerTraits> const traits{{.watts_per_core = 10, .idle_watts = 80}, {.watts_per_core = 10, .idle_watts = 80}, {.watts_per_core = 25, .idle_watts = 80}};
  Turn const turn{.traits = traits};
  Capacity capacity{std::vector<Resources>(3, {8, 0, 0})};
  CHECK(server(power_aware(capacity, {.cores = 2}, turn)) == 0);
  capacity.take({{1, {2, 0, 0}}});
  CHECK(server(power_aware(capacity, {.cores = 2}, turn)) == 1);       // 10 W a core, an idle one 20 W
  capacity.take({{1, {6, 0, 0}}});
  capacity.take({{2, {1, 0, 0}}});
  CHECK(server(power_aware(capacity, {.cores = 2}, turn)) == 0);       // 20 W a core, the busy one 25 W
}

namespace {

// Nothing more than is free, and all that was asked for.
void check_allocation(const Capacity& capacity, const Demand& demand, const Allocation& allocation) {
  Resources sum;
  std::vector<bool> named(capacity.servers());
  for (Piece const& piece : allocation) {
    CHECK_FALSE(named[static_cast<std::size_t>(piece.server)]);
    named[static_cast<std::size_t>(piece.server)] = true;
    CHECK(capacity.has(piece));
    if (demand.servers > 0) CHECK(capacity.is_idle(piece.server));
    sum = {sum.cores + piece.resources.cores, sum.gpus + piece.resources.gpus, sum.memory_bytes + piece.resources.memory_bytes};
  }
  if (demand.servers > 0) CHECK(std::ssize(allocation) == demand.servers);
  else CHECK(sum == Resources{demand.cores, demand.gpus, demand.memory_bytes});
  if (demand.servers == 0 && !demand.several_servers) CHECK(allocation.size() == 1);
}

Demand random_demand(RandomStream& random) {
  auto const upto = [&](std::uint64_t most) { return static_cast<std::int64_t>(random.below(most + 1)); };
  if (random.below(5) == 0) return whole(1 + static_cast<int>(upto(2)));
  Demand demand{.memory_bytes = upto(300), .several_servers = random.below(3) == 0};
  switch (random.below(3)) {
    case 0: demand.gpus = Amount::of_thousandths(100 + upto(8) * 100); break;
    case 1: demand.gpus = 1 + upto(demand.several_servers ? 8 : 3); break;
    default: break;
  }
  demand.cores = Amount::of_thousandths(500 * (upto(20) + (demand.gpus == Amount() ? 1 : 0)));
  return demand;
}

}  // namespace

TEST_CASE("every placement places what fits, whole and within what is free, and nothing else", "[policies]") {
  std::vector<Resources> servers;
  std::vector<ServerTraits> traits;
  for (int i = 0; i < 12; ++i) {
    servers.push_back({i % 3 == 0 ? 16 : 8, i % 4, 1000});
    traits.push_back({.rack = i / 3, .leaf = i / 3, .feeds = {i / 6, 2 + i % 2}, .watts_per_core = 5.0 + i % 2, .watts_per_gpu = 300, .idle_watts = 100.0 * (1 + i % 3)});
  }
  for (auto const& [placement, name] : names(Placement{})) {
    CAPTURE(name);
    PlacementPolicy const place = placement_policy(placement);
    RandomStream random(3, "placements");
    DemandMix mix;
    Capacity capacity(servers);
    std::vector<Allocation> held;
    Turn turn{.traits = traits, .seen = &mix};
    int placed = 0, refused = 0;
    for (int step = 0; step < 1500; ++step) {
      Demand const demand = random_demand(random);
      mix.add(demand);
      bool const fits = capacity.fits(demand);
      auto allocation = place(capacity, demand, turn);
      CHECK(allocation.has_value() == fits);
      if (allocation) {
        check_allocation(capacity, demand, *allocation);
        capacity.take(*allocation);
        turn.last = allocation->back().server;
        ++turn.starts;
        ++placed;
        held.push_back(std::move(*allocation));
      } else {
        ++refused;
      }
      while (held.size() > 12 || (!held.empty() && random.below(3) == 0)) {
        auto const which = static_cast<std::ptrdiff_t>(random.below(held.size()));
        capacity.give(held[static_cast<std::size_t>(which)]);
        held.erase(held.begin() + which);
      }
    }
    CHECK(placed > 300);
    CHECK(refused > 50);
  }
}
