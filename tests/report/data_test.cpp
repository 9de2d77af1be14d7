#include "analysis/report/data.h"

#include <catch2/catch.hpp>

#include <set>

#include "support.h"

using namespace headroom;

namespace {

Json data_of(const SmallRun& small = {}) {
  TemporaryFolder const folder;
  write_small_run(folder.path(), small);
  RunReader const run(folder.path());
  return report_data(run, summarise(run));
}

Json data_of_faulty_run() {
  TemporaryFolder const folder;
  write_faulty_run(folder.path());
  RunReader const run(folder.path());
  return report_data(run, summarise(run));
}

std::string text_of(const Json& chain) {
  std::string out;
  for (auto const& step : chain) out += step.at("element").get<std::string>() + " " + step.at("to").get<std::string>() + " > ";
  return out;
}

const Json& named(const Json& list, const std::string& name) {
  for (auto const& each : list)
    if (each.at("name") == name) return each;
  throw std::runtime_error("nothing has the name " + name);
}

bool ascending(const Json& times) { return std::is_sorted(times.begin(), times.end()); }

}  // namespace

TEST_CASE("the data has what the page requires", "[report]") {
  Json const data = data_of();
  CHECK(data["version"] == 1);
  for (auto const* key : {"title", "scenario", "start"}) CHECK(data.at(key).is_string());
  CHECK(data["start"] == "2020-01-01T00:00:00+01:00");
  CHECK(data["facts"][2] == "3 jobs of jobs.csv");
  for (auto const& number : data.at("headline")) {
    CHECK(number.at("label").is_string());
    CHECK(number.at("value").is_string());
  }
  CHECK(data["headline"].size() == 6);
  for (auto const& table : data.at("summary"))
    for (auto const& row : table.at("rows")) CHECK((row.at("label").is_string() && row.at("value").is_string()));
  for (auto const& input : data.at("inputs")) CHECK(input.at("sha256").get<std::string>().size() == 64);
}

TEST_CASE("power over time: one grid, peaks kept", "[report]") {
  Json const power = data_of().at("power");
  Json const& times = power.at("times_s");
  CHECK(times.size() == 12);
  CHECK(ascending(times));
  CHECK(power.at("end_s") == 3600);
  std::set<std::string> names;
  for (auto const& line : power.at("series")) {
    CHECK(names.insert(line.at("name")).second);
    for (auto const* key : {"mean_kw", "min_kw", "max_kw"}) CHECK(line.at(key).size() == times.size());
    CHECK(line["mean_kw"] == Json::parse("[2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1]"));
    CHECK(line["max_kw"][2] == 8);
    CHECK(line.contains("limit_kw") == (line["kind"] == "utility"));
  }
  CHECK(names == std::set<std::string>{"Facility", "IT", "utility", "ups-a", "pdu-1"});
}

TEST_CASE("at most eight lines of a kind, and the note says so", "[report]") {
  Json const power = data_of({.pdus = 11}).at("power");
  auto const& series = power.at("series");
  CHECK(std::count_if(series.begin(), series.end(), [](const Json& line) { return line["kind"] == "pdu"; }) == 8);
  CHECK(power.at("note").get<std::string>().find("8 of 11 PDUs") != std::string::npos);
}

TEST_CASE("the energy flow names its nodes once and has no cycle", "[report]") {
  Json const energy = data_of().at("energy");
  std::set<std::string> names;
  for (auto const& node : energy.at("nodes")) CHECK(names.insert(node.at("name")).second);
  CHECK(names == std::set<std::string>{"Utilities", "UPS", "PDUs", "IT"});      // the rack only passes it on
  for (auto const& link : energy.at("links")) {
    CHECK((names.contains(link.at("from")) && names.contains(link.at("to"))));
    CHECK(link.at("kwh") == 1.5);
  }
}

TEST_CASE("feeds say how full they are in the unit that binds", "[report]") {
  Json const data = data_of();
  Json const& feeds = data.at("feeds").at("nodes");
  REQUIRE(feeds.size() == 3);      // the rack has no limit
  CHECK(feeds[0]["name"] == "utility");
  CHECK(feeds[0]["used_share"] == 0.8);
  CHECK(feeds[0]["headroom_kw"] == 2);
  CHECK(feeds[1]["name"] == "ups-a");
  CHECK(feeds[1]["used_share"] == 2);
  CHECK(feeds[1]["headroom_kva"] == -4);
  CHECK(feeds[1]["smallest_limit"] == "kVA");
  CHECK(feeds[2]["unit"] == "A");
  CHECK(feeds[2]["carried"] == 11.547);      // 8 kVA / (sqrt(3) x 400 V)
  CHECK(data["headline"][3]["label"] == "Smallest headroom");
  CHECK(data["headline"][3]["value"] == "-100");
  CHECK(data["headline"][3]["warn"] == true);
}

