#include "analysis/study/scenario_of_run.h"

namespace headroom {

std::string scenario_text_of(const RunReader& run) {
  for (auto const& input : run.inputs())
    if (input.name == "scenario") return input.text;
  throw InputError({run.directory().string(), 0, 0}, "the run file does not hold its scenario");
}

Scenario scenario_of(const RunReader& run) { return read_scenario_text(scenario_text_of(run), run.directory().string()); }

}  // namespace headroom
