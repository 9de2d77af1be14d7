#include "sim/policies/timetable.h"

#include <algorithm>

namespace headroom {

Instant expected_end(const RunningJob& job, Instant now) { return std::max(job.expected_end, now + Duration{1}); }

Duration expected_length(const WaitingJob& job) { return std::max(job.estimate, Duration{1}); }

Timetable::Timetable(const View& view, PlacementPolicy place) : place_(place), turn_(view.turn), steps_{{view.now, *view.capacity}} {
  for (auto const& job : view.running) {
    Instant const end = expected_end(job, view.now);
    if (end > steps_.back().from) steps_.push_back({end, steps_.back().free});
    steps_.back().free.give(*job.allocation);
  }
}

std::optional<Reservation> Timetable::find(const WaitingJob& job) const {
  for (std::size_t i = 0; i < steps_.size(); ++i)
    if (auto servers = servers_from(i, job)) return Reservation{steps_[i].from, std::move(*servers)};
  return std::nullopt;
}

std::optional<Allocation> Timetable::servers_from(std::size_t step, const WaitingJob& job) const {
  if (!steps_[step].free.fits(job.demand)) return std::nullopt;
  Instant const end = steps_[step].from + expected_length(job);
  Capacity throughout = steps_[step].free;
  for (std::size_t i = step + 1; i < steps_.size() && steps_[i].from < end; ++i) throughout.limit_to(steps_[i].free);
  return place_(throughout, job.demand, turn_);
}

std::size_t Timetable::step_at(Instant time) {
  auto const after = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) { return step.from >= time; });
  auto const position = static_cast<std::size_t>(after - steps_.begin());
  if (after == steps_.end() || after->from != time) steps_.insert(after, {time, Capacity(steps_[position - 1].free)});
  return position;
}

std::span<Timetable::Step> Timetable::during(const Reservation& reservation, const WaitingJob& job) {
  std::size_t const first = step_at(reservation.start), end = step_at(reservation.start + expected_length(job));
  return std::span(steps_).subspan(first, end - first);
}

bool Timetable::has(const Reservation& reservation, const WaitingJob& job) {
  if (reservation.start < steps_.front().from) return false;
  return std::ranges::all_of(during(reservation, job), [&](const Step& step) {
    return std::ranges::all_of(reservation.servers, [&](const Piece& piece) { return step.free.has(piece); });
  });
}

void Timetable::take(const Reservation& reservation, const WaitingJob& job) {
  for (Step& step : during(reservation, job)) step.free.take(reservation.servers);
}

void Timetable::give(const Reservation& reservation, const WaitingJob& job) {
  for (Step& step : during(reservation, job)) step.free.give(reservation.servers);
}

}  // namespace headroom
