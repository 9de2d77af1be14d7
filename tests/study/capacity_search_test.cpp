// The simulated capacity: against oracles of known distribution, and of a queue with a closed form, by runs.
#include "analysis/study/capacity_search.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "analysis/study/capacity_search_text.h"
#include "analysis/study/students_t.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

Goal goal(std::string_view text) { return std::get<Goal>(Goal::parse(text)); }

GoalResult measured(const Goal& goal, double value) {
  GoalResult result;
  result.value = value;
  result.met = goal.holds_or_not() ? value == 0 : goal.met_by(value);
  return result;
}

const std::string small_site = "site:\n  name: s\n  halls: [{name: h, racks: [{name: r, count: 8, servers: [{type: generic-100-350w}]}]}]\n  power: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n";

SearchQuestion question(const std::string& goal_text, int seeds, Grow grow = Grow::arrivals) {
  Scenario const scenario = read_scenario_text(scenario_text(small_site + "workload: [{trace: lublin-256}]\n"), "scenario.yaml");
  return {{goal(goal_text)}, Growth(scenario, grow), 1, seeds, {}};
}

// Waits of 10 min times the scale, and what chance adds with each seed.
MakeRuns noisy(const Goal& goal, double deviation_s, int* runs = nullptr) {
  return [goal, deviation_s, runs](const std::vector<AskedRun>& asked) {
    std::vector<DoneRun> done;
    for (auto const& run : asked) {
      std::mt19937_64 random(static_cast<std::uint64_t>(run.seed) * 7919);
      double const luck = std::normal_distribution<double>(0, 1)(random);      // paired: the same at every scale
      done.push_back({{measured(goal, 600 * run.scale + deviation_s * luck)}, ""});
      if (runs != nullptr) ++*runs;
    }
    return done;
  };
}

// C of Erlang, by its recurrence through B.
double erlang_c(int servers, double load) {
  double blocked = 1;
  for (int i = 1; i <= servers; ++i) blocked = load * blocked / (i + load * blocked);
  return blocked / (1 - load / servers * (1 - blocked));
}

// The load in Erlang at which the mean wait is so many service times.
double erlang_capacity(int servers, double wait) {
  double low = 0, high = servers;
  for (int i = 0; i < 200; ++i) {
    double const middle = (low + high) / 2;
    (erlang_c(servers, middle) / (servers - middle) <= wait ? low : high) = middle;
  }
  return low;
}

}  // namespace

TEST_CASE("a mean over seeds is surely within its limit when the interval is, and surely beyond when that is", "[capacity_search]") {
  Goal const wait = goal("wait_mean <= 100 s"), good = goal("goodput >= 0.9");
  auto const over = [](const Goal& of, const std::vector<double>& values) {
    std::vector<GoalResult> results;
    for (double value : values) results.push_back(measured(of, value));
    return over_seeds(of, results);
  };
  // s = 10, n = 4: half width 3.1824 x 10 / 2 = 15.912
  double const d = 10 * std::sqrt(3.0) / 2;
  for (auto const& [mean, met, surely_met, surely_missed] : {std::tuple{84.0, true, true, false}, {84.2, true, false, false}, {100.0, true, false, false}, {100.1, false, false, false}, {115.8, false, false, false}, {116.0, false, false, true}}) {
    CAPTURE(mean);
    GoalOverSeeds const found = over(wait, {mean - d, mean - d, mean + d, mean + d});
    CHECK(found.mean == Approx(mean));
    CHECK(found.half_width == Approx(15.912).epsilon(1e-4));
    CHECK(found.met == met);
    CHECK(found.surely_met == surely_met);
    CHECK(found.surely_missed == surely_missed);
  }
  CHECK(over(good, {0.95, 0.96, 0.97}).surely_met);
  CHECK(over(good, {0.5, 0.51, 0.52}).surely_missed);
  CHECK_FALSE(over(good, {0.8, 0.99, 0.99}).surely_met);
  // what holds or not: with every seed, with none
  Goal const trip = goal("no_trip");
  CHECK(over(trip, {0, 0}).surely_met);
  CHECK_FALSE(over(trip, {0, 1}).met);
  CHECK_FALSE(over(trip, {0, 1}).surely_missed);
  CHECK(over(trip, {2, 1}).surely_missed);
  // one seed is what it is
  CHECK(over(wait, {99}).surely_met);
  CHECK(over(wait, {101}).surely_missed);
}

