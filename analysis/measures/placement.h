// The placement of a job, as a run file holds it: "0-15:32/2 16:8 17:0.5/0.25@1", by number of the server and, where a GPU is
// shared, of the shared GPU on it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/amount.h"

namespace headroom {

struct PlacedPiece {
  int first, last;      // servers
  Amount cores, gpus;   // held on each of them
  int device = -1;      // of a share of a GPU: which of the server's shared GPUs
};

std::vector<PlacedPiece> placed(std::string_view text);
std::int64_t servers_placed(std::string_view text);

}  // namespace headroom
