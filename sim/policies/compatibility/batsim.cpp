// EASY and conservative backfilling with the rules that give the starts of Batsim's published runs (Dutot et al., JSSPP
// 2016): a reservation is of servers, the lowest-numbered that are free for the whole of the job's estimate.
#include "sim/policies/timetable.h"

namespace headroom {

// The head's reservation is made anew each time; others start beside it.
std::vector<Start> batsim_easy(const View& view, PlacementPolicy place) {
  if (view.queue.empty()) return {};
  Timetable table(view, place);
  if (auto const head = table.find(view.queue.front())) table.take(*head, view.queue.front());
  std::vector<Start> starts;
  for (std::size_t i = 1; i < view.queue.size(); ++i) {
    auto servers = table.find_now(view.queue[i]);
    if (!servers) continue;
    table.take({view.now, *servers}, view.queue[i]);
    starts.push_back({i, std::move(*servers)});
  }
  return starts;
}

// Every job keeps its reservation. When something has become free each of them, in the order of the queue, is taken out
// and placed again among the others.
std::vector<Start> batsim_conservative(const View& view, PlacementPolicy place) {
  Timetable table(view, place);
  auto& reservations = view.notes->reservations;
  for (auto const& job : view.queue) {
    auto const held = reservations.find(job.job);
    if (held == reservations.end()) continue;
    // servers lost and jobs that overrun their estimates break a reservation
    if (table.has(held->second, job)) table.take(held->second, job);
    else reservations.erase(held);
  }
  std::vector<Start> starts;
  for (std::size_t i = 0; i < view.queue.size(); ++i) {
    WaitingJob const& job = view.queue[i];
    auto held = reservations.find(job.job);
    if (held == reservations.end() || view.freed) {
      if (held != reservations.end()) table.give(held->second, job);
      auto found = table.find(job);
      if (!found) {
        reservations.erase(job.job);
        continue;
      }
      table.take(*found, job);
      held = reservations.insert_or_assign(job.job, std::move(*found)).first;
    }
    if (held->second.start != view.now) continue;
    starts.push_back({i, std::move(held->second.servers)});
    reservations.erase(held);
  }
  return starts;
}

}  // namespace headroom
