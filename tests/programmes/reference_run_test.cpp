#include "analysis/programmes/reference_run.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <sstream>

#include "tests/programmes/small_programme.h"

using namespace headroom;

namespace {

WorkStream on_gpus(const std::string& job_class, double gpus) {
  WorkStream out;
  out.job_class = job_class;
  out.gpus = gpus;
  out.factors.fill(1);
  return out;
}

Served all_served() {
  Served out;
  out.cores.fill(1);
  out.gpus.fill(1);
  return out;
}

// GPUs of the first hour, by class.
std::map<std::string, double> gpus_of_first_hour(const std::string& jobs) {
  std::map<std::string, double> out;
  std::istringstream lines(jobs);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string submit, runtime, cores, gpus, utilisation, job_class;
    for (auto* cell : {&submit, &runtime, &cores, &gpus, &utilisation, &job_class}) std::getline(cells, *cell, ',');
    if (submit == "0") out[job_class] += std::stod(gpus);
  }
  return out;
}

}  // namespace

TEST_CASE("GPUs are given out whole and their sum holds", "[programmes]") {
  ProgrammeSpec const p = small_programme();
  ReferenceSite site;
  site.kind = &p.sites[1];
  KindDemand demand;
  for (auto const& [name, gpus] : {std::pair{"a", 1.5}, std::pair{"b", 1.5}, std::pair{"c", 1.5}, std::pair{"d", 2.5}}) demand.streams.push_back(on_gpus(name, gpus));
  auto const held = gpus_of_first_hour(reference_run(site, 1, 2020, RunSpan::week, demand, all_served(), 1).jobs);
  double sum = 0;
  for (auto const& [name, gpus] : held) {
    CHECK(gpus == std::floor(gpus));
    sum += gpus;
  }
  CHECK(sum == 7);
  auto const half = gpus_of_first_hour(reference_run(site, 1, 2020, RunSpan::week, demand, all_served(), 2).jobs);
  double of_half = 0;
  for (auto const& [name, gpus] : half) of_half += gpus;
  CHECK(of_half == Approx(3.5));
  CHECK(half.at("d-rest") == Approx(0.5));
}

TEST_CASE("the same work gives the same inputs, other work others", "[programmes]") {
  ProgrammeSpec const p = small_programme();
  ReferenceSite site;
  site.kind = &p.sites[0];
  site.layout = "edge";
  KindDemand const edge = demand_of(p, p.sites[0], 2020, {}), later = demand_of(p, p.sites[0], 2021, {});
  auto const inputs = [&](const KindDemand& demand, double sites) { return reference_run(site, 0, 2020, RunSpan::week, demand, all_served(), sites).inputs; };
  CHECK(inputs(edge, 2) == inputs(edge, 2));
  CHECK(inputs(edge, 2) != inputs(edge, 3));
  CHECK(inputs(edge, 2) == inputs(later, 4));          // twice the cameras on twice the sites
}
