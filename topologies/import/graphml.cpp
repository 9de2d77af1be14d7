#include "topologies/import/graphml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "topologies/import/xml_file.h"

namespace headroom {
namespace {

constexpr double earth_radius_m = 6'371'008.8, light_m_per_s = 299'792'458.0, glass = 2.0 / 3;
constexpr double route_factor = 1.3;      // assumption: fibre follows roads and rails
constexpr const char* server_type = "generic-200-600w";
constexpr std::int64_t in_a_rack = 20;    // of 2U

const std::vector<XmlRule>& graphml_rules() {
  static const std::vector<XmlRule> all{{"graphml", {}, {"xmlns", "xmlns:xsi", "xsi:schemaLocation"}, {"desc", "key", "graph"}},
                                        {"key", {"id"}, {"for", "attr.name", "attr.type"}, {"desc", "default"}},
                                        {"graph", {"edgedefault"}, {"id", "parse.nodes", "parse.edges", "parse.order", "parse.nodeids", "parse.edgeids"}, {"desc", "data", "node", "edge"}},
                                        {"node", {"id"}, {}, {"desc", "data"}},
                                        {"edge", {"source", "target"}, {"id", "directed"}, {"desc", "data"}},
                                        {"data", {"key"}, {}, {}}};
  return all;
}

struct Edge {
  int from = 0, to = 0;
  std::optional<DataRate> rate;
  Location where;
};

class GraphmlReader {
 public:
  GraphmlReader(const std::filesystem::path& file, const GraphmlChoices& choices) : root_(read_xml(file)), choices_(choices) { site_.source = fmt::format("the GraphML file {}", file.filename().string()); }

  ImportedSite read() {
    if (root_.name != "graphml") throw InputError(root_.where, fmt::format("found <{}>; a GraphML file, which begins with <graphml>, would do", root_.name));
    if (auto problems = problems_of(root_, graphml_rules()); !problems.empty()) throw InputError(std::move(problems));
    XmlElement const& graph = only_graph();
    read_keys();
    for (auto const& element : graph.children)
      if (element.name == "node") add_node(element);
    for (auto const& element : graph.children)
      if (element.name == "edge") add_edge(element);
    if (site_.nodes.empty()) problem(graph.where, "the graph has no nodes; a site needs one at least");
    stop_at_problems();
    if (edges_.empty()) problem(graph.where, "the graph has no edges; a network needs one at least");
    check_assumptions();
    stop_at_problems();
    add_links();
    add_servers(graph);
    stop_at_problems();
    finish();
    return std::move(site_);
  }

 private:
  void problem(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }
  void stop_at_problems() {
    if (!problems_.empty()) throw InputError(std::move(problems_));
  }

  const XmlElement& only_graph() const {
    const XmlElement* found = nullptr;
    for (auto const& child : root_.children) {
      if (child.name != "graph") continue;
      if (found != nullptr) throw InputError(child.where, "a second <graph>; one would do");
      found = &child;
    }
    if (found == nullptr) throw InputError(root_.where, "there is no <graph>");
    if (found->text_of("edgedefault") != "undirected") throw InputError(found->find("edgedefault")->where, fmt::format("edgedefault: '{}' is not read, cables go both ways; undirected would do", found->text_of("edgedefault")));
    return *found;
  }

  void read_keys() {
    for (auto const& child : root_.children)
      if (child.name == "key") keys_[child.text_of("id")] = child.text_of("attr.name", child.text_of("id"));
  }

  // What an element's data say, by the names of their keys.
  std::map<std::string, const XmlElement*> data_of(const XmlElement& element) {
    std::map<std::string, const XmlElement*> out;
    for (auto const& child : element.children) {
      if (child.name != "data") continue;
      auto const key = keys_.find(child.text_of("key"));
      if (key == keys_.end()) problem(child.find("key")->where, fmt::format("key: there is no <key> '{}'", child.text_of("key")));
      else if (!out.emplace(key->second, &child).second) problem(child.where, fmt::format("{} stands twice in this <{}>", key->second, element.name));
    }
    return out;
  }