TEST_CASE("the interval holds the true scale as often as it says", "[capacity_search]") {
  int held = 0, trials = 300;
  for (int i = 0; i < trials; ++i) {
    SearchQuestion asked = question("wait_mean <= 20 min", 6);
    asked.first_seed = 1000 * i;
    SimulatedCapacity const found = simulated_capacity(asked, noisy(asked.goals[0], 120));
    REQUIRE(found.search.surely_passes);
    REQUIRE(found.search.surely_fails);
    CHECK(*found.search.surely_passes <= *found.search.passes);
    CHECK(*found.search.surely_fails >= *found.search.fails);
    held += *found.search.surely_passes <= 2 && 2 <= *found.search.surely_fails ? 1 : 0;
  }
  CHECK(held >= 0.93 * trials);      // 95 % and the width of the grid; 280.5 +- 3.7 would be exact
}

TEST_CASE("scales share their seeds, and runs are counted", "[capacity_search]") {
  SearchQuestion const asked = question("wait_mean <= 20 min", 3);
  int runs = 0;
  std::map<double, std::vector<std::int64_t>> seeds;
  auto const noise = noisy(asked.goals[0], 0, &runs);
  SimulatedCapacity const found = simulated_capacity(asked, [&](const std::vector<AskedRun>& batch) {
    for (auto const& run : batch) seeds[run.scale].push_back(run.seed);
    return noise(batch);
  });
  CHECK(found.runs == runs);
  for (auto const& [scale, used] : seeds) CHECK(used == std::vector<std::int64_t>{1, 2, 3});
  CHECK(found.seeds_change_nothing());
  CHECK(*found.search.passes <= 2);
  CHECK(*found.search.fails / *found.search.passes <= 1.02);
}

TEST_CASE("the run that tells is the one that passes alone, or that misses most", "[capacity_search]") {
  Goal const wait = goal("wait_mean <= 100 s"), trip = goal("no_trip");
  std::vector<Goal> const goals{wait, trip};
  auto const judged = [&](const std::vector<std::pair<double, double>>& values) {
    JudgedScale scale;
    for (auto const& [waits, trips] : values) scale.runs.push_back({{measured(wait, waits), measured(trip, trips)}, ""});
    for (std::size_t i = 0; i < goals.size(); ++i) {
      std::vector<GoalResult> results;
      for (auto const& run : scale.runs) results.push_back(run.goals[i]);
      scale.goals.push_back(over_seeds(goals[i], results));
    }
    scale.verdict.passes = scale.goals[0].met && scale.goals[1].met;
    return scale;
  };
  CHECK(judged({{130, 0}, {50, 0}, {60, 0}}).telling(goals) == 1);
  CHECK(judged({{130, 0}, {150, 0}, {90, 0}}).telling(goals) == 1);
  CHECK(judged({{90, 0}, {50, 1}, {60, 3}}).telling(goals) == 2);
  CHECK(judged({{90, 0}, {50, 1}, {60, 3}}).missed(goals) == "no_trip");
  CHECK(judged({{90, 0}, {50, 0}}).missed(goals).empty());
}

TEST_CASE("a site that cannot be built fails at that scale, and the answer says why", "[capacity_search]") {
  SearchQuestion const asked = question("wait_mean <= 1 h", 1, Grow::racks);
  SimulatedCapacity const found = simulated_capacity(asked, [&](const std::vector<AskedRun>& batch) {
    std::vector<DoneRun> done;
    for (auto const& run : batch) done.push_back(run.scale > 1.5 ? DoneRun{{}, "the hall has 12 positions"} : DoneRun{{measured(asked.goals[0], 60)}, ""});
    return done;
  });
  CHECK(found.search.passes == 1.5);
  CHECK(found.search.fails == 13.0 / 8);
  CHECK(found.search.resolved);
  SearchTitle const title{"s", "s", {}, "runs/s-capacity"};
  CHECK_THAT(to_text(title, found), Catch::Matchers::Contains("s: the goals are met up to 12 racks") && Catch::Matchers::Contains("13 racks: there is no such site: the hall has 12 positions"));
  CHECK(to_json(title, found)["fails"]["refused"] == "the hall has 12 positions");
}

