// For sites of GPUs: the server on which the job lets the fragmentation of the cluster grow least (Weng et al., "Beware of
// Fragmentation", USENIX ATC 2023; the measure is that of demand_mix.h). The mix of jobs is not known ahead: it is that of
// the demands seen so far. A job over several servers goes by the growth for each of its GPUs, and whole servers by that of
// each. Servers of equal growth are taken by number; without GPUs all are equal.
#include "base/errors.h"
#include "sim/policies/placement/by_score.h"

namespace headroom {

std::optional<Allocation> pack(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  expects(turn.seen != nullptr, "packing knows the demands seen so far");
  return fit_by_score(capacity, demand, [&](const Piece& piece) {
    FreeGpus free = FreeGpus::of(capacity, piece.server);
    std::int64_t const before = turn.seen->fragment_sum(free);
    free.take(piece);
    auto const growth = static_cast<double>(turn.seen->fragment_sum(free) - before);
    bool const by_gpu = demand.servers == 0 && piece.resources.gpus > Amount();
    return by_gpu ? growth / piece.resources.gpus.value() : growth;
  });
}

}  // namespace headroom
