#include <catch2/catch.hpp>

#include <cmath>

#include "sim/policies/use_by_user.h"
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

TEST_CASE("the larger priority is next, equals as they arrived", "[policies]") {
  WaitingJob urgent = job, put_off = job;
  urgent.priority = 5;
  put_off.priority = -5;
  CHECK(priority(urgent, {}) < priority(job, {}));
  CHECK(priority(job, {}) < priority(put_off, {}));
  CHECK(priority(job, whole_seconds(1000)) == priority(job, {}));
}

TEST_CASE("fair share: use is what is held, and halves in a half-life", "[policies]") {
  UseByUser use(whole_seconds(100), std::vector<Resources>(2, {10, 0, 0}));
  auto const ann = use.number_of("ann"), bob = use.number_of("bob");
  CHECK(use.number_of("ann") == ann);
  Allocation const half{{0, {10, 0, 0}}};
  use.start(ann, half, at(1000));
  // integral of 0.5 x 2^(-(t - s) / 100 s) over 50 s
  double const scale_s = 100 / std::log(2.0), after_50_s = 0.5 * scale_s * (1 - std::exp2(-0.5));
  CHECK(use.of(ann, at(1050)) == Approx(after_50_s).epsilon(1e-12));
  CHECK(use.of(bob, at(1050)) == 0);
  use.end(ann, half, at(1050));
  CHECK(use.of(ann, at(1150)) == Approx(after_50_s / 2).epsilon(1e-12));
  CHECK(use.of(ann, at(1350)) == Approx(after_50_s / 8).epsilon(1e-12));
  // much later, too, where times are counted from a later moment
  use.start(bob, half, at(50'000));
  CHECK(use.of(bob, at(50'050)) == Approx(after_50_s).epsilon(1e-9));
  CHECK(use.of(bob, at(1'000'000'000)) == Approx(0.5 * scale_s).epsilon(1e-12));      // as much as decays
  CHECK(use.of(ann, at(1'000'000'000)) == 0);
}

TEST_CASE("fair share: the user who has had less is next, and decay alone changes no order", "[policies]") {
  UseByUser use(whole_seconds(3600), {{10, 4, 0}});
  auto const ann = use.number_of("ann"), bob = use.number_of("bob");
  Allocation const cores{{0, {2, 0, 0}}}, gpu{{0, {1, 1, 0}}};        // a fifth of the cores; a quarter of the GPUs
  use.start(ann, cores, at(0));
  use.start(bob, gpu, at(0));
  CHECK(use.compared(ann, at(10)) < use.compared(bob, at(10)));
  use.end(ann, cores, at(10));
  use.end(bob, gpu, at(10));
  auto const ann_then = use.compared(ann, at(10)), bob_then = use.compared(bob, at(10));
  CHECK(use.compared(ann, at(1000)) == ann_then);
  CHECK(use.compared(bob, at(1000)) == bob_then);
  WaitingJob of_ann = job, of_bob = job;
  of_ann.use = ann_then;
  of_bob.use = bob_then;
  CHECK(fair_share(of_ann, {}) < fair_share(of_bob, {}));
}
