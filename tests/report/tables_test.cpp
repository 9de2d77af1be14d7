#include "analysis/report/tables.h"

#include <catch2/catch.hpp>

#include <sstream>

#include "base/errors.h"
#include "base/text_file.h"
#include "support.h"

using namespace headroom;

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::istringstream in(read_text(file, 1u << 20));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("the tables of a run", "[report]") {
  TemporaryFolder const folder;
  write_small_run(folder.path(), {.element = "ups, \"a\""});
  auto const tables = folder.path() / "new" / "tables";
  write_csv_tables(RunReader(folder.path()), tables);

  auto const jobs = lines_of(tables / "jobs.csv");
  REQUIRE(jobs.size() == 4);
  CHECK(jobs[0] == "workload,id,state,submit_s,start_s,end_s,wait_s,runtime_s,estimate_s,servers,cores,gpus,utilisation,placement,cause,interruptions,gpu_utilisation,unserved_core_s,unserved_gpu_s");
  CHECK(jobs[1] == "0,1,completed,10,10,100,0,90,90,1,3,0,1,0:3,,0,1,0,0");
  CHECK(jobs[2] == "0,2,completed,10.5,130.5,200,120,90,90,1,3,0,1,0:3,,0,1,0,0");
  CHECK(jobs[3] == "0,3,rejected,10.5,,,,90,90,1,99,0,1,0:3,,0,1,0,0");

  auto const power = lines_of(tables / "power.csv");
  REQUIRE(power.size() == 1 + 5 * 4);      // facility, it, utility, ups, pdu
  CHECK(power[0] == "node,name,from_s,to_s,energy_kwh,power_mean_w,power_min_w,power_max_w");
  CHECK(power[1] == "-2,facility,0,600,0.3333333333333333,2000,2000,2000");
  CHECK(power[2] == "-2,facility,600,900,0.16666666666666666,2000,2000,8000");

  auto const nodes = lines_of(tables / "nodes.csv");
  REQUIRE(nodes.size() == 1 + 2 + 5);
  auto const commas = [](const std::string& line) { return std::count(line.begin(), line.end(), ','); };
  CHECK(nodes[0].starts_with("id,name,kind,type,part,count,hall,rack,server,rated_w,"));
  CHECK(nodes[1].starts_with("-2,facility,meter,"));
  CHECK(nodes[4].starts_with("1,\"ups, \"\"a\"\"\",ups,"));
  for (auto const& line : nodes) CHECK(commas(line) == commas(nodes[0]) + (line == nodes[4] ? 1 : 0));

  for (auto const& entry : std::filesystem::directory_iterator(tables)) CHECK(entry.path().extension() == ".csv");      // nothing half written
}

TEST_CASE("the tables of changes and interruptions", "[report]") {
  TemporaryFolder const folder;
  write_faulty_run(folder.path());
  write_csv_tables(RunReader(folder.path()), folder.path() / "tables");
  auto const changes = lines_of(folder.path() / "tables/changes.csv");
  REQUIRE(changes.size() > 30);
  CHECK(changes[0] == "id,time_s,element,from,to,cause,reason");
  CHECK(changes[1] == "1,600,utility-a,live,failed,,event");
  CHECK(changes[4] == "4,612.5,generator-a,starting,running,3,");
  auto const interruptions = lines_of(folder.path() / "tables/interruptions.csv");
  REQUIRE(interruptions.size() == 6);
  CHECK(interruptions[0] == "workload,id,start_s,end_s,cores,gpus,lost_s,cause,placement");
  CHECK(interruptions[1].starts_with("0,1,100,3931.21,4,0,3831.21,"));
}

TEST_CASE("a folder that cannot be made is named", "[report]") {
  TemporaryFolder const folder;
  write_small_run(folder.path());
  CHECK_THROWS_WITH(write_csv_tables(RunReader(folder.path()), folder.path() / "run.sqlite" / "tables"), Catch::Contains("cannot make this folder"));
}
