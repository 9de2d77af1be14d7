// A cluster's list of nodes as a site that can be run: equal nodes are one type of server, written in place. What such a
// list does not say, power above all, is assumed, and each server's `sources` says so.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json_fields.h"

namespace headroom {

struct NodeType {
  std::int64_t cores = 0;
  double memory_gb = 0;             // GB, powers of 1000
  std::int64_t gpus = 0;
  std::string model;                // of the GPUs; "" without any
  std::int64_t count = 0;           // how many nodes of the list are of this type
};

// CSV, plain or packed, with the columns of one of Alibaba's lists:
//   sn, cpu_milli, memory_mib, gpu, model                      (cluster-trace-gpu-v2023)
//   machine, gpu_type, cap_cpu, cap_mem, cap_gpu               (PAI 2020; cap_mem in GB)
//   gpu_model, gpu_capacity_num, cpu_num, node_name            (spot-gpu 2026; memory is assumed)
// Types in the order in which they first appear. Throws InputError with the place.
std::vector<NodeType> read_node_list(const std::filesystem::path& file);

struct NodeTotals {
  std::int64_t nodes = 0, cores = 0, gpus = 0;
  double memory_gb = 0;
};
NodeTotals totals_of(const std::vector<NodeType>& types);

// A site file's content: one hall, racks of one type each, one feed without ratings.
Json site_of_nodes(const std::string& name, const std::vector<NodeType>& types);

}  // namespace headroom
