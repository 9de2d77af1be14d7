// Flows in memory: by hand, and properties over random networks: what is sent arrives, no link is above its rate, and the
// shares are max-min fair.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/random.h"
#include "sim/network/fluid_network.h"

using namespace headroom;

namespace {

using Transfer = Executor::Transfer;
using Route = std::vector<std::int32_t>;

SharedLink link(double bytes_per_s, double latency_s = 0) { return {bytes_per_s * 8, latency_s}; }
Instant at_seconds(double s) { return {std::llround(s * 1e9)}; }

void send(FluidNetwork& network, Instant now, Transfer transfer, double bytes, const Route& route, double limit_bytes_per_s = 0, double more_latency_s = 0) {
  Flow const flow{0, 1, bytes, route, limit_bytes_per_s * 8, more_latency_s};
  network.send(now, transfer, {&flow, 1});
}

double left(const FluidNetwork& network, Instant now, Transfer transfer) {
  std::vector<double> bytes;
  network.left(now, transfer, bytes);
  return bytes.at(0);
}

// When each arrives, to the last.
std::map<Transfer, Instant> drain(FluidNetwork& network) {
  std::map<Transfer, Instant> dates;
  for (Instant now; (now = network.next()) < never;) {
    std::vector<Transfer> arrived;
    network.advance(now, arrived);
    for (Transfer transfer : arrived) dates[transfer] = now;
  }
  return dates;
}

}  // namespace

TEST_CASE("max-min by hand in memory: links of 10 and 4 share 2, 8 and 2, and half each on n links of 1", "[network]") {
  FluidNetwork two({link(10), link(4)});
  send(two, {}, 0, 1000, {0, 1});
  send(two, {}, 1, 1000, {0});
  send(two, {}, 2, 1000, {1});
  CHECK(drain(two) == std::map<Transfer, Instant>{{0, at_seconds(500)}, {1, at_seconds(125)}, {2, at_seconds(500)}});
  FluidNetwork chain(std::vector<SharedLink>(5, link(1)));
  send(chain, {}, 0, 50, {0, 1, 2, 3, 4});
  for (Transfer transfer : {1, 2, 3, 4, 5}) send(chain, {}, transfer, 50, {transfer - 1});
  for (auto const& [transfer, date] : drain(chain)) CHECK(date == at_seconds(100));
}

TEST_CASE("a flow travels for its latencies, then shares, and what has neither links nor a limit is there at once", "[network]") {
  FluidNetwork network({link(10, 0.5), link(100, 0.25)});
  send(network, {}, 0, 10, {0, 1});              // from 0.75 s at 10, from 1 s at 5
  send(network, {}, 1, 10, {0}, 0, 0.5);         // from 1 s
  send(network, {}, 2, 1e12, {});
  send(network, {}, 3, 12, {}, 4, 1);
  send(network, {}, 4, 0, {1});                  // latency alone
  // 0 has 7.5 left at 1 s: at 2.5 s; 1 has 2.5 left then: 0.25 s
  CHECK(drain(network) == std::map<Transfer, Instant>{{0, at_seconds(2.5)}, {1, at_seconds(2.75)}, {2, {}}, {3, at_seconds(4)}, {4, at_seconds(0.25)}});
}

TEST_CASE("what nothing bounds does not take part in the shares of others", "[network]") {
  FluidNetwork network({link(10)});
  send(network, {}, 0, 10, {0}, 1);
  send(network, {}, 1, 90, {0});
  send(network, {}, 2, 5, {});
  CHECK(drain(network) == std::map<Transfer, Instant>{{0, at_seconds(10)}, {1, at_seconds(10)}, {2, {}}});
}

TEST_CASE("what is stopped leaves its share and never arrives, and its number is free again", "[network]") {
  FluidNetwork network({link(10)});
  send(network, {}, 0, 100, {0});
  send(network, {}, 1, 100, {0});
  std::vector<Transfer> arrived;
  network.advance(at_seconds(4), arrived);
  CHECK(left(network, at_seconds(4), 0) == Approx(80).margin(1e-9));
  network.stop(at_seconds(4), 0);
  send(network, at_seconds(4), 0, 10, {0}, 1);
  CHECK(drain(network) == std::map<Transfer, Instant>{{0, at_seconds(14)}, {1, at_seconds(4 + 80.0 / 9)}});
}