TEST_CASE("an interrupted search says what it knows", "[capacity_search]") {
  SearchQuestion const asked = question("wait_mean <= 20 min", 2);
  auto const noise = noisy(asked.goals[0], 0);
  int batches = 0;
  std::size_t seen = 0;
  SimulatedCapacity const found = simulated_capacity(
      asked,
      [&](const std::vector<AskedRun>& batch) {
        auto done = noise(batch);
        if (++batches == 3) done.pop_back();
        return done;
      },
      [&](const SimulatedCapacity& so_far) { seen = so_far.scales.size(); });
  CHECK(found.interrupted);
  CHECK(batches == 3);
  CHECK(seen == found.scales.size());
  CHECK(found.search.tested.size() == found.scales.size());
}

TEST_CASE("what no scale meets and what all meet is said in words", "[capacity_search]") {
  SearchTitle const title{"s", "s", {}, "runs/s-capacity"};
  SearchQuestion never = question("wait_mean <= 1 min", 1);
  std::string const none = to_text(title, simulated_capacity(never, noisy(never.goals[0], 0)));
  CHECK_THAT(none, Catch::Matchers::StartsWith("s: no tested scale meets the goals; at the smallest, 0.25 times the arrivals, wait_mean <= 1 min is missed"));
  SearchQuestion always = question("wait_mean <= 100 d", 1);
  std::string const all = to_text(title, simulated_capacity(always, noisy(always.goals[0], 0)));
  CHECK_THAT(all, Catch::Matchers::StartsWith("s: the goals are met at every tested scale, up to 8 times the arrivals; more was never tested"));
}

TEST_CASE("commands survive a shell", "[capacity_search]") {
  SearchQuestion asked = question("wait_mean <= 20 min", 1);
  SimulatedCapacity const found = simulated_capacity(asked, noisy(asked.goals[0], 0));
  SearchTitle const title{"my hall.yaml", "s", {"name=it's"}, "runs/my hall-capacity"};
  CHECK(run_command(title, found, 1, "passes") == "headroom run 'my hall.yaml' --set 'name=it'\\''s' --set 'workload[0].arrivals=1' --seed 1 -o 'runs/my hall-capacity/passes'");
}

TEST_CASE("the capacity of M/M/c under a wait goal is Erlang's, within the interval", "[capacity_search]") {
  constexpr int cores = 8;
  constexpr double service_s = 600, base_load = 0.5 * cores, goal_s = 240;
  std::string const queue = "site:\n  name: queue\n  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 8, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]\n  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}\n"
                            "workload: [{generate: {jobs: 8000, arrivals: {every: " + number_text(service_s / base_load) + " s}, runtime: {kind: exponential, mean: " + number_text(service_s) +
                            " s}, sizes: [{processors: 1}]}}]\nrecord: {every: 30 d, detail: site}\nseed: 5\n";
  Scenario const scenario = read_scenario_text(scenario_text(queue), "scenario.yaml");
  SearchQuestion asked{{goal("wait_mean <= 240 s")}, Growth(scenario, Grow::arrivals), scenario.seed, 6, {}};
  asked.search.resolution = 0.05;
  asked.search.most = 12;
  SimulatedCapacity const found = simulated_capacity(asked, [&](const std::vector<AskedRun>& batch) {
    std::vector<DoneRun> done;
    for (auto const& run : batch) {
      std::string text = queue;
      std::string const arrivals = run.settings.front().substr(run.settings.front().find('=') + 1);
      text.replace(text.find("seed: 5"), 7, "seed: " + std::to_string(run.seed));
      text.replace(text.find("sizes: [{processors: 1}]}}"), 26, "sizes: [{processors: 1}]}, arrivals: " + arrivals + "}");
      done.push_back({judge(Run(text, "").reader(), asked.goals), ""});
    }
    return done;
  });
  double const erlang = erlang_capacity(cores, goal_s / service_s) / base_load;
  REQUIRE(found.search.surely_passes);
  REQUIRE(found.search.surely_fails);
  CAPTURE(erlang, *found.search.passes, *found.search.fails);
  CHECK(*found.search.surely_passes <= erlang);
  CHECK(erlang <= *found.search.surely_fails);
  CHECK(*found.search.surely_fails / *found.search.surely_passes < 1.2);      // and says something
}
