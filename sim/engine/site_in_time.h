// The site as it goes through time: faults, the power path, the servers and the meters, settled together at each instant.
#pragma once

#include <utility>
#include <vector>

#include "sim/engine/fault_calendar.h"
#include "sim/engine/meters.h"
#include "sim/engine/site_controls.h"
#include "sim/model/model.h"
#include "sim/servers/fed_servers.h"
#include "topologies/network/reach.h"

namespace headroom {

// How long racks were without power.
struct DarkTime {
  double rack_s = 0;               // summed over racks
  double any_s = 0, all_s = 0;     // while at least one rack was, while all were
  double server_s = 0;             // summed over servers: lost, failed, or starting again
  std::int64_t times = 0;          // how often one went dark while none was
};

class SiteInTime {
 public:
  SiteInTime(const Model& model, RunFile& file);

  // The next date at which something happens here by itself; and the next that may let a waiting job start.
  Instant next() const;
  Instant next_hope() const;

  void occupy(const Piece& piece, const Utilisations& utilisation, int sign) { fed_.occupy(piece, utilisation, sign); }
  // What servers and constant loads do beside jobs.
  void set_background(std::int32_t server, double share) {
    if (fed_.servers.set_background({server}, share)) fed_.touch(server);
  }
  void set_load(NodeId auxiliary, Power power) {
    fed_.path.flow().set_auxiliary_power(auxiliary, power);
    fed_.disturb();
  }
  // Servers without work are switched off and on again.
  bool may_sleep(std::int32_t server) const { return fed_.servers.state({server}) == Servers::State::up && fed_.servers.background({server}) == 0; }
  bool boots(std::int32_t server) const { return fed_.servers.state({server}) == Servers::State::booting; }
  void sleep(std::int32_t server);
  Instant wake(Instant now, std::int32_t server);     // when it will be up
  // Faults begin and end.
  void take_faults(Instant now);
  // Loads, feeds and servers come to rest; meters read. Then the lost and the returned servers can be asked for.
  void settle(Instant now);
  std::vector<std::int32_t> take_lost();
  std::vector<std::int32_t> take_back();
  bool takes_jobs(std::int32_t server) const { return fed_.servers.takes_jobs({server}); }
  // Some servers live on what their supplies hold: in some ms they are lost, or fed again.
  bool undecided() const { return fed_.servers.any_holds(); }
  // Ways through the network, round what has no power now; has that changed since it was last asked?
  Routes& routes() { return reach_.routes(); }
  bool take_network_change() { return std::exchange(network_changed_, false); }
  // The share of its speed at which a server works; has it changed for any since it was last asked?
  double speed(std::int32_t server) const { return fed_.servers.speed({server}); }
  bool take_speed_change() { return std::exchange(speed_changed_, false); }
  const SiteControls& controls() const { return controls_; }
  // The change that took this server's power.
  std::int64_t why_lost(std::int32_t server) const;

  void finish(Instant now);
  Meters& meters() { return meters_; }
  const DarkTime& dark() const { return dark_; }
  std::int64_t changes() const { return fed_.path.state().last_change(); }

 private:
  void begin(Instant now, NodeId node, const FaultCalendar::Fact& fact);
  void end(Instant now, NodeId node, const FaultCalendar::Fact& fact);
  bool stays_fed(NodeId node) const;
  void settle_once(Instant now);
  void follow_controls(Instant now);
  void shut_hall(Instant now, int hall);
  void reopen_hall(Instant now, int hall);
  bool look_at_switches(Instant now);
  void cut_off(Instant now, std::int32_t server);
  void rejoin(Instant now, std::int32_t server);
  std::int64_t why_cut_off(std::int32_t server);
  void count_dark(Instant now);
  void count_down(std::int64_t more);

  const Model& model_;
  const PowerGraph& graph_;
  FaultCalendar faults_;
  FedServers fed_;
  Meters meters_;
  SiteControls controls_;
  Reach reach_;
  bool switches_to_see_ = false, network_changed_ = false, speed_changed_ = false;
  std::vector<double> speed_;                // by hall, as it was last set
  std::vector<char> is_shut_;                // by hall: too warm
  std::vector<int> failed_;                  // of each server: faults of its own that last
  DarkTime dark_;
  Instant now_, dark_since_, down_since_;
  int racks_dark_ = 0;
  std::int64_t servers_down_ = 0;
};

}  // namespace headroom
