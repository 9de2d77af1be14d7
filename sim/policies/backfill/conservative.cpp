// Conservative backfilling (Mu'alem and Feitelson 2001): every waiting job holds a reservation, and a job starts early only
// where it delays none of them. At each decision the plan is made anew: in the order of the queue each job is given the
// earliest time at which it fits beside the running jobs and the reservations made before it, by all their estimates;
// those whose time is now start. When a job ends early the whole plan moves up in that order. Where units are counted, a plan
// that still holds is not made anew.
//
// Units are counted or places reserved as with EASY. A job that nothing in the plan makes room for (servers are out of
// service) holds no reservation.
#include <algorithm>

#include "sim/policies/backfill/units.h"
#include "sim/policies/timetable.h"

namespace headroom {
namespace {

// Do the running jobs, the queue and the site stand as the plan expects? Then made anew it would be the same: running jobs
// end and start when it says, and a reservation that was the earliest still is. Jobs that started from the front of the
// queue since the last decision have left the plan's front and run.
bool holds(UnitPlan& plan, const View& view, bool whole_servers) {
  if (!plan.made || plan.whole_servers != whole_servers) return false;
  auto const kept = std::ranges::find(plan.reservations, view.queue.front().arrival, &UnitPlan::Reservation::arrival);
  for (auto gone = plan.reservations.begin(); gone != kept; ++gone) plan.running.push_back({gone->expected_end, gone->job, gone->units});
  if (kept != plan.reservations.begin()) std::sort(plan.running.begin(), plan.running.end());
  plan.reservations.erase(plan.reservations.begin(), kept);
  if (plan.reservations.size() > view.queue.size()) return false;
  for (std::size_t i = 0; i < plan.reservations.size(); ++i)
    if (plan.reservations[i].arrival != view.queue[i].arrival || plan.reservations[i].start < view.now) return false;

  auto expected = std::ranges::upper_bound(plan.running, view.now, {}, &UnitPlan::Running::expected_end);
  if (plan.running.end() - expected != std::ssize(view.running)) return false;
  Units total = free_units(*view.capacity, whole_servers);
  for (auto const& job : view.running) {
    Units const units = units_of(*job.allocation, whole_servers);
    if (UnitPlan::Running{job.expected_end, job.job, units} != *expected++) return false;
    total += units;
  }
  return total == plan.total;
}

void make_anew(UnitPlan& plan, const View& view, bool whole_servers) {
  plan.made = true;
  plan.whole_servers = whole_servers;
  plan.reservations.clear();
  plan.total = free_units(*view.capacity, whole_servers);
  plan.profile.begin(view.now, plan.total);
  for (auto const& job : view.running) {
    Units const units = units_of(*job.allocation, whole_servers);
    plan.profile.frees(expected_end(job, view.now), units);
    plan.total += units;
  }
}

// Behind the last job that fits what is free now, nobody can start: the plan need not go on.
template <class Fits>
std::size_t last_that(const View& view, std::size_t first, std::size_t last, Fits fits) {
  while (last > first && !fits(view.queue[last - 1])) --last;
  return last;
}

std::vector<Start> count_units(const View& view, UnitPlan& plan) {
  bool const whole_servers = view.queue.front().demand.servers > 0;
  if (holds(plan, view, whole_servers)) plan.profile.advance(view.now);
  else make_anew(plan, view, whole_servers);

  std::size_t last = view.queue.size();
  auto const fits = [&](const WaitingJob& job) { return units_of(job.demand).within(plan.profile.free_now()); };
  for (std::size_t i = plan.reservations.size(); i < (last = last_that(view, i, last, fits)); ++i) {
    WaitingJob const& job = view.queue[i];
    Units const units = units_of(job.demand);
    Instant const start = plan.profile.reserve(units, expected_length(job));
    plan.reservations.push_back({job.arrival, start, start == never ? never : start + job.estimate, job.job, units});
  }

  std::vector<Start> starts;
  plan.running.clear();
  for (auto const& job : view.running) plan.running.push_back({job.expected_end, job.job, units_of(*job.allocation, whole_servers)});
  for (std::size_t i = 0; i < plan.reservations.size(); ++i) {
    UnitPlan::Reservation const& reservation = plan.reservations[i];
    if (reservation.start != view.now) continue;
    starts.push_back({i});
    plan.running.push_back({reservation.expected_end, reservation.job, reservation.units});
  }
  if (starts.empty()) return starts;
  std::sort(plan.running.begin(), plan.running.end());
  std::erase_if(plan.reservations, [&](const UnitPlan::Reservation& reservation) { return reservation.start == view.now; });
  return starts;
}

std::vector<Start> reserve_places(const View& view, PlacementPolicy place) {
  Timetable table(view, place);
  std::vector<Start> starts;
  std::size_t last = view.queue.size();
  for (std::size_t i = 0; i < (last = last_that(view, i, last, [&](const WaitingJob& job) { return table.fits_now(job); })); ++i) {
    auto reservation = table.find(view.queue[i]);
    if (!reservation) continue;
    table.take(*reservation, view.queue[i]);
    if (reservation->start == view.now) starts.push_back({i, std::move(reservation->servers)});
  }
  return starts;
}

}  // namespace

std::vector<Start> conservative_backfill(const View& view, PlacementPolicy place) {
  if (view.queue.empty()) return {};
  Demand const& head = view.queue.front().demand;
  bool const counted = std::ranges::all_of(view.queue, [&](const WaitingJob& job) { return interchangeable(job.demand, head); });
  UnitPlan for_now;
  UnitPlan& plan = view.notes != nullptr ? view.notes->plan : for_now;
  if (counted) return count_units(view, plan);
  plan.made = false;
  return reserve_places(view, place);
}

}  // namespace headroom
