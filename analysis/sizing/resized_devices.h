// Devices of another size than their data sheet's. What a data sheet gives per unit of the rating stays as it is
// (efficiencies, impedances, overload, block load, run-up); what it gives in W, kWh or L grows in proportion: losses,
// charging, capacity, fuel, fans and pumps. Electronics of a PDU, switching times and the like do not change. An assumption:
// losses of one design grow a little more slowly than its rating. A resized device says so in its name.
#pragma once

#include <string>

#include "topologies/site.h"

namespace headroom {

// "transformer-eu-dry-1000kva resized to 630 kVA"; what was resized before is named once.
std::string resized_name(const std::string& name, const char* kind, const std::string& size);

TransformerSpec resized(TransformerSpec spec, double times);
PduSpec resized(PduSpec spec, double times);
UpsSpec resized(UpsSpec spec, double times);
BatterySpec resized(BatterySpec spec, double times);
GeneratorSpec resized(GeneratorSpec spec, double times);
TransferSwitchSpec resized(TransferSwitchSpec spec, double times);
AirHandlerSpec resized(AirHandlerSpec spec, double times);
ChillerSpec resized(ChillerSpec spec, double times);
CoolingTowerSpec resized(CoolingTowerSpec spec, double times);
DryCoolerSpec resized(DryCoolerSpec spec, double times);
PumpSpec resized(PumpSpec spec, double times);
CduSpec resized(CduSpec spec, double times);

// In place of the reference, under its new name; the same where the size is the same.
template <class Spec>
void resize(Reference<Spec>& reference, double times) {
  if (times == 1) return;
  reference.value = resized(std::move(reference.value), times);
  reference.name.clear();
}

}  // namespace headroom
