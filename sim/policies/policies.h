// The tables of policies: a name each, and the function behind it. A new policy is one file and a line in its table; the
// how-to is in docs/architecture.md.
//
// Contract. Order: a score for a job after a wait, never NaN; the smallest is next, equals by arrival. Placement: servers
// for one job on the capacity given, or nothing. Backfill: called when the head of the queue does not fit; later jobs to
// start, each fitting what the ones before it leave. All are pure, but for what backfilling keeps in the view's notes.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "sim/policies/view.h"

namespace headroom {

enum class Order { fcfs, sjf, ljf, wfp3, unicep, f1, priority, fair_share };
constexpr auto names(Order) {
  return std::array{std::pair{Order::fcfs, "fcfs"}, std::pair{Order::sjf, "sjf"}, std::pair{Order::ljf, "ljf"},
                    std::pair{Order::wfp3, "wfp3"}, std::pair{Order::unicep, "unicep"}, std::pair{Order::f1, "f1"},
                    std::pair{Order::priority, "priority"}, std::pair{Order::fair_share, "fair-share"}};
}
enum class Backfill { none, easy, conservative };
constexpr auto names(Backfill) {
  return std::array{std::pair{Backfill::none, "none"}, std::pair{Backfill::easy, "easy"}, std::pair{Backfill::conservative, "conservative"}};
}
enum class Placement { first_fit, best_fit, worst_fit, round_robin, random, pack, spread_feeds, same_leaf, power_aware };
constexpr auto names(Placement) {
  return std::array{std::pair{Placement::first_fit, "first-fit"}, std::pair{Placement::best_fit, "best-fit"}, std::pair{Placement::worst_fit, "worst-fit"},
                    std::pair{Placement::round_robin, "round-robin"}, std::pair{Placement::random, "random"}, std::pair{Placement::pack, "pack"},
                    std::pair{Placement::spread_feeds, "spread-feeds"}, std::pair{Placement::same_leaf, "same-leaf"}, std::pair{Placement::power_aware, "power-aware"}};
}
// The rules of another program where they differ, for its published figures (compatibility/).
enum class Compatibility { none, rlscheduler, rlscheduler_corrected, batsim };
constexpr auto names(Compatibility) {
  return std::array{std::pair{Compatibility::none, "none"}, std::pair{Compatibility::rlscheduler, "rlscheduler"},
                    std::pair{Compatibility::rlscheduler_corrected, "rlscheduler-corrected"}, std::pair{Compatibility::batsim, "batsim"}};
}
// RLScheduler takes one event at a time, and stays with the head that it has once chosen until that starts.
constexpr bool commits(Compatibility c) { return c == Compatibility::rlscheduler || c == Compatibility::rlscheduler_corrected; }

struct OrderPolicy {
  double (*score)(const WaitingJob& job, Duration wait) = nullptr;
  bool changes = false;                // with the time: asked anew at each decision
  bool by_use = false;                 // looks at job.use
  std::optional<Instant> now{};        // what it takes for the time now, whenever it is asked
  double of(const WaitingJob& job, Instant time) const { return score(job, now.value_or(time) - job.submit); }
};
using PlacementPolicy = std::optional<Allocation> (*)(const Capacity& capacity, const Demand& demand, const Turn& turn);
struct BackfillPolicy {
  std::vector<Start> (*starts)(const View& view, PlacementPolicy place) = nullptr;
  bool decides_alone = false;          // about the head, too, fit or not
};

OrderPolicy order_policy(Order order, Compatibility compatibility);
PlacementPolicy placement_policy(Placement placement);
BackfillPolicy backfill_policy(Backfill backfill, Compatibility compatibility);

// order/
double first_come_first_served(const WaitingJob& job, Duration wait);
double shortest_job_first(const WaitingJob& job, Duration wait);
double longest_job_first(const WaitingJob& job, Duration wait);
double wfp3(const WaitingJob& job, Duration wait);
double unicep(const WaitingJob& job, Duration wait);
double f1(const WaitingJob& job, Duration wait);
double priority(const WaitingJob& job, Duration wait);
double fair_share(const WaitingJob& job, Duration wait);
// placement/
std::optional<Allocation> first_fit(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> best_fit(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> worst_fit(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> round_robin(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> random_fit(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> pack(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> spread_feeds(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> same_leaf(const Capacity& capacity, const Demand& demand, const Turn& turn);
std::optional<Allocation> power_aware(const Capacity& capacity, const Demand& demand, const Turn& turn);
// backfill/
std::vector<Start> no_backfill(const View& view, PlacementPolicy place);
std::vector<Start> easy_backfill(const View& view, PlacementPolicy place);
std::vector<Start> conservative_backfill(const View& view, PlacementPolicy place);
// compatibility/
double rlscheduler_unicep(const WaitingJob& job, Duration wait);
std::vector<Start> rlscheduler_backfill(const View& view, PlacementPolicy place);
std::vector<Start> batsim_easy(const View& view, PlacementPolicy place);
std::vector<Start> batsim_conservative(const View& view, PlacementPolicy place);

}  // namespace headroom
