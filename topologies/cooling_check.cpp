// What the keys below `cooling` must satisfy together. Halls and feeds by name are found when the graph is built.
#include <algorithm>

#include "topologies/cooling_spec_fields.h"

namespace headroom {
namespace {

class Checker {
 public:
  Checker(std::string path, std::vector<Problem>& problems) : path_(std::move(path)), problems_(problems) {}

  void wrong(bool found, const Location& where, const std::string& what) {
    if (found) problems_.push_back({where, path_.empty() ? what : path_ + ": " + what});
  }

  void spare(int count, int redundant, const Location& where, const char* key) {
    wrong(redundant >= count, where, fmt::format("{}: redundant: {} of {} are spare; at least one must carry the load", key, redundant, count));
  }

  template <class Spec>
  void spare(const std::optional<CoolingUnits<Spec>>& units, const char* key) {
    if (units) spare(units->count, units->redundant, units->where, key);
  }

  // Water of a plant is liquid, air for people and servers is not boiling.
  void sensible(Temperature temperature, const Location& where, const char* key, double least_c, double most_c) {
    double const c = temperature.celsius();
    wrong(c < least_c || c > most_c, where, fmt::format("{}: {} is not between {} C and {} C", key, temperature.text(), least_c, most_c));
  }

 private:
  std::string path_;
  std::vector<Problem>& problems_;
};

void check_set_points(const PlantSpec& s, Checker& check) {
  check.sensible(s.supply_air, s.where, "supply_air", 5, 60);
  check.sensible(s.chilled_water, s.where, "chilled_water", 1, 50);
  if (s.condenser_least) check.sensible(*s.condenser_least, s.where, "condenser_least", 1, 60);
  bool const water = s.chillers || (s.economiser && s.economiser->water_side);
  check.wrong(water && s.chilled_water >= s.supply_air, s.where,
              fmt::format("chilled_water: water of {} does not cool air to {}; it must be colder than supply_air", s.chilled_water.text(), s.supply_air.text()));
}

// What removes the heat of halls whose air handlers have a coil of water, and what removes that of chillers.
void check_chain(const PlantSpec& s, Checker& check) {
  bool const rejection = s.towers || s.dry_coolers;
  bool const air_side = s.economiser && s.economiser->air_side, water_side = s.economiser && s.economiser->water_side;
  bool const coils = std::ranges::any_of(s.air_handlers, [](const AirHandlers& one) { return one.type.value.direct_expansion.empty(); });
  check.wrong(s.air_handlers.empty(), s.where, "air_handlers: the list is empty; name the CRAH or CRAC units of the halls");
  check.wrong(s.towers && s.dry_coolers, s.where, "has both towers and dry_coolers; one would do");
  check.wrong(coils && !s.chillers && !water_side && !air_side, s.where, "nothing cools the water of the air handlers; add chillers or an economiser, or take handlers with direct_expansion");
  bool const water_cooled = s.chillers && s.chillers->type.value.condenser == CondenserKind::water;
  check.wrong(water_cooled && !rejection, s.where, "chillers: their condensers are cooled by water; add towers or dry_coolers");
  check.wrong(water_side && !rejection, s.where, "economiser: water_side needs towers or dry_coolers, whose water it is");
  bool const users = water_cooled || water_side || s.liquid;
  check.wrong(rejection && !users, s.where, "towers or dry_coolers: nothing uses their water; add chillers cooled by water, a water-side economiser or a liquid loop");
  check.wrong(s.liquid && !rejection && !s.chillers, s.where, "liquid: nothing cools its coolant; add towers, dry_coolers or chillers");
  check.wrong(s.chilled_pumps && !s.chillers && !water_side, s.where, "chilled_pumps: there is no chilled water; add chillers or a water-side economiser");
  check.wrong(s.condenser_pumps && !rejection, s.where, "condenser_pumps: belong to towers or dry_coolers, of which there are none");
  check.wrong(s.condenser_least && !water_cooled, s.where, "condenser_least: belongs to chillers cooled by water");
  check.wrong(s.reuse && !s.liquid && !s.chillers && !water_side, s.where, "reuse: there is neither a liquid loop nor chilled water to take heat from");
}

void check_curve(const CoolingSpec& s, Checker& check) {
  bool const by_wet_bulb = s.curve.front().wet_bulb.has_value();
  for (auto const& point : s.curve) {
    if (point.wet_bulb.has_value() == point.dry_bulb.has_value()) return check.wrong(true, s.where, "curve: each point needs exactly one of wet_bulb and dry_bulb");
    if (point.wet_bulb.has_value() != by_wet_bulb) return check.wrong(true, s.where, "curve: its points mix wet_bulb and dry_bulb; one of them would do");
  }
  for (std::size_t i = 1; i < s.curve.size(); ++i) {
    auto const celsius = [&](std::size_t k) { return (by_wet_bulb ? s.curve[k].wet_bulb : s.curve[k].dry_bulb)->celsius(); };
    if (celsius(i) <= celsius(i - 1)) return check.wrong(true, s.where, "curve: the temperatures of its points must rise");
  }
}

}  // namespace

void check(const EconomiserSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Checker check(path, problems);
  check.wrong(s.air_side.has_value() == s.water_side.has_value(), s.where, "needs exactly one of air_side and water_side; leave it out for none");
  if (s.air_side) check.wrong(s.air_side->dew_point_least >= s.air_side->dew_point_most, s.where, "air_side: dew_point_least must be below dew_point_most");
}

void check(const ThermalSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Checker check(path, problems);
  check.wrong(s.shutdown_at <= s.throttle_at, s.where, fmt::format("shutdown_at: {} must be above throttle_at, {}", s.shutdown_at.text(), s.throttle_at.text()));
  check.wrong(s.restart_below >= s.throttle_at, s.where, fmt::format("restart_below: {} must be below throttle_at, {}", s.restart_below.text(), s.throttle_at.text()));
}

void check(const PlantSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Checker check(path, problems);
  check_set_points(s, check);
  check_chain(s, check);
  for (auto const& handlers : s.air_handlers) check.spare(handlers.count, handlers.redundant, handlers.where, "air_handlers");
  check.spare(s.chillers, "chillers");
  check.spare(s.towers, "towers");
  check.spare(s.dry_coolers, "dry_coolers");
  check.spare(s.chilled_pumps, "chilled_pumps");
  check.spare(s.condenser_pumps, "condenser_pumps");
  if (s.liquid) check.spare(s.liquid->cdus.count, s.liquid->cdus.redundant, s.liquid->cdus.where, "liquid.cdus");
  if (s.liquid) check.sensible(s.liquid->supply, s.liquid->where, "liquid.supply", 1, 90);
  if (s.thermal) check.wrong(s.thermal->restart_below <= s.supply_air, s.thermal->where,
                             fmt::format("thermal.restart_below: {} must be above supply_air, {}, or no server restarts", s.thermal->restart_below.text(), s.supply_air.text()));
}

void check(const CoolingSpec& s, const std::string& path, std::vector<Problem>& problems) {
  Checker check(path, problems);
  bool const overhead = s.fixed > Power{} || s.proportional > 0 || !s.curve.empty();
  check.wrong(s.plant && overhead, s.where, "has both a plant and fixed, proportional or curve; one would do");
  check.wrong(!s.curve.empty() && s.proportional > 0, s.where, "has both a curve and proportional; one would do");
  check.wrong(s.plant && s.power_factor != 1, s.where, "power_factor belongs to fixed, proportional and curve; the machines of a plant have their own");
  if (!s.curve.empty()) check_curve(s, check);
}

}  // namespace headroom
