#include "sim/network/patterns.h"

#include <catch2/catch.hpp>

#include <map>
#include <numeric>

using namespace headroom;

namespace {

double sum_of(const Phase& phase) {
  return std::accumulate(phase.sendings.begin(), phase.sendings.end(), 0.0, [](double sum, const Sending& sending) { return sum + sending.bytes; });
}

}  // namespace

TEST_CASE("a ring sends 2 (n - 1)/n S to the next, in 2 (n - 1) rounds", "[traffic]") {
  Phase const phase = phase_of(Pattern::ring_all_reduce, 4, 1000);
  REQUIRE(phase.sendings.size() == 4);
  for (auto const& sending : phase.sendings) {
    CHECK(sending.bytes == 1500);
    CHECK(sending.to == (sending.from + 1) % 4);
  }
  CHECK(phase.rounds == 6);
}

TEST_CASE("one server sends itself nothing", "[traffic]") {
  for (Pattern pattern : {Pattern::ring_all_reduce, Pattern::tree_all_reduce, Pattern::all_to_all, Pattern::halo, Pattern::shuffle, Pattern::parameter_server})
    CHECK(phase_of(pattern, 1, 1000).sendings.empty());
}

TEST_CASE("a tree carries S up and down each of its n - 1 edges", "[traffic]") {
  Phase const phase = phase_of(Pattern::tree_all_reduce, 7, 100);
  CHECK(phase.sendings.size() == 12);
  CHECK(sum_of(phase) == 1200);
  CHECK(phase.rounds == 4);      // depth 2, up and down
  CHECK(phase_of(Pattern::tree_all_reduce, 8, 100).rounds == 6);
}

TEST_CASE("all-to-all and shuffle differ in whose volume it is", "[traffic]") {
  CHECK(sum_of(phase_of(Pattern::all_to_all, 5, 100)) == Approx(5 * 4 * 20.0));
  CHECK(sum_of(phase_of(Pattern::shuffle, 5, 100)) == Approx(80));
}

TEST_CASE("halo goes to the neighbours in a grid that is nearly a cube", "[traffic]") {
  CHECK(halo_grid(64) == std::array{4, 4, 4});
  CHECK(halo_grid(12) == std::array{3, 2, 2});
  CHECK(halo_grid(7) == std::array{7, 1, 1});
  CHECK(halo_grid(1) == std::array{1, 1, 1});
  Phase const phase = phase_of(Pattern::halo, 27, 600);
  CHECK(phase.sendings.size() == 27 * 6);
  CHECK(sum_of(phase) == Approx(27 * 600.0));
  // on sides of two both neighbours are one server, and it gets its part once
  std::map<int, double> sent;
  for (auto const& sending : phase_of(Pattern::halo, 8, 600).sendings) sent[sending.from] += sending.bytes;
  for (auto const& [from, bytes] : sent) CHECK(bytes == Approx(600));
}

TEST_CASE("a parameter server gets and gives S for every other", "[traffic]") {
  Phase const phase = phase_of(Pattern::parameter_server, 4, 10);
  CHECK(phase.sendings.size() == 6);
  CHECK(sum_of(phase) == 60);
}

TEST_CASE("storage takes turns, and requests are answered", "[traffic]") {
  Phase const read = phase_of(Pattern::storage_read, 3, 10, 0, 2, 1);
  REQUIRE(read.sendings.size() == 3);
  CHECK(read.sendings[0].from == -2);
  CHECK(read.sendings[1].from == -1);
  CHECK(read.sendings[0].to == 0);
  CHECK(phase_of(Pattern::storage_write, 3, 10, 0, 2).sendings[0].to == -1);
  Phase const requests = phase_of(Pattern::requests, 1, 10, 90, 1);
  REQUIRE(requests.sendings.size() == 2);
  CHECK(requests.sendings[1].bytes == 90);
  CHECK(requests.rounds == 2);
}
