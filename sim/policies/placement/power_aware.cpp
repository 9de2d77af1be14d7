// The server that draws least more for each core (of jobs of GPUs: for each GPU) of the job at full use, by its data sheet:
//   busy   (full - idle) / units
//   idle   the same, and its idle power over its units: with nothing on it, it need not be on at all
// So busy servers come before idle ones of their kind, and efficient ones before others.
#include "base/errors.h"
#include "sim/policies/placement/by_score.h"

namespace headroom {

std::optional<Allocation> power_aware(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  expects(turn.traits.size() == capacity.servers(), "every server's power is known");
  return fit_by_score(capacity, demand, [&](const Piece& piece) {
    auto const server = static_cast<std::size_t>(piece.server);
    ServerTraits const& traits = turn.traits[server];
    bool const by_gpu = piece.resources.gpus > Amount();
    double const cores = piece.resources.cores.value(), gpus = piece.resources.gpus.value(), units = by_gpu ? gpus : cores;
    Resources const& total = capacity.totals()[server];
    double const idle = capacity.is_idle(piece.server) ? traits.idle_watts / (by_gpu ? total.gpus : total.cores).value() : 0;
    return (cores * traits.watts_per_core + gpus * traits.watts_per_gpu) / units + idle;
  });
}

}  // namespace headroom
