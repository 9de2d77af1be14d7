// The power path as boxes in layers, sources at the top, for a one-line diagram.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

// A rack with its strips, or any other element, which is its own only node.
struct DiagramMember {
  std::string name;
  std::vector<int> nodes;
};

// One element, or several alike that hang below the same boxes: racks always, others where there are too many to draw.
struct DiagramBox {
  std::string kind;
  std::vector<DiagramMember> members;
  std::vector<int> above;               // boxes that feed it, ascending
  int layer = 0;
  double place = 0.5;                   // in its layer, from 0 (left) to 1 (right)
};

struct Diagram {
  std::vector<DiagramBox> boxes;
  std::vector<std::optional<int>> box_of_node;      // nothing for what is not drawn: servers and all within a rack
  int layers = 0;
};

struct DiagramLimits {
  std::size_t boxes = 150, side_by_side = 32;
};

// Where it would pass a limit, like elements share a box: first those that are not in `changing` (names), then all.
Diagram diagram_boxes(const std::vector<NodeRow>& nodes, const std::vector<EdgeRow>& edges, const std::set<std::string>& changing, const DiagramLimits& limits = {});

}  // namespace headroom
