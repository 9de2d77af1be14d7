#include "sim/policies/policies.h"

namespace headroom {
namespace {

OrderPolicy plain(Order order) {
  switch (order) {
    case Order::fcfs: return {first_come_first_served};
    case Order::sjf: return {shortest_job_first};
    case Order::ljf: return {longest_job_first};
    case Order::wfp3: return {wfp3, true};
    case Order::unicep: return {unicep, true};
    case Order::f1: return {f1};
    case Order::priority: return {priority};
    case Order::fair_share: return {fair_share, true, true};
  }
  return {};
}

}  // namespace

OrderPolicy order_policy(Order order, Compatibility compatibility) {
  OrderPolicy policy = plain(order);
  if (compatibility != Compatibility::rlscheduler) return policy;
  // As published, RLScheduler takes a waiting job's start for its own, and that is still at its initial value, -1.
  if (order == Order::unicep) policy.score = rlscheduler_unicep;
  policy.changes = false;
  policy.now = Instant{} + whole_seconds(-1);
  return policy;
}

PlacementPolicy placement_policy(Placement placement) {
  switch (placement) {
    case Placement::first_fit: return first_fit;
    case Placement::best_fit: return best_fit;
    case Placement::worst_fit: return worst_fit;
    case Placement::round_robin: return round_robin;
    case Placement::random: return random_fit;
    case Placement::pack: return pack;
    case Placement::spread_feeds: return spread_feeds;
    case Placement::same_leaf: return same_leaf;
    case Placement::power_aware: return power_aware;
  }
  return nullptr;
}

BackfillPolicy backfill_policy(Backfill backfill, Compatibility compatibility) {
  bool const batsim = compatibility == Compatibility::batsim;
  switch (backfill) {
    case Backfill::none: return {no_backfill};
    case Backfill::easy: return commits(compatibility) ? BackfillPolicy{rlscheduler_backfill} : batsim ? BackfillPolicy{batsim_easy} : BackfillPolicy{easy_backfill};
    case Backfill::conservative: return batsim ? BackfillPolicy{batsim_conservative, true} : BackfillPolicy{conservative_backfill};
  }
  return {};
}

}  // namespace headroom
