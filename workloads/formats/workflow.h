// Jobs that name others which come before them: what a reader that holds the whole trace checks, and counts for the run.
#pragma once

#include <vector>

#include "base/errors.h"
#include "workloads/job.h"

namespace headroom {

// Where one job names another.
struct NamedBefore {
  std::int64_t job = 0, before = 0;
  Location where;
};

// Sets Job::followers of those that are named. Throws InputError with every name that no job has, or where a circle closes.
void link_followers(std::vector<Job>& jobs, const std::vector<NamedBefore>& named);

}  // namespace headroom
