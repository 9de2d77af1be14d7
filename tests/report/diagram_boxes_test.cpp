#include "analysis/report/diagram_boxes.h"

#include <catch2/catch.hpp>

#include <map>

using namespace headroom;

namespace {

class Path {
 public:
  void add(const std::string& name, const char* kind, const std::vector<std::string>& parents) {
    NodeRow row;
    row.id = static_cast<int>(nodes.size());
    row.name = name;
    row.kind = kind;
    for (auto const& parent : parents) edges.push_back({id_.at(parent), row.id, 0});
    id_[name] = row.id;
    nodes.push_back(row);
  }
  std::vector<NodeRow> nodes;
  std::vector<EdgeRow> edges;

 private:
  std::map<std::string, int> id_;
};

// Sides a and b, each with as many PDUs and a rack on each pair.
Path two_sides(int pdus) {
  Path path;
  for (std::string const side : {"a", "b"}) {
    path.add("utility-" + side, "utility", {});
    path.add("ups-" + side, "ups", {"utility-" + side});
    for (int i = 1; i <= pdus; ++i) path.add("pdu-" + side + "-" + std::to_string(i), "pdu", {"ups-" + side});
  }
  for (int i = 1; i <= pdus; ++i) {
    std::string const rack = "h/r-" + std::to_string(i);
    for (std::string const side : {"a", "b"}) path.add(rack + ":" + side, "rack", {"pdu-" + side + "-" + std::to_string(i)});
    path.add(rack + "/1", "server", {rack + ":a", rack + ":b"});
    path.add(rack + "/leaf", "auxiliary", {rack + ":a"});
  }
  return path;
}

const DiagramBox& box_named(const Diagram& diagram, const std::string& name) {
  for (auto const& box : diagram.boxes)
    if (box.members.front().name == name) return box;
  throw std::runtime_error("no such box");
}

}  // namespace

TEST_CASE("boxes lie side by side in layers, what feeds a box above it", "[report]") {
  Path const path = two_sides(4);
  Diagram const diagram = diagram_boxes(path.nodes, path.edges, {});
  CHECK(diagram.boxes.size() == 2 * 6 + 4);      // no server, nothing within a rack
  CHECK(diagram.layers == 4);
  std::map<int, std::vector<double>> places;
  for (auto const& box : diagram.boxes) {
    for (int const above : box.above) CHECK(diagram.boxes[static_cast<std::size_t>(above)].layer < box.layer);
    places[box.layer].push_back(box.place);
  }
  for (auto& [layer, of_layer] : places) {
    std::sort(of_layer.begin(), of_layer.end());
    CHECK((of_layer.front() >= 1 / 16.0 - 1e-9 && of_layer.back() <= 15 / 16.0 + 1e-9));
    for (std::size_t i = 1; i < of_layer.size(); ++i) CHECK(of_layer[i] - of_layer[i - 1] >= 1 / 8.0 - 1e-9);      // none over another
  }
  CHECK(box_named(diagram, "pdu-a-4").place < box_named(diagram, "pdu-b-1").place);      // the sides stay apart
  CHECK(box_named(diagram, "h/r-1").members.front().nodes.size() == 2);
}

TEST_CASE("a source stands just above what it feeds", "[report]") {
  Path path;
  path.add("utility", "utility", {});
  path.add("generator", "generator", {});
  path.add("transformer", "transformer", {"utility"});
  path.add("ats", "transfer-switch", {"transformer", "generator"});
  Diagram const diagram = diagram_boxes(path.nodes, path.edges, {});
  CHECK(box_named(diagram, "utility").layer == 0);
  CHECK(box_named(diagram, "generator").layer == 1);
  CHECK(box_named(diagram, "ats").layer == 2);
}

TEST_CASE("too many elements: like ones share a box, first those that never change", "[report]") {
  Path const path = two_sides(200);
  Diagram const quiet = diagram_boxes(path.nodes, path.edges, {"pdu-a-7"});
  CHECK(quiet.boxes.size() == 2 * 2 + 3 + 2);      // 199, 1 and 200 PDUs; racks below them
  CHECK(box_named(quiet, "pdu-a-7").members.size() == 1);
  CHECK(box_named(quiet, "pdu-b-1").members.size() == 200);
  CHECK(box_named(quiet, "h/r-1").members.size() == 199);

  std::set<std::string> all;
  for (auto const& node : path.nodes) all.insert(node.name);
  Diagram const loud = diagram_boxes(path.nodes, path.edges, all);
  CHECK(loud.boxes.size() == 2 * 3 + 1);
  CHECK(loud.box_of_node[4] == loud.box_of_node[5]);
}

TEST_CASE("a path without nodes has no boxes", "[report]") { CHECK(diagram_boxes({}, {}, {}).boxes.empty()); }
