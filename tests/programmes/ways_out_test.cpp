#include "analysis/programmes/ways_out.h"

#include <catch2/catch.hpp>

#include "topologies/read_site.h"

using namespace headroom;

namespace {

RunFigure figure(const std::string& name, double of_run) { return {name, "", "", "", "", of_run, 1, of_run}; }

Bill bill_of_links(double gbit_s) {
  Bill out;
  out.lines.emplace_back();
  out.lines[0].spending_class.count.key = "wan_links";
  out.lines[0].quantity = gbit_s;
  out.lines[0].amount = {gbit_s, 2 * gbit_s, 3 * gbit_s};
  return out;
}

Site site_with_ways() {
  return read_site_text(R"(kind: site
version: 1
name: s
halls: [{name: h, racks: [{name: r, servers: [{type: generic-100-350w, count: 2}]}]}]
network: {fabric: star, leaf: mellanox-sn3700, wan: [{name: users, rate: 100 Gbit/s, count: 8}, {name: core, rate: 100 Gbit/s, count: 2}]}
power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
)", "s.yaml");
}

}  // namespace

TEST_CASE("ways out are two diverse ways for the largest peak and a margin", "[programmes]") {
  SiteNeeds needs;
  needs.add({figure("facility_peak_mw", 40), figure("peak_of_users_tbit_s", 76), figure("peak_of_core_tbit_s", 0)});
  needs.add({figure("facility_peak_mw", 30), figure("peak_of_users_tbit_s", 50)});
  CHECK(needs.facility_peak_kw == 40);
  CHECK(needs.place_gbit_s.at("users") == 76);
  Bill bill = bill_of_links(1000);
  size_ways_out(site_with_ways(), needs, bill);
  CHECK(bill.lines[0].quantity == Approx(200));      // 98.8 Gbit/s: one link each way; none to the core
  CHECK(bill.lines[0].amount.mid == Approx(400));
  needs.add({figure("peak_of_users_tbit_s", 77)});   // 100.1 Gbit/s
  bill = bill_of_links(1000);
  size_ways_out(site_with_ways(), needs, bill);
  CHECK(bill.lines[0].quantity == Approx(400));
}
