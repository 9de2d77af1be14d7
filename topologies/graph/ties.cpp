#include "topologies/graph/ties.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace headroom {
namespace {

constexpr const char* main_suffix = ":main";

class Splitter {
 public:
  Splitter(PowerPath& power, std::vector<Problem>& problems) : power_(power), problems_(problems) {}

  void split() {
    take_ties_out();
    for (auto const& circuit : power_.circuits) supplied_.insert(circuit.to);
    hang_boards_without_supply();
    for (auto const& tie : ties_) join(tie);
  }

 private:
  void problem(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  const WrittenNode* find(const std::string& name) const {
    for (auto const& node : power_.nodes)
      if (node.name == name) return &node;
    return nullptr;
  }

  // Ends that do not exist stay a circuit: it is told there.
  void take_ties_out() {
    std::vector<WrittenCircuit> others;
    for (auto& circuit : power_.circuits) {
      bool const known = find(circuit.from) != nullptr && find(circuit.to) != nullptr;
      if (!circuit.tie || !known) others.push_back(std::move(circuit));
      else if (joins_boards(circuit) && is_first(circuit)) ties_.push_back(std::move(circuit));
    }
    power_.circuits = std::move(others);
    std::erase_if(ties_, [&](const WrittenCircuit& tie) { return feeds_already(tie); });
    std::stable_partition(ties_.begin(), ties_.end(), [](const WrittenCircuit& tie) { return tie.closed; });
  }

  bool joins_boards(const WrittenCircuit& tie) {
    for (auto const& name : {tie.from, tie.to}) {
      WrittenNode const& node = *find(name);
      if (node.switchboard || node.switchgear) continue;
      problem(tie.where, fmt::format("power.circuits: a tie joins two switchboards or switchgear; '{}' is neither", name));
      return false;
    }
    return true;
  }

  static bool same_ends(const WrittenCircuit& a, const WrittenCircuit& b) { return (a.from == b.from && a.to == b.to) || (a.from == b.to && a.to == b.from); }

  bool is_first(const WrittenCircuit& tie) {
    bool const first = std::none_of(ties_.begin(), ties_.end(), [&](const WrittenCircuit& other) { return same_ends(tie, other); });
    if (!first) problem(tie.where, fmt::format("power.circuits: the tie between '{}' and '{}' stands twice", tie.from, tie.to));
    return first;
  }

  bool feeds_already(const WrittenCircuit& tie) {
    auto const circuit = std::find_if(power_.circuits.begin(), power_.circuits.end(), [&](const WrittenCircuit& other) { return same_ends(tie, other); });
    if (circuit == power_.circuits.end()) return false;
    problem(tie.where, fmt::format("power.circuits: '{}' feeds '{}' already; leave out that circuit, or the tie", circuit->from, circuit->to));
    return true;
  }

  // A board that only a tie feeds may in turn feed another one.
  void hang_boards_without_supply() {
    auto const one_supply = [&](const WrittenCircuit& tie) { return supplied_.contains(tie.from) != supplied_.contains(tie.to); };
    for (auto tie = std::find_if(ties_.begin(), ties_.end(), one_supply); tie != ties_.end(); tie = std::find_if(ties_.begin(), ties_.end(), one_supply)) {
      WrittenCircuit circuit = std::move(*tie);
      ties_.erase(tie);
      if (!supplied_.contains(circuit.from)) std::swap(circuit.from, circuit.to);
      circuit.tie = circuit.closed = false;
      supplied_.insert(circuit.to);
      power_.circuits.push_back(std::move(circuit));
    }
  }

  void join(const WrittenCircuit& tie) {
    if (!supplied_.contains(tie.from)) {      // nor has the other end: that nothing feeds it is told there
      power_.circuits.push_back(tie);
      power_.circuits.back().tie = false;
      return;
    }
    if (tie.closed)
      return problem(tie.where, fmt::format("power.circuits: the tie between '{}' and '{}' is closed while both have a supply of their own: the two would be in parallel; leave it open (closed: false), or take one of the supplies away", tie.from, tie.to));
    for (auto const& board : {tie.from, tie.to}) split(board);
    reach(tie, tie.from, tie.to);
    reach(tie, tie.to, tie.from);
  }

  void split(const std::string& board) {
    if (!split_.insert(board).second) return;
    WrittenNode main = *find(board);
    main.name = main_side(board);
    for (auto& circuit : power_.circuits)
      if (circuit.to == board) circuit.to = main.name;
    WrittenCircuit own;
    own.from = main.name;
    own.to = board;
    own.voltage = (main.switchboard ? *main.switchboard : *main.switchgear).voltage;
    own.where = main.where;
    power_.circuits.push_back(std::move(own));
    power_.nodes.push_back(std::move(main));
  }

  void reach(const WrittenCircuit& tie, const std::string& from, const std::string& to) {
    WrittenCircuit circuit = tie;
    circuit.from = main_side(from);
    circuit.to = to;
    power_.circuits.push_back(std::move(circuit));
  }

  PowerPath& power_;
  std::vector<Problem>& problems_;
  std::vector<WrittenCircuit> ties_;                // closed ones first
  std::set<std::string> supplied_, split_;
};

}  // namespace

void split_tied_boards(PowerPath& power, std::vector<Problem>& problems) { Splitter(power, problems).split(); }

std::string main_side(const std::string& board) { return board + main_suffix; }
bool is_main_side(const std::string& node) { return node.ends_with(main_suffix); }

}  // namespace headroom
