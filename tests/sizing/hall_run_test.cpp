// The 2N hall under 92 days of NASA's iPSC/860: sized from its run, run again as sized, every single fault in time.
#include <set>

#include "analysis/sizing/run_loads.h"
#include "analysis/sizing/sizing_text.h"
#include "analysis/study/new_harm.h"
#include "sim/engine/in_memory_executor.h"
#include "sim/engine/simulate.h"
#include "sim/network/network_links.h"
#include "tests/sizing/support.h"
#include "tests/support/temporary.h"

using namespace headroom;

namespace {

void make_run_in(const std::filesystem::path& folder, const Scenario& scenario) {
  Model const model = build_model(scenario);
  OpenWorkloads workloads = open_workloads(model);
  RunFile file(folder);
  InMemoryExecutor executor(NetworkLinks(model.graph.network, model.scenario.network.detail).links);
  simulate(model, workloads, executor, file, [](Instant, std::int64_t) {});
  file.finish();
}

Study study_of(const RunReader& run, const PowerGraph& graph) {
  StudySubject subject;
  subject.graph = &graph;
  subject.moment = moment_of(run, peak_of(run));
  return study(subject);
}

}  // namespace

TEST_CASE("the 2N hall sized from its run is smaller, holds in every state and does nothing worse under any single fault", "[sizing]") {
  Scenario scenario = read_scenario(std::string(HEADROOM_SOURCE_DIR) + "/sim/scenarios/hall-2n.yaml", {});
  TemporaryFolder folder, again;
  make_run_in(folder.path(), scenario);
  RunReader const run(folder.path());
  PowerGraph const built = build_power_graph(scenario.site.value);
  SizingMoments const moments = sizing_moments(run, built);
  std::vector<LoadCase> loads;
  for (Instant at : moments.moments) loads.push_back({fmt::format("{:.6g} h", static_cast<double>(at.ns) / 3.6e12), delivered_at(built, moment_of(run, at)), moments.own, {}});
  CHECK(moments.left_out.empty());
  SizedSite const simulated = size_site(scenario.site.value, loads, {0, moments.fifteen_minutes}), nameplate = size_site(scenario.site.value, {full_load_case()}, {0, 1});
  PowerGraph const sized = build_power_graph(simulated.site);
  SizingProof const proof = prove_sizes(built, sized, loads, moments.fifteen_minutes);
  CAPTURE(to_text(nameplate), to_text(simulated), to_text(proof));
  CHECK(proof.holds());
  REQUIRE(simulated.elements.size() == nameplate.elements.size());
  for (std::size_t i = 0; i < simulated.elements.size(); ++i) {
    CAPTURE(simulated.elements[i].name, simulated.elements[i].kind);
    CHECK(simulated.elements[i].sized <= nameplate.elements[i].sized);
    CHECK(simulated.elements[i].sized >= simulated.elements[i].needed * (1 - 1e-9));
  }
  CHECK(element(simulated, "utility-a").sized < element(simulated, "utility-a").built);

  scenario.site.value = simulated.site;
  make_run_in(again.path(), scenario);
  RunReader const sized_run(again.path());
  auto const harm = new_harm(study_of(run, built), study_of(sized_run, sized), sized);
  for (auto const& each : harm) UNSCOPED_INFO(each.fault << ": " << each.element << " " << each.what);
  CHECK(harm.empty());
}
