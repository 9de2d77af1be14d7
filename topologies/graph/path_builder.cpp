// The nodes and circuits that a site writes, in the order of their feeding.
#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

#include "topologies/graph/draft.h"

namespace headroom {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

// Nodes in an order in which whatever feeds a node comes first, or the cycle that forbids it.
struct OrderVisitor : boost::default_dfs_visitor {
  std::vector<std::size_t>* finished;
  std::vector<std::size_t>* open;
  std::vector<std::size_t>* cycle;

  void discover_vertex(std::size_t v, const Graph&) { open->push_back(v); }
  void finish_vertex(std::size_t v, const Graph&) {
    open->pop_back();
    finished->push_back(v);
  }
  void back_edge(Graph::edge_descriptor e, const Graph& graph) {
    if (!cycle->empty()) return;
    auto const first = std::find(open->begin(), open->end(), boost::target(e, graph));
    cycle->assign(first, open->end());
    cycle->push_back(boost::target(e, graph));
  }
};

bool is_source(const WrittenNode& node) { return node.utility || node.generator; }
bool is_board(const WrittenNode& node) { return node.switchboard || node.switchgear; }

class PathBuilder {
 public:
  PathBuilder(const PowerPath& power, Draft& draft) : nodes_(power.nodes), circuits_(power.circuits), draft_(draft) {}

  void build() {
    name_nodes();
    connect();
    check_feeding();
    draft_.stop_on_problems();
    order();
    draft_.stop_on_problems();
  }

 private:
  void problem(const Location& where, std::string what) { draft_.problem(where, std::move(what)); }

  void name_nodes() {
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (!written_.try_emplace(nodes_[i].name, i).second) problem(nodes_[i].where, fmt::format("power: the name '{}' is used twice", nodes_[i].name));
  }

  std::optional<std::size_t> written(const std::string& name, const Location& where) {
    if (auto const found = written_.find(name); found != written_.end()) return found->second;
    std::vector<std::string> known;
    for (auto const& node : nodes_) known.push_back(node.name);
    problem(where, fmt::format("power.circuits: there is no node '{}'{}", name, nearest_hint(name, known)));
    return std::nullopt;
  }

  void connect() {
    feeds_.resize(nodes_.size());
    feeds_something_.resize(nodes_.size());
    edges_ = Graph(nodes_.size());
    for (auto const& circuit : circuits_) {
      auto const from = written(circuit.from, circuit.where), to = written(circuit.to, circuit.where);
      if (!from || !to) continue;
      check_ends(circuit, nodes_[*from], nodes_[*to]);
      for (auto const* other : feeds_[*to])
        if (other->from == circuit.from) problem(circuit.where, fmt::format("power.circuits: '{}' feeds '{}' twice", circuit.from, circuit.to));
      feeds_[*to].push_back(&circuit);
      feeds_something_[*from] = true;
      boost::add_edge(*from, *to, edges_);
    }
  }

  void check_ends(const WrittenCircuit& circuit, const WrittenNode& from, const WrittenNode& to) {
    if (to.utility) problem(circuit.where, fmt::format("power.circuits: '{}' is a utility feed; nothing feeds it", circuit.to));
    if (to.generator) problem(circuit.where, fmt::format("power.circuits: '{}' is a generator; nothing feeds it", circuit.to));
    if (from.auxiliary) problem(circuit.where, fmt::format("power.circuits: '{}' is a load; it feeds nothing", circuit.from));
    if (from.generator && !to.transfer_switch && !is_source(to))
      problem(circuit.where, fmt::format("power.circuits: the generator '{}' feeds '{}'; put a transfer switch between them, which takes it when the other source is lost", circuit.from, circuit.to));
  }

