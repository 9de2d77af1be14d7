// Flows on SimGrid: published transfer times with its own defaults, max-min by hand, and the same dates as the in-memory
// network's. One engine a process: each case builds its platform once (ctest runs each case alone).
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "base/random.h"
#include "sim/engine/in_memory_executor.h"
#include "sim/simgrid/simgrid_executor.h"

using namespace headroom;

namespace {

using Transfer = Executor::Transfer;
using Route = std::vector<std::int32_t>;

const std::vector<SimgridHost> three_hosts{{"h1", 4}, {"h2", 4}, {"h3", 4}};
constexpr Instant far{1'000'000 * nanoseconds_per_second};

SharedLink link(double bytes_per_s, double latency_s = 0, std::int32_t reverse = -1) { return {bytes_per_s * 8, latency_s, reverse}; }
Instant flows_at(std::int64_t s) { return {s * nanoseconds_per_second}; }
double seconds(Instant instant) { return instant.seconds(); }

void send(Executor& executor, Transfer transfer, double bytes, const Route& route, double limit_bytes_per_s = 0) {
  Flow const flow{0, 1, bytes, route, limit_bytes_per_s * 8};
  executor.send(transfer, {&flow, 1});
}

// When each arrives, until all that were sent have.
std::map<Transfer, double> drain(Executor& executor, std::size_t count) {
  std::map<Transfer, double> dates;
  while (dates.size() < count) {
    Instant const now = executor.advance_to(far);
    REQUIRE(now < far);
    for (Transfer transfer : executor.arrived()) dates[transfer] = seconds(now);
  }
  return dates;
}

}  // namespace

TEST_CASE("LV08: 100 kB over 10 ms and 1 Mb/s take the 0.996079 s of SimGrid's manual", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::lv08, {link(125'000, 0.01, 0)}}, [](Executor& executor) {
    send(executor, 0, 100'000, {0});
    double const took = drain(executor, 1)[0];
    CHECK(took == Approx(0.996079).margin(5e-7));
    CHECK(took == Approx(0.01 * 13.01 + 8e5 / (0.97e6 / 1.05)).margin(1e-9));
  });
}

TEST_CASE("CM02: 10 GB over 10 GB/s are bound by the window from 1 ms on", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::cm02, {link(1e10), link(1e10, 1e-5), link(1e10, 1e-3), link(1e10, 0.1)}}, [](Executor& executor) {
    for (Transfer transfer : {0, 1, 2, 3}) send(executor, transfer, 1e10, {transfer});
    auto took = drain(executor, 4);
    CHECK(took[0] == Approx(1).margin(1e-9));
    CHECK(took[1] == Approx(1.00001).margin(1e-9));
    CHECK(took[2] == Approx(4.769372).margin(5e-7));
    CHECK(took[3] == Approx(476.937158).margin(5e-7));
  });
}

TEST_CASE("latency beyond that of the links delays a flow, and no window grows with it", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::cm02, {link(1e10, 1e-3), link(1e10)}}, [](Executor& executor) {
    Route const first{0}, second{1};
    std::vector<Flow> const flows{{0, 1, 1e10, first, 0, 0.5}, {0, 1, 1e10, second, 0, 0.5}, {1, 1, 10, {}, 80, 0.5}};
    for (Transfer transfer : {0, 1, 2}) executor.send(transfer, {&flows[static_cast<std::size_t>(transfer)], 1});
    auto took = drain(executor, 3);
    CHECK(took[0] == Approx(5.269372).margin(5e-7));
    CHECK(took[1] == Approx(1.5).margin(1e-9));
    CHECK(took[2] == Approx(1.5).margin(1e-9));
  });
}