  std::optional<double> number(const std::map<std::string, const XmlElement*>& data, const char* name, double least, double most) {
    auto const found = data.find(name);
    if (found == data.end()) return std::nullopt;
    auto const parsed = parse_number(found->second->text);
    auto const* value = std::get_if<double>(&parsed);
    if (value != nullptr && *value >= least && *value <= most) return *value;
    problem(found->second->where, fmt::format("{}: '{}' is not a number from {} to {}", name, found->second->text, number_text(least), number_text(most)));
    return std::nullopt;
  }

  std::string free_name(std::string label, const std::string& id) {
    std::replace(label.begin(), label.end(), '/', '-');
    if (label.empty()) label = "node " + id;
    if (label == "servers" || names_.contains(label)) label = fmt::format("{} (node {})", label, id);
    names_.insert(label);
    return label;
  }

  void add_node(const XmlElement& element) {
    auto const& id = *element.find("id");
    auto const [earlier, is_new] = numbers_.emplace(id.value, static_cast<int>(site_.nodes.size()));
    if (!is_new) return problem(id.where, fmt::format("node '{}' stands in line {} already; every node needs an id of its own", id.value, places_[static_cast<std::size_t>(earlier->second)].line));
    auto const data = data_of(element);
    ImportedNode node;
    auto const label = data.find("label");
    node.name = free_name(label == data.end() ? "" : label->second->text, id.value);
    node.latitude = number(data, "Latitude", -90, 90);
    node.longitude = number(data, "Longitude", -180, 180);
    if (!node.latitude || !node.longitude) node.latitude = node.longitude = std::nullopt;
    internal_.push_back(number(data, "Internal", 0, 1).value_or(1) != 0);
    places_.push_back(id.where);
    site_.nodes.push_back(std::move(node));
  }

  std::optional<int> end_of(const XmlAttribute& name) {
    auto const found = numbers_.find(name.value);
    if (found != numbers_.end()) return found->second;
    std::vector<std::string> known;
    for (auto const& [id, node] : numbers_) known.push_back(id);
    problem(name.where, fmt::format("{}: there is no node '{}'{}", name.name, name.value, nearest_hint(name.value, known)));
    return std::nullopt;
  }

  void add_edge(const XmlElement& element) {
    auto const from = end_of(*element.find("source")), to = end_of(*element.find("target"));
    if (element.text_of("directed", "false") != "false") problem(element.find("directed")->where, "a directed edge is not read, cables go both ways; without it it would do");
    auto const data = data_of(element);
    auto const rate = number(data, "LinkSpeedRaw", 1, 1e18);
    if (!from || !to) return;
    if (*from == *to) return problem(element.where, fmt::format("an edge from node '{}' to itself; without it the file would do", element.text_of("source")));
    edges_.push_back({*from, *to, rate ? std::optional(DataRate::from_si(*rate)) : std::nullopt, element.where});
  }

  bool has_distance(const Edge& edge) const { return site_.nodes[static_cast<std::size_t>(edge.from)].latitude && site_.nodes[static_cast<std::size_t>(edge.to)].latitude; }

  // What the file does not say is an error, unless somebody has said what to take.
  void check_assumptions() {
    std::int64_t rates = 0, distances = 0;
    Location rate_where, distance_where;
    for (auto const& edge : edges_) {
      if (!edge.rate && rates++ == 0) rate_where = edge.where;
      if (!has_distance(edge) && distances++ == 0) distance_where = edge.where;
    }
    if (rates > 0 && !choices_.assumed_rate) problem(rate_where, fmt::format("{} of {} edges have no LinkSpeedRaw, this one first; --assume-rate \"10 Gbit/s\" would do for them", rates, edges_.size()));
    if (distances > 0 && !choices_.assumed_distance) problem(distance_where, fmt::format("{} of {} edges end at a node without Latitude and Longitude, this one first; --assume-distance \"100 km\" would do for them", distances, edges_.size()));
    if (rates > 0 && choices_.assumed_rate) site_.notes.push_back(fmt::format("{} of {} edges have no LinkSpeedRaw: {} assumed", rates, edges_.size(), to_text(*choices_.assumed_rate)));
    if (distances > 0 && choices_.assumed_distance) site_.notes.push_back(fmt::format("{} of {} edges end at a node without coordinates: a distance of {} assumed", distances, edges_.size(), to_text(*choices_.assumed_distance)));
  }

