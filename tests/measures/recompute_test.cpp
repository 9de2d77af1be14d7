// The energies of every meter worked out again from the jobs and the site alone, on sites and jobs drawn at random.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "analysis/measures/measures.h"
#include "base/random.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

const char* const server_types[] = {
    "{cores: 8, gpus: 2, memory: 64 GB, power_factor: 0.93, power: {linear: {idle: 80 W, full: 320 W}}}",
    "dell-poweredge-r740",
    "dgx-a100",
    "{cores: 16, gpus: 1, memory: 64 GB, supplies: 2, supply: psu-gold-230v, supply_rating: 800 W, power: {measured_at: dc, components: {cpus: {idle: 30 W, full: 250 W}, gpus: {idle: 25 W, full: 300 W}, other: 60 W}}}",
    "{cores: 4, gpus: 1, memory: 8 GB, supplies: 2, supply: psu-titanium-230v, supply_rating: 500 W, power_factor: 1.0, power: {measured_at: dc, linear: {idle: 0 W, full: 410 W}}}",
};

std::string random_site(RandomStream& random) {
  bool const two_sides = random.below(2) == 0;
  std::string out = "site:\n  name: drawn\n  halls:\n    - name: h\n      racks:\n";
  int const groups = 1 + static_cast<int>(random.below(3));
  for (int g = 0; g < groups; ++g) {
    auto const type = random.below(5);
    bool const two_cords = two_sides && random.below(4) != 0;
    std::string const feeds = !two_sides ? "" : two_cords ? ", feeds: [a, b]" : random.below(2) == 0 ? ", feeds: [a]" : ", feeds: [b]";
    out += fmt::format("        - {{name: g{}, count: {}, servers: [{{type: {}, count: {}{}}}]{}", g, 1 + random.below(3), server_types[type], 1 + random.below(4),
                       type == 1 || type == 0 ? ", supplies: 2" : "", feeds);
    if (random.below(2) == 0) out += ", auxiliary: [{name: leaf, count: 2, type: mellanox-sn2010}]";
    if (random.below(2) == 0) out += ", rack_pdu: rack-pdu-22kva";
    out += "}\n";
  }
  out += fmt::format("  power:\n    scheme: {}\n    oversubscribed: true\n", two_sides ? "2N" : "N");
  out += two_sides ? "    utility: [{name: ua, voltage: 480 V, limit: 100 kW}, {name: ub, voltage: 480 V}]\n" : "    utility: [{name: u, voltage: 480 V}]\n";
  if (random.below(2) == 0) out += fmt::format("    transformer: {{type: transformer-us-dry-300kva, count: {}}}\n", 1 + random.below(2));
  out += "    switchboard: {current: 630 A}\n";
  if (random.below(2) == 0) out += fmt::format("    ups: {{type: {}, count: {}}}\n", random.below(2) == 0 ? "ups-modern-100kw" : "ups-legacy-500kw", 1 + random.below(3));
  if (random.below(2) == 0) out += fmt::format("    pdu: {{type: pdu-floor-75kva, racks: {}}}\n", 1 + random.below(3));
  if (random.below(2) == 0) out += "  cooling: {fixed: 2 kW, proportional: 0.35, power_factor: 0.9}\n";
  return out;
}

std::string random_jobs(RandomStream& random) {
  std::string out = "submit_s,runtime_s,cores,gpus,utilisation\n";
  std::int64_t submit_ms = 0;
  for (int i = 0; i < 150; ++i) {
    submit_ms += static_cast<std::int64_t>(random.below(60'000));
    bool const gpus = random.below(4) == 0;
    out += fmt::format("{}.{:03},{},{},{},0.{:03}\n", submit_ms / 1000, submit_ms % 1000, random.below(10) == 0 ? 0 : 1 + random.below(4000), gpus ? random.below(3) : 1 + random.below(12), gpus ? 1 + random.below(2) : 0,
                       1 + random.below(999));
  }
  return out;
}

}  // namespace

TEST_CASE("energies worked out again from jobs and site agree, whatever the site", "[measures]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    RandomStream random(seed, "random site");
    std::string const site = random_site(random);
    std::string const policy = random.below(2) == 0 ? "policy: {backfill: easy}\n" : "";
    std::string const horizon = random.below(3) == 0 ? "horizon: 1 h\n" : "";
    std::string const several = random.below(2) == 0 ? "workload: [{trace: ./jobs.csv, several_servers: true}]\n" : jobs_workload;
    CAPTURE(seed, site, policy, horizon, several);
    Run const run(site + several + policy + horizon, random_jobs(random));
    Recomputed const again = recompute_energies(run.reader());
    CHECK(again.worst_difference <= 1e-9);
    CHECK(run.counts.worst_imbalance <= 1e-9);
    CHECK(run.counts.completed > 0);
    CHECK(run.counts.submitted == run.counts.rejected + run.counts.completed + run.counts.running_at_end + run.counts.queued_at_end);

    // physically possible: nothing upstream draws less than what it feeds, the facility no less than IT
    auto const nodes = run.reader().nodes();
    for (auto const& row : run.reader().totals("run")) {
      if (row.node < 0 || nodes[static_cast<std::size_t>(row.node)].kind == "server") continue;
      CHECK(row.loss_j >= 0);
      CHECK(row.input_j >= row.output_j * (1 - 1e-12));
      CHECK(row.input_peak_w * static_cast<double>(run.counts.end.ns) / 1e9 >= row.input_j * (1 - 1e-12));
    }
    CHECK(run.totals(facility_meter).input_j >= run.totals(it_meter).input_j);
  }
}

TEST_CASE("a job that is left out is found by working energies out again", "[measures]") {
  Run const run(two_servers + jobs_workload, "submit_s,runtime_s,cores\n0,100,4\n50,100,2\n");
  auto again = recompute_energies(run.reader());
  CHECK(again.worst_difference < 1e-12);
  CHECK(again.input_j.at(it_meter) == Approx(200 * 150 + 200 * 100 + 100 * 100).epsilon(1e-12));
  CHECK(again.input_j.at(facility_meter) == Approx(200 * 150 + 200 * 100 + 100 * 100).epsilon(1e-12));
}