namespace {

struct Case {
  std::vector<SharedLink> links;
  std::vector<Route> routes;
  std::vector<double> limits, bytes;       // a limit of infinity: none
};

Case random_case(std::uint64_t seed) {
  RandomStream random(seed, "case");
  Case one;
  for (std::uint64_t i = 2 + random.below(20); i > 0; --i) one.links.push_back(link(1e6 * (1 + std::pow(1000, random.uniform()))));
  for (std::uint64_t i = 1 + random.below(60); i > 0; --i) {
    Route& route = one.routes.emplace_back();
    for (std::int32_t number = 0; number < static_cast<std::int32_t>(one.links.size()); ++number)
      if (random.below(5) == 0) route.push_back(number);
    bool const limited = route.empty() || random.below(3) == 0;
    one.limits.push_back(limited ? 1e5 * (1 + std::pow(1000, random.uniform())) : std::numeric_limits<double>::infinity());
    one.bytes.push_back(1e9 * (1 + random.uniform()));
  }
  return one;
}

FluidNetwork sent(const Case& one) {
  FluidNetwork network(one.links);
  for (std::size_t i = 0; i < one.routes.size(); ++i)
    send(network, {}, static_cast<Transfer>(i), one.bytes[i], one.routes[i], std::isfinite(one.limits[i]) ? one.limits[i] : 0);
  return network;
}

}  // namespace

TEST_CASE("no link is above its rate, and no flow could have more without one that has no more losing some", "[network]") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Case const one = random_case(seed);
    FluidNetwork network = sent(one);
    Duration const span = network.next() - Instant{};
    std::vector<double> rates, used(one.links.size()), largest(one.links.size());
    for (std::size_t i = 0; i < one.routes.size(); ++i) {
      rates.push_back((one.bytes[i] - left(network, Instant{} + span, static_cast<Transfer>(i))) / span.seconds());
      for (std::int32_t number : one.routes[i]) {
        used[static_cast<std::size_t>(number)] += rates[i];
        largest[static_cast<std::size_t>(number)] = std::max(largest[static_cast<std::size_t>(number)], rates[i]);
      }
    }
    auto const is_full = [&](std::int32_t number) { return used[static_cast<std::size_t>(number)] >= one.links[static_cast<std::size_t>(number)].rate_bit_per_s / 8 * (1 - 1e-6); };
    for (std::size_t i = 0; i < used.size(); ++i) REQUIRE(used[i] <= one.links[i].rate_bit_per_s / 8 * (1 + 1e-6));
    for (std::size_t i = 0; i < rates.size(); ++i) {
      CAPTURE(i, rates[i], one.limits[i]);
      REQUIRE(rates[i] <= one.limits[i] * (1 + 1e-6));
      bool const is_bound = rates[i] >= one.limits[i] * (1 - 1e-6) ||
                            std::ranges::any_of(one.routes[i], [&](std::int32_t number) { return is_full(number) && rates[i] >= largest[static_cast<std::size_t>(number)] * (1 - 1e-6); });
      REQUIRE(is_bound);
    }
  }
}

TEST_CASE("what is sent arrives: what goes over each link is the bytes of its flows, and no flow beats its slowest link", "[network]") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    Case const one = random_case(seed);
    FluidNetwork network = sent(one);
    std::vector<double> gone(one.routes.size());
    std::map<Transfer, Instant> dates;
    for (Instant before, now; (now = network.next()) < never; before = now) {
      std::vector<double> carried(one.links.size()), still(one.routes.size());
      for (std::size_t i = 0; i < one.routes.size(); ++i)
        if (!dates.contains(static_cast<Transfer>(i))) still[i] = left(network, now, static_cast<Transfer>(i));
      std::vector<Transfer> arrived;
      network.advance(now, arrived);
      for (Transfer transfer : arrived) {
        dates[transfer] = now;
        REQUIRE(still[static_cast<std::size_t>(transfer)] <= 1);        // the date is a whole nanosecond, of 1 GB/s at the most
      }
      for (std::size_t i = 0; i < one.routes.size(); ++i) {
        double const step = one.bytes[i] - gone[i] - still[i];
        REQUIRE(step >= -1);
        for (std::int32_t number : one.routes[i]) carried[static_cast<std::size_t>(number)] += step;
        gone[i] += step;
      }
      for (std::size_t i = 0; i < carried.size(); ++i) REQUIRE(carried[i] <= one.links[i].rate_bit_per_s / 8 * (now - before).seconds() * (1 + 1e-6) + 1);
    }
    REQUIRE(dates.size() == one.routes.size());
    for (std::size_t i = 0; i < gone.size(); ++i) {
      CHECK(gone[i] == Approx(one.bytes[i]).epsilon(1e-9));
      double slowest = one.limits[i];
      for (std::int32_t number : one.routes[i]) slowest = std::min(slowest, one.links[static_cast<std::size_t>(number)].rate_bit_per_s / 8);
      CHECK(dates.at(static_cast<Transfer>(i)).seconds() >= one.bytes[i] / slowest * (1 - 1e-9));
    }
  }
}
