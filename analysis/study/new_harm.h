// What single faults do to a site after it was changed that they did not do before: who goes dark, what trips. The static answer
// and the one in time both count. For a site whose equipment is smaller than it was: it may do no worse.
#pragma once

#include <string>
#include <vector>

#include "analysis/study/contingency_in_time.h"

namespace headroom {

struct NewHarm {
  std::string fault;                   // "" without any
  std::string element;                 // a rack, a server, or what trips
  std::string what;                    // "dark at the end", "dark for a while, its servers lost", "tripped", "overloaded", ...
  bool operator==(const NewHarm&) const = default;
};

// Of one layout; in the order of the faults of `after`.
std::vector<NewHarm> new_harm(const Study& before, const Study& after, const PowerGraph& graph);

}  // namespace headroom
