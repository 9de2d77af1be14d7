#include "sim/engine/flexible_load.h"

#include <algorithm>

namespace headroom {

FlexibleLoad::FlexibleLoad(const Model& model) : model_(model) {
  auto const& workloads = model.scenario.workload;
  for (std::size_t i = 0; i < workloads.size(); ++i)
    if (workloads[i].flexible) flexible_.push_back(static_cast<int>(i));
  if (!flexible_.empty()) state_.resize(workloads.size());
}

bool FlexibleLoad::is_stressed(const FlexibilitySpec& spec, const Surroundings& around) const {
  if (spec.by == FlexibleBy::call) return around.is_called();
  auto const signal = spec.by == FlexibleBy::price ? around.price() : around.carbon();
  return signal && *signal > *spec.above;
}

Instant FlexibleLoad::next() const {
  Instant first = never;
  for (auto const& job : kept_) first = std::min(first, job.until);
  for (auto const& state : state_) first = std::min(first, state.spell_ends);
  return first;
}

bool FlexibleLoad::look(Instant now, const Surroundings& around) {
  bool changed = false;
  for (int workload : flexible_) {
    FlexibilitySpec const& flexible = spec(workload);
    State& state = state_[static_cast<std::size_t>(workload)];
    State const before = state;
    state.stressed = is_stressed(flexible, around);
    bool const slows = flexible.action != FlexibleAction::shift;
    if (state.stressed && !before.stressed && slows) state.spell_ends = now + flexible.longest;
    if (!state.stressed) state.spell_ends = never;
    bool const over = slows && state.stressed && state.spell_ends <= now;      // it has lasted as long as it may
    if (over) state.spell_ends = never;
    bool const spent = slows && state.stressed && state.spell_ends == never;
    state.keeps = state.stressed && !spent && flexible.action != FlexibleAction::cap;
    state.speed = !state.stressed || spent || !slows ? 1 : flexible.action == FlexibleAction::pause ? 0 : flexible.to;
    changed |= state.keeps != before.keeps || state.speed != before.speed;
  }
  return changed || std::ranges::any_of(kept_, [&](const Kept& job) { return job.until <= now; });
}

bool FlexibleLoad::may_keep(int workload, Instant submit, Instant now) const { return keeps(workload) && submit + spec(workload).longest > now; }

void FlexibleLoad::keep(std::int32_t job, int workload, Instant submit, Instant now) { kept_.push_back({job, workload, submit + spec(workload).longest, now}); }

std::vector<FlexibleLoad::Kept> FlexibleLoad::take_free(Instant now) {
  std::vector<Kept> free;
  std::erase_if(kept_, [&](const Kept& job) {
    bool const may_start = job.until <= now || !keeps(job.workload);
    if (may_start) free.push_back(job);
    return may_start;
  });
  return free;
}

}  // namespace headroom
