// EASY backfilling (Lifka 1995; Mu'alem and Feitelson 2001): the head of the queue holds a reservation at its shadow
// time, the earliest at which enough is expected to be free; a later job starts if it fits now and either is expected to
// end by then or uses only what the head will leave over (the spare).
//
// Where jobs ask for interchangeable units (whole servers, or cores over several servers, without memory), the
// reservation counts units, as in the literature. Otherwise it is a place: the head's servers at the shadow time.
#include <algorithm>

#include "sim/policies/backfill/units.h"

namespace headroom {
namespace {

bool ends_in_time(const View& view, const WaitingJob& job, Instant shadow) { return shadow == never || view.now + job.estimate <= shadow; }

// Nothing when it meets a job that needs a place: then none may be counted.
std::optional<std::vector<Start>> count_units(const View& view) {
  WaitingJob const& head = view.queue.front();
  if (!interchangeable(head.demand, head.demand)) return std::nullopt;
  bool const whole = head.demand.servers > 0;
  Units left = free_units(*view.capacity, whole);
  Units const need = units_of(head.demand);
  Units spare = left;
  Instant shadow = never;
  for (auto const& job : view.running) {
    Instant const end = std::max(job.expected_end, view.now);
    if (end > shadow) break;                     // what ends at the shadow time itself is free then, too
    spare += units_of(*job.allocation, whole);
    if (shadow == never && need.within(spare)) shadow = end;
  }
  if (shadow != never) spare -= need;

  std::vector<Start> starts;
  for (std::size_t i = 1; i < view.queue.size() && (left.servers > 0 || left.cores > Amount() || left.gpus > Amount()); ++i) {
    WaitingJob const& job = view.queue[i];
    if (!interchangeable(job.demand, head.demand)) return std::nullopt;
    Units const wanted = units_of(job.demand);
    if (!wanted.within(left)) continue;
    if (!ends_in_time(view, job, shadow)) {
      if (!wanted.within(spare)) continue;
      spare -= wanted;
    }
    left -= wanted;
    starts.push_back({i});
  }
  return starts;
}

std::vector<Start> reserve_a_place(const View& view, PlacementPolicy place) {
  Capacity left = *view.capacity;
  Capacity at_shadow = left;                     // what is free at the shadow time beside the head's
  std::optional<Allocation> reserved;
  Instant shadow = never;
  for (auto const& job : view.running) {
    Instant const end = std::max(job.expected_end, view.now);
    if (end > shadow) break;
    at_shadow.give(*job.allocation);
    if (!reserved && (reserved = place(at_shadow, view.queue.front().demand, view.turn))) shadow = end;
  }
  if (reserved) at_shadow.take(*reserved);

  std::vector<Start> starts;
  for (std::size_t i = 1; i < view.queue.size() && left.free_cores() + left.free_gpus() > Amount(); ++i) {
    WaitingJob const& job = view.queue[i];
    auto here = place(left, job.demand, view.turn);
    if (!here) continue;
    if (!ends_in_time(view, job, shadow)) {
      if (!std::all_of(here->begin(), here->end(), [&](const Piece& piece) { return at_shadow.has(piece); })) continue;
      at_shadow.take(*here);
    }
    left.take(*here);
    starts.push_back({i, std::move(*here)});
  }
  return starts;
}

}  // namespace

std::vector<Start> easy_backfill(const View& view, PlacementPolicy place) {
  if (view.queue.size() < 2) return {};
  if (auto counted = count_units(view)) return *counted;
  return reserve_a_place(view, place);
}

}  // namespace headroom
