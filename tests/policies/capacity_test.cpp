#include <catch2/catch.hpp>

#include <algorithm>

#include "base/errors.h"
#include "base/random.h"
#include "sim/policies/capacity.h"

using namespace headroom;

TEST_CASE("first fit takes the server of the smallest number that has room", "[policies]") {
  Capacity capacity{{{4, 0, 0}, {8, 0, 0}, {8, 0, 0}}};
  auto const place = [&](int cores) { return capacity.first_fit({.cores = cores}); };
  CHECK(place(4)->front().server == 0);
  CHECK(place(5)->front().server == 1);
  CHECK(place(8)->front().server == 1);
  CHECK_FALSE(place(9));
}

TEST_CASE("a server needs all of cores, GPUs and memory at once", "[policies]") {
  // server 0 has the cores, server 1 the GPUs, only server 2 both
  Capacity capacity{{{8, 0, 100}, {1, 4, 100}, {8, 4, 50}, {8, 4, 100}}};
  CHECK(capacity.first_fit({.cores = 8, .gpus = 4})->front().server == 2);
  CHECK(capacity.first_fit({.cores = 8, .gpus = 4, .memory_bytes = 51})->front().server == 3);
  CHECK_FALSE(capacity.first_fit({.cores = 8, .gpus = 4, .memory_bytes = 101}));
}

TEST_CASE("whole servers are idle ones, from the left", "[policies]") {
  Capacity capacity{std::vector<Resources>(5, {8, 0, 0})};
  capacity.take({{1, {1, 0, 0}}});
  auto const three = capacity.first_fit({.servers = 3});
  REQUIRE(three);
  CHECK((*three)[0].server == 0);
  CHECK((*three)[1].server == 2);
  CHECK((*three)[2].server == 3);
  CHECK(capacity.first_fit({.servers = 4}));
  CHECK_FALSE(capacity.first_fit({.servers = 5}));
}

TEST_CASE("a job over several servers takes what is left of each, memory in proportion", "[policies]") {
  Capacity capacity{{{8, 0, 80}, {8, 0, 20}, {8, 0, 80}}};
  capacity.take({{0, {6, 0, 60}}});
  auto const spread = capacity.first_fit({.cores = 10, .memory_bytes = 100, .several_servers = true});
  REQUIRE(spread);
  REQUIRE(spread->size() == 3);
  CHECK((*spread)[0].resources.cores == 2);
  CHECK((*spread)[1].resources.cores == 2);      // 20 bytes of memory let two cores in
  CHECK((*spread)[2].resources.cores == 6);
  CHECK_FALSE(capacity.first_fit({.cores = 10, .memory_bytes = 100}));    // not on one server
}

TEST_CASE("what is given back was taken: the search agrees with a plain scan after a thousand random steps", "[policies]") {
  std::vector<Resources> const servers(37, {16, 2, 1000});
  Capacity capacity(servers);
  std::vector<Resources> plain = servers;
  std::vector<Allocation> held;
  RandomStream random(1, "capacity test");
  for (int step = 0; step < 1000; ++step) {
    Demand const demand{.cores = static_cast<std::int32_t>(1 + random.below(16)), .gpus = static_cast<std::int32_t>(random.below(3)), .memory_bytes = static_cast<std::int64_t>(random.below(900))};
    int expected = -1;
    for (std::size_t i = 0; i < plain.size() && expected < 0; ++i)
      if (plain[i].cores >= demand.cores && plain[i].gpus >= demand.gpus && plain[i].memory_bytes >= demand.memory_bytes) expected = static_cast<int>(i);
    auto const found = capacity.first_fit(demand);
    REQUIRE((found ? found->front().server : -1) == expected);
    if (found) {
      capacity.take(*found);
      Resources& server = plain[static_cast<std::size_t>(expected)];
      server = {server.cores - demand.cores, server.gpus - demand.gpus, server.memory_bytes - demand.memory_bytes};
      held.push_back(*found);
    }
    if (!held.empty() && random.below(3) == 0) {
      auto const which = static_cast<std::ptrdiff_t>(random.below(held.size()));
      Piece const piece = held[static_cast<std::size_t>(which)].front();
      Resources& server = plain[static_cast<std::size_t>(piece.server)];
      server = {server.cores + piece.resources.cores, server.gpus + piece.resources.gpus, server.memory_bytes + piece.resources.memory_bytes};
      capacity.give(held[static_cast<std::size_t>(which)]);
      held.erase(held.begin() + which);
    }
  }
}

