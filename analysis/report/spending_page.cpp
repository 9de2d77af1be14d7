#include "analysis/report/spending_page.h"

#include "analysis/report/assemble.h"

namespace headroom {

std::string spending_page(const Json& spending) {
  Json data = spending;
  data["title"] = "What " + spending.at("site").get<std::string>() + " makes somebody buy";
  constexpr const char* scripts[] = {"numbers.js", "elements.js", "charts.js", "money.js", "spending.js"};
  return assemble_page(scripts, data);
}

}  // namespace headroom
