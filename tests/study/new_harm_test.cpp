// What a changed site suffers that it did not: here a UPS of each side that cannot carry both.
#include "analysis/study/new_harm.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "topologies/read_site.h"

using namespace headroom;

namespace {

PowerGraph hall_with_ups_of(double kw) {
  return build_power_graph(read_site_text(fmt::format("kind: site\nversion: 1\nname: s\nhalls: [{{name: h, racks: [{{name: r, count: 10, servers: [{{type: {{cores: 4, memory: 16 GB, supplies: 2, "
                                                      "power: {{linear: {{idle: 1 kW, full: 10 kW}}}}}}}}]}}]}}]\npower: {{scheme: 2N, utility: [{{name: one, voltage: 400 V}}, {{name: two, voltage: 400 V}}], "
                                                      "ups: {{type: {{rated_power: {0} kW, rated_apparent_power: {0} kVA, efficiency: [{{load: 0.25, efficiency: 0.95}}, {{load: 0.5, efficiency: 0.96}}, {{load: 1, efficiency: 0.96}}], "
                                                      "bypass: none, overload: [{{load: 1.1, time: 10 min}}, {{load: 1.5, time: 10 s}}]}}}}}}\n",
                                                      kw),
                                          "site.yaml"));
}

Study harm_study_of(const PowerGraph& graph) {
  StudySubject subject;
  subject.graph = &graph;
  subject.moment = full_load_moment(graph);
  return study(subject);
}

bool names(const std::vector<NewHarm>& harm, const std::string& fault, const std::string& element) {
  return std::ranges::any_of(harm, [&](const NewHarm& each) { return each.fault == fault && each.element == element; });
}

}  // namespace

TEST_CASE("a site that is not changed suffers nothing new", "[study]") {
  PowerGraph const graph = hall_with_ups_of(110);
  Study const before = harm_study_of(graph);
  CHECK(new_harm(before, before, graph).empty());
}

TEST_CASE("a UPS that carries its half but not both is found by the loss of the other", "[study]") {
  PowerGraph const large = hall_with_ups_of(110), small = hall_with_ups_of(70);
  Study const before = harm_study_of(large), after = harm_study_of(small);
  auto const harm = new_harm(before, after, small);
  CHECK(names(harm, "ups-a", "ups-b"));
  CHECK(names(harm, "two", "ups-a"));
  CHECK(names(harm, "ups-a", "h/r-1"));
  CHECK_FALSE(names(harm, "", "ups-a"));
  CHECK(new_harm(after, before, large).empty());      // the other way round nothing is worse
}

TEST_CASE("what trips without any fault is told without one", "[study]") {
  PowerGraph const large = hall_with_ups_of(110), small = hall_with_ups_of(40);      // 50 kW a side
  CHECK(names(new_harm(harm_study_of(large), harm_study_of(small), small), "", "ups-a"));
}