TEST_CASE("a job of GPUs over several servers gets all of its cores and memory, uneven as they are", "[policies]") {
  Capacity capacity{{{16, 2, 1000}, {16, 2, 1000}, {16, 2, 1000}}};
  for (int cores = 0; cores <= 12; ++cores) {
    CAPTURE(cores);
    auto const spread = capacity.first_fit({.cores = cores, .gpus = 5, .memory_bytes = 997, .several_servers = true});
    REQUIRE(spread);
    Resources sum;
    for (auto const& piece : *spread) {
      CHECK(capacity.has(piece));
      sum.cores += piece.resources.cores;
      sum.gpus += piece.resources.gpus;
      sum.memory_bytes += piece.resources.memory_bytes;
    }
    CHECK(sum.cores == cores);
    CHECK(sum.gpus == 5);
    CHECK(sum.memory_bytes == 997);
  }
}

TEST_CASE("shares of very much memory do not overflow", "[policies]") {
  constexpr std::int64_t much = 1'000'000'000'000'000'000;
  Capacity capacity{{{1'000'000, 0, much}, {1'000'000, 0, much}}};
  auto const spread = capacity.first_fit({.cores = 1'999'999, .memory_bytes = much, .several_servers = true});
  REQUIRE(spread);
  REQUIRE(spread->size() == 2);
  CHECK((*spread)[0].resources.memory_bytes + (*spread)[1].resources.memory_bytes == much);
}

TEST_CASE("a server that is not available has nothing free and is passed over", "[policies]") {
  Capacity capacity{std::vector<Resources>(4, {8, 2, 100})};
  capacity.set_available(0, false);
  capacity.set_available(2, false);
  CHECK(capacity.free_servers() == 2);
  CHECK(capacity.free_cores() == 16);
  CHECK(capacity.free_gpus() == 4);
  CHECK(capacity.first_fit({.cores = 1})->front().server == 1);
  CHECK_FALSE(capacity.has({0, {1, 0, 0}}));
  auto const whole = capacity.first_fit({.servers = 2});
  REQUIRE(whole);
  CHECK((*whole)[0].server == 1);
  CHECK((*whole)[1].server == 3);
  CHECK_FALSE(capacity.first_fit({.servers = 3}));
  auto const spread = capacity.first_fit({.cores = 16, .several_servers = true});
  REQUIRE(spread);
  CHECK((*spread)[0].server == 1);
  CHECK((*spread)[1].server == 3);
  CHECK_FALSE(capacity.first_fit({.cores = 17, .several_servers = true}));
}

TEST_CASE("a server that is available again is whole again", "[policies]") {
  Capacity capacity{std::vector<Resources>(3, {8, 2, 100})};
  capacity.take({{1, {3, 1, 10}}});
  capacity.set_available(0, false);
  capacity.set_available(0, false);      // it is so already
  capacity.set_available(0, true);
  capacity.set_available(1, true);
  CHECK(capacity.free_servers() == 2);
  CHECK(capacity.free_cores() == 21);
  CHECK(capacity.free_gpus() == 5);
  CHECK(capacity.first_fit({.cores = 8})->front().server == 0);
  CHECK(capacity.totals()[0].cores == 8);
  capacity.give({{1, {3, 1, 10}}});
  CHECK(capacity.first_fit({.servers = 3}));
}

TEST_CASE("a server of which something is taken cannot become unavailable", "[policies]") {
  Capacity capacity{std::vector<Resources>(2, {8, 2, 100})};
  for (Resources const& taken : {Resources{1, 0, 0}, Resources{0, 1, 0}, Resources{0, 0, 1}}) {
    capacity.take({{1, taken}});
    CHECK_THROWS_AS(capacity.set_available(1, false), ContractError);
    capacity.give({{1, taken}});
  }
  CHECK_NOTHROW(capacity.set_available(1, false));
  CHECK(capacity.free_servers() == 1);
}

