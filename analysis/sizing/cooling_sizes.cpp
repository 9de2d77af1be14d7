#include "analysis/sizing/cooling_sizes.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/sizing/resized_devices.h"

namespace headroom {
namespace {

std::string key_of_hall(const Hall& hall) { return "cooling of " + hall.name; }
std::string key_of_machine(const char* key, std::size_t item = 0) { return fmt::format("cooling plant: {} {}", key, item); }

bool stand_in(const AirHandlers& handlers, const std::string& hall) { return handlers.halls.empty() || std::ranges::find(handlers.halls, hall) != handlers.halls.end(); }

class CoolingClaims {
 public:
  CoolingClaims(const Site& written, const NeededRatings& full, const NeededRatings& needs, const SizingBasis& basis)
      : site_(written), needs_(needs), share_(basis.fifteen_minutes * (1 + basis.growth)), it_full_w_(full.it_w.value) {
    for (auto const& heat : full.hall_heat_w) heat_full_w_.push_back(heat.value);
  }

  std::vector<SizeClaim> find() {
    for (std::size_t hall = 0; hall < site_.halls.size(); ++hall)
      if (auto const& capacity = site_.halls[hall].cooling_capacity)
        add(key_of_hall(site_.halls[hall]), {site_.halls[hall].name, "cooling of a hall", "", 1, SizingRule::fifteen_minutes, "kW", needs_.hall_heat_w[hall].value * share_ / 1e3, *capacity / kilowatt, 0, "", ""}, needs_.hall_heat_w[hall]);
    switch (level_of(site_.cooling)) {
      case CoolingLevel::none: break;
      case CoolingLevel::constant:
      case CoolingLevel::curve:
        add(key_of_following_cooling, {"cooling", "cooling", "", 1, SizingRule::fifteen_minutes, "kW", needs_.it_w.value * share_ / 1e3, it_full_w_ / 1e3, 0, "", ""}, needs_.it_w);
        break;
      case CoolingLevel::plant: of_plant(*site_.cooling.plant);
    }
    return std::move(out_);
  }

 private:
  void add(std::string key, SizedElement element, const GreatestNeed& need) { out_.push_back(claim(std::move(key), SizeSeries::r20, std::move(element), needs_, need)); }

  void of_plant(const PlantSpec& plant) {
    for (std::size_t i = 0; i < plant.air_handlers.size(); ++i) {
      AirHandlers const& item = plant.air_handlers[i];
      of_machine("air_handlers", "air-handler", item.type.value, item.type.value.capacity, item.count, fullest_hall([&](const Hall& hall) { return stand_in(item, hall.name); }), i);
    }
    GreatestNeed all;
    double full_w = 0;
    for (std::size_t hall = 0; hall < heat_full_w_.size(); ++hall) {
      all.value += needs_.hall_heat_w[hall].value;
      full_w += heat_full_w_[hall];
    }
    HeatRatio const of_site{full_w > 0 ? all.value / full_w : 0, needs_.it_w};
    if (plant.chillers) of_machine("chillers", "chiller", plant.chillers->type.value, plant.chillers->type.value.capacity, plant.chillers->count, of_site);
    if (plant.towers) of_machine("towers", "cooling-tower", plant.towers->type.value, plant.towers->type.value.capacity, plant.towers->count, of_site);
    if (plant.dry_coolers) of_machine("dry_coolers", "dry-cooler", plant.dry_coolers->type.value, plant.dry_coolers->type.value.capacity, plant.dry_coolers->count, of_site);
    if (plant.chilled_pumps) of_machine("chilled_pumps", "chilled-water pump", plant.chilled_pumps->type.value, plant.chilled_pumps->type.value.power, plant.chilled_pumps->count, of_site);
    if (plant.condenser_pumps) of_machine("condenser_pumps", "condenser pump", plant.condenser_pumps->type.value, plant.condenser_pumps->type.value.power, plant.condenser_pumps->count, of_site);
    if (plant.liquid) of_machine("liquid.cdus", "cdu", plant.liquid->cdus.type.value, plant.liquid->cdus.type.value.capacity, plant.liquid->cdus.count, fullest_hall([](const Hall&) { return true; }));
  }

  struct HeatRatio {                   // heat needed over heat at full load
    double value = 0;
    GreatestNeed need;
  };

  HeatRatio fullest_hall(auto counts) const {
    HeatRatio out;
    for (std::size_t hall = 0; hall < site_.halls.size(); ++hall) {
      if (!counts(site_.halls[hall]) || heat_full_w_[hall] <= 0) continue;
      if (double const ratio = needs_.hall_heat_w[hall].value / heat_full_w_[hall]; ratio > out.value) out = {ratio, needs_.hall_heat_w[hall]};
    }
    return out;
  }

  void of_machine(const char* key, const char* kind, const Identity& type, Power built, int count, const HeatRatio& ratio, std::size_t item = 0) {
    add(key_of_machine(key, item), {kind, kind, type.name, count, SizingRule::fifteen_minutes, "kW", ratio.value * share_ * (built / kilowatt), built / kilowatt, 0, "", ""}, ratio.need);
  }

  const Site& site_;
  const NeededRatings& needs_;
  double const share_;
  double const it_full_w_;
  std::vector<double> heat_full_w_;
  std::vector<SizeClaim> out_;
};

}  // namespace

std::vector<SizeClaim> claims_of_cooling(const Site& written, const NeededRatings& full, const NeededRatings& needs, const SizingBasis& basis) { return CoolingClaims(written, full, needs, basis).find(); }

void resize_cooling(Site& site, const SizeRatios& ratios) {
  for (auto& hall : site.halls)
    if (hall.cooling_capacity) *hall.cooling_capacity *= ratio_of(ratios, key_of_hall(hall));
  if (!site.cooling.plant) return;
  PlantSpec& plant = *site.cooling.plant;
  for (std::size_t i = 0; i < plant.air_handlers.size(); ++i) resize(plant.air_handlers[i].type, ratio_of(ratios, key_of_machine("air_handlers", i)));
  auto const units = [&](auto& of, const char* key) {
    if (of) resize(of->type, ratio_of(ratios, key_of_machine(key)));
  };
  units(plant.chillers, "chillers");
  units(plant.towers, "towers");
  units(plant.dry_coolers, "dry_coolers");
  units(plant.chilled_pumps, "chilled_pumps");
  units(plant.condenser_pumps, "condenser_pumps");
  if (plant.liquid) resize(plant.liquid->cdus.type, ratio_of(ratios, key_of_machine("liquid.cdus")));
}

}  // namespace headroom
