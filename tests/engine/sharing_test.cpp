#include "sim/servers/sharing.h"

#include <catch2/catch.hpp>

#include "base/random.h"

#include "tests/engine/support.h"

using namespace headroom;

TEST_CASE("max-min fair shares: small demands whole, the others one level", "[engine]") {
  CHECK(max_min_fair(std::vector<double>{1, 2}, 4) == std::vector<double>{1, 2});
  CHECK(max_min_fair(std::vector<double>{3, 1.5}, 4) == std::vector<double>{2.5, 1.5});
  CHECK(max_min_fair(std::vector<double>{6, 5}, 4) == std::vector<double>{2, 2});
  CHECK(max_min_fair(std::vector<double>{0, 5, 5}, 4) == std::vector<double>{0, 2, 2});
  CHECK(max_min_fair(std::vector<double>{}, 4).empty());
}

TEST_CASE("max-min fair shares use what there is, and nobody gains by asking for more", "[engine]") {
  RandomStream random(7, "max-min");
  for (int round = 0; round < 200; ++round) {
    std::vector<double> demands;
    for (std::uint64_t i = 0, count = 1 + random.below(8); i < count; ++i) demands.push_back(random.uniform() * 4);
    double const supply = 0.1 + random.uniform() * 10;
    std::vector<double> const shares = max_min_fair(demands, supply);
    double asked = 0, given = 0, level = 0;
    for (std::size_t i = 0; i < demands.size(); ++i) {
      asked += demands[i];
      given += shares[i];
      CHECK(shares[i] <= demands[i]);
      if (shares[i] < demands[i]) level = std::max(level, shares[i]);
    }
    CHECK(given == Approx(std::min(asked, supply)).epsilon(1e-12));
    for (std::size_t i = 0; i < demands.size(); ++i) CHECK((shares[i] == demands[i] || shares[i] == Approx(level).epsilon(1e-12)));
  }
}

namespace {

const std::string shared_server = R"(site:
  name: shared
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 1, memory: 16 GB, power: {linear: {idle: 100 W, full: 200 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
workload: [{trace: ./jobs.csv}]
policy: {overcommit: {cores: 4}}
)";

}  // namespace

TEST_CASE("jobs that share a core slow each other down, and no work is lost", "[engine]") {
  // 30 s of work each, from 0 s and 10 s: alone to 10 s, half speed to 50 s, the second alone to 60 s
  Run const run(shared_server, "submit_s,runtime_s,cores\n0,30,1\n10,30,1\n");
  CHECK(end_s(run.job(1)) == 50);
  CHECK(end_s(run.job(2)) == 60);
  CHECK(run.job(1).unserved_core_s == 0);
  CHECK(run.totals(run.node("utility")).input_j == Approx(60 * 200.0).epsilon(1e-12));
}

TEST_CASE("a core in three parts gives a nanosecond more than a third each", "[engine]") {
  Run const run(shared_server, "submit_s,runtime_s,cores\n0,10,1\n0,10,1\n0,10,1\n");
  for (int job : {1, 2, 3}) CHECK(end_s(run.job(job)) == Approx(30).margin(2e-9));
  CHECK(run.counts.end.ns >= 30 * nanoseconds_per_second);
}

TEST_CASE("more jobs than a server has promised wait, as ever", "[engine]") {
  Run const run(shared_server, "submit_s,runtime_s,cores\n0,10,1\n0,10,1\n0,10,1\n0,10,1\n0,10,1\n");
  CHECK(start_s(run.job(4)) == 0);
  CHECK(start_s(run.job(5)) == Approx(40).margin(2e-9));
}

TEST_CASE("a job over two servers goes at the pace of the one that is short, and leaves the other half idle", "[engine]") {
  Run const run(R"(site:
  name: shared
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 2, memory: 16 GB, power: {linear: {idle: 100 W, full: 200 W}}}, count: 2}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
workload: [{trace: ./jobs.csv, several_servers: true}]
policy: {overcommit: {cores: 2}}
)", "submit_s,runtime_s,cores\n0,100,2\n0,100,4\n");
  // the first takes two of the four promised by server 1, the second the other two and two of server 2
  CHECK(end_s(run.job(1)) == 200);
  CHECK(end_s(run.job(2)) == 200);
  CHECK(run.totals(run.node("h/r-1/1")).input_j == Approx(200 * 200.0).epsilon(1e-12));
  CHECK(run.totals(run.node("h/r-1/2")).input_j == Approx(200 * 150.0).epsilon(1e-12));
}

TEST_CASE("an attempt that shared and lost its server begins again", "[engine]") {
  Run const run(shared_server + "events: [{at: 20 s, fail: h/r-1/1, for: 10 s}]\n", "submit_s,runtime_s,cores\n0,30,1\n0,30,1\n");
  CHECK(run.counts.requeued == 2);
  for (int job : {1, 2}) CHECK(end_s(run.job(job)) == Approx(20 + 10 + 120 + 60).margin(2e-9));      // boots for 120 s
}