TEST_CASE("with servers coming and going the search agrees with a plain scan", "[policies]") {
  Capacity capacity{std::vector<Resources>(21, {16, 0, 0})};
  std::vector<bool> available(21, true);
  RandomStream random(2, "availability test");
  for (int step = 0; step < 500; ++step) {
    auto const server = random.below(21);
    available[server] = random.below(2) == 0;
    capacity.set_available(static_cast<std::int32_t>(server), available[server]);
    auto const first = std::find(available.begin(), available.end(), true);
    auto const found = capacity.first_fit({.cores = 16});
    REQUIRE((found ? found->front().server : 21) == first - available.begin());
    auto const count = std::count(available.begin(), available.end(), true);
    REQUIRE(capacity.free_servers() == count);
    REQUIRE(capacity.free_cores() == 16 * count);
  }
}

namespace {

Demand share_of_gpu(std::int64_t thousandths) { return {.gpus = Amount::of_thousandths(thousandths)}; }

Piece placed_on(Capacity& capacity, const Demand& demand) {
  auto const where = capacity.first_fit(demand);
  REQUIRE(where);
  capacity.take(*where);
  return where->front();
}

}  // namespace

TEST_CASE("a share of a GPU goes to the shared device with the least left that is enough, and is never split") {
  Capacity capacity({{8, 2, 0}});
  CHECK(placed_on(capacity, share_of_gpu(600)).device == 0);
  CHECK(placed_on(capacity, share_of_gpu(700)).device == 1);
  CHECK(placed_on(capacity, share_of_gpu(300)).device == 1);
  CHECK(placed_on(capacity, share_of_gpu(300)).device == 0);
  CHECK(capacity.free_gpus() == Amount::of_thousandths(100));
  CHECK_FALSE(capacity.fits(share_of_gpu(101)));
  CHECK(capacity.fits(share_of_gpu(100)));
}

TEST_CASE("a device that is shared is not a whole GPU, and is one again when the last share is given back") {
  Capacity capacity({{8, 2, 0}});
  Piece const share = placed_on(capacity, share_of_gpu(1));
  CHECK(capacity.whole_free_gpus(0) == 1);
  CHECK_FALSE(capacity.fits({.gpus = 2}));
  CHECK(capacity.fits({.gpus = 1}));
  CHECK_FALSE(capacity.is_idle(0));
  capacity.give({share});
  CHECK(capacity.fits({.gpus = 2}));
  CHECK(capacity.is_idle(0));
}

TEST_CASE("when whole jobs hold all other GPUs, a number that is free is no device") {
  Capacity capacity({{8, 2, 0}});
  Piece const share = placed_on(capacity, share_of_gpu(500));
  capacity.give({share});
  Allocation const both = *capacity.first_fit({.gpus = 2});
  capacity.take(both);
  CHECK_FALSE(capacity.fits(share_of_gpu(1)));
  capacity.give(both);
  CHECK(placed_on(capacity, share_of_gpu(1)).device == 0);
}

TEST_CASE("what is free throughout two moments holds for shares of devices, too") {
  Capacity now({{8, 2, 0}}), later = now;
  Piece const first = placed_on(now, share_of_gpu(600));
  later.take({first});
  Allocation const other{{0, {0, Amount::of_thousandths(900), 0}, 1}};
  later.take(other);
  now.limit_to(later);
  CHECK(now.free_gpus() == Amount::of_thousandths(500));
  CHECK_FALSE(now.fits(share_of_gpu(500)));
  CHECK(now.fits(share_of_gpu(400)));
  CHECK_FALSE(now.fits({.gpus = 1}));
}

TEST_CASE("parts of cores add up, on one server or over several") {
  Capacity capacity({{1, 0, 0}, {1, 0, 0}});
  Demand const part{.cores = Amount::of_thousandths(700)};
  CHECK(placed_on(capacity, part).server == 0);
  CHECK(placed_on(capacity, part).server == 1);
  CHECK_FALSE(capacity.fits(part));
  Demand const spread{.cores = Amount::of_thousandths(600), .several_servers = true};
  auto const where = capacity.first_fit(spread);
  REQUIRE(where);
  CHECK(where->size() == 2);
  CHECK((*where)[0].resources.cores == Amount::of_thousandths(300));
}