TEST_CASE("ideal: latency once, then all that the link has", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(1e10), link(1e10, 1e-3), link(125'000, 0.01, 2)}}, [](Executor& executor) {
    send(executor, 0, 1e10, {0});
    send(executor, 1, 1e10, {1});
    send(executor, 2, 100'000, {2});
    auto took = drain(executor, 3);
    CHECK(took[0] == Approx(1).margin(1e-9));
    CHECK(took[1] == Approx(1.001).margin(1e-9));
    CHECK(took[2] == Approx(0.81).margin(1e-9));
  });
}

TEST_CASE("max-min by hand: links of 10 and 4 share 2, 8 and 2", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(10), link(4)}}, [](Executor& executor) {
    send(executor, 0, 1000, {0, 1});
    send(executor, 1, 1000, {0});
    send(executor, 2, 1000, {1});
    executor.advance_to(flows_at(100));
    for (auto const& [transfer, rate] : {std::pair{0, 2}, {1, 8}, {2, 2}}) {
      std::vector<double> left;
      executor.left(transfer, left);
      CHECK(left.at(0) == Approx(1000 - 100.0 * rate).margin(1e-6));
    }
    auto took = drain(executor, 3);
    CHECK(took[1] == Approx(125).margin(1e-9));
    CHECK(took[0] == Approx(500).margin(1e-9));
    CHECK(took[2] == Approx(500).margin(1e-9));
  });
}

TEST_CASE("one long flow over n links of 1 gets half, as does each short one", "[simgrid]") {
  constexpr int count = 20;
  run_on_simgrid(three_hosts, {NetworkModel::ideal, std::vector<SharedLink>(count, link(1))}, [](Executor& executor) {
    Route all;
    for (int i = 0; i < count; ++i) {
      all.push_back(i);
      send(executor, i + 1, 50, {i});
    }
    send(executor, 0, 50, all);
    for (auto const& [transfer, date] : drain(executor, count + 1)) CHECK(date == Approx(100).margin(1e-9));
  });
}

TEST_CASE("latency delays a flow and does not change its share in ideal", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(100), link(1000, 0), link(1000, 1)}}, [](Executor& executor) {
    send(executor, 0, 100, {1, 0});
    send(executor, 1, 100, {2, 0});
    CHECK(executor.advance_to(far) == flows_at(1));       // alone on the link of 100 until the other begins
    send(executor, 2, 100, {1, 0});
    auto took = drain(executor, 2);
    CHECK(took[1] == Approx(3).margin(1e-9));
    CHECK(took[2] == Approx(3).margin(1e-9));
  });
}

TEST_CASE("a transfer has arrived with the last of its flows, and the clock stops there alone", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(1), link(1), link(1)}}, [](Executor& executor) {
    Route const first{0}, second{1}, third{2};
    std::vector<Flow> const flows{{0, 1, 1, first}, {0, 2, 3, second}, {1, 2, 2.5, third}};
    executor.send(7, flows);
    CHECK(executor.advance_to(flows_at(2)) == flows_at(2));
    CHECK(executor.arrived().empty());
    std::vector<double> left;
    executor.left(7, left);
    REQUIRE(left.size() == 3);
    CHECK(left[0] == 0);
    CHECK(left[1] == Approx(1).margin(1e-9));
    CHECK(left[2] == Approx(0.5).margin(1e-9));
    CHECK(executor.advance_to(far) == flows_at(3));
    REQUIRE(executor.arrived().size() == 1);
    CHECK(executor.arrived().front() == 7);
    CHECK(executor.advance_to(flows_at(4)) == flows_at(4));
    CHECK(executor.arrived().empty());
    send(executor, 7, 2, {0});                       // its number is free again
    CHECK(executor.advance_to(far) == flows_at(6));
  });
}

