// What jobs send while they run: patterns between their servers or to elsewhere, and how they alternate with work.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/quantity.h"
#include "base/time.h"

namespace headroom {

// What each phase moves between the n servers of a job, of a volume S (docs/models.md, "Traffic of jobs"):
//   ring-all-reduce    each server sends 2 (n - 1)/n S to the next, in 2 (n - 1) rounds
//   tree-all-reduce    S up and S down each edge of a binary tree, in 2 floor(log2 n) rounds
//   all-to-all         each server sends S/n to every other
//   halo               each server sends S, in equal parts to its neighbours in a periodic grid as near to a cube as n allows
//   shuffle            S of the whole job: S/n^2 from every server to every other
//   parameter-server   every other server sends S to the first and gets S from it
//   storage-read, storage-write     S of each server, from or to `with`, which take turns
//   requests           S of each server comes from `with`, and `answer` goes back
enum class Pattern { ring_all_reduce, tree_all_reduce, all_to_all, halo, shuffle, parameter_server, storage_read, storage_write, requests };
constexpr auto names(Pattern) {
  return std::array{std::pair{Pattern::ring_all_reduce, "ring-all-reduce"}, std::pair{Pattern::tree_all_reduce, "tree-all-reduce"},
                    std::pair{Pattern::all_to_all, "all-to-all"},           std::pair{Pattern::halo, "halo"},
                    std::pair{Pattern::shuffle, "shuffle"},                 std::pair{Pattern::parameter_server, "parameter-server"},
                    std::pair{Pattern::storage_read, "storage-read"},       std::pair{Pattern::storage_write, "storage-write"},
                    std::pair{Pattern::requests, "requests"}};
}
constexpr bool is_with_others(Pattern pattern) { return pattern == Pattern::storage_read || pattern == Pattern::storage_write || pattern == Pattern::requests; }

// Whose the volume is, of traffic with others: each server's, or the whole job's, which its servers share evenly.
enum class VolumeOf { server, job };
constexpr auto names(VolumeOf) { return std::array{std::pair{VolumeOf::server, "server"}, std::pair{VolumeOf::job, "job"}}; }

struct TrafficSpec {
  std::string job_class;                // key `class`: of jobs whose trace names it; all by default
  Pattern pattern = Pattern::ring_all_reduce;
  std::optional<DataSize> volume;       // S of each phase; the trace's, where it states one
  std::optional<DataSize> answer;       // of requests
  VolumeOf volume_of = VolumeOf::server;
  double times = 1;                     // of the volume, the trace's too
  std::optional<Duration> every;        // of work between two phases
  std::optional<int> phases;            // instead: so many in each job, equally far apart
  double overlap = 0;                   // the share of each phase that goes on beside the work before it
  double busy = 1;                      // of its utilisation, while the job waits for what it sends
  std::vector<std::string> fabric;      // the first of these on which both ends hang; the site's, in their order, by default
  std::vector<std::string> with;        // servers, racks, halls or places outside
  std::string source;                   // where its figures come from
  Location where;
};

// What a trace's run times are.
enum class RunTimes { work, all };
constexpr auto names(RunTimes) { return std::array{std::pair{RunTimes::work, "work"}, std::pair{RunTimes::all, "all"}}; }

// What a trace itself says of a job's traffic.
struct JobTraffic {
  std::string job_class;
  std::optional<DataSize> volume;       // in place of the specification's
  // Bytes from machine i to machine j, once, beside the job's work: machines x machines, or one figure for all pairs.
  int machines = 0;
  std::vector<double> pair_bytes;
  double bytes(int from, int to) const {
    return pair_bytes.size() == 1 ? pair_bytes.front() : pair_bytes[static_cast<std::size_t>(from) * static_cast<std::size_t>(machines) + static_cast<std::size_t>(to)];
  }
};

}  // namespace headroom
