#include "analysis/report/programme_page.h"

#include "analysis/report/assemble.h"

namespace headroom {

std::string programme_page(const Json& programme) {
  constexpr const char* scripts[] = {"numbers.js", "elements.js", "charts.js", "programme.js"};
  return assemble_page(scripts, programme);
}

}  // namespace headroom