  void check_feeding() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      WrittenNode const& node = nodes_[i];
      if (feeds_[i].empty() && !is_source(node))
        problem(node.where, fmt::format("power.nodes: nothing feeds '{}'; add a circuit to it, or make it a utility", node.name));
      if (node.transfer_switch && feeds_[i].size() == 1)
        problem(node.where, fmt::format("power.nodes: the transfer switch '{}' has one source, '{}'; add a circuit from a second one, or leave the switch out", node.name, feeds_[i].front()->from));
      if (node.generator && !feeds_something_[i])
        problem(node.where, fmt::format("power.nodes: the generator '{}' feeds nothing; add a circuit from it to a transfer switch", node.name));
    }
  }

  void order() {
    std::vector<std::size_t> finished, open, cycle;
    OrderVisitor visitor{{}, &finished, &open, &cycle};
    boost::depth_first_search(edges_, boost::visitor(visitor));
    if (!cycle.empty()) return tell(cycle);
    for (auto v = finished.rbegin(); v != finished.rend(); ++v) add(*v);
  }

  void tell(const std::vector<std::size_t>& cycle) {
    std::string path;
    for (std::size_t v : cycle) path += (path.empty() ? "" : " > ") + nodes_[v].name;
    bool const two_boards = cycle.size() == 3 && is_board(nodes_[cycle[0]]) && is_board(nodes_[cycle[1]]);
    problem(nodes_[cycle.front()].where, fmt::format("power.circuits: these feed each other in a circle: {}{}", path, two_boards ? "; between two boards, write one circuit with 'tie: true'" : ""));
  }

  void add(std::size_t index) {
    WrittenNode const& written = nodes_[index];
    PowerNode node;
    node.name = written.name;
    node.count = written.count;
    node.redundant = written.redundant;
    for (auto const* circuit : feeds_[index]) {
      Connection connection = draft_.connection(circuit->current, circuit->breaker);
      connection.tie = circuit->tie;
      hang(node, draft_.at(circuit->from), connection);
      if (circuit->voltage) node.rating.voltage = *circuit->voltage;
      node.rating.phases = circuit->phases;
    }
    if (node.rating.phases == 1 && !node.parents.empty()) node.line = draft_.next_line(node.parents.front());
    describe(written, node);
    draft_.set_battery(node, written.battery);
    NodeId const id = draft_.add(std::move(node), written.where);
    if (written.utility) draft_.graph.utilities.push_back(id);
    if (written.generator) draft_.graph.generators.push_back(id);
  }

  // Ratings are of what is needed: the spare devices do not count.
  void describe(const WrittenNode& written, PowerNode& node) {
    int const needed = written.count - written.redundant;
    if (written.utility) describe_utility(*written.utility, node);
    else if (written.generator) describe_rated(NodeKind::generator, written.generator->value, needed, node);
    else if (written.switchgear) describe_board(NodeKind::switchgear, *written.switchgear, node);
    else if (written.transformer) describe_apparent(NodeKind::transformer, written.transformer->value, needed, node);
    else if (written.transfer_switch) describe_transfer_switch(written.transfer_switch->value, node);
    else if (written.switchboard) describe_board(NodeKind::switchboard, *written.switchboard, node);
    else if (written.ups) describe_rated(NodeKind::ups, written.ups->value, needed, node);
    else if (written.busway) describe_apparent(NodeKind::busway, written.busway->value, needed, node);
    else if (written.panel) describe_apparent(NodeKind::panel, written.panel->value, needed, node);
    else if (written.pdu) describe_apparent(NodeKind::pdu, written.pdu->value, needed, node);
    else if (written.converter) describe_converter(written.converter->value, node);
    else describe_load(*written.auxiliary, written.count, node);
  }

  static void describe_utility(const UtilityFeed& utility, PowerNode& node) {
    node.kind = NodeKind::utility;
    node.rating.power = utility.limit;
    node.rating.voltage = utility.voltage;
  }

  static void describe_board(NodeKind kind, const SwitchboardSpec& board, PowerNode& node) {
    node.kind = kind;
    node.rating.current = board.current;
    node.rating.voltage = board.voltage;
    bool const tied = std::any_of(node.connections.begin(), node.connections.end(), [](const Connection& connection) { return connection.tie; });
    if (tied) node.transfer = TransferTimes{board.tie_delay, {}, board.retransfer_delay};
  }

  void describe_transfer_switch(const TransferSwitchSpec& spec, PowerNode& node) {
    node.kind = NodeKind::transfer_switch;
    node.rating.current = spec.rated_current;
    node.transfer = TransferTimes{spec.detection, spec.transfer, spec.retransfer_delay};
    draft_.set_device(node, spec);
  }

  template <class Spec>
  void describe_rated(NodeKind kind, const Spec& spec, int needed, PowerNode& node) {
    node.rating.power = needed * spec.rated_power;
    describe_apparent(kind, spec, needed, node);
  }

  template <class Spec>
  void describe_apparent(NodeKind kind, const Spec& spec, int needed, PowerNode& node) {
    node.kind = kind;
    node.rating.apparent = needed * spec.rated_apparent_power;
    node.rating.usable = draft_.derated(spec.derating);
    draft_.set_device(node, spec);
  }

  void describe_converter(const ConverterSpec& spec, PowerNode& node) {
    node.kind = NodeKind::converter;
    draft_.set_device(node, spec);
  }

  static void describe_load(const AuxiliaryPower& load, int count, PowerNode& node) {
    node.kind = NodeKind::auxiliary;
    node.power = count * load.power;
    node.power_factor = load.power_factor;
    node.part = load.part;
  }

  const std::vector<WrittenNode>& nodes_;
  const std::vector<WrittenCircuit>& circuits_;
  Draft& draft_;
  std::unordered_map<std::string, std::size_t> written_;
  std::vector<std::vector<const WrittenCircuit*>> feeds_;    // of each written node
  std::vector<bool> feeds_something_;
  Graph edges_;
};

}  // namespace

void build_path(const PowerPath& power, Draft& draft) { PathBuilder(power, draft).build(); }

}  // namespace headroom
