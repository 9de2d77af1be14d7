// Units of series: intensities become g/kWh, prices become so much per MWh in their currency.
#pragma once

#include <string>
#include <string_view>

#include "base/units.h"

namespace headroom {

struct SignalUnit {
  double factor = 1;                           // to g/kWh or per MWh
  std::string currency;                        // "" of an intensity
};

Parsed<SignalUnit> parse_signal_unit(std::string_view text);

}  // namespace headroom
