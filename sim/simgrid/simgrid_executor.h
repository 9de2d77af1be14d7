// SimGrid as the executor: servers are its hosts, its clock follows the calendar by one timer, and what may share or be
// capped is an execution of its own, waited for by a reused pool of parked actors.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/engine/executor.h"
#include "sim/model/scenario.h"

namespace headroom {

struct SimgridHost {
  std::string name;
  int cores = 1;
};

struct SimgridNetwork {
  NetworkModel model = NetworkModel::ideal;
  std::vector<SharedLink> links;
};

// Builds the platform, runs `simulation` inside it, and takes it down. SimGrid's engine and its clock belong to the
// process: once a process.
void run_on_simgrid(const std::vector<SimgridHost>& hosts, const SimgridNetwork& network, const std::function<void(Executor&)>& simulation);

}  // namespace headroom
