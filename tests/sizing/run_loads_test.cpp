// The moments of a run by which a site is sized, from a run file written by hand.
#include "analysis/sizing/run_loads.h"

#include <cmath>

#include "tests/sizing/support.h"
#include "tests/support/temporary.h"

using namespace headroom;

namespace {

struct HandMadeRun {
  TemporaryFolder folder;
  PowerGraph graph = build_power_graph(site_from(two_sides()));

  // Facility, IT, and each node that is named: what it drew at most, and when.
  SizingMoments moments(const std::vector<std::tuple<std::string, double, double>>& peaks, std::size_t most = most_sizing_moments) {
    {
      RunFile file(folder.path());
      write(file, facility_meter, 400e3, 3600.5, 300e3);
      write(file, it_meter, 300e3, 3600.5, 290e3);
      for (auto const& [name, watts, at_s] : peaks) write(file, graph.find(name)->index, watts, at_s, watts);
      file.finish();
    }
    return sizing_moments(RunReader(folder.path()), graph, most);
  }

  static void write(RunFile& file, int node, double peak_w, double at_s, double mean_w) {
    TotalsRow row;
    row.node = node;
    row.span = "run";
    row.input_peak_w = peak_w;
    row.input_peak_s = at_s;
    row.input_peak_15min_w = mean_w;
    file.totals(row);
  }
};

}  // namespace

TEST_CASE("a site is sized by the moments of its own peak and of the nodes above its servers, each once", "[sizing]") {
  HandMadeRun run;
  SizingMoments const found = run.moments({{"ups-a", 150e3, 7200}, {"ups-b", 150e3, 3600.5}, {"pdu-a-1", 50e3, 60}, {"h/r-1/1", 10e3, 5}});
  REQUIRE(found.moments.size() == 3);      // not that of the server
  CHECK(found.moments[0].ns == 3'600'500'000'000);
  CHECK(found.left_out.empty());
  CHECK(found.fifteen_minutes == close_to(0.75));
}

TEST_CASE("nodes beyond the most moments are left out, and named", "[sizing]") {
  HandMadeRun run;
  SizingMoments const found = run.moments({{"ups-a", 150e3, 7200}, {"ups-b", 150e3, 7200}, {"pdu-a-1", 50e3, 60}}, 2);
  CHECK(found.moments.size() == 2);
  REQUIRE(found.left_out.size() == 1);      // ups-b has the moment of ups-a
  CHECK(run.graph.nodes[static_cast<std::size_t>(found.left_out[0])].name == "pdu-a-1");
  HandMadeRun again;
  CHECK(again.moments({{"ups-a", 150e3, 7200}, {"pdu-a-1", 50e3, 60}}, 3).left_out.empty());
}

TEST_CASE("what carried nothing asks for no moment", "[sizing]") {
  HandMadeRun run;
  CHECK(run.moments({{"generator-a", 0, 0}}).moments.size() == 1);
}
