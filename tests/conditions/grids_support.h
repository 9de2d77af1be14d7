// Grids written as YAML, and files of series made for a test.
#pragma once

#include <string>

#include "base/read_fields.h"
#include "base/yaml.h"
#include "conditions/calendar.h"
#include "conditions/grids/grid_spec.h"
#include "conditions/grids/grid_spec_fields.h"
#include "tests/support/temporary.h"

namespace headroom {

inline GridSpec read_grid(const Tree& tree) {
  ReadContext context;
  return read_document<GridSpec>(tree, context);
}
inline GridSpec grid_of(const std::string& yaml, const std::string& name = "grid.yaml") { return read_grid(*parse_yaml(yaml, name)); }

inline std::int64_t utc(int year, int month, int day, int h = 0, int min = 0) { return days_from_date(year, month, day) * 86400 + h * 3600 + min * 60; }

struct SeriesFolder : TemporaryFolder {
  // A grid written in this folder.
  GridSpec grid(const std::string& yaml) const { return grid_of(yaml, (path() / "grid.yaml").string()); }
};

}  // namespace headroom
