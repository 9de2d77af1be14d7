#include "analysis/report/data.h"

#include "analysis/report/sections/sections.h"

namespace headroom {

Json report_data(const RunReader& run, const Summary& summary) {
  RunView const view = read_run_view(run, summary);
  Json data = top_of_page(view);
  auto const put = [&](const char* key, Json section) {
    if (!section.empty()) data[key] = std::move(section);
  };
  put("headline", headline(view));
  put("caveats", caveats(view));
  put("summary", summary_tables(view));
  put("outages", outages_section(view));
  put("diagram", diagram_section(view));
  put("power", power_section(view));
  put("energy", energy_section(view));
  put("feeds", feeds_section(view));
  put("site", site_section(view));
  put("network", network_section(view));
  put("jobs", jobs_section(view));
  put("waits", waits_section(view));
  put("events", events_section(view));
  put("inputs", inputs_section(view));
  put("notes", notes(view));
  return data;
}

}  // namespace headroom
