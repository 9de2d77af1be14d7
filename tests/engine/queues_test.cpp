// Queues with a closed form, from the generator to the run file. Mean waits lie within three standard errors of it, by batch
// means; what holds on every path (Little's law) holds to rounding.
//
//   M/M/c   Wq = C(c, a) / (c mu - lambda), C of Erlang, a = lambda / mu
//   M/G/1   Wq = lambda E[S^2] / (2 (1 - rho)) = rho E[S] (1 + cv^2) / (2 (1 - rho))   (Pollaczek and Khinchine)
//
// Processor sharing has no place in a queue of whole cores; its tests stand with the executions that share.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include "support.h"

using namespace headroom;

namespace {

constexpr std::int64_t job_count = 200'000;
constexpr std::size_t batches = 40, first_batch = 2;      // what the empty start has to do with is in the first two

struct WaitingLine {
  int servers;
  double load;                  // of each
  double mean_s;
  std::string runtime;          // kind and cv
  double wait_s;                // in closed form
};

std::string scenario_of(const WaitingLine& queue) {
  double const every_s = queue.mean_s / (queue.load * queue.servers);
  return "site:\n  name: queue\n  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: " + std::to_string(queue.servers) +
         ", memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]\n  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}\n"
         "workload: [{generate: {jobs: " + std::to_string(job_count) + ", arrivals: {every: " + number_text(every_s) + " s}, runtime: {" + queue.runtime + ", mean: " +
         number_text(queue.mean_s) + " s}, sizes: [{processors: 1}]}}]\nrecord: {every: 1 d, detail: site}\nseed: 3\n";
}

struct Path {
  std::vector<double> waits_s;                                    // by number of the job
  std::vector<std::pair<std::int64_t, int>> steps;                // arrivals and departures
  double sojourns_s = 0, runtimes_s = 0, end_s = 0, busy_s = 0;   // busy: the area under the number in service, from the energy
};

Path path_of(const WaitingLine& queue) {
  Run const run(scenario_of(queue), "");
  Path path;
  path.waits_s.resize(job_count);
  for (auto const& job : run.jobs()) {
    path.waits_s[static_cast<std::size_t>(job.trace_id) - 1] = Duration{job.start_ns - job.submit_ns}.seconds();
    path.steps.insert(path.steps.end(), {{job.submit_ns, 1}, {job.end_ns, -1}});
    path.sojourns_s += Duration{job.end_ns - job.submit_ns}.seconds();
    path.runtimes_s += Duration{job.runtime_ns}.seconds();
  }
  path.end_s = run.counts.end.seconds();
  path.busy_s = (run.totals(run.node("utility")).input_j - 100 * path.end_s) / 200 * queue.servers;
  return path;
}

struct Estimate {
  double mean, error;
};

Estimate batch_means(const std::vector<double>& values) {
  std::size_t const length = values.size() / batches;
  double sum = 0, squares = 0;
  for (std::size_t b = first_batch; b < batches; ++b) {
    double mean = 0;
    for (std::size_t i = b * length; i < (b + 1) * length; ++i) mean += values[i] / static_cast<double>(length);
    sum += mean;
    squares += mean * mean;
  }
  double const n = static_cast<double>(batches - first_batch), mean = sum / n;
  return {mean, std::sqrt((squares / n - mean * mean) / (n - 1))};
}

// The area under the number of jobs in the system, over its events in time.
double area_s(std::vector<std::pair<std::int64_t, int>> steps) {
  std::sort(steps.begin(), steps.end());
  double area = 0;
  std::int64_t before_ns = 0, inside = 0;
  for (auto const& [at_ns, change] : steps) {
    area += static_cast<double>(inside) * Duration{at_ns - before_ns}.seconds();
    before_ns = at_ns;
    inside += change;
  }
  return area;
}

}  // namespace

TEST_CASE("mean waits of M/M/c and M/G/1 are those of queueing theory, and Little's law holds on the path", "[engine]") {
  for (auto const& queue : {WaitingLine{1, 0.5, 1, "kind: exponential", 1}, WaitingLine{1, 0.9, 9, "kind: exponential", 81}, WaitingLine{5, 0.8, 1, "kind: exponential", 0.5541125541},
                            WaitingLine{10, 0.9, 1, "kind: exponential", 0.6687315241}, WaitingLine{50, 0.9, 1, "kind: exponential", 0.07277289344}, WaitingLine{1, 0.5, 1, "kind: constant", 0.5},
                            WaitingLine{1, 0.8, 1, "kind: constant", 2}, WaitingLine{1, 0.7, 2, "kind: gamma, cv: 0.5", 2.916666667}, WaitingLine{1, 0.5, 1, "kind: hyperexponential, cv: 2", 2.5}}) {
    Path const path = path_of(queue);
    Estimate const wait = batch_means(path.waits_s);
    CAPTURE(queue.servers, queue.load, queue.runtime, queue.wait_s, wait.mean, wait.error);
    CHECK(std::abs(wait.mean - queue.wait_s) < 3 * wait.error);
    CHECK(wait.error < 0.1 * queue.wait_s);
    CHECK(area_s(path.steps) == Approx(path.sojourns_s).epsilon(1e-9));      // L T = sum of sojourn times
    CHECK(path.busy_s == Approx(path.runtimes_s).epsilon(1e-9));             // the same in service, L from the energy
  }
}
