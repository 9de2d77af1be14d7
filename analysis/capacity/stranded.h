// Capacity that is there and cannot be used: at a load, what each node is allowed, what it carries with everything in
// service, what more it carries in its worst fault, and what is left because something else binds first.
#pragma once

#include "analysis/capacity/capacity.h"

namespace headroom {

class StrandedCount {
 public:
  StrandedCount(const PowerGraph& graph, const std::vector<PathLimit>& limits) : graph_(graph), limits_(limits), normal_(limits.size(), 0.0), worst_(limits.size(), 0.0), worst_in_(limits.size()), kw_(limits.size(), 0.0) {}

  void normal(const PowerFlow& flow, const std::vector<double>& shares);
  void worst(const std::vector<double>& shares, const std::string& lost);
  // Of each node above the racks, by its tightest limit; in the order of nodes.
  std::vector<Stranded> result() const;

 private:
  const PowerGraph& graph_;
  const std::vector<PathLimit>& limits_;
  std::vector<double> normal_, worst_;
  std::vector<std::string> worst_in_;
  std::vector<double> kw_;             // carried with everything in service
};

}  // namespace headroom