TEST_CASE("queue and waits come from the jobs", "[report]") {
  Json const data = data_of();
  CHECK(data.at("jobs").at("waiting").at("max").size() == data["jobs"].at("times_s").size());
  auto const& busy = data["jobs"].at("busy_share").at("max");
  CHECK(*std::max_element(busy.begin(), busy.end()) == 0.75);
  Json const& waits = data.at("waits");
  CHECK(waits["bins"][0] == Json({{"label", "none"}, {"jobs", 1}}));
  CHECK(waits["bins"][2] == Json({{"label", "1-10 min"}, {"jobs", 1}}));
  CHECK(waits["quantiles"].back() == Json({{"share", 1.0}, {"wait_s", 120}}));
  CHECK(data.at("caveats")[0].get<std::string>().starts_with("1 of 3 jobs were rejected"));
}

TEST_CASE("the use of GPUs stands beside the queue where the site has any", "[report]") {
  CHECK_FALSE(data_of().at("jobs").contains("gpus_allocated"));
  TemporaryFolder const folder;
  write_small_run(folder.path());
  RunReader const run(folder.path());
  Summary summary = summarise(run);
  summary.gpu_use = GpuUse{.times_s = {0, 1800}, .allocated = {0.75, 0.25}, .fragmented = {0.125, 0.5}};
  Json const jobs = report_data(run, summary).at("jobs");
  CHECK(jobs["gpus_allocated"]["mean"].size() == jobs["times_s"].size());
  CHECK(jobs["gpus_allocated"]["max"][0] == 0.75);
  CHECK(jobs["gpus_fragmented"]["mean"].back() == 0.5);
}

TEST_CASE("a run without jobs leaves sections out", "[report]") {
  Json const data = data_of({.jobs = false});
  for (auto const* key : {"jobs", "waits", "events"}) CHECK_FALSE(data.contains(key));
  for (auto const* key : {"power", "energy", "feeds", "notes"}) CHECK(data.contains(key));
  for (auto const& number : data["headline"]) CHECK((number["label"] != "Mean wait" && number["label"] != "Utilisation"));
}

TEST_CASE("an unfinished run shows what was recorded, and says so", "[report]") {
  Json const data = data_of({.finished = false});
  CHECK(data.at("caveats")[0].get<std::string>().starts_with("This run was not finished"));
  CHECK(data.at("power").at("end_s") == 3600);
}

TEST_CASE("no folder of the machine stands in the data", "[report]") {
  std::string const text = data_of().dump();
  CHECK(text.find("somebody") == std::string::npos);
  CHECK(text.find("trace jobs.csv") != std::string::npos);
}

TEST_CASE("what happened: each outage from its fault to the racks, and what it did to jobs", "[report]") {
  Json const outages = data_of_faulty_run().at("outages");
  REQUIRE(outages.at("rows").size() == 2);
  Json const &first = outages["rows"][0], &second = outages["rows"][1];
  CHECK(first["title"] == "Rack h1/storage-1 dark to the end of the run, 54.5\u00a0min");
  CHECK(first["from_s"] == 3931.2);
  CHECK_FALSE(first.contains("to_s"));
  CHECK(text_of(first["chain"]) == "utility-b failed > ups-b on battery > ups-b battery empty > pdu-b-2 dark > h1/storage-1 dark > ");
  CHECK(first["chain"][0]["reason"] == "random failure");
  CHECK(first["effect"].get<std::string>().starts_with("1 job lost its servers and 4.26 core-hours"));
  CHECK_FALSE(first.contains("earlier"));

  CHECK(second["title"] == "4 racks dark for up to 20.0\u00a0min");
  CHECK(second["to_s"] == 5400);
  CHECK(second["racks"] == "h1/compute-1, h1/compute-2, h1/compute-3, h1/compute-4");
  CHECK(text_of(second["chain"]) == "pdu-a-1 circuit from ups-a tripped > pdu-a-1 dark > h1/compute-1:a dark > ");
  CHECK(text_of(second["earlier"]).ends_with("ups-b battery empty > pdu-b-1 dark > h1/compute-1:b dark > "));
  CHECK(second["effect"].get<std::string>().starts_with("4 jobs lost their servers"));
}

TEST_CASE("faults that darkened no rack are told in a line each", "[report]") {
  Json const survived = data_of_faulty_run().at("outages").at("survived");
  REQUIRE(survived.size() == 2);
  CHECK(survived[0]["element"] == "utility-a");
  CHECK(survived[0]["followed"] == "ups-a on battery, generator-a starting, generator-a running, ats-a on generator-a and 1 more change");
  CHECK(survived[0]["effect"] == "no rack went dark by it alone, no job lost its servers");
  CHECK(survived[1]["element"] == "pdu-a-2");
  CHECK_FALSE(survived[1].contains("followed"));
}

