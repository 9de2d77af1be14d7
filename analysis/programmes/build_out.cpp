#include "analysis/programmes/build_out.h"

namespace headroom {

double SiteYear::figure(const std::string& name) const {
  for (auto const& known : figures)
    if (known.name == name) return known.value;
  return 0;
}

}  // namespace headroom
