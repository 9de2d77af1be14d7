// The one-line diagram: the power path as boxes and lines, and every change of state that shows in it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "analysis/report/diagram_boxes.h"
#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::size_t most_diagram_events = 2000;
constexpr std::string_view circuit_mark = " circuit from ";

std::set<std::string> names_of(const std::vector<ChangeRow>& changes) {
  std::set<std::string> out;
  for (auto const& change : changes) out.insert(change.element);
  return out;
}

class DiagramSection {
 public:
  explicit DiagramSection(const RunView& view) : view_(view), edges_(view.run.edges()), diagram_(diagram_boxes(view.nodes, edges_, names_of(view.changes))) {
    for (auto const& node : view.summary.power.nodes) power_[node.node] = &node;
    for (auto const& node : view.nodes) node_[node.name] = node.id;
    for (auto const& edge : edges_) first_parent_.emplace(edge.child, edge.parent);
    for (std::size_t box = 0; box < diagram_.boxes.size(); ++box)
      for (std::size_t i = 0; i < diagram_.boxes[box].members.size(); ++i) {
        DiagramMember const& member = diagram_.boxes[box].members[i];
        element_[member.name] = {box, i};
        for (int const node : member.nodes) element_[view.nodes[static_cast<std::size_t>(node)].name] = {box, i};
      }
    for (auto const& box : diagram_.boxes)
      for (int const above : box.above) line_.emplace(std::pair{above, static_cast<int>(&box - diagram_.boxes.data())}, line_.size());
  }

  Json json() {
    Json shown = events();      // first: it finds whose states change
    Json boxes = Json::array(), lines(line_.size(), Json());
    for (std::size_t i = 0; i < diagram_.boxes.size(); ++i) boxes.push_back(box(i));
    for (auto const& [ends, at] : line_) lines[at] = {{"from", ends.first}, {"to", ends.second}};
    for (auto const& edge : edges_)
      if (auto const at = line_between(edge.parent, edge.child)) lines[*at]["circuits"] = lines[*at].value("circuits", 0) + 1;
    Json out{{"layers", diagram_.layers}, {"boxes", std::move(boxes)}, {"lines", std::move(lines)}};
    if (!shown.empty()) out["events"] = std::move(shown);
    std::string note = "Racks below the same feeds are one box.";
    if (merged()) note += " The site has more elements than can be drawn: like ones below the same feeds are one box, too.";
    if (left_out_ > 0) note += fmt::format(" The last {} changes are left out here; the tables have them.", grouped(static_cast<std::int64_t>(left_out_)));
    out["note"] = note;
    return out;
  }

 private:
  struct Place {
    std::size_t box, member;
  };

  bool merged() const {
    return std::any_of(diagram_.boxes.begin(), diagram_.boxes.end(), [](const DiagramBox& box) { return box.members.size() > 1 && box.kind != "rack" && box.kind != "auxiliary"; });
  }

  std::optional<std::size_t> line_between(int parent, int child) const {
    auto const from = diagram_.box_of_node[static_cast<std::size_t>(parent)], to = diagram_.box_of_node[static_cast<std::size_t>(child)];
    if (!from || !to) return std::nullopt;
    auto const at = line_.find({*from, *to});
    return at == line_.end() ? std::nullopt : std::optional(at->second);
  }

  // Of a breaker, whose element is "CHILD circuit from PARENT".
  std::optional<std::size_t> line_of(const std::string& element) const {
    std::size_t const at = element.find(circuit_mark);
    if (at == std::string::npos) return std::nullopt;
    auto const child = node_.find(element.substr(0, at)), parent = node_.find(element.substr(at + circuit_mark.size()));
    if (child == node_.end() || parent == node_.end()) return std::nullopt;
    return line_between(parent->second, child->second);
  }

