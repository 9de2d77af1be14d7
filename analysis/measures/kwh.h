// The run file has joules; people are told kWh.
#pragma once

#include "base/quantity.h"

namespace headroom {

inline double kwh(double joules) { return joules / kilowatt_hour.si(); }

}  // namespace headroom
