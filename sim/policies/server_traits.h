// What placement policies may know of a server beside what it has free: where it stands, what feeds it, what it draws.
#pragma once

#include <cstdint>
#include <vector>

namespace headroom {

struct ServerTraits {
  std::int32_t rack = 0;
  std::int32_t leaf = 0;               // the switch next to it on the site's first fabric; its rack where there is none
  std::vector<std::int32_t> feeds{};   // what its rack hangs on (PDUs, panels, busways), numbered through the site
  // As its data sheet states power (at the wall, or behind its supplies); linear between idle and full.
  double watts_per_core = 0, watts_per_gpu = 0;      // full less idle, by core and by GPU
  double idle_watts = 0;
};

}  // namespace headroom
