#include "analysis/programmes/build_out.h"

#include "base/errors.h"

namespace headroom {

double SiteYear::figure(const std::string& name) const {
  for (auto const& known : figures)
    if (known.name == name) return known.value;
  throw ContractError("a site's year has the figure that is asked of it: " + name);
}

}  // namespace headroom
