#include "sim/engine/in_memory_executor.h"

#include "base/errors.h"

namespace headroom {

void InMemoryExecutor::start(Activity activity, Duration duration, const Allocation&) {
  auto const [place, fresh] = work_.try_emplace(activity, Work{duration.seconds(), 1.0, now_, now_ + duration});
  expects(fresh, "an activity's number is free when it starts");
  ends_.insert({place->second.end, activity});
}

void InMemoryExecutor::change_rate(Activity activity, double rate) {
  expects(rate >= 0, "a rate is not negative");
  Work& work = work_.at(activity);
  ends_.erase({work.end, activity});
  work.left_s -= work.rate * (now_ - work.since).seconds();
  work.since = now_;
  work.rate = rate;
  set_end(activity, work);
}

void InMemoryExecutor::set_end(Activity activity, Work& work) {
  work.end = never;
  if (work.rate > 0)
    if (auto const left = round_to_duration(work.left_s / work.rate)) work.end = now_ + *left;
  ends_.insert({work.end, activity});
}

void InMemoryExecutor::cancel(Activity activity) {
  ends_.erase({work_.at(activity).end, activity});
  work_.erase(activity);
}

Instant InMemoryExecutor::advance_to(Instant deadline) {
  ++steps_;
  ended_.clear();
  arrived_.clear();
  Instant const stop = ends_.empty() ? deadline : std::min(deadline, ends_.begin()->first);
  while (arrived_.empty() && network_.next() < stop) {
    network_.advance(now_ = network_.next(), arrived_);
    if (watches_flows_) return now_;
  }
  if (arrived_.empty()) network_.advance(now_ = stop, arrived_);
  while (!ends_.empty() && ends_.begin()->first == now_) {
    ended_.push_back(ends_.begin()->second);
    work_.erase(ends_.begin()->second);
    ends_.erase(ends_.begin());
  }
  return now_;
}

}  // namespace headroom
