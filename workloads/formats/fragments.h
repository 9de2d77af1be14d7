// What the readers of fragments share: how a job's fragments are put together.
#pragma once

#include <algorithm>

#include "workloads/job.h"

namespace headroom {

// Neighbours of one utilisation are one fragment, and one without length is none, unless the job has no other.
inline void append(std::vector<Fragment>& fragments, const Fragment& fragment) {
  if (!fragments.empty() && fragment.length == Duration{}) return;
  if (!fragments.empty() && fragments.back().length == Duration{}) fragments.pop_back();
  if (!fragments.empty() && fragments.back().utilisation == fragment.utilisation) fragments.back().length = fragments.back().length + fragment.length;
  else fragments.push_back(fragment);
}

// The job's utilisation from its fragments, of which there is one at least; a single one need not be kept.
inline void settle_utilisation(Job& job) {
  job.utilisation = job.fragments.front().utilisation;
  for (auto const& fragment : job.fragments) job.utilisation = highest(job.utilisation, fragment.utilisation);
  if (job.fragments.size() == 1) job.fragments.clear();
}

}  // namespace headroom
