#include "workloads/formats/workflow.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace headroom {
namespace {

// Takes away jobs that wait for nobody until none is left; what is left waits for itself.
std::vector<bool> in_circles(const std::vector<Job>& jobs, const std::unordered_map<std::int64_t, std::size_t>& places) {
  std::vector<std::vector<std::size_t>> followers(jobs.size());
  std::vector<std::size_t> open(jobs.size()), ready;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    for (std::int64_t before : jobs[i].after) followers[places.at(before)].push_back(i);
    open[i] = jobs[i].after.size();
    if (open[i] == 0) ready.push_back(i);
  }
  std::vector<bool> waits(jobs.size(), true);
  while (!ready.empty()) {
    std::size_t const done = ready.back();
    ready.pop_back();
    waits[done] = false;
    for (std::size_t follower : followers[done])
      if (--open[follower] == 0) ready.push_back(follower);
  }
  return waits;
}

// The circle that is met by going back from a job that waits for itself.
std::string circle_from(std::size_t start, const std::vector<Job>& jobs, const std::unordered_map<std::int64_t, std::size_t>& places, const std::vector<bool>& waits) {
  std::vector<std::size_t> way;
  for (std::size_t at = start;;) {
    if (auto const again = std::ranges::find(way, at); again != way.end()) {
      std::string text = std::to_string(jobs[at].id);
      for (auto job = again + 1; job != way.end(); ++job) text += fmt::format(" after {}", jobs[*job].id);
      return text + fmt::format(" after {}", jobs[at].id);
    }
    way.push_back(at);
    at = places.at(*std::ranges::find_if(jobs[at].after, [&](std::int64_t before) { return waits[places.at(before)]; }));
  }
}

}  // namespace

void link_followers(std::vector<Job>& jobs, const std::vector<NamedBefore>& named) {
  if (named.empty()) return;
  std::unordered_map<std::int64_t, std::size_t> places;
  for (std::size_t i = 0; i < jobs.size(); ++i) places.emplace(jobs[i].id, i);
  std::vector<Problem> problems;
  for (auto const& name : named) {
    auto const before = places.find(name.before);
    if (before == places.end()) problems.push_back({name.where, fmt::format("job {} comes after {}, and there is no job {}", name.job, name.before, name.before)});
    else ++jobs[before->second].followers;
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  std::vector<bool> const waits = in_circles(jobs, places);
  for (auto const& name : named)
    if (waits[places.at(name.job)] && waits[places.at(name.before)])
      throw InputError(name.where, fmt::format("the jobs wait for each other: {}", circle_from(places.at(name.job), jobs, places, waits)));
}

}  // namespace headroom