TEST_CASE("no bytes, parts of a byte, and a way out of a server and back into it", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(1, 0.5), link(1), link(2)}}, [](Executor& executor) {
    Route const delayed{0}, plain{1}, fast{2};
    std::vector<Flow> const flows{{0, 1, 0, delayed}, {0, 1, 1.25, plain}, {2, 2, 3, fast}, {0, 1, 0, plain}};
    for (Transfer transfer : {0, 1, 2, 3}) executor.send(transfer, {&flows[static_cast<std::size_t>(transfer)], 1});
    auto took = drain(executor, 4);
    CHECK(took[0] == 0.5);
    CHECK(took[1] == 1.25);
    CHECK(took[2] == 1.5);
    CHECK(took[3] == 0);
  });
}

TEST_CASE("an arrival within a nanosecond of the deadline is the deadline's, one beyond it is not", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, std::vector<SharedLink>(3, link(1))}, [](Executor& executor) {
    send(executor, 0, 1 - 6e-10, {0});
    send(executor, 1, 1 + 6e-10, {1});
    send(executor, 2, 1 + 4e-9, {2});
    CHECK(executor.advance_to(flows_at(1)) == flows_at(1));
    CHECK(std::vector(executor.arrived().begin(), executor.arrived().end()) == std::vector<Transfer>{0, 1});
    CHECK(executor.advance_to(flows_at(2)) == Instant{1'000'000'004});
  });
}

TEST_CASE("what arrives at one instant is reported together, in the order of numbers", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, std::vector<SharedLink>(3, link(1))}, [](Executor& executor) {
    Instant const late = executor.advance_to({4'000'000'000'000'001});       // ulp 4.7e-10 s
    send(executor, 5, 7, {2});
    send(executor, 2, 7, {0});
    send(executor, 9, 3, {1});
    executor.start(0, whole_seconds(7), {{0, {1, 0, 0}}});
    CHECK(executor.advance_to(late + whole_seconds(100)) == late + whole_seconds(3));
    CHECK(executor.advance_to(late + whole_seconds(7)) == late + whole_seconds(7));
    CHECK(std::vector(executor.arrived().begin(), executor.arrived().end()) == std::vector<Transfer>{2, 5});
    CHECK(executor.ended().size() == 1);
  });
}

TEST_CASE("what is stopped never arrives and leaves its share to the others", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(10)}}, [](Executor& executor) {
    send(executor, 0, 100, {0});
    send(executor, 1, 100, {0});
    executor.advance_to(flows_at(4));
    executor.stop(0);
    CHECK(executor.advance_to(far) == flows_at(12));       // 20 sent, 80 left at 10
    CHECK(std::vector(executor.arrived().begin(), executor.arrived().end()) == std::vector<Transfer>{1});
    send(executor, 0, 10, {0});
    CHECK(executor.advance_to(far) == flows_at(13));
    send(executor, 3, 100, {});                      // in no time, and yet stopped before the clock turns
    executor.stop(3);
    send(executor, 4, 100, {0});                     // still on its way at the end
    CHECK(executor.advance_to(flows_at(14)) == flows_at(14));
    CHECK(executor.arrived().empty());
  });
}

TEST_CASE("limits at the ends bound a flow, over links and within a server", "[simgrid]") {
  run_on_simgrid(three_hosts, {NetworkModel::ideal, {link(10), link(10, 1)}}, [](Executor& executor) {
    send(executor, 0, 20, {0}, 2);
    send(executor, 1, 80, {0});                      // gets the 8 that the first leaves
    send(executor, 2, 30, {}, 3);
    send(executor, 3, 50, {1}, 5);
    send(executor, 4, 1e12, {});                     // nothing bounds it
    send(executor, 5, 100, {1}, 100);                // the other leaves it 5 until it is done, then 10
    CHECK(executor.advance_to(flows_at(5)) == flows_at(0));
    CHECK(std::vector(executor.arrived().begin(), executor.arrived().end()) == std::vector<Transfer>{4});
    CHECK(executor.advance_to(flows_at(5)) == flows_at(5));
    std::vector<double> left;
    for (Transfer transfer : {0, 2, 3}) executor.left(transfer, left);
    CHECK(left[0] == Approx(10).margin(1e-9));
    CHECK(left[1] == Approx(15).margin(1e-9));
    CHECK(left[2] == Approx(30).margin(1e-9));
    auto took = drain(executor, 5);
    for (Transfer transfer : {0, 1, 2}) CHECK(took[transfer] == Approx(10).margin(1e-9));
    CHECK(took[3] == Approx(11).margin(1e-9));
    CHECK(took[5] == Approx(16).margin(1e-9));
  });
}

