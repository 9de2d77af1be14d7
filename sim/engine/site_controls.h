// Everything beside faults and jobs that sets loads as time goes: the cooling plant, arrays and storage, the connection's limit.
// They look at the settled power path every `control_interval` while something changes, and at once when the weather, a price,
// a limit or somebody's feed does, when a hall is too warm or storage is full or empty.
//
// The loop heat > cooling > losses > heat is solved by rounds: look, set loads, settle the path, look again, until what is drawn
// changes by less than 1e-12, at most 50 times.
#pragma once

#include <memory>
#include <vector>

#include "sim/engine/cooling_in_time.h"
#include "sim/engine/onsite_in_time.h"
#include "sim/servers/fed_servers.h"

namespace headroom {

// Does anything draw by the weather, give, store, slow or wait beside what jobs alone would have done?
bool controls_draw(const Model& model);

class SiteControls {
 public:
  // All must outlive it.
  SiteControls(const Model& model, FedServers& fed, RunFile& file);

  // Where nothing is to be controlled it costs nothing.
  bool idle() const { return !active_; }
  Instant next() const;
  // An instant begins: weather, temperatures and what is stored move on. speed() and is_shut() may be others then.
  void pass(Instant now);
  // The path has settled. True: loads were set, and it must settle again.
  bool look(Instant now);
  void finish(Instant now);

  double speed(int hall) const { return std::min(cooling_.speed(hall), onsite_.cap()); }
  bool is_shut(int hall) const { return cooling_.is_shut(hall); }
  double celsius(int hall) const { return cooling_.celsius(hall); }
  const Surroundings& around() const { return around_; }
  // May anything here slow or stop servers?
  bool slows() const { return slows_; }

 private:
  void read_fuel(Instant now);
  double curtailed_w() const;

  const Model& model_;
  FedServers& fed_;
  SignalWriter signals_;
  QuantityMeters quantities_;
  Surroundings around_;
  CoolingInTime cooling_;
  OnsiteInTime onsite_;
  int fuel_ = -1;
  bool const active_, slows_;
  bool urgent_ = true, acting_ = false;
  Instant acted_, tick_{};
  int rounds_ = 0;
};

}  // namespace headroom
