#include "analysis/study/replicas.h"

#include <cmath>

#include "base/sum.h"
#include "sim/engine/in_memory_executor.h"
#include "sim/engine/simulate.h"
#include "sim/network/network_links.h"

namespace headroom {
namespace {

class Sample {
 public:
  void add(double x) {
    sum_.add(x);
    squares_.add(x * x);
    ++count_;
  }
  Estimate estimate() const {
    double const mean = sum_.value() / count_;
    double const variance = count_ > 1 ? std::max(0.0, (squares_.value() - count_ * mean * mean) / (count_ - 1)) : 0;
    return {mean, std::sqrt(variance / count_)};
  }

 private:
  CompensatedSum sum_, squares_;
  double count_ = 0;
};

RunCounts run_once(const Scenario& scenario, std::size_t& racks) {
  Model const model = build_model(scenario);
  racks = model.graph.racks.size();
  OpenWorkloads workloads = open_workloads(model);
  RunFile nowhere = RunFile::nowhere();
  InMemoryExecutor executor(NetworkLinks(model.graph.network, model.scenario.network.detail).links);
  return simulate(model, workloads, executor, nowhere, [](Instant, std::int64_t) {});
}

}  // namespace

Replicas replicas(const Scenario& scenario, int runs) {
  if (scenario.failures.empty()) throw InputError(scenario.where, "replicas: nothing fails by chance here; give the scenario 'failures'");
  if (!scenario.horizon.length) throw InputError(scenario.where, "replicas: give the scenario a horizon, such as '10 y' of 3650 d");
  Replicas out;
  out.runs = runs;
  out.years = scenario.horizon.length->seconds() / (365.0 * 86400);
  Sample rack, site, whole, outages, interrupted;
  Scenario one = scenario;
  for (int i = 0; i < runs; ++i) {
    one.seed = scenario.seed + i;
    std::size_t racks = 0;
    RunCounts const counts = run_once(one, racks);
    double const length_s = counts.end.seconds();
    rack.add(1 - counts.dark.rack_s / (static_cast<double>(racks) * length_s));
    site.add(1 - counts.dark.all_s / length_s);
    whole.add(1 - counts.dark.any_s / length_s);
    outages.add(static_cast<double>(counts.dark.times) / out.years);
    interrupted.add(static_cast<double>(counts.requeued + counts.killed + counts.lost));
  }
  out.rack_availability = rack.estimate();
  out.site_availability = site.estimate();
  out.whole_availability = whole.estimate();
  out.outages_per_year = outages.estimate();
  out.jobs_interrupted = interrupted.estimate();
  return out;
}

}  // namespace headroom