namespace {

struct Outcome {
  std::map<Transfer, double> arrivals, left_when_stopped;
};

// 200 flows of one to three over 50 links, of very different rates; they begin one after the other, and each tenth is
// stopped before it can arrive or not, as it happens.
Outcome random_traffic(Executor& executor, const std::vector<SharedLink>& links, std::uint64_t seed) {
  RandomStream random(seed, "traffic");
  Outcome outcome;
  std::set<Transfer> moving;
  auto const turn_to = [&](Instant deadline) {
    for (Instant now; (now = executor.advance_to(deadline), !executor.arrived().empty()) || now < deadline;)
      for (Transfer transfer : executor.arrived()) {
        outcome.arrivals[transfer] = seconds(now);
        moving.erase(transfer);
      }
  };
  Instant now;
  for (Transfer transfer = 0; transfer < 200; ++transfer) {
    std::vector<Route> routes(1 + random.below(3));
    std::vector<Flow> flows;
    for (auto& route : routes) {
      std::uint64_t const first = random.below(links.size());
      for (std::uint64_t hop = random.below(6); hop > 0; --hop) route.push_back(static_cast<std::int32_t>((first + hop * hop) % links.size()));
      double const limit = route.empty() || random.below(4) == 0 ? 8e6 + 1e9 * random.uniform() : 0;
      flows.push_back({0, 1, 1e5 + 1e8 * random.uniform(), route, limit, random.below(3) == 0 ? 0.01 * random.uniform() : 0});
    }
    executor.send(transfer, flows);
    moving.insert(transfer);
    turn_to(now = now + exponential(random, 0.05 * second));
    if (random.below(10) > 0) continue;
    Transfer const victim = static_cast<Transfer>(random.below(static_cast<std::uint64_t>(transfer) + 1));
    if (!moving.contains(victim)) continue;
    std::vector<double> left;
    executor.left(victim, left);
    for (double bytes : left) outcome.left_when_stopped[victim] += bytes;
    executor.stop(victim);
    moving.erase(victim);
  }
  turn_to(far);
  return outcome;
}

}  // namespace

TEST_CASE("random traffic arrives at the same dates in memory and on SimGrid", "[simgrid]") {
  RandomStream random(7, "links");
  std::vector<SharedLink> links;
  for (int i = 0; i < 50; ++i) links.push_back(link(1e6 + 1e9 * random.uniform() * random.uniform(), random.below(2) == 0 ? 0 : 1e-3 * random.uniform()));
  InMemoryExecutor in_memory(links);
  Outcome const expected = random_traffic(in_memory, links, 3);
  Outcome got;
  run_on_simgrid(three_hosts, {NetworkModel::ideal, links}, [&](Executor& executor) { got = random_traffic(executor, links, 3); });
  CHECK(expected.arrivals.size() > 150);
  CHECK(expected.left_when_stopped.size() > 5);
  REQUIRE(got.arrivals.size() == expected.arrivals.size());
  for (auto const& [transfer, date] : expected.arrivals) {
    CAPTURE(transfer);
    CHECK(got.arrivals.at(transfer) == Approx(date).epsilon(1e-6));
  }
  REQUIRE(got.left_when_stopped.size() == expected.left_when_stopped.size());
  for (auto const& [transfer, bytes] : expected.left_when_stopped) CHECK(got.left_when_stopped.at(transfer) == Approx(bytes).epsilon(1e-6));
}
