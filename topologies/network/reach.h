// Which servers the network reaches: switches without power pass nothing on, and a server that is left alone by that on an
// essential fabric is cut off.
#pragma once

#include <functional>
#include <vector>

#include "topologies/network/routes.h"

namespace headroom {

class Reach {
 public:
  explicit Reach(const PowerGraph& graph, std::uint64_t seed = 1);

  // Looks at every switch: does its node have power? True: some switch died or came back; then the two lists below are of
  // this look, else they are empty.
  bool look(const std::function<bool(NodeId)>& is_energised);
  const std::vector<std::int32_t>& lost() const { return lost_; }       // servers that were reached before, by number
  const std::vector<std::int32_t>& back() const { return back_; }
  const std::vector<std::int32_t>& cut_off() const { return cut_off_; } // all of them now, by number

  bool has_network() const;
  Routes& routes() { return routes_; }

 private:
  const NetworkGraph& network_;
  Routes routes_;
  std::vector<char> is_cut_off_;             // of each server; empty without a network
  std::vector<std::int32_t> lost_, back_, cut_off_;
};

}  // namespace headroom
