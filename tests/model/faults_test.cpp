// From what a scenario says of faults to outages and processes of a site.
#include "sim/model/faults.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>

#include "sim/model/model.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

using namespace headroom;

namespace {

// Two sides; a hall of two racks with two cords and four servers each; three UPS modules a side.
const std::string site = R"(site:
  name: small
  halls:
    - name: h1
      racks:
        - name: r
          count: 2
          servers: [{type: {name: box, cores: 8, memory: 64 GB, supplies: 2, power: {linear: {idle: 100 W, full: 200 W}}}, count: 4}]
  power:
    scheme: 2N
    utility: [{name: utility-a, voltage: 400 V}, {name: utility-b, voltage: 400 V}]
    switchboard: {}
    ups: {type: ups-modern-100kw, count: 3}
)";

Scenario scenario_of(const std::string& rest) {
  return read_scenario_text("kind: scenario\nversion: 1\nname: test\nworkload: [{trace: common-1000}]\n" + site + rest, "scenario.yaml");
}
Model faults_model_of(const std::string& rest) { return build_model(scenario_of(rest)); }

std::string problem_of(const std::string& rest) {
  try {
    faults_model_of(rest);
  } catch (const InputError& e) {
    return e.problems().front().what;
  }
  return "accepted";
}

std::vector<std::string> names_of(const Model& model, const std::vector<NodeId>& nodes) {
  std::vector<std::string> out;
  for (NodeId node : nodes) out.push_back(model.graph.nodes[static_cast<std::size_t>(node)].name);
  std::sort(out.begin(), out.end());
  return out;
}
using Names = std::vector<std::string>;

struct FailureTable : TemporaryFile {
  explicit FailureTable(const std::string& rows) : TemporaryFile(".csv", "failure_interval,failure_duration,failure_intensity\n" + rows) {}
};

}  // namespace

TEST_CASE("a scenario without faults has none", "[model]") {
  Model const model = faults_model_of("");
  CHECK(model.faults.outages.empty());
  CHECK(model.faults.processes.empty());
  CHECK(model.scenario.policy.on_failure == OnFailure::requeue);
  CHECK(model.scenario.policy.attempts == 0);
  CHECK_FALSE(model.scenario.policy.checkpoint);
  CHECK(model.scenario.failed_server_power == FailedServerPower::none);
}

TEST_CASE("events become outages, by time and then as written", "[model]") {
  Model const model = faults_model_of(R"(events:
  - {at: 2 h, fail: ups-a, for: 20 min}
  - {at: 1 h, maintain: [ups-b, switchboard-b], until: 3 h}
  - {at: 2 h, fail: ups-b, units: 2}
)");
  auto const& outages = model.faults.outages;
  REQUIRE(outages.size() == 3);
  CHECK(outages[0].at == Instant{} + whole_seconds(3600));
  CHECK(outages[0].length == whole_seconds(7200));
  CHECK(outages[0].planned);
  CHECK(outages[0].name == "ups-b, switchboard-b");
  CHECK(names_of(model, outages[0].nodes) == Names{"switchboard-b", "ups-b"});
  CHECK(outages[0].units == 0);
  CHECK(outages[1].name == "ups-a");
  CHECK_FALSE(outages[1].planned);
  CHECK(outages[1].length == whole_seconds(1200));
  CHECK(outages[2].name == "ups-b");
  CHECK(outages[2].units == 2);
  CHECK_FALSE(outages[2].length);
}

TEST_CASE("racks, halls and common causes are names of what fails together", "[model]") {
  Model const model = faults_model_of(R"(events:
  - {at: 1 h, fail: h1/r-2}
  - {at: 2 h, fail: h1}
  - {at: 3 h, fail: "h1/r-1:a"}
  - {at: 4 h, fail: h1/r-1/3}
  - {at: 5 h, fail: [h1/r-1, "h1/r-1:a"]}
)");
  auto const nodes = [&](std::size_t i) { return names_of(model, model.faults.outages[i].nodes); };
  CHECK(nodes(0) == Names{"h1/r-2:a", "h1/r-2:b"});
  CHECK(std::ranges::includes(nodes(1), Names{"h1/r-1:a", "h1/r-1:b", "h1/r-2:a", "h1/r-2:b"}));
  CHECK(nodes(2) == Names{"h1/r-1:a"});
  CHECK(nodes(3) == Names{"h1/r-1/3"});
  CHECK(nodes(4) == Names{"h1/r-1:a", "h1/r-1:b"});      // each once
}

