#include <catch2/catch.hpp>

#include <list>

#include "base/random.h"
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

namespace {

// A machine of whole servers in time, first come, first served. Each decision is taken twice: by the plan that is kept, and
// by one made anew.
class TwoPlans {
 public:
  explicit TwoPlans(bool early_ends) : early_ends_(early_ends) {}

  void run(int jobs) {
    int arrived = 0;
    Instant now;
    while (arrived < jobs || !queue_.empty()) {
      end_those_due(now);
      for (std::uint64_t i = random_.below(3); i > 0 && arrived < jobs; --i) arrive(++arrived);
      start_from_front(now);
      if (queue_.size() >= 2) decide(now);
      now = running_.empty() ? now + whole_seconds(1) : std::min(next_end(), now + whole_seconds(static_cast<std::int64_t>(1 + random_.below(40))));
    }
  }

 private:
  struct Job {
    RunningJob entry;
    Instant end;
    Allocation held;
  };
  void arrive(int number) {
    auto job = waiting(number % 500, whole(1 + static_cast<int>(random_.below(random_.below(4) == 0 ? 8 : 3))), 1 + static_cast<std::int64_t>(random_.below(60)));
    job.arrival = number;
    queue_.push_back(job);
  }
  void end_those_due(Instant now) {
    for (auto job = running_.begin(); job != running_.end();) {
      if (job->end > now) {
        ++job;
        continue;
      }
      capacity_.give(job->held);
      job = running_.erase(job);
    }
  }
  Instant next_end() const { return std::ranges::min_element(running_, {}, &Job::end)->end; }
  void start(const WaitingJob& job, Instant now) {
    auto allocation = capacity_.first_fit(job.demand);
    REQUIRE(allocation);
    capacity_.take(*allocation);
    // estimates are kept, missed or overrun
    Duration const length{early_ends_ ? job.estimate.ns * static_cast<std::int64_t>(2 + random_.below(10)) / 10 : job.estimate.ns};
    running_.push_back({{now + job.estimate, job.job, nullptr}, now + length, std::move(*allocation)});
    running_.back().entry.allocation = &running_.back().held;
  }
  void start_from_front(Instant now) {
    while (!queue_.empty() && capacity_.fits(queue_.front().demand)) {
      start(queue_.front(), now);
      queue_.erase(queue_.begin());
    }
  }
  void decide(Instant now) {
    std::vector<RunningJob> view;
    for (Job const& job : running_) view.push_back(job.entry);
    std::ranges::sort(view, [](const RunningJob& a, const RunningJob& b) { return std::pair(a.expected_end, a.job) < std::pair(b.expected_end, b.job); });
    auto const kept = positions(conservative_backfill({.now = now, .queue = queue_, .running = view, .capacity = &capacity_, .notes = &notes_}, first_fit));
    REQUIRE(kept == positions(conservative_backfill({.now = now, .queue = queue_, .running = view, .capacity = &capacity_}, first_fit)));
    for (std::size_t i : kept) start(queue_[i], now);
    for (std::size_t i = kept.size(); i-- > 0;) queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(kept[i]));
    started += std::ssize(kept);
  }

  bool early_ends_;
  RandomStream random_{7, "two plans"};
  Capacity capacity_{std::vector<Resources>(10, {1, 0, 0})};
  std::vector<WaitingJob> queue_;
  std::list<Job> running_;
  Notes notes_;

 public:
  std::int64_t started = 0;        // by backfilling
};

}  // namespace

TEST_CASE("a plan that is kept decides as one that is made anew", "[policies]") {
  for (bool early_ends : {false, true}) {
    TwoPlans two(early_ends);
    two.run(3000);
    CHECK(two.started > 300);
  }
}
