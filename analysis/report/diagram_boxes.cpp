#include "analysis/report/diagram_boxes.h"

#include <algorithm>
#include <functional>
#include <map>

#include "analysis/measures/reliability.h"
#include "analysis/report/run_view.h"

namespace headroom {
namespace {

constexpr int ordering_rounds = 6;

class DiagramBuilder {
 public:
  // Elements that are `alone` have a box of their own.
  DiagramBuilder(const std::vector<NodeRow>& nodes, const std::vector<EdgeRow>& edges, std::function<bool(const NodeRow&)> alone)
      : nodes_(nodes), parents_(nodes.size()), alone_(std::move(alone)) {
    for (auto const& edge : edges) parents_[static_cast<std::size_t>(edge.child)].push_back(edge.parent);
    out_.box_of_node.resize(nodes.size());
  }

  Diagram build() {
    find_within_racks();
    for (auto const& node : nodes_)
      if (!hidden(node) && !end_of_path(node)) add(node.kind, node.name, {node.id}, !alone_(node));
    add_racks();
    for (auto const& node : nodes_)
      if (!hidden(node) && node.kind == "auxiliary") add(node.kind, node.name, {node.id}, true);
    set_layers();
    order();
    return std::move(out_);
  }

 private:
  static bool end_of_path(const NodeRow& node) { return node.kind == "rack" || node.kind == "auxiliary"; }
  bool hidden(const NodeRow& node) const { return within_rack_[static_cast<std::size_t>(node.id)] || node.kind == "server" || node.kind == "enclosure"; }

  void find_within_racks() {
    within_rack_.resize(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i)      // whatever feeds a node has a smaller number
      for (int const parent : parents_[i])
        if (within_rack_[static_cast<std::size_t>(parent)] || nodes_[static_cast<std::size_t>(parent)].kind == "rack") within_rack_[i] = true;
  }

  void add_racks() {
    std::vector<std::string> order;
    std::map<std::string, std::vector<int>> strips;
    for (auto const& node : nodes_) {
      if (hidden(node) || node.kind != "rack") continue;
      auto& of_rack = strips[rack_of_strip(node.name)];
      if (of_rack.empty()) order.push_back(rack_of_strip(node.name));
      of_rack.push_back(node.id);
    }
    for (auto const& name : order) add("rack", name, strips[name], true);
  }

  void add(const std::string& kind, const std::string& name, const std::vector<int>& nodes, bool shared) {
    std::vector<int> above;
    for (int const node : nodes)
      for (int const parent : parents_[static_cast<std::size_t>(node)])
        if (auto const box = out_.box_of_node[static_cast<std::size_t>(parent)]) above.push_back(*box);
    std::sort(above.begin(), above.end());
    above.erase(std::unique(above.begin(), above.end()), above.end());
    int box = static_cast<int>(out_.boxes.size());
    if (shared && !above.empty()) box = shared_.emplace(std::pair{kind, above}, box).first->second;
    if (box == static_cast<int>(out_.boxes.size())) out_.boxes.push_back({kind, {}, above, 0, 0.5});
    out_.boxes[static_cast<std::size_t>(box)].members.push_back({name, nodes});
    for (int const node : nodes) out_.box_of_node[static_cast<std::size_t>(node)] = box;
  }

  DiagramBox& at(int box) { return out_.boxes[static_cast<std::size_t>(box)]; }

  // As far down as the longest way from a source; racks at the bottom, a source just above what it feeds.
  void set_layers() {
    int deepest = 0;
    for (auto& box : out_.boxes) {
      for (int const above : box.above) box.layer = std::max(box.layer, at(above).layer + 1);
      deepest = std::max(deepest, box.layer);
    }
    for (auto& box : out_.boxes)
      if (box.kind == "rack") box.layer = deepest;
    std::vector<int> first_below(out_.boxes.size(), deepest + 1);
    for (auto const& box : out_.boxes)
      for (int const above : box.above) first_below[static_cast<std::size_t>(above)] = std::min(first_below[static_cast<std::size_t>(above)], box.layer);
    for (std::size_t i = 0; i < out_.boxes.size(); ++i)
      if (out_.boxes[i].above.empty() && first_below[i] <= deepest) out_.boxes[i].layer = first_below[i] - 1;
    out_.layers = out_.boxes.empty() ? 0 : deepest + 1;
  }

