// What gives, stores and limits at the connection as time goes: arrays follow the sun, storage is dispatched, and where the draw
// passes the connection's limit after storage has given what it can, servers are slowed.
//
//   net = what the site draws without arrays and storage         draw = net + charging - discharging - generation used
//
// Signs: power drawn at terminals is positive. Between two answers powers are constant, so what is stored is exact.
#pragma once

#include <vector>

#include "sim/engine/quantity_meters.h"
#include "sim/engine/surroundings.h"
#include "sim/power/flow.h"

namespace headroom {

class OnsiteInTime {
 public:
  // All must outlive it.
  OnsiteInTime(const Model& model, QuantityMeters& quantities, SignalWriter& signals, RunFile& file);

  bool is_there() const { return !arrays_.empty() || !stores_.empty() || caps_; }
  // The next date at which storage is full or empty, or an array gives something else.
  Instant next() const;
  void pass(Instant now);
  // Sets arrays and storage, and the share of their speed that servers may have. True: something is another than before.
  bool answer(Instant now, const Surroundings& around, PowerFlow& flow);
  void record(Instant now, double curtailed_w);
  void begin_rounds() { rounds_ = 0; }

  double cap() const { return cap_; }

 private:
  struct Array {
    const PhotovoltaicSpec* spec;
    const GenerationTable* table;
    NodeId node;
    double available_w = 0, given_w = 0;
  };
  struct Store {
    const StorageSpec* spec;
    NodeId node;
    double charge_w, discharge_w;                // the most, at the terminals
    double stored_j;
    double drawn_w = 0;                          // at the terminals; negative: gives
    double mean_w = 0;                           // of the site's net draw, for smoothing
    double net_w = 0;                            // that mean follows
    bool has_mean = false;
    Instant due = never;
  };
  void see_sun(Instant now, const Surroundings& around, const PowerFlow& flow);
  double given_by(const Array& array, const Surroundings& around, Instant now) const;
  double wanted_w(const Store& store, const Surroundings& around, double net_w) const;
  double allowed_w(const Store& store, double wanted_w, double net_w, double limit_w) const;
  bool dispatch(const Surroundings& around, PowerFlow& flow);
  bool hold_limit(const Surroundings& around, const PowerFlow& flow);
  double stored_rate_w(const Store& store) const;
  void plan(Instant now, Store& store) const;

  const Model& model_;
  QuantityMeters& quantities_;
  SignalWriter& signals_;
  std::vector<Array> arrays_;
  std::vector<Store> stores_;
  bool const exports_, caps_;
  Instant since_, next_hour_ = never;
  double cap_ = 1;
  int rounds_ = 0;
  double last_cap_ = 1, last_draw_w_ = 0, slope_w_ = 0;      // of the draw by the cap, for the next guess
  int available_ = -1, spilled_ = -1, stored_ = -1, curtailed_ = -1, speed_ = -1;
};

}  // namespace headroom
