// Scheduling as RLScheduler does it (Zhang et al., SC20; its published code). Backfilling: the head's shadow time is taken once, when it
// is first found not to fit, and stands until it starts; in the order of submission whatever fits now and is expected to
// end before that time starts. What the head will leave over is not used.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/policies/policies.h"

namespace headroom {
namespace {

Instant shadow_time(const View& view) {
  Capacity later = *view.capacity;
  Instant shadow = view.now;
  for (auto const& job : view.running) {
    later.give(*job.allocation);
    shadow = job.expected_end;
    if (later.fits(view.queue.front().demand)) break;
  }
  return shadow;
}

}  // namespace

// UNICEP as published there: 1e-15 keeps the logarithm of one processor from 0, and the negative wait puts such jobs last.
double rlscheduler_unicep(const WaitingJob& job, Duration wait) {
  return -(wait.seconds() + 1e-15) / (std::log2(job.processors() + 1e-15) * job.estimate_s());
}

std::vector<Start> rlscheduler_backfill(const View& view, PlacementPolicy place) {
  if (view.queue.empty()) return {};
  auto& shadow = view.notes->shadow;
  if (!shadow) shadow = shadow_time(view);

  std::vector<std::size_t> positions(view.queue.size());
  std::iota(positions.begin(), positions.end(), 0);
  std::stable_sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) { return view.queue[a].submit < view.queue[b].submit; });
  Capacity left = *view.capacity;
  std::vector<Start> starts;
  for (std::size_t i : positions) {
    WaitingJob const& job = view.queue[i];
    if (i == 0 || view.now + job.estimate >= *shadow) continue;
    auto servers = place(left, job.demand, view.turn);
    if (!servers) continue;
    left.take(*servers);
    starts.push_back({i, std::move(*servers)});
  }
  return starts;
}

}  // namespace headroom