TEST_CASE("of many outages the worst are told, and how many more there were", "[report]") {
  TemporaryFolder const folder;
  {
    FaultyRun run(folder.path());
    for (int i = 0; i < 60; ++i) {
      auto const fault = run.change(6100 + i, "pdu-b-2", "live", i % 2 == 0 ? "failed" : "live");
      run.change(6100 + i, "h1/storage-1", "live", i % 2 == 0 ? "dark" : "live", fault);
      run.change(6100 + i, "utility-b", "failed", i % 2 == 0 ? "maintenance" : "live");
    }
    run.finish();
  }
  RunReader const reader(folder.path());
  Json const outages = report_data(reader, summarise(reader)).at("outages");
  CHECK(outages.at("rows").size() == 20);
  CHECK(outages.at("more").get<std::string>().starts_with("and 11 more outages of racks that were dark for 11.0"));      // 2 + 29, of a second each
  CHECK(outages.at("survived").size() == 20);
  CHECK(outages.at("survived_more") == "and 13 more faults that darkened no rack");      // the first found its rack dark
}

TEST_CASE("the diagram has a box for each element and one for racks below the same feeds", "[report]") {
  Json const diagram = data_of_faulty_run().at("diagram");
  Json const& boxes = diagram.at("boxes");
  CHECK(boxes.size() == 2 * 6 + 3 + 1);      // two sides; racks of both PDUs 1, of both PDUs 2, of b-2 alone; cooling
  CHECK(named(boxes, "utility-a")["layer"] == 0);
  CHECK(named(boxes, "generator-b")["layer"] == 0);
  CHECK(named(boxes, "ats-a")["layer"] == 1);
  CHECK(named(boxes, "ats-a")["preferred"] == "utility-a");
  CHECK(named(boxes, "cooling")["layer"] == 2);
  CHECK(named(boxes, "4 racks")["layer"] == 4);
  CHECK(named(boxes, "4 racks")["members"][0] == Json::parse(R"({"name": "h1/compute-1", "nodes": ["h1/compute-1:a", "h1/compute-1:b"]})"));
  CHECK(named(boxes, "ups-a")["peak"] == "peak 60\u00a0%");
  CHECK(named(boxes, "ups-a")["limit"] == "15\u00a0kVA");
  for (auto const& box : boxes) CHECK((box["place"] > 0 && box["place"] < 1));

  Json const& lines = diagram.at("lines");
  for (auto const& line : lines) CHECK(boxes[line["from"].get<std::size_t>()]["layer"] < boxes[line["to"].get<std::size_t>()]["layer"]);
  Json const& events = diagram.at("events");
  CHECK(events.size() == 39);
  auto const trip = std::find_if(events.begin(), events.end(), [](const Json& event) { return event["to"] == "tripped"; });
  REQUIRE(trip != events.end());
  Json const& line = lines[trip->at("line").get<std::size_t>()];
  CHECK(boxes[line["from"].get<std::size_t>()]["name"] == "ups-a");
  CHECK(boxes[line["to"].get<std::size_t>()]["name"] == "pdu-a-1");
  CHECK((*trip)["cause"] == "overload 1.33");
  CHECK(events[1]["cause"] == "utility-a failed");
}

TEST_CASE("without changes the diagram shows peaks, and nothing happened", "[report]") {
  Json const data = data_of();
  CHECK_FALSE(data.contains("outages"));
  CHECK_FALSE(data.at("diagram").contains("events"));
  CHECK(named(data["diagram"]["boxes"], "ups-a")["over"] == true);
  CHECK(named(data["diagram"]["boxes"], "h/r-1")["peak"] == "peak 8.00\u00a0kW");
}

TEST_CASE("batteries are two ends of the energy flow", "[report]") {
  Json const energy = data_of_faulty_run().at("energy");
  CHECK(named(energy.at("nodes"), "Batteries, net charge")["kind"] == "battery");
  CHECK(named(energy.at("nodes"), "Generators")["kind"] == "generator");
  CHECK(named(energy.at("nodes"), "Transfer switches")["kind"] == "transfer-switch");
}

TEST_CASE("faults are marked in the charts and have a table of their own", "[report]") {
  Json const data = data_of_faulty_run();
  int marks = 0;
  for (auto const& row : data.at("events").at("rows")) marks += row.contains("mark");
  CHECK(marks == 4);
  CHECK(data["events"]["rows"][1]["cause"] == "utility-a failed");
  bool told = false;
  for (auto const& table : data.at("summary")) told |= table.at("title") == "Reliability";
  CHECK(told);
}
