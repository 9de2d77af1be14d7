// What each server does and therefore delivers to its parts: how busy it is, and whether it has power.
//
//   up       runs jobs                    holding  no input; its supplies carry it so long (hold_up)
//   dark     no power, no jobs            booting  has power again, draws its boot power, takes no jobs yet
//   asleep   switched off because nothing ran on it; draws nothing, its jobs wait until it has booted
//   failed   out of order itself, its feed alive; draws its idle power, or nothing
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "base/time.h"
#include "sim/physics/server_power.h"
#include "sim/policies/capacity.h"
#include "workloads/job.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

class Servers {
 public:
  enum class State : char { up, holding, dark, booting, failed, asleep };

  Servers(const PowerGraph& graph, const std::vector<Resources>& offered);

  // The work of one piece of a job begins or ends: `sign` +1 or -1.
  void occupy(const Piece& piece, const Utilisations& utilisation, int sign);
  // What it does beside jobs: a measured share of its processors, cores and GPUs alike. True: its power is another now.
  bool set_background(ServerId server, double share);
  // All that it does goes on at this share of its speed: 1 in general, less where it is slowed. True: its power is another now.
  bool set_speed(ServerId server, double speed) { return std::exchange(speed_[static_cast<std::size_t>(server)], speed) != speed; }
  double speed(ServerId server) const { return speed_[static_cast<std::size_t>(server)]; }
  double background(ServerId server) const { return background_[static_cast<std::size_t>(server)]; }
  // The server's power now, where its data sheet measures it.
  Power power(ServerId server) const { return power_at(server, speed(server)); }
  Power power_at_full_speed(ServerId server) const { return power_at(server, 1); }
  State state(ServerId server) const { return states_[static_cast<std::size_t>(server)].state; }
  bool takes_jobs(ServerId server) const { return state(server) == State::up || state(server) == State::holding; }

  // Is any server without input and not lost yet?
  bool any_holds() const { return holding_ > 0; }

  // Nothing runs on it: it is switched off. Woken, it takes its boot time; its jobs may be placed meanwhile.
  void sleep(ServerId server);
  Instant wake(Instant now, ServerId server);       // when it will be up

  // Its feed has come or gone. True: its power is another now.
  bool feed(Instant now, ServerId server, bool energised);
  // It fails itself while its feed may live, and is repaired. With no power it is as if its feed were gone.
  void fail(Instant now, ServerId server);
  void repair(Instant now, ServerId server, bool energised);
  // It is reached by nobody, and again: it stays on meanwhile, without jobs.
  void cut_off(Instant now, ServerId server) { fail(now, server); }
  void rejoin(ServerId server, bool energised);

  // The next date at which a server stops holding, or another step of its start is over.
  Instant next() const { return dates_.empty() ? never : dates_.begin()->first; }
  // Takes the steps that are due; appends the servers whose power changed.
  void step(Instant now, std::vector<std::int32_t>& touched);

  // Since they were last taken, in the order of events: servers that lost their jobs, and that take jobs again.
  std::vector<std::int32_t> take_lost() { return std::exchange(lost_, {}); }
  std::vector<std::int32_t> take_back() { return std::exchange(back_, {}); }

 private:
  // In parts of a core or GPU: whole numbers, so that what was added comes out again exactly.
  struct Busy {
    std::int64_t cores = 0, gpus = 0;
  };
  struct Status {
    State state = State::up;
    bool inrush = false;
    bool woken = false;               // of booting: by work, not by the return of its power
    Instant due = never, up_at = never;
  };
  const ServerSpec& spec(std::size_t server) const { return *specs_[server]; }
  Power power_at(ServerId server, double speed) const;
  void set_due(std::size_t server, Instant due);
  void begin_boot(Instant now, std::size_t server);
  void come_up(std::size_t server);
  void go_dark(std::size_t server);

  std::vector<const ServerSpec*> specs_;
  const std::vector<Resources>& offered_;
  std::vector<Busy> busy_;
  std::vector<double> background_, speed_;
  std::vector<Status> states_;
  std::set<std::pair<Instant, std::int32_t>> dates_;
  std::vector<std::int32_t> lost_, back_;
  int holding_ = 0;
};

}  // namespace headroom