TEST_CASE("a switchboard with a tie fails as one", "[model]") {
  Scenario scenario = scenario_of("events: [{at: 1 h, fail: switchboard-a}]\nfailures: [{class: switchboard, mtbf: 1000 h, mttr: 4 h}]\n");
  scenario.site.value.power.tie = true;
  Model const model = build_model(std::move(scenario));
  CHECK(names_of(model, model.faults.outages.at(0).nodes) == Names{"switchboard-a", "switchboard-a:main"});
  REQUIRE(model.faults.processes.size() == 2);
  for (auto const& process : model.faults.processes) CHECK(process.nodes.size() == 2);
}

TEST_CASE("units of an element, from both sides", "[model]") {
  CHECK(problem_of("events: [{at: 1 h, fail: ups-a, units: 3}]\n") == "accepted");
  CHECK(problem_of("events: [{at: 1 h, fail: ups-a, units: 4}]\n") == "events[0].units: 4 is more than the 3 of 'ups-a'");
  CHECK(problem_of("events: [{at: 1 h, fail: ups-a, units: 1}]\n") == "accepted");
  CHECK(problem_of("events: [{at: 1 h, fail: h1, units: 1}]\n") == "events[0].units: 'h1' is several elements that fail together; units are of one element");
}

TEST_CASE("the end of an event, from both sides of its start", "[model]") {
  CHECK(problem_of("events: [{at: 1 h, fail: ups-a, until: 3601 s}]\n") == "accepted");
  CHECK(problem_of("events: [{at: 1 h, fail: ups-a, until: 3600 s}]\n") == "events[0]: begins and ends at 1 h; it must end after it begins");
  CHECK(problem_of("events: [{at: 1 h, fail: ups-a, until: 3599 s}]\n") == "events[0]: begins at 1 h and ends at 3599 s: it ends before it starts");
}

TEST_CASE("every element of a class has a process of its own", "[model]") {
  Model const model = faults_model_of("failures: [{class: ups, mtbf: 1000 h, mttr: 4 h}, {element: h1/r-1, mtbf: 9 d, mttr: 1 h}, {class: server, mtbf: 1 d, mttr: 1 s}]\n");
  auto const& processes = model.faults.processes;
  REQUIRE(processes.size() == 2 + 1 + 8);
  std::set<std::string> names;
  for (auto const& process : processes) names.insert(process.name);
  CHECK(names.size() == processes.size());
  CHECK(names.contains("ups-a"));
  CHECK(names.contains("h1/r-2/4"));
  CHECK(processes[0].mtbf == 1000.0 * hour);
  CHECK(processes[0].mttr == whole_seconds(4 * 3600));
  CHECK(names_of(model, processes[2].nodes) == Names{"h1/r-1:a", "h1/r-1:b"});
  CHECK(processes[2].name == "h1/r-1");
}

