// From a scenario file to a Model: the echo, settings, what a job asks of a site.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/shipped.h"
#include "sim/model/model.h"

using namespace headroom;

namespace {

std::string text(const std::string& rest = "") {
  return "kind: scenario\nversion: 1\nname: test\nsite: rack\nworkload: [{trace: common-1000}]\n" + rest;
}
Model model_of(const std::string& scenario) { return build_model(read_scenario_text(scenario, "scenario.yaml")); }

std::string message(const std::string& scenario) {
  try {
    model_of(scenario);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}
InputFault fault(const std::string& scenario) {
  try {
    model_of(scenario);
  } catch (const InputError& e) {
    return e.fault();
  }
  throw std::runtime_error("accepted");
}

}  // namespace

TEST_CASE("what a scenario leaves out has its documented default", "[model]") {
  Scenario const scenario = read_scenario_text(text(), "scenario.yaml");
  CHECK_FALSE(scenario.horizon.length);
  CHECK_FALSE(scenario.window.all);
  CHECK_FALSE(scenario.window.between());
  CHECK(scenario.record.every == whole_seconds(300));
  CHECK(scenario.record.detail == Detail::feeder);
  CHECK(scenario.policy.backfill == Backfill::none);
  CHECK(scenario.seed == 1);
  CHECK(scenario.engine == EngineMode::dates);
}

TEST_CASE("the echo read again is the same scenario", "[model]") {
  for (std::string const& rest : {std::string(), std::string("horizon: 3 d\nwindow: {from: 1 d, to: 2 d}\nseed: 9\nrecord: {every: 7 s, detail: server}\n"),
                                  std::string("window: all\npolicy: {backfill: easy}\nstart: 2017-10-03T00:00:00-05:00\nengine: exec\n")}) {
    CAPTURE(rest);
    Json const once = echo_scenario(read_scenario_text(text(rest), "scenario.yaml"));
    Json const twice = echo_scenario(read_scenario_text(once.dump(), "echo.json"));
    CHECK(once == twice);
    CHECK(once.at("site").contains("halls"));      // a reference and its content are the same
  }
}

TEST_CASE("every shipped scenario builds, and its echo is the same model", "[model]") {
  for (auto const& name : shipped_names("scenario")) {
    CAPTURE(name);
    Scenario const scenario = read_scenario(find_mentioned("scenario", name, {}), {});
    Model const model = build_model(scenario);
    Json const echo = echo_scenario(model.scenario);      // with the defaults of its formats
    Model const again = build_model(read_scenario_text(echo.dump(), "echo.json"));
    CHECK(model.graph.nodes.size() == again.graph.nodes.size());
    CHECK(model.total_cores == again.total_cores);
    CHECK(echo_scenario(again.scenario) == echo);
  }
}

TEST_CASE("keys of settings reach through references", "[model]") {
  auto const file = find_mentioned("scenario", "rack", {});
  Scenario const scenario = read_scenario(file, {"site.halls[room].racks[r].count=3", "workload[0].arrivals=2", "policy={backfill: none}", "window={from: 1 h, to: 2 h}"});
  CHECK(scenario.site.value.halls[0].racks[0].count == 3);
  CHECK(scenario.workload[0].arrivals == 2);
  CHECK(scenario.policy.backfill == Backfill::none);
  CHECK(scenario.window.from == whole_seconds(3600));
}

TEST_CASE("what one processor is, is the scenario's, else the format's", "[model]") {
  Job job;
  job.processors = 3;
  job.gpus = 2;
  job.memory = 6.0 * gigabyte;
  auto const demand = [&](const std::string& workload) {
    return model_of("kind: scenario\nversion: 1\nname: test\nsite: rack\nworkload: [{" + workload + "}]\n").demand_of(job);
  };
  Demand const core = demand("trace: common-1000");
  CHECK(core.cores == 3);
  CHECK(core.gpus == 2);
  CHECK(core.servers == 0);
  CHECK(core.memory_bytes == 6'000'000'000);
  CHECK_FALSE(core.several_servers);
  Demand const gpu = demand("trace: common-1000, processor: gpu");
  CHECK(gpu.gpus == 3);
  CHECK(gpu.cores == 0);
  Demand const server = demand("trace: nasa-ipsc");
  CHECK(server.servers == 3);
  CHECK(server.cores == 0);
  CHECK(server.several_servers);
}

TEST_CASE("an amount is what one processor of the trace takes of its unit", "[model]") {
  Job job;
  job.processors = 3;
  auto const demand = [&](const std::string& workload) {
    return model_of("kind: scenario\nversion: 1\nname: test\nsite: rack\nworkload: [{" + workload + "}]\n").demand_of(job);
  };
  auto const problem = [&](const std::string& workload) {
    try {
      demand(workload);
    } catch (const InputError& e) {
      return e.problems().front().what;
    }
    return std::string();
  };
  CHECK(demand("trace: common-1000, amount: 0.5").cores == Amount::of_thousandths(1500));
  CHECK(demand("trace: common-1000, processor: gpu, amount: 0.125").gpus == Amount::of_thousandths(375));
  CHECK(demand("trace: common-1000, processor: gpu, amount: 2").gpus == 6);
  CHECK(problem("trace: common-1000, processor: gpu, amount: 0.5") == "amount: job 0 asks for 3 processors of 0.5, 1.5 GPUs; above one GPU they must be whole");
  CHECK(problem("trace: common-1000, processor: server, amount: 0.5") == "amount: 0.5 of a server cannot be asked for; with processor: core or gpu it can");
  CHECK(problem("trace: common-1000, amount: 0") == "workload[0].amount: 0 must be at least 0.001 and at most 1000");
  CHECK(problem("trace: common-1000, amount: \"0.5\"") ==
        "workload[0].amount: expected a number with at most three decimals, such as 4 or 0.25, found the text '0.5'; leave out the quotes");
  job.processors = Amount::of_thousandths(5);
  CHECK(problem("trace: common-1000, amount: 0.5") == "amount: job 0 asks for 0.005 processors of 0.5; that is not a number of thousandths");
}

TEST_CASE("requests of tokens have a service, written or not, and other jobs none", "[model]") {
  auto const service = [&](const std::string& workload) {
    return model_of("kind: scenario\nversion: 1\nname: test\nsite: rack\nworkload: [{" + workload + "}]\n").scenario.workload[0].service;
  };
  REQUIRE(service("trace: azure-llm-2000"));
  CHECK(service("trace: azure-llm-2000")->decode_tokens_per_s == 21.5);
  CHECK(service("trace: azure-llm-2000, service: {decode_tokens_per_s: 14}")->decode_tokens_per_s == 14);
  CHECK(service("trace: azure-llm-2000, service: {decode_tokens_per_s: 14}")->prefill_tokens_per_s == 5500);
  CHECK_FALSE(service("trace: common-1000"));
}

TEST_CASE("a job of GPUs alone asks for GPUs, whatever a processor is", "[model]") {
  Job job;
  job.gpus = 2;
  for (const char* processor : {"server", "core", "gpu"}) {
    CAPTURE(processor);
    Demand const demand = model_of(fmt::format("kind: scenario\nversion: 1\nname: test\nsite: rack\nworkload: [{{trace: common-1000, processor: {}}}]\n", processor)).demand_of(job);
    CHECK(demand.gpus == 2);
    CHECK(demand.cores == 0);
    CHECK(demand.servers == 0);
  }
}

TEST_CASE("the site's units are counted in the workload's terms", "[model]") {
  Model const model = model_of(text());
  CHECK(model.units({{}, TraceFormat::swf, ProcessorUnit::server, true}) == 40);
  CHECK(model.units({{}, TraceFormat::swf, ProcessorUnit::core, true}) == 40 * 32);
  CHECK(model.units({{}, TraceFormat::swf, ProcessorUnit::gpu, true}) == 0);
}

TEST_CASE("what is mentioned but not there is a missing input, unless something else is wrong, too", "[model]") {
  auto const with = [](const std::string& site, const std::string& trace, const std::string& rest = "") {
    return "kind: scenario\nversion: 1\nname: test\nsite: " + site + "\nworkload: [{trace: " + trace + "}]\n" + rest;
  };
  CHECK(fault(with("./none.yaml", "common-1000")) == InputFault::missing);
  CHECK(fault(with("atlantis", "common-1000")) == InputFault::missing);
  CHECK(fault(with("rack", "atlantis")) == InputFault::missing);
  CHECK(fault(with("rack", "./none.csv")) == InputFault::missing);
  CHECK(fault(with("./none.yaml", "common-1000", "seed: -1\n")) == InputFault::bad_data);
  CHECK(fault(with("rack", "common-1000", "horizn: 1 d\n")) == InputFault::bad_data);
}

TEST_CASE("the limits of a window, from both sides", "[model]") {
  CHECK(message(text("window: {from: 1 d, to: 2 d}\nhorizon: 2 d\n")) == "accepted");
  CHECK(message(text("window: {from: 1 d, to: 172801 s}\nhorizon: 2 d\n")).find("after the horizon") != std::string::npos);
  CHECK(message(text("window: {from: 0 s, to: 1 ns}\n")) == "accepted");
  CHECK(message(text("window: {from: 1 s, to: 1 s}\n")).find("must end after it begins") != std::string::npos);
}

TEST_CASE("every problem of a scenario is told at once, by its place", "[model]") {
  CHECK(message("kind: scenario\nversion: 1\nname: test\nsite: rak\nworkload: [{trace: common-1000, arrivals: 0}]\nseed: -1\n") ==
        "scenario.yaml:4:7: error: no site called 'rak' ships with the program, did you mean 'rack'? (a path needs a '/' or an ending)\n"
        "scenario.yaml:5:43: error: workload[0].arrivals: 0 must be above zero\n"
        "scenario.yaml:6:7: error: seed: -1 must not be negative");
}

TEST_CASE("a schema has every key that the reader knows, and no other", "[model]") {
  Json const schema = schema_of_scenario();
  Json const echo = echo_scenario(read_scenario_text(text(), "scenario.yaml"));
  for (auto const& [key, value] : echo.items()) CHECK(schema.at("properties").contains(key));
  CHECK(schema.at("additionalProperties") == false);
  CHECK(schema.at("required").size() == 5);      // name, site, workload, kind, version
}

TEST_CASE("placement policies know of each server its rack, what feeds it and what it draws", "[model]") {
  Model const model = model_of(R"(kind: scenario
version: 1
name: test
horizon: 1 h
workload: []
site:
  name: two-feeds
  halls:
    - name: h
      racks:
        - name: r
          count: 2
          servers: [{type: {cores: 4, gpus: 2, memory: 16 GB, power: {components: {cpus: {count: 1, idle: 20 W, full: 100 W}, gpus: {count: 2, idle: 30 W, full: 300 W}, other: 20 W}}}, count: 2}]
  power: {scheme: 2N, utility: [{name: a, voltage: 400 V}, {name: b, voltage: 400 V}], pdu: {type: pdu-floor-75kva, racks: 1}}
)");
  REQUIRE(model.traits.size() == 4);
  CHECK(model.traits[0].rack == model.traits[1].rack);
  CHECK(model.traits[0].rack != model.traits[2].rack);
  CHECK(model.traits[0].feeds.size() == 2);
  CHECK(model.traits[0].feeds == model.traits[1].feeds);
  for (std::int32_t feed : model.traits[2].feeds) CHECK(std::ranges::count(model.traits[0].feeds, feed) == 0);
  CHECK(model.traits[0].idle_watts == 100);
  CHECK(model.traits[0].watts_per_core == 20);
  CHECK(model.traits[0].watts_per_gpu == 270);
}

TEST_CASE("a job of more than one GPU has whole ones", "[model]") {
  Model const model = model_of("kind: scenario\nversion: 1\nname: test\nsite: rack\nworkload: [{trace: common-1000, processor: gpu}]\n");
  Job job;
  job.processors = Amount::of_thousandths(1500);
  CHECK(model.demand_of(job).gpus == 2);
  job.processors = Amount::of_thousandths(500);
  CHECK(model.demand_of(job).gpus == Amount::of_thousandths(500));
}
