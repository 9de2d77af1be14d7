// What making a site's servers, racks and power gear emitted, spread over their lives: analysis/carbon/embodied.csv.
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

struct EmbodiedRow {
  std::string item, unit, evidence, source;
  double amount = 0;                             // in `unit`
  double kg = 0, life_years = 0;                 // of all of it
  double kg_per_year() const { return kg / life_years; }
};

struct Embodied {
  std::vector<EmbodiedRow> rows;                 // of what the site has
  double kg = 0, kg_per_year = 0;
  double run_kg = 0;                             // the share of a year that the run lasted
  double kg_per_it_kwh = 0;                      // run_kg over IT energy; 0 where there is none
  double assumed_share = 0;                      // of kg: figures that are assumptions or recalled
};

Embodied embodied(const RunReader& run);

}  // namespace headroom
