#include "cli/verbs/spend_sized.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/sizing/run_loads.h"
#include "analysis/sizing/sizing_text.h"
#include "analysis/study/scenario_of_run.h"
#include "base/units.h"
#include "cli/exit_codes.h"
#include "cli/make_run.h"
#include "sim/model/model.h"
#include "sim/results/run_file.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_told = 10;

std::vector<LoadCase> loads_of(const RunReader& run, const PowerGraph& graph, const SizingMoments& moments) {
  std::vector<LoadCase> out;
  for (Instant at : moments.moments) out.push_back({fmt::format("{:.6g} h", static_cast<double>(at.ns) / 3.6e12), delivered_at(graph, moment_of(run, at)), moments.own, {}});
  if (moments.left_out.empty()) return out;
  out.push_back(full_load_case());
  out.back().only = moments.left_out;
  return out;
}

// The scenario of the run with another site.
fs::path write_scenario(const RunReader& run, const Site& site, const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) throw OutputError(fmt::format("{}: cannot make this folder: {}", folder.string(), code.message()), 73);
  auto scenario = Json::parse(scenario_text_of(run));
  scenario["site"] = echo_site(site);
  write_file(folder / "site.yaml", scenario["site"].dump(1) + "\n");
  write_file(folder / "scenario.yaml", scenario.dump(1) + "\n");
  return folder / "scenario.yaml";
}

Study study_of(const RunReader& run, const PowerGraph& graph, const Scenario& scenario) {
  return study({&graph, moment_of(run, peak_of(run)), static_cast<std::uint64_t>(scenario.seed), scenario.reset_after, {}, std::nullopt});
}

// What an overload opened while the run went on.
std::set<std::string> tripped_in(const RunReader& run) {
  std::set<std::string> out;
  for (auto const& change : run.changes())
    if (change.to == "tripped" || change.to == "overloaded" || change.to == "bypass") out.insert(change.element);
  return out;
}

SizedRunCheck checked(const RunReader& built_run, const PowerGraph& built, const Site& sized_site, const Globals& globals) {
  SizedRunCheck check;
  check.run = built_run.directory() / "sized";
  fs::path const file = write_scenario(built_run, sized_site, check.run);
  if (!globals.quiet) fmt::print(stderr, "running the site as sized, in {}\n", check.run.string());
  if (MadeRun const made = make_run(file, check.run, {}, false, globals); made.code != done) {
    check.why_not = fmt::format("its run ended with code {}", made.code);
    return check;
  }
  RunReader const sized_run(check.run);
  Scenario const scenario = scenario_of(sized_run);
  PowerGraph const sized = build_power_graph(scenario.site.value);
  Study const after = study_of(sized_run, sized, scenario);
  check.faults = static_cast<int>(after.faults.size());
  check.harm = new_harm(study_of(built_run, built, scenario), after, sized);
  auto const before = tripped_in(built_run);
  for (auto const& element : tripped_in(sized_run))
    if (!before.contains(element)) check.harm.push_back({"", element, "tripped in the run"});
  return check;
}

nlohmann::ordered_json to_json(const SizedRunCheck& check) {
  nlohmann::ordered_json out{{"run", check.run.string()}, {"passes", check.passes()}};
  if (!check.why_not.empty()) out["why_not"] = check.why_not;
  out["faults"] = check.faults;
  out["new_harm"] = nlohmann::ordered_json::array();
  for (auto const& harm : check.harm) out["new_harm"].push_back({{"fault", harm.fault}, {"element", harm.element}, {"what", harm.what}});
  return out;
}

std::string to_text(const SizedRunCheck& check) {
  if (!check.why_not.empty()) return fmt::format("Run again as sized: {}.\n", check.why_not);
  std::string out = fmt::format("Run again as sized under {} in time: {}.\n", counted(check.faults, "single fault"), check.harm.empty() ? "none does what it does not do as built" : "it does not pass");
  for (std::size_t i = 0; i < std::min(check.harm.size(), most_told); ++i)
    out += fmt::format("  {}: {} {}\n", check.harm[i].fault.empty() ? "without a fault" : "without " + check.harm[i].fault, check.harm[i].element, check.harm[i].what);
  if (check.harm.size() > most_told) out += fmt::format("  and {} more\n", check.harm.size() - most_told);
  return out;
}

}  // namespace

SizedAnswer sized_of_run(const fs::path& directory, double growth, const Globals& globals) {
  RunReader const run(directory);
  Site const site = scenario_of(run).site.value;
  PowerGraph const built = build_power_graph(site);
  SizedAnswer answer;
  std::vector<LoadCase> const full{full_load_case()};
  answer.nameplate = size_site(site, full, {growth, 1});
  answer.nameplate_proof = prove_sizes(built, build_power_graph(answer.nameplate.site), full, 1);
  answer.fabrics = fabric_sizes(site, built, network_measures(run));
  if (run.meta_whole("power_beside_jobs") > 0) {
    answer.why_not_simulated = "the servers of this run share what they are short of, are switched off, or play a series; what each of them did at a moment does not follow from its jobs";
    return answer;
  }
  SizingMoments const moments = sizing_moments(run, built);
  std::vector<LoadCase> const loads = loads_of(run, built, moments);
  if (moments.moments.empty()) {
    answer.why_not_simulated = "the run drew no power";
    return answer;
  }
  SimulatedSizing simulated{size_site(site, loads, {growth, moments.fifteen_minutes}), moments.moments.size(), moments.left_out.size(), {}, {}};
  simulated.proof = prove_sizes(built, build_power_graph(simulated.sized.site), loads, moments.fifteen_minutes);
  simulated.check = checked(run, built, simulated.sized.site, globals);
  answer.simulated = std::move(simulated);
  return answer;
}

nlohmann::ordered_json to_json(const SizedAnswer& answer) {
  nlohmann::ordered_json out;
  out["nameplate"] = to_json(answer.nameplate);
  out["nameplate"]["proof"] = to_json(answer.nameplate_proof);
  if (answer.simulated) {
    out["simulated"] = to_json(answer.simulated->sized);
    out["simulated"]["moments"] = answer.simulated->moments;
    out["simulated"]["sized_at_full_load"] = answer.simulated->left_out;
    out["simulated"]["proof"] = to_json(answer.simulated->proof);
    out["simulated"]["contingency"] = to_json(answer.simulated->check);
  } else {
    out["why_not_simulated"] = answer.why_not_simulated;
  }
  if (!answer.fabrics.empty()) out["fabrics"] = to_json(answer.fabrics);
  out["saving_holds"] = answer.saving_holds();
  return out;
}

std::string to_text(const SizedAnswer& answer) {
  std::string out = "At nameplate. " + to_text(answer.nameplate) + to_text(answer.nameplate_proof);
  if (!answer.simulated) return out + fmt::format("From the run: not sized; {}.\n", answer.why_not_simulated) + to_text(answer.fabrics);
  SimulatedSizing const& simulated = *answer.simulated;
  out += fmt::format("From the run, by {}. ", counted(static_cast<std::int64_t>(simulated.moments), "moment")) + to_text(simulated.sized);
  if (simulated.left_out > 0) out += fmt::format("  {} with a peak at none of these moments: sized at full load\n", counted(static_cast<std::int64_t>(simulated.left_out), "element"));
  return out + to_text(simulated.proof) + to_text(simulated.check) + to_text(answer.fabrics);
}

}  // namespace headroom
