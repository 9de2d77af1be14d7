#include "sim/engine/dependencies.h"

namespace headroom {

Dependencies::Standing Dependencies::arrive(const Job& job, std::int64_t arrival, std::int32_t number, bool can_run) {
  if (job.followers > 0) named_[{job.workload, job.id}].followers_to_come += job.followers;
  int open = 0;
  bool hopeless = !can_run;
  for (std::int64_t id : job.after) {
    auto const place = named_.try_emplace({job.workload, id}).first;
    Named& named = place->second;
    --named.followers_to_come;
    hopeless |= named.outcome == Outcome::failed;
    if (named.outcome == Outcome::open) {
      ++open;
      named.followers.push_back(arrival);
    }
    forget(place);
  }
  if (hopeless) return Standing::hopeless;
  if (open == 0) return Standing::free;
  waiting_.emplace(arrival, Waiting{number, open});
  return Standing::waits;
}

Dependencies::Released Dependencies::end(const Job& job, bool completed) {
  Released out;
  auto const place = named_.find({job.workload, job.id});
  if (place == named_.end()) return out;
  Named& named = place->second;
  named.outcome = completed ? Outcome::completed : Outcome::failed;
  for (std::int64_t follower : named.followers) {
    auto const waits = waiting_.find(follower);
    if (waits == waiting_.end()) continue;            // another one it named has failed already
    if (completed && --waits->second.open > 0) continue;
    (completed ? out.free : out.hopeless).push_back(waits->second.number);
    waiting_.erase(waits);
  }
  named.followers.clear();
  forget(place);
  return out;
}

std::vector<std::int32_t> Dependencies::waiting() const {
  std::vector<std::int32_t> out;
  for (auto const& [arrival, waits] : waiting_) out.push_back(waits.number);
  return out;
}

// Nobody will ask for it again.
void Dependencies::forget(std::map<Key, Named>::iterator named) {
  if (named->second.outcome != Outcome::open && named->second.followers_to_come == 0) named_.erase(named);
}

}  // namespace headroom
