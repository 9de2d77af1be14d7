// The input of the comparison with other simulators: jobs of 1 to 16 cores that arrive over a day. Its bytes are those
// of the published recipe, a Python script, so this holds that language's generator and the way it rounds.
//
//   submit_s    uniform in [0, 86400), rounded to 1 ms
//   runtime_s   lognormal, mean 3600 s, sigma 1.2, rounded to whole seconds, clipped to [30, 43200]
//   cores       1, 2, 4, 8 or 16 with weights 30, 25, 20, 15, 10
#pragma once

#include <optional>
#include <ostream>

namespace headroom {

constexpr int common_input_seed = 20261122;

// `jobs` jobs by submit time, or the `first` of them.
void write_common_input(std::ostream& out, int jobs, int seed = common_input_seed, std::optional<int> first = std::nullopt);

}  // namespace headroom
