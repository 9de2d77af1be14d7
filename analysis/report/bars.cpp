#include "analysis/report/bars.h"

#include "analysis/report/assemble.h"
#include "base/errors.h"

namespace headroom {

std::string bar_page(const BarPage& page) {
  Json data{{"title", page.title}, {"above", page.above}, {"facts", page.facts}, {"charts", Json::array()}};
  for (auto const& chart : page.charts) {
    expects(chart.labels.size() == chart.values.size(), "every bar has a label");
    if (!chart.values.empty()) data["charts"].push_back({{"title", chart.title}, {"caption", chart.caption}, {"of", chart.of}, {"labels", chart.labels}, {"values", chart.values}});
  }
  constexpr const char* scripts[] = {"numbers.js", "elements.js", "charts.js", "bars.js"};
  return assemble_page(scripts, data);
}

}  // namespace headroom
