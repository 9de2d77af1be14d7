// A named ratio, never without what it rests on. There is no such thing as "the multiplier".
#pragma once

#include <string>
#include <vector>

namespace headroom {

struct Ratio {
  std::string name, meaning;
  double value = 0;
  std::vector<std::string> caveats;
};

}  // namespace headroom