  Json events() {
    Json out = Json::array();
    for (auto const& change : view_.changes) {
      auto const place = element_.find(change.element);
      auto const line = line_of(change.element);
      bool const begins = change.cause == 0 && !node_.contains(change.element);      // a common cause has no box
      if (place == element_.end() && !line && !begins) continue;
      if (out.size() == most_diagram_events) {
        ++left_out_;
        continue;
      }
      Json row{{"t_s", static_cast<double>(change.time_ns) / 1e9}, {"element", change.element}, {"from", change.from}, {"to", change.to}};
      if (std::string const cause = view_.cause_text(change); !cause.empty()) row["cause"] = cause;
      if (place != element_.end()) changing_[place->second.box].insert(place->second.member);
      if (line) row["line"] = *line;
      out.push_back(std::move(row));
    }
    return out;
  }

  // A group's members are named where one of them changes its state; of the others the number is enough.
  Json box(std::size_t i) {
    DiagramBox const& from = diagram_.boxes[i];
    Json out{{"name", name_of(from)}, {"kind", from.kind}, {"layer", from.layer}, {"place", chart_number(from.place)}, {"count", from.members.size()}};
    describe_load(from, out);
    if (from.kind == "transfer-switch" && from.members.size() == 1)
      if (auto const first = first_parent_.find(from.members.front().nodes.front()); first != first_parent_.end())
        out["preferred"] = view_.nodes[static_cast<std::size_t>(first->second)].name;
    Json members = Json::array();
    for (std::size_t const at : changing_[i]) {
      DiagramMember const& member = from.members[at];
      Json nodes = Json::array();
      for (int const node : member.nodes) nodes.push_back(view_.nodes[static_cast<std::size_t>(node)].name);
      members.push_back({{"name", member.name}, {"nodes", std::move(nodes)}});
    }
    if (!members.empty()) out["members"] = std::move(members);
    return out;
  }

  std::string name_of(const DiagramBox& box) const {
    if (box.members.size() == 1) return box.members.front().name;
    std::string const kind = box.kind == "rack" ? "racks" : box.kind == "auxiliary" ? "loads" : plural_of_kind(box.kind);
    return fmt::format("{} {}", grouped(static_cast<std::int64_t>(box.members.size())), kind);
  }

  // "peak 62 %" and "75 kVA"; of several the fullest; without a limit what it drew: "peak 3.2 kW".
  void describe_load(const DiagramBox& box, Json& out) const {
    const NodePower* fullest = nullptr;
    auto const share = [](const NodePower& node) { return node.binding ? node.binding->used_share() : 0.0; };
    for (auto const& member : box.members)
      for (int const node : member.nodes)
        if (auto const at = power_.find(node); at != power_.end() && (fullest == nullptr || share(*at->second) > share(*fullest))) fullest = at->second;
    if (fullest == nullptr) return;
    if (!fullest->binding) {
      if (fullest->input_peak_kw > 0) out["peak"] = "peak " + power_figure(fullest->input_peak_kw).text();
      return;
    }
    Limit const& limit = *fullest->binding;
    out["peak"] = "peak " + percent_figure(limit.used_share(), 2).text();
    out["limit"] = Figure{fmt::format("{:.4g}", limit.allowed), std::string_view(limit.unit) == "circuit A" ? "A" : limit.unit}.text();
    if (limit.used_share() > 1) out["over"] = true;
  }

  const RunView& view_;
  std::vector<EdgeRow> edges_;
  Diagram diagram_;
  std::unordered_map<int, const NodePower*> power_;
  std::unordered_map<std::string, int> node_;
  std::unordered_map<int, int> first_parent_;
  std::unordered_map<std::string, Place> element_;
  std::map<std::pair<int, int>, std::size_t> line_;
  std::map<std::size_t, std::set<std::size_t>> changing_;      // by box, its members that change
  std::size_t left_out_ = 0;
};

}  // namespace

Json diagram_section(const RunView& view) {
  if (view.nodes.empty()) return {};
  return DiagramSection(view).json();
}

}  // namespace headroom
