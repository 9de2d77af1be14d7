// Servers on which jobs may ask for more than there is, and what each of them gets: max-min fair, for the cores and for
// the GPUs of a server apart. Nobody gets more than it asks for; what is left by those who ask for little is shared
// evenly by the others (Bertsekas and Gallager, Data Networks, 6.5.2).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/policies/capacity.h"
#include "workloads/job.h"

namespace headroom {

// What one demand gets of so much: the demands that are below the fair level whole, the others that level. In the order
// of the demands.
std::vector<double> max_min_fair(std::span<const double> demands, double supply);

class SharedServers {
 public:
  // `physical` must outlive it. `gpu_overhead`: the share of a GPU's work that sharing it costs (virtualisation).
  SharedServers(const std::vector<Resources>& physical, double gpu_overhead)
      : physical_(physical), gpu_overhead_(gpu_overhead), tenants_(physical.size()), is_touched_(physical.size(), 0) {}

  // The job asks for so much of what it holds there from now on.
  void set(std::int32_t job, const Piece& piece, const Utilisations& utilisation);
  void remove(std::int32_t job, std::int32_t server);

  // Shares out the servers that changed; the jobs on them, each once, rising.
  std::vector<std::int32_t> settle();
  // What a job got of what it asks for, on all its servers together, as they were last settled: cores and GPUs in units, and
  // the rate at which work that needs everything it asks for goes on: the smallest of its shares.
  struct Supply {
    double asked_cores = 0, asked_gpus = 0, cores = 0, gpus = 0;
    double rate = 1;
  };
  Supply supply(std::int32_t job, const Allocation& where) const;

 private:
  struct Tenant {
    std::int32_t job;
    double asked_cores, asked_gpus, cores, gpus;
  };
  void touch(std::int32_t server);
  static void share(std::vector<Tenant>& tenants, double Tenant::*asked, double Tenant::*got, double supply);

  const std::vector<Resources>& physical_;
  double const gpu_overhead_;
  std::vector<std::vector<Tenant>> tenants_;       // of each server, in the order of their coming
  std::vector<std::int32_t> touched_;
  std::vector<char> is_touched_;
};

}  // namespace headroom
