#include "analysis/report/html.h"

#include "analysis/report/assemble.h"
#include "analysis/report/data.h"

namespace headroom {

std::string html_report(const RunReader& run, const Summary& summary) {
  constexpr const char* scripts[] = {"numbers.js", "elements.js", "charts.js", "timecharts.js", "oneline.js", "network.js", "site.js", "page.js"};
  return assemble_page(scripts, report_data(run, summary));
}

std::string html_report(const RunReader& run) { return html_report(run, summarise(run)); }

}  // namespace headroom
