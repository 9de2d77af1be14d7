// Cooling as time goes: the heat of each hall follows the power flow, the plant answers it with what its machines draw, water and
// reused heat are added up, and the air of a hall warms where the plant does not keep up.
#pragma once

#include <span>
#include <vector>

#include "base/sum.h"
#include "sim/engine/hall_air.h"
#include "sim/engine/quantity_meters.h"
#include "sim/engine/surroundings.h"
#include "sim/power/power_system.h"

namespace headroom {

class CoolingInTime {
 public:
  // All must outlive it.
  CoolingInTime(const Model& model, const PowerFlow& flow, QuantityMeters& quantities, SignalWriter& signals, RunFile& file);

  bool is_there() const { return level_ == CoolingLevel::plant || level_ == CoolingLevel::curve; }
  // The next date at which a hall crosses a limit, or a chiller has started again.
  Instant next() const;
  // Temperatures move on. speed() and is_shut() may be others then.
  void pass(Instant now);
  // The flow of these nodes is another. True: so is some heat.
  bool read(std::span<const NodeId> changed);
  // Sets what the plant draws for the heat as it was read. True: it is another than before, so that the path must be solved.
  bool answer(Instant now, const Surroundings& around, PowerFlow& flow);
  // When answer() has come to rest: what holds from now on.
  void record(Instant now, const Surroundings& around);
  void finish(Instant now);

  double speed(int hall) const { return air_.empty() ? 1 : air_[static_cast<std::size_t>(hall)].speed(); }
  bool is_shut(int hall) const { return !air_.empty() && air_[static_cast<std::size_t>(hall)].is_shut(); }
  double celsius(int hall) const { return air_[static_cast<std::size_t>(hall)].celsius(); }

 private:
  struct Place {                       // of a node whose power is heat: a hall's rack, or a device of the path (hall -1)
    int hall;
    std::size_t slot;
  };
  struct Heat {
    int quantity;
    double air_w = 0, liquid_w = 0;
  };
  void find_heat();
  void split_heat();
  void count_units(Instant now, const PowerFlow& flow);
  bool draw(PowerFlow& flow, const PlantState& state);
  void note_temperature(Instant now, std::size_t hall);
  void watch_ranges(Instant now);

  const Model& model_;
  const PowerGraph& graph_;
  const PowerFlow& flow_;
  QuantityMeters& quantities_;
  SignalWriter& signals_;
  RunFile& file_;
  CoolingLevel const level_;
  std::optional<CoolingPlant> plant_;
  const PlantState* state_ = nullptr;
  std::vector<Place> place_;           // of each node; slot SIZE_MAX: none
  std::vector<PairwiseSum> racks_w_;   // by hall: what its racks draw
  PairwiseSum losses_w_;               // of devices of the path that the plant cools
  std::vector<Heat> heat_;             // by hall
  std::vector<double> air_w_, liquid_w_;
  std::vector<int> units_;             // by element: alive and started
  std::vector<Instant> ready_;         // by element: when it has started again
  std::vector<char> was_live_;         // by element
  std::vector<double> drawn_w_;        // by element
  std::vector<HallAir> air_;           // by hall; empty without thermal mass
  std::vector<double> noted_c_;        // by hall, as last written
  std::vector<Instant> noted_at_;      // by hall: when
  int water_ = -1, evaporated_ = -1, reused_ = -1, past_chillers_ = -1, economiser_ = -1, unremoved_ = -1;
  double overhead_share_ = -1;
  // Chillers outside the range of their curves, clamped to it: for how long, and how far at the most.
  struct Beyond {
    Instant since;
    bool is_now = false;
    double seconds = 0;
    std::int64_t times = 0;
    double chilled_k = 0, condenser_k = 0, part_load = 0;
  } beyond_;
};

}  // namespace headroom
