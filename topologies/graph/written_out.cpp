// From a scheme to nodes and circuits.
#include <fmt/format.h>

#include <algorithm>

#include "topologies/graph/power_graph.h"

namespace headroom {
namespace {

// The chain of one side, from the utility to what the PDUs (or racks) hang on.
struct Side {
  std::string letter;
  std::string board;      // where cooling hangs: the switchboard, or the last node above it
  std::string last;       // where PDUs or racks hang
  Voltage voltage;        // of what hangs there
  int racks = 0;          // fed so far
  int pdus = 0;           // made so far
};

class Writer {
 public:
  explicit Writer(const Site& site) : site_(site), scheme_(site.power), out_(site) {
    out_.power = PowerPath{};
    out_.power.oversubscribed = scheme_.oversubscribed;
    out_.power.where = scheme_.where;
  }

  Site write() {
    for (auto const& feed : scheme_.utility) utility(feed);
    int const sides = *scheme_.scheme == Scheme::n ? 1 : 2;
    for (int i = 0; i < sides; ++i) side(i);
    for (auto& hall : out_.halls) racks(hall);
    if (out_.cooling.feeds.empty() && (out_.cooling.fixed > Power{} || out_.cooling.proportional > 0))
      for (auto const& side : sides_)
        if (std::find(out_.cooling.feeds.begin(), out_.cooling.feeds.end(), side.board) == out_.cooling.feeds.end()) out_.cooling.feeds.push_back(side.board);
    return std::move(out_);
  }

 private:
  void utility(const UtilityFeed& feed) {
    WrittenNode node;
    node.name = feed.name;
    node.where = feed.where;
    node.utility = feed;
    node.utility->name.clear();
    out_.power.nodes.push_back(std::move(node));
  }

  void side(int number) {
    auto const& feed = scheme_.utility[std::min(static_cast<std::size_t>(number), scheme_.utility.size() - 1)];
    Side side{std::string(1, static_cast<char>('a' + number)), feed.name, feed.name, feed.voltage};
    if (scheme_.transformer) {
      hang(side, "transformer", [&](WrittenNode& n) { n.transformer = scheme_.transformer->type; n.count = scheme_.transformer->count; });
      side.voltage = (scheme_.switchboard ? *scheme_.switchboard : SwitchboardSpec{}).voltage;
      side.board = side.last;
    }
    if (scheme_.switchboard) {
      hang(side, "switchboard", [&](WrittenNode& n) { n.switchboard = scheme_.switchboard; });
      side.board = side.last;
    }
    if (scheme_.ups) hang(side, "ups", [&](WrittenNode& n) { n.ups = scheme_.ups->type; n.count = scheme_.ups->count; });
    sides_.push_back(std::move(side));
  }

  // One node below the last of the side.
  void hang(Side& side, const std::string& what, auto describe) {
    WrittenNode node;
    node.name = what + "-" + side.letter;
    node.where = scheme_.where;
    describe(node);
    circuit(side.last, node.name, side.voltage);
    side.last = node.name;
    out_.power.nodes.push_back(std::move(node));
  }

  void circuit(const std::string& from, const std::string& to, Voltage voltage) {
    WrittenCircuit circuit;
    circuit.from = from;
    circuit.to = to;
    circuit.voltage = voltage;
    circuit.where = scheme_.where;
    out_.power.circuits.push_back(std::move(circuit));
  }

  // Splits each group where the PDUs that feed it change.
  void racks(Hall& hall) {
    std::vector<RackGroup> groups;
    for (auto const& written : hall.racks) {
      for (int i = 0; i < written.count; ++i) {
        std::vector<std::string> feeds = feeds_of(written);
        if (i > 0 && groups.back().feeds == feeds) {
          ++groups.back().count;
          continue;
        }
        RackGroup group = written;
        group.first = written.first + i;
        group.count = 1;
        group.feeds = std::move(feeds);
        if (!group.circuit) group.circuit = scheme_.rack_circuit;
        groups.push_back(std::move(group));
      }
    }
    hall.racks = std::move(groups);
  }

  std::vector<std::string> feeds_of(const RackGroup& group) {
    std::vector<std::string> feeds;
    if (group.feeds.empty())
      for (auto& side : sides_) feeds.push_back(next_feed(side));
    for (auto const& letter : group.feeds) {
      Side* named = nullptr;
      for (auto& side : sides_)
        if (side.letter == letter) named = &side;
      if (named == nullptr)
        throw InputError(group.where, fmt::format("racks {}: there is no side '{}'; the scheme has {}", group.name, letter, sides_.size() == 1 ? "a" : "a and b"));
      if (std::count(group.feeds.begin(), group.feeds.end(), letter) > 1)
        throw InputError(group.where, fmt::format("racks {}: the feed '{}' stands twice", group.name, letter));
      feeds.push_back(next_feed(*named));
    }
    return feeds;
  }

  std::string next_feed(Side& side) {
    if (!scheme_.pdu) return side.last;
    if (side.racks++ % scheme_.pdu->racks == 0) {
      WrittenNode node;
      node.name = fmt::format("pdu-{}-{}", side.letter, ++side.pdus);
      node.where = scheme_.where;
      node.pdu = scheme_.pdu->type;
      circuit(side.last, node.name, side.voltage);
      out_.power.nodes.push_back(std::move(node));
    }
    return fmt::format("pdu-{}-{}", side.letter, side.pdus);
  }

  const Site& site_;
  const PowerPath& scheme_;
  Site out_;
  std::vector<Side> sides_;
};

}  // namespace

Site written_out(const Site& site) { return site.power.scheme ? Writer(site).write() : site; }

}  // namespace headroom
