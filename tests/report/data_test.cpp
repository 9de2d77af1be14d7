#include "analysis/report/data.h"

#include <catch2/catch.hpp>

#include <set>

#include "support.h"

using namespace headroom;

namespace {

Json data_of(const SmallRun& small = {}) {
  TemporaryFolder const folder;
  write_small_run(folder.path, small);
  RunReader const run(folder.path);
  return report_data(run, summarise(run));
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
