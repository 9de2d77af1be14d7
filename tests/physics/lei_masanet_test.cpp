// The published results of the model of Lei and Masanet, with its parameter files where $HEADROOM_DATA has them.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

#include "base/csv.h"
#include "sim/physics/lei_masanet.h"

using namespace headroom;
using namespace headroom::lei_masanet;

namespace {

std::filesystem::path data() {
  const char* const root = std::getenv("HEADROOM_DATA");
  return root == nullptr ? std::filesystem::path() : std::filesystem::path(root) / "pue-lei-masanet";
}

Parameters parameters(Site site, const char* file) {
  Parameters out;
  CsvReader csv(data() / file, {{"symbol"}, {"value"}}, true);
  auto const& known = symbols(site);
  for (std::size_t i = 0; csv.next(); ++i) {
    REQUIRE(i < known.size());
    REQUIRE(csv.text(0) == known[i].name);
    if (known[i].place) known[i].place(out) = csv.number(1);
  }
  return out;
}

}  // namespace

TEST_CASE("the regression of COP and the wet bulb of equal enthalpy", "[physics]") {
  CHECK(cop(0.5, 20) == Approx(8.778895).margin(5e-7));
  CHECK(cop(1, 30) == Approx(5.830934).margin(5e-7));
  CHECK(lei_masanet::wet_bulb_c({20, 0.4, 101325}) == Approx(12.3045).margin(5e-5));
  CHECK(lei_masanet::wet_bulb_c({30, 0.5, 101325}) == Approx(21.9309).margin(5e-5));
  CHECK(lei_masanet::wet_bulb_c({35, 0.2, 101325}) == Approx(18.7301).margin(5e-5));
}

TEST_CASE("published PUE of the three sites", "[physics]") {
  if (!std::filesystem::exists(data() / "airside.csv")) return;
  struct Row { Air air; double pue, tolerance; };
  Parameters const air = parameters(Site::air_side, "airside.csv"), water = parameters(Site::water_side, "waterside.csv"), sea = parameters(Site::sea_water, "seawater.csv");
  for (auto const& row : {Row{{20, 0.4}, 1.0746922969797756, 1e-12}, Row{{5, 0.4}, 1.0731430380047045, 1e-9}, Row{{30, 0.4}, 1.0763006112442457, 1e-9}, Row{{25, 0.6}, 1.0754964541120107, 1e-9},
                          Row{{25, 0.8}, 1.316790451345612, 1e-9}, Row{{30, 0.8}, 1.3691799455594205, 1e-9}, Row{{35, 0.8}, 1.412501407639916, 1e-9}, Row{{-5, 0.3}, 1.0736935330715205, 1e-9},
                          Row{{38, 0.1}, 1.0780531822237707, 1e-9}, Row{{20, 0.4, 84000}, 1.0844165168415, 1e-9}}) {
    CAPTURE(row.air.dry_bulb_c, row.air.relative_humidity);
    CHECK(air_side(air, row.air).pue() == Approx(row.pue).epsilon(row.tolerance));
  }
  for (auto const& row : {Row{{20, 0.4}, 1.0887168184890426, 1e-12}, Row{{25, 0.4}, 1.1257677420101935, 1e-9}, Row{{30, 0.4}, 1.2304091014233673, 1e-9}, Row{{35, 0.8}, 1.3962756697252179, 1e-9},
                          Row{{20, 0.4, 84000}, 1.0960634787120, 1e-9}}) {
    CAPTURE(row.air.dry_bulb_c, row.air.relative_humidity);
    CHECK(water_side(water, row.air).pue() == Approx(row.pue).epsilon(row.tolerance));
  }
  CHECK(sea_water(sea, 20, 101325).pue() == Approx(1.1140761465494835).epsilon(1e-12));
  CHECK(sea_water(sea, 30, 101325).pue() == Approx(1.143767092774778).epsilon(1e-9));
  CHECK(sea_water(sea, 36, 101325).pue() == Approx(1.2658656297532995).epsilon(1e-9));
}

TEST_CASE("published parts of the PUE", "[physics]") {
  if (!std::filesystem::exists(data() / "airside.csv")) return;
  Parts const air = air_side(parameters(Site::air_side, "airside.csv"), {30, 0.8});
  for (auto const& [found, expected] : {std::pair{air.ups, 0.02009304}, {air.distribution, 0.00563707}, {air.lighting, 0.00181445}, {air.room_fan, 0.04875605}, {air.humidifier, 0.0}, {air.chiller, 0.25292521},
                                        {air.chilled_pump, 0.00655782}, {air.tower_pump, 0.02103862}, {air.tower_fan, 0.01235768}})
    CHECK(found == Approx(expected).margin(5e-9));
  Parts const water = water_side(parameters(Site::water_side, "waterside.csv"), {30, 0.4});
  for (auto const& [found, expected] : {std::pair{water.room_fan, 0.02678039}, {water.humidifier, 0.00005652}, {water.economiser_pump, 0.00190931}, {water.chiller, 0.13790146}, {water.chilled_pump, 0.00573934},
                                        {water.tower_pump, 0.02012620}, {water.tower_fan, 0.01035131}})
    CHECK(found == Approx(expected).margin(5e-9));
  CHECK(100 * water.economiser_share == Approx(24.7257).margin(5e-5));
}
