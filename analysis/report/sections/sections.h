// The parts of the page's data, top to bottom. Each is empty where the run has nothing to say about it.
#pragma once

#include "analysis/report/run_view.h"

namespace headroom {

Json top_of_page(const RunView& view);      // title, facts, start
Json headline(const RunView& view);         // the big numbers
Json caveats(const RunView& view);          // what limits their meaning
Json summary_tables(const RunView& view);   // tables of results
Json power_section(const RunView& view);
Json energy_section(const RunView& view);
Json feeds_section(const RunView& view);
Json site_section(const RunView& view);
Json network_section(const RunView& view);
Json jobs_section(const RunView& view);
Json waits_section(const RunView& view);
Json outages_section(const RunView& view);
Json diagram_section(const RunView& view);
Json events_section(const RunView& view);
Json inputs_section(const RunView& view);
Json notes(const RunView& view);            // how the numbers were made

}  // namespace headroom
