// The sizes that equipment is made in: preferred numbers, and the least of them that will do.
//
// ISO 3: the series R10 and R20 have 10 and 20 rounded numbers a decade, in nearly equal proportions. Transformers are made
// in kVA of R10 (IEC 60076-1), breakers and switches in amperes of R10 (IEC 60059). For UPS, generators, PDUs and cooling no
// standard fixes sizes; R20, whose steps are 12 %, stands for what makers offer (assumption). A contract is in whole kW.
#pragma once

#include <array>
#include <utility>

namespace headroom {

enum class SizeSeries { r10, r20, whole };
constexpr auto names(SizeSeries) { return std::array{std::pair{SizeSeries::r10, "R10"}, std::pair{SizeSeries::r20, "R20"}, std::pair{SizeSeries::whole, "whole"}}; }

// The least of the series that is not below what is needed, a rounding of 1e-9 let pass. needed > 0.
double standard_size(SizeSeries series, double needed);
// What is built stays where it would do and the next size of the series is larger than it; also where nothing is needed.
double chosen_size(SizeSeries series, double needed, double built);

}  // namespace headroom
