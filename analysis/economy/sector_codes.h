// Which sector of an input-output table sells something: its code in each classification that the tables speak.
#pragma once

#include <array>
#include <string>

#include "base/errors.h"

namespace headroom {

// Whose sector codes a table uses, by itself or through its `map`.
enum class Classification { us_bea_summary, china_42, china_153 };
constexpr auto names(Classification) {
  return std::array{std::pair{Classification::us_bea_summary, "us_bea_summary"}, std::pair{Classification::china_42, "china_42"}, std::pair{Classification::china_153, "china_153"}};
}
std::string to_text(Classification classification);

// "": it has no sector there.
struct SectorCodes {
  std::string us_bea_summary;
  std::string china_42, china_153;
  Location where;

  const std::string& in(Classification classification) const;
};

}  // namespace headroom
