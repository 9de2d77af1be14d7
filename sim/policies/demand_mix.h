// The mix of demands that jobs have made so far, and what of a server's free GPUs is a fragment to it.
//
// Fragmentation is that of Weng et al., "Beware of Fragmentation" (USENIX ATC 2023). To a class m of jobs, of the free
// GPUs of server n
//   F_n(m) = all of them, where n cannot run a job of m: it lacks cores or GPUs, or m asks for no GPU;
//            else the sum over its GPUs g of what is left of g, R_g, where R_g < min(gpus of m, 1);
//   F_n    = sum over m of p_m F_n(m), p_m being the share of m among the jobs.
// Memory does not count, as there. A job over whole servers uses all GPUs of an idle one and none of another; one that may
// be spread over several servers stands for one of its GPUs, with the cores that go with it.
#pragma once

#include <map>
#include <vector>

#include "sim/policies/capacity.h"

namespace headroom {

// Of one server: free cores, GPUs that are wholly free, what is left of those that are shared (a whole one stands for a
// number that is free and counts under `whole_gpus`), and whether nothing of it is taken.
struct FreeGpus {
  Amount cores{};
  std::int64_t whole_gpus = 0;
  std::vector<Amount> shared{};
  bool idle = false;

  static FreeGpus of(const Capacity& capacity, std::int32_t server);
  void take(const Piece& piece);
};

class DemandMix {
 public:
  void add(const Demand& demand);
  // F_n, in thousandths of a GPU times the jobs of the mix: exact. Divide by jobs() for the expected fragment.
  std::int64_t fragment_sum(const FreeGpus& free) const;
  // F_n in GPUs; zero for a mix of no jobs.
  double fragment(const FreeGpus& free) const;
  std::int64_t jobs() const { return jobs_; }

 private:
  struct CoresUpTo {
    Amount cores;
    std::int64_t jobs = 0;         // of so many cores or fewer
  };
  using Class = std::vector<CoresUpTo>;          // by cores
  static std::int64_t with_cores(const Class& of_gpus, Amount cores);

  std::map<Amount, Class> by_gpus_;              // of jobs that ask for GPUs
  std::int64_t whole_servers_ = 0, jobs_ = 0;
};

}  // namespace headroom