  // Each box as near as may be to the middle of those it is joined to, so that few lines cross.
  void order() {
    std::vector<std::vector<int>> layers(static_cast<std::size_t>(out_.layers)), below(out_.boxes.size());
    for (std::size_t i = 0; i < out_.boxes.size(); ++i) {
      layers[static_cast<std::size_t>(out_.boxes[i].layer)].push_back(static_cast<int>(i));
      for (int const above : out_.boxes[i].above) below[static_cast<std::size_t>(above)].push_back(static_cast<int>(i));
    }
    for (auto& layer : layers) {
      std::stable_sort(layer.begin(), layer.end(), [&](int a, int b) { return name_before(at(a).members.front().name, at(b).members.front().name); });
      spread(layer);
    }
    for (int round = 0; round < ordering_rounds; ++round) {
      for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) sort_by_middle(*layer, below, false);
      for (auto& layer : layers) sort_by_middle(layer, below, true);
    }
    std::size_t widest = 1;
    for (auto const& layer : layers) widest = std::max(widest, layer.size());
    for (auto const& layer : layers) settle(layer, 1.0 / static_cast<double>(widest));
  }

  // Below the middle of what feeds it, as far as its neighbours leave room: halfway between giving way to the right and
  // giving way to the left.
  void settle(const std::vector<int>& layer, double width) {
    std::vector<double> rightwards, leftwards;
    for (int const box : layer) rightwards.push_back(middle_of(at(box).above, at(box).place));
    leftwards = rightwards;
    auto const keep_apart = [&](std::vector<double>& places, bool from_left_first) {
      auto const from_left = [&] {
        double least = width / 2;
        for (double& place : places) {
          place = std::max(place, least);
          least = place + width;
        }
      };
      auto const from_right = [&] {
        double most = 1 - width / 2;
        for (auto place = places.rbegin(); place != places.rend(); ++place) {
          *place = std::min(*place, most);
          most = *place - width;
        }
      };
      if (from_left_first) from_left();
      from_right();
      if (!from_left_first) from_left();
    };
    keep_apart(rightwards, true);
    keep_apart(leftwards, false);
    for (std::size_t i = 0; i < layer.size(); ++i) at(layer[i]).place = (rightwards[i] + leftwards[i]) / 2;
  }

  double middle_of(const std::vector<int>& boxes, double otherwise) {
    double sum = 0;
    for (int const box : boxes) sum += at(box).place;
    return boxes.empty() ? otherwise : sum / static_cast<double>(boxes.size());
  }

  void sort_by_middle(std::vector<int>& layer, const std::vector<std::vector<int>>& below, bool downwards) {
    auto const middle = [&](int box) {
      auto const &up = at(box).above, &down = below[static_cast<std::size_t>(box)];
      auto const& joined = (downwards && !up.empty()) || down.empty() ? up : down;
      return middle_of(joined, at(box).place);
    };
    std::map<int, double> middles;
    for (int const box : layer) middles[box] = middle(box);
    std::stable_sort(layer.begin(), layer.end(), [&](int a, int b) { return middles[a] < middles[b] - 1e-9; });
    spread(layer);
  }

  void spread(const std::vector<int>& layer) {
    for (std::size_t i = 0; i < layer.size(); ++i) at(layer[i]).place = (static_cast<double>(i) + 0.5) / static_cast<double>(layer.size());
  }

  const std::vector<NodeRow>& nodes_;
  std::vector<std::vector<int>> parents_;
  std::function<bool(const NodeRow&)> alone_;
  std::vector<bool> within_rack_;
  std::map<std::pair<std::string, std::vector<int>>, int> shared_;
  Diagram out_;
};

}  // namespace

Diagram diagram_boxes(const std::vector<NodeRow>& nodes, const std::vector<EdgeRow>& edges, const std::set<std::string>& changing, const DiagramLimits& limits) {
  auto const fits = [&](const Diagram& diagram) {
    std::map<int, std::size_t> in_layer;
    for (auto const& box : diagram.boxes)
      if (++in_layer[box.layer] > limits.side_by_side) return false;
    return diagram.boxes.size() <= limits.boxes;
  };
  Diagram const each = DiagramBuilder(nodes, edges, [](const NodeRow&) { return true; }).build();
  if (fits(each)) return each;
  Diagram const quiet_ones_shared = DiagramBuilder(nodes, edges, [&](const NodeRow& node) { return changing.contains(node.name); }).build();
  if (fits(quiet_ones_shared)) return quiet_ones_shared;
  return DiagramBuilder(nodes, edges, [](const NodeRow&) { return false; }).build();
}

}  // namespace headroom
