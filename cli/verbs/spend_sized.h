// What a site would be built like for what a run had it carry, for `headroom spend`: sized at nameplate and from the run, proved
// in every state, and run again under contingency.
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/sizing/fabric_sizes.h"
#include "analysis/sizing/sized_site.h"
#include "analysis/sizing/sizing_proof.h"
#include "analysis/study/new_harm.h"
#include "cli/verb.h"

namespace headroom {

// The run of the site that was sized, and every single fault of it in time from its own peak, against the same as built.
struct SizedRunCheck {
  std::filesystem::path run;                     // where it is
  std::string why_not;                           // where it could not be made
  int faults = 0;
  std::vector<NewHarm> harm;                     // that the built site does not suffer
  bool passes() const { return why_not.empty() && harm.empty(); }
};

struct SimulatedSizing {
  SizedSite sized;
  std::size_t moments = 0, left_out = 0;         // moments that it is sized by; nodes whose own peak is at none of them, sized at full load
  SizingProof proof;
  SizedRunCheck check;
};

struct SizedAnswer {
  SizedSite nameplate;
  SizingProof nameplate_proof;
  std::optional<SimulatedSizing> simulated;
  std::string why_not_simulated;
  std::vector<FabricSizes> fabrics;
  // Only then may what the smaller site saves be told.
  bool saving_holds() const { return simulated && simulated->proof.holds() && simulated->check.passes(); }
};

// `run`: its folder. Writes RUN/sized: site.yaml, scenario.yaml and the run of them.
SizedAnswer sized_of_run(const std::filesystem::path& run, double growth, const Globals& globals);

nlohmann::ordered_json to_json(const SizedAnswer& answer);
std::string to_text(const SizedAnswer& answer);

}  // namespace headroom
