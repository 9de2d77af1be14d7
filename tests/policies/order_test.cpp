#include <catch2/catch.hpp>

#include <cmath>

#include "tests/policies/support.h"

using namespace headroom;
using Catch::Detail::Approx;

namespace {

WaitingJob const job = [] {
  WaitingJob out = waiting(1, whole(4), 100);
  out.submit = at(1000);
  return out;
}();

}  // namespace

TEST_CASE("first come, first served knows no difference but the arrival", "[policies]") {
  CHECK(first_come_first_served(job, whole_seconds(200)) == first_come_first_served(waiting(2, whole(1), 1), {}));
}

TEST_CASE("shortest and longest job first go by the estimate alone", "[policies]") {
  WaitingJob const shorter = waiting(2, whole(400), 99);
  CHECK(shortest_job_first(shorter, {}) < shortest_job_first(job, whole_seconds(1000)));
  CHECK(longest_job_first(shorter, {}) > longest_job_first(job, whole_seconds(1000)));
}

TEST_CASE("WFP3, UNICEP and F1 are their formulas", "[policies]") {
  CHECK(wfp3(job, whole_seconds(200)) == Approx(-32).epsilon(1e-15));      // (200 / 100)^3 x 4
  CHECK(unicep(job, whole_seconds(200)) == Approx(-1).epsilon(1e-15));     // 200 / (log2(4) x 100)
  CHECK(f1(job, {}) == Approx(2618).epsilon(1e-15));                       // 2 x 4 + 870 x 3
}

TEST_CASE("scores count the units that a job asks for", "[policies]") {
  CHECK(waiting(1, {.cores = 6, .gpus = 2}, 1).processors() == 6);
  CHECK(waiting(1, {.gpus = 2}, 1).processors() == 2);
}

TEST_CASE("no score is NaN where a job takes no time, has not waited or asks for one processor", "[policies]") {
  WaitingJob const nothing = waiting(1, whole(1), 0);
  for (auto order : {wfp3, unicep, f1}) CHECK_FALSE(std::isnan(order(nothing, {})));
  CHECK(unicep(nothing, {}) < unicep(job, whole_seconds(1000000)));      // the logarithm of one is 0
  CHECK(f1(nothing, {}) == Approx(-1 - 870));                            // 0.1 s stands for 0
}

TEST_CASE("as published, RLScheduler takes -1 s for the time now", "[policies]") {
  OrderPolicy const published = order_policy(Order::wfp3, Compatibility::rlscheduler), corrected = order_policy(Order::wfp3, Compatibility::rlscheduler_corrected);
  CHECK_FALSE(published.changes);
  CHECK(published.of(job, at(1200)) == Approx(std::pow(10.01, 3) * 4));
  CHECK(corrected.changes);
  CHECK(corrected.of(job, at(1200)) == Approx(-32));
  // one processor: last there, and in an order of its own
  OrderPolicy const last = order_policy(Order::unicep, Compatibility::rlscheduler);
  CHECK(last.of(waiting(1, whole(1), 100), at(1200)) > last.of(job, at(1200)));
  CHECK(last.of(waiting(1, whole(1), 100), at(1200)) < last.of(waiting(1, whole(1), 10), at(1200)));
}