TEST_CASE("a row of a failure trace counts from the end of the one before, and fails its share of the servers", "[model]") {
  FailureTable const table("0,1000,1\n5000,2000,0.5\n0,1500,0.0624\n1,1,0.0626\n");
  Model const model = faults_model_of("failures: [{trace: " + table.path().string() + "}]\n");
  auto const& outages = model.faults.outages;
  REQUIRE(outages.size() == 3);                          // 0.0624 x 8 servers is none of them
  CHECK(outages[0].at == Instant{});
  CHECK(outages[0].length == whole_seconds(1));
  CHECK(outages[0].nodes.size() == 8);
  CHECK(outages[1].at == Instant{} + whole_seconds(6));
  CHECK(outages[1].nodes.size() == 4);
  CHECK(std::set(outages[1].nodes.begin(), outages[1].nodes.end()).size() == 4);
  CHECK(outages[2].at.ns == 9'501'000'000);
  CHECK(outages[2].length == Duration{1'000'000});
  CHECK(outages[2].nodes.size() == 1);
  for (NodeId node : outages[1].nodes) CHECK(model.graph.nodes[static_cast<std::size_t>(node)].kind == NodeKind::server);
  CHECK(outages[1].units == 0);
  CHECK_FALSE(outages[1].planned);
}

TEST_CASE("which servers a failure trace takes depends on the seed, and all are as likely", "[model]") {
  std::string rows;
  for (int i = 0; i < 4000; ++i) rows += "1000,1000,0.25\n";
  FailureTable const table(rows);
  auto const faults = [&](const std::string& seed) { return faults_model_of("seed: " + seed + "\nfailures: [{trace: " + table.path().string() + "}]\n").faults; };
  Faults const first = faults("1"), again = faults("1"), other = faults("2");
  REQUIRE(first.outages.size() == 4000);
  std::map<std::int32_t, int> count;
  int same = 0;
  for (std::size_t i = 0; i < first.outages.size(); ++i) {
    CHECK(first.outages[i].nodes == again.outages[i].nodes);
    same += first.outages[i].nodes == other.outages[i].nodes ? 1 : 0;
    for (NodeId node : first.outages[i].nodes) ++count[node.index];
  }
  CHECK(same < 250);                                     // 28 pairs of servers: 4000 / 28 = 143 are the same by chance
  CHECK(count.size() == 8);
  for (auto const& [node, times] : count) CHECK(times == Approx(1000).margin(130));     // deviation sqrt(4000 x 0.25 x 0.75) = 27
}

TEST_CASE("one event may stand without its list of names, and the echo reads back", "[model]") {
  std::string const rest = "events: [{at: 1 h, fail: ups-a, for: 20 min}, {at: 2 h, maintain: [ups-a, ups-b], units: 1, until: 3 h}]\n"
                           "failures: [{class: ups, mtbf: 1000 h, mttr: 4 h}, {element: h1, mtbf: 1 d, mttr: 1 h}]\n"
                           "policy: {on_failure: kill, attempts: 3, checkpoint: {every: 60 s, cost: 1 s}}\nfailed_server_power: idle\n";
  Scenario const scenario = scenario_of(rest);
  CHECK(scenario.policy.on_failure == OnFailure::kill);
  CHECK(scenario.policy.attempts == 3);
  CHECK(scenario.policy.checkpoint->every == whole_seconds(60));
  CHECK(scenario.failed_server_power == FailedServerPower::idle);
  Json const once = echo_scenario(scenario);
  CHECK(once.at("events").at(0).at("fail") == Json::array({"ups-a"}));
  CHECK(once.at("events").at(0).at("for") == "20 min");
  CHECK(echo_scenario(read_scenario_text(once.dump(), "echo.json")) == once);
  CHECK(build_model(read_scenario_text(once.dump(), "echo.json")).faults.outages.size() == 2);
}

TEST_CASE("the echo of a failure trace reads back", "[model]") {
  FailureTable const table("0,1000,1\n");
  Json const once = echo_scenario(scenario_of("failures: [{trace: " + table.path().string() + "}]\n"));
  CHECK(build_model(read_scenario_text(once.dump(), "echo.json")).faults.outages.size() == 1);
}

TEST_CASE("the limits of a failure trace, from both sides", "[model]") {
  auto const rows = [](const std::string& text) {
    FailureTable const table(text);
    return message_of([&] { read_failure_trace(table.path().string()); });
  };
  CHECK(rows("0,1000,0\n0,0,1\n") == "no error\n");
  CHECK(rows("3162240000000,0,1\n") == "no error\n");
  CHECK(rows("3162239999999,1,1\n") == "no error\n");
  CHECK(rows("3162240000000,1,1\n").find("failure_duration: this failure ends after 100 years") != std::string::npos);
  CHECK(rows("0,1000,1.0001\n").find("failure_intensity: 1.0001 is too large, at most 1 would do") != std::string::npos);
  CHECK(rows("0,1000,-0.1\n").find("failure_intensity: -0.1 is negative") != std::string::npos);
}

// All of the folder's are tried through the program by tests/cli; these are its faults.
TEST_CASE("every broken event, failure and checkpoint is named for what it is, at its place", "[model]") {
  WorkingFolder const root(HEADROOM_SOURCE_DIR);
  int messages = 0;
  for (auto const& entry : std::filesystem::directory_iterator("tests/bad_inputs/scenarios")) {
    std::string const name = entry.path().filename().string();
    if (entry.path().extension() != ".yaml" || (!name.starts_with("event") && !name.starts_with("failure") && !name.starts_with("checkpoint"))) continue;
    CAPTURE(name);
    std::string const expected = content_of(std::filesystem::path(entry.path()).replace_extension(".expected"));
    CHECK(message_of([&] { build_model(read_scenario(entry.path(), {})); }) + "the file has problems\n" == expected);
    ++messages;
  }
  CHECK(messages >= 35);
}

TEST_CASE("published failure traces are as long as their publisher says", "[model]") {
  const char* data = std::getenv("HEADROOM_DATA");
  for (auto const& [name, count, hours] : {std::tuple("failures_Facebook_user_reported.csv.gz", 4069, 10104000.0 / 3600), std::tuple("failures_Netflix_user_reported.csv.gz", 3388, 13556400.0 / 3600)}) {
    std::filesystem::path const file = std::filesystem::path(data == nullptr ? "" : data) / "opendc-surf" / name;
    if (data == nullptr || !std::filesystem::exists(file)) {
      std::cout << "skipped: set HEADROOM_DATA to a folder with opendc-surf/" << name << "\n";
      continue;
    }
    auto const rows = read_failure_trace(file);
    CHECK(std::ssize(rows) == count);
    double sum = 0;
    for (auto const& row : rows) sum += row.length.seconds() / 3600;
    CHECK(sum == Approx(hours));
  }
}
