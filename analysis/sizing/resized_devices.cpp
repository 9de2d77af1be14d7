#include "analysis/sizing/resized_devices.h"

#include <fmt/format.h>

namespace headroom {
namespace {

constexpr const char* between = " resized to ";

void rename(Identity& spec, const char* kind, const std::string& size) { spec.name = resized_name(spec.name, kind, size); }
std::string kilowatts(Power power) { return fmt::format("{:.6g} kW", power / kilowatt); }
std::string kilovolt_amperes(ApparentPower power) { return fmt::format("{:.6g} kVA", power / kilovolt_ampere); }

}  // namespace

std::string resized_name(const std::string& name, const char* kind, const std::string& size) {
  std::string const before = name.substr(0, name.find(between));
  return (before.empty() ? kind : before) + between + size;
}

TransformerSpec resized(TransformerSpec spec, double times) {
  spec.rated_apparent_power *= times;
  spec.no_load_loss *= times;
  spec.load_loss *= times;
  rename(spec, TransformerSpec::kind, kilovolt_amperes(spec.rated_apparent_power));
  return spec;
}

PduSpec resized(PduSpec spec, double times) {
  spec.rated_apparent_power *= times;
  spec.no_load_loss *= times;
  spec.load_loss *= times;
  rename(spec, PduSpec::kind, kilovolt_amperes(spec.rated_apparent_power));
  return spec;
}

UpsSpec resized(UpsSpec spec, double times) {
  spec.rated_power *= times;
  spec.rated_apparent_power *= times;
  rename(spec, UpsSpec::kind, kilowatts(spec.rated_power));
  return spec;
}

BatterySpec resized(BatterySpec spec, double times) {
  spec.capacity *= times;
  spec.rated_power *= times;
  spec.charge_power *= times;
  rename(spec, BatterySpec::kind, kilowatts(spec.rated_power));
  return spec;
}

GeneratorSpec resized(GeneratorSpec spec, double times) {
  spec.rated_power *= times;
  spec.rated_apparent_power *= times;
  spec.fuel *= times;
  for (auto& point : spec.fuel_use) point.use *= times;
  rename(spec, GeneratorSpec::kind, kilowatts(spec.rated_power));
  return spec;
}

TransferSwitchSpec resized(TransferSwitchSpec spec, double times) {
  spec.rated_current *= times;
  rename(spec, TransferSwitchSpec::kind, fmt::format("{:.6g} A", spec.rated_current / ampere));
  return spec;
}

AirHandlerSpec resized(AirHandlerSpec spec, double times) {
  spec.capacity *= times;
  spec.air_flow *= times;
  spec.fan_power *= times;
  rename(spec, AirHandlerSpec::kind, kilowatts(spec.capacity));
  return spec;
}

ChillerSpec resized(ChillerSpec spec, double times) {
  spec.capacity *= times;
  rename(spec, ChillerSpec::kind, kilowatts(spec.capacity));
  return spec;
}

CoolingTowerSpec resized(CoolingTowerSpec spec, double times) {
  spec.capacity *= times;
  spec.fan_power *= times;
  rename(spec, CoolingTowerSpec::kind, kilowatts(spec.capacity));
  return spec;
}

DryCoolerSpec resized(DryCoolerSpec spec, double times) {
  spec.capacity *= times;
  spec.fan_power *= times;
  rename(spec, DryCoolerSpec::kind, kilowatts(spec.capacity));
  return spec;
}

PumpSpec resized(PumpSpec spec, double times) {
  spec.flow *= times;
  spec.power *= times;
  rename(spec, PumpSpec::kind, kilowatts(spec.power));
  return spec;
}

CduSpec resized(CduSpec spec, double times) {
  spec.capacity *= times;
  spec.pump_power *= times;
  rename(spec, CduSpec::kind, kilowatts(spec.capacity));
  return spec;
}

}  // namespace headroom
