// A load file: how busy which servers of a site are, and what is out of service, for a look at the power path in one
// state of it (`headroom site show --power --load FILE`).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"

namespace headroom {

struct ServerLoad {
  std::string racks;                   // name of a group of racks; "": every group
  std::string type;                    // a server type; "": every type
  std::optional<int> servers;          // the first so many of those; all by default
  double cpu = 0, gpu = 0;             // shares of the cores and accelerators that are busy
  Location where;
};

struct LoadFile {
  static constexpr const char* kind = "load";
  std::vector<ServerLoad> servers;     // in order; a later entry overrules an earlier one; idle where none applies
  std::vector<std::string> out_of_service;   // names of nodes
  Location where;
};

}  // namespace headroom