  void add_links() {
    for (auto const& edge : edges_) {
      auto const &a = site_.nodes[static_cast<std::size_t>(edge.from)], &b = site_.nodes[static_cast<std::size_t>(edge.to)];
      Length const distance = has_distance(edge) ? great_circle(*a.latitude, *a.longitude, *b.latitude, *b.longitude) : *choices_.assumed_distance;
      ImportedLink link{edge.from, edge.to, edge.rate.value_or(choices_.assumed_rate.value_or(DataRate{})), {}, false, 1, route_factor * distance};
      link.latency = fibre_latency(*link.length);
      if (*link.length <= Length{}) link.length = std::nullopt;      // both at one place
      site_.links.push_back(std::move(link));
    }
  }

  // A hall for each node of the network itself. Its servers' links are as wide as all links of the node together; where it has
  // none, as the widest of all.
  void add_servers(const XmlElement& graph) {
    std::vector<DataRate> widths(site_.nodes.size());
    DataRate widest;
    for (auto const& link : site_.links) {
      widest = std::max(widest, link.rate);
      for (int end : {link.from, link.to}) widths[static_cast<std::size_t>(end)] += link.rate;
    }
    for (std::size_t i = 0; i < internal_.size(); ++i) {
      if (!internal_[i]) continue;
      ImportedGroup group{site_.nodes[i].name, "r", {{server_type, choices_.servers}}, in_a_rack};
      ImportedNode servers;
      servers.group = static_cast<int>(site_.groups.size());
      site_.groups.push_back(std::move(group));
      site_.links.push_back({static_cast<int>(site_.nodes.size()), static_cast<int>(i), widths[i] > DataRate{} ? widths[i] : widest, {}, false, 1, {}});
      site_.nodes.push_back(std::move(servers));
    }
    if (site_.groups.empty()) problem(graph.where, "every node has Internal 0, there is nowhere to put servers; one of the network itself would do");
  }

  void finish() {
    join_equal_links(site_);
    if (int const parts = network_parts(site_); parts > 1) site_.notes.push_back(fmt::format("the graph is not connected: {} parts, each a fabric of its own", parts));
    site_.counts = {{"nodes", std::ssize(numbers_)}, {"edges", std::ssize(edges_)}};
    if (auto const others = std::count(internal_.begin(), internal_.end(), false); others > 0) site_.notes.push_back(fmt::format("{} of {} nodes are other networks (Internal 0): places without servers", others, internal_.size()));
    site_.notes.push_back(fmt::format("servers are not in the file: {} of the type {} at each node assumed", choices_.servers, server_type));
    site_.notes.push_back("fibre is not in the file: 1.3 times the great circle assumed, light in it at 2/3 of its speed");
  }

  XmlElement root_;
  GraphmlChoices choices_;
  ImportedSite site_;
  std::map<std::string, std::string> keys_;      // their names by their ids
  std::map<std::string, int> numbers_;           // of nodes, by their ids
  std::vector<Location> places_;                 // of nodes in the file
  std::vector<bool> internal_;
  std::set<std::string> names_;
  std::vector<Edge> edges_;
  std::vector<Problem> problems_;
};

}  // namespace

Length great_circle(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  auto const radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  double const north = std::sin(radians(latitude_b - latitude_a) / 2), east = std::sin(radians(longitude_b - longitude_a) / 2);
  double const haversine = north * north + std::cos(radians(latitude_a)) * std::cos(radians(latitude_b)) * east * east;
  return 2 * earth_radius_m * std::asin(std::sqrt(std::min(1.0, haversine))) * metre;
}

Duration fibre_latency(Length length) { return round_to_duration(length / metre / (glass * light_m_per_s)).value_or(longest_duration); }

ImportedSite read_graphml(const std::filesystem::path& file, const GraphmlChoices& choices) { return GraphmlReader(file, choices).read(); }

}  // namespace headroom
