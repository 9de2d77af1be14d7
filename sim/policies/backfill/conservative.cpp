// Conservative backfilling (Mu'alem and Feitelson 2001): every waiting job holds a reservation, and a job starts early only
// where it delays none of them. At each decision the plan is made anew: in the order of the queue each job is given the
// earliest time at which it fits beside the running jobs and the reservations made before it, by all their estimates;
// those whose time is now start. When a job ends early the whole plan moves up in that order.
//
// Units are counted or places reserved as with EASY. A job that nothing in the plan makes room for (servers are out of
// service) holds no reservation.
#include <algorithm>

#include "sim/policies/backfill/units.h"
#include "sim/policies/timetable.h"

namespace headroom {
namespace {

class UnitProfile {
 public:
  UnitProfile(const View& view, bool whole_servers) : steps_{{view.now, free_units(*view.capacity, whole_servers)}} {
    for (auto const& job : view.running) {
      Instant const end = expected_end(job, view.now);
      if (end > steps_.back().from) steps_.push_back({end, steps_.back().free});
      steps_.back().free += units_of(*job.allocation, whole_servers);
    }
  }

  const Units& free_now() const { return steps_.front().free; }

  // Takes the units from the earliest time at which they are free for that long; never: there is none.
  Instant reserve(const Units& need, Duration length) {
    std::size_t first = 0;
    for (std::size_t i = 0; i < steps_.size() && (i <= first || steps_[i].from < steps_[first].from + length); ++i)
      if (!need.within(steps_[i].free)) first = i + 1;
    if (first == steps_.size()) return never;
    Instant const start = steps_[first].from, end = start + length;
    std::size_t i = first;
    for (; i < steps_.size() && steps_[i].from < end; ++i) steps_[i].free -= need;
    if (i < steps_.size() && steps_[i].from == end) return start;
    Units after = steps_[i - 1].free;
    after += need;
    steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(i), {end, after});
    return start;
  }

 private:
  struct Step {
    Instant from;                  // to the next step's
    Units free;
  };
  std::vector<Step> steps_;
};

// Behind the last job that fits what is free now, nobody can start: the plan need not go on.
template <class Fits>
std::size_t last_that(const View& view, std::size_t last, Fits fits) {
  while (last > 0 && !fits(view.queue[last - 1])) --last;
  return last;
}

std::vector<Start> count_units(const View& view) {
  UnitProfile profile(view, view.queue.front().demand.servers > 0);
  std::vector<Start> starts;
  std::size_t last = view.queue.size();
  for (std::size_t i = 0; i < (last = last_that(view, last, [&](const WaitingJob& job) { return units_of(job.demand).within(profile.free_now()); })); ++i)
    if (profile.reserve(units_of(view.queue[i].demand), expected_length(view.queue[i])) == view.now) starts.push_back({i});
  return starts;
}

std::vector<Start> reserve_places(const View& view, PlacementPolicy place) {
  Timetable table(view, place);
  std::vector<Start> starts;
  std::size_t last = view.queue.size();
  for (std::size_t i = 0; i < (last = last_that(view, last, [&](const WaitingJob& job) { return table.fits_now(job); })); ++i) {
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
  return counted ? count_units(view) : reserve_places(view, place);
}

}  // namespace headroom
