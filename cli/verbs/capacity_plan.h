// `headroom capacity SUBJECT --plan FILE`: where the racks of a plan go, and when what is there is full.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/placement/planned_places.h"
#include "cli/verb.h"

namespace headroom {

struct PlanOptions {
  std::string plan, write;             // files; "": none
  bool best = false;
};
std::shared_ptr<PlanOptions> add_plan_options(CLI::App& verb);

// Prints the answer; the exit code.
int answer_plan(const ConnectedSite& subject, const PlanOptions& options, OutputFormat format);

}  // namespace headroom
