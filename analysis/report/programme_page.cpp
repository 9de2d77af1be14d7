#include "analysis/report/programme_page.h"

#include "analysis/report/assemble.h"

namespace headroom {

std::string programme_page(const Json& programme) {
  constexpr const char* scripts[] = {"numbers.js", "elements.js", "charts.js", "money.js", "ledger.js", "programme.js", "programme_money.js"};
  return assemble_page(scripts, programme);
}

}  // namespace headroom
