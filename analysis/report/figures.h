// Numbers as people read them: grouped, rounded, in the unit that suits their size.
#pragma once

#include <cstdint>
#include <string>

#include "base/json_fields.h"

namespace headroom {

struct Figure {
  std::string value, unit;
  std::string text() const { return unit.empty() ? value : value + "\u00a0" + unit; }     // never broken between them
};

// So many significant digits of what is below one, tens, hundreds; whole above: 0.123  4.56  78.9  1,234
std::string rounded(double value, int digits = 3);
std::string grouped(std::int64_t value);

Figure power_figure(double power_kw, int digits = 3);
Figure energy_figure(double energy_kwh, int digits = 3);
Figure energy_figure_beside(double largest_kwh, double energy_kwh, int digits = 3);      // in the unit of the largest of a table
Figure time_figure(double time_s, int digits = 3);
Figure percent_figure(double share, int digits = 3);

// A number of the page's data. Six significant digits are more than a chart shows, and a third of the bytes.
Json chart_number(double value);

}  // namespace headroom
