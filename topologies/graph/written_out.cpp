// From a scheme to nodes and circuits.
#include <fmt/format.h>

#include <algorithm>

#include "topologies/graph/power_graph.h"

namespace headroom {
namespace {

// What of a scheme differs from another: how many sides, what is spare, and which sides feed a rack that names none.
struct Shape {
  int sides = 1;
  int spare = 0;                                 // UPS modules and generators of each side
  std::vector<std::vector<int>> rack_sides;      // taken in turn; empty: every side
};

Shape shape_of(const PowerPath& power) {
  switch (*power.scheme) {
    case Scheme::n: return {1, 0, {}};
    case Scheme::n_plus_1: return {1, 1, {}};
    case Scheme::two_n: return {2, 0, {}};
    case Scheme::two_n_plus_1: return {2, 1, {}};
    case Scheme::three_n_2: return {3, 0, {{0, 1}, {1, 2}, {2, 0}}};
    // disjoint pairs follow each other, so that the sides are even after every second rack
    case Scheme::four_n_3: return {4, 0, {{0, 1}, {2, 3}, {0, 2}, {1, 3}, {0, 3}, {1, 2}}};
    case Scheme::block_redundant: {
      Shape shape{power.blocks, 0, {}};
      for (int block = 0; block < power.blocks; ++block) shape.rack_sides.push_back({block});
      return shape;
    }
  }
  return {};
}

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
  explicit Writer(const Site& site) : scheme_(site.power), shape_(shape_of(site.power)), out_(site) {
    out_.power = PowerPath{};
    out_.power.oversubscribed = scheme_.oversubscribed;
    out_.power.code = scheme_.code;
    out_.power.ambient = scheme_.ambient;
    out_.power.breaker = scheme_.breaker;
    out_.power.common_causes = scheme_.common_causes;
    out_.power.where = scheme_.where;
  }

  Site write() {
    for (auto const& feed : scheme_.utility) utility(feed);
    for (int i = 0; i < shape_.sides; ++i) sides_.push_back(side(std::string(1, static_cast<char>('a' + i)), static_cast<std::size_t>(i)));
    if (*scheme_.scheme == Scheme::block_redundant) catcher_ = side("r", sides_.size());
    if (scheme_.tie) tie();
    for (auto& hall : out_.halls) racks(hall);
    if (level_of(out_.cooling) != CoolingLevel::none) hang_on_boards(out_.cooling.feeds);
    for (auto& array : out_.onsite.photovoltaics) hang_on_boards(array.feeds);
    for (auto& storage : out_.onsite.storage) hang_on_boards(storage.feeds);
    return std::move(out_);
  }

 private:
  // What names no feeds hangs on the board of each side.
  void hang_on_boards(std::vector<std::string>& feeds) const {
    if (!feeds.empty()) return;
    for (auto const& side : sides_)
      if (std::find(feeds.begin(), feeds.end(), side.board) == feeds.end()) feeds.push_back(side.board);
  }

  void utility(const UtilityFeed& feed) {
    WrittenNode node;
    node.name = feed.name;
    node.where = feed.where;
    node.utility = feed;
    node.utility->name.clear();
    out_.power.nodes.push_back(std::move(node));
  }

  Side side(const std::string& letter, std::size_t number) {
    auto const& feed = scheme_.utility[std::min(number, scheme_.utility.size() - 1)];
    Side side{letter, feed.name, feed.name, feed.voltage};
    if (scheme_.switchgear) switchgear(side);
    if (scheme_.transformer) {
      hang(side, "transformer", [&](WrittenNode& n) { n.transformer = scheme_.transformer->type; n.count = scheme_.transformer->count; });
      side.voltage = (scheme_.switchboard ? *scheme_.switchboard : SwitchboardSpec{}).voltage;
      side.board = side.last;
    }
    if (scheme_.generator) standby(side);
    if (scheme_.switchboard) {
      hang(side, "switchboard", [&](WrittenNode& n) { n.switchboard = scheme_.switchboard; });
      side.board = side.last;
    }
    if (scheme_.ups) ups(side);
    return side;
  }

  void switchgear(Side& side) {
    hang(side, "switchgear", [&](WrittenNode& n) {
      n.switchgear = scheme_.switchgear;
      n.switchgear->voltage = side.voltage;
    });
    side.board = side.last;
  }

  // The transfer switch takes the chain above it first, the generator second.
  void standby(Side& side) {
    hang(side, "ats", [&](WrittenNode& n) { n.transfer_switch = scheme_.transfer_switch; });
    side.board = side.last;
    WrittenNode& generator = add("generator-" + side.letter);
    generator.generator = scheme_.generator->type;
    set_count(generator, scheme_.generator->count);
    circuit(generator.name, side.last, side.voltage);
  }

  void ups(Side& side) {
    hang(side, "ups", [&](WrittenNode& n) {
      n.ups = scheme_.ups->type;
      n.battery = scheme_.battery;
      set_count(n, scheme_.ups->count);
    });
  }

  void set_count(WrittenNode& node, int needed) const {
    node.count = needed + shape_.spare;
    node.redundant = shape_.spare;
  }

  void tie() {
    circuit("switchboard-a", "switchboard-b", scheme_.switchboard->voltage);
    out_.power.circuits.back().tie = true;
  }

  WrittenNode& add(const std::string& name) {
    WrittenNode& node = out_.power.nodes.emplace_back();
    node.name = name;
    node.where = scheme_.where;
    return node;
  }

  // One node below the last of the side.
  void hang(Side& side, const std::string& what, auto describe) {
    WrittenNode& node = add(what + "-" + side.letter);
    describe(node);
    circuit(side.last, node.name, side.voltage);
    side.last = node.name;
  }

  void circuit(const std::string& from, const std::string& to, Voltage voltage) {
    WrittenCircuit circuit;
    circuit.from = from;
    circuit.to = to;
    circuit.voltage = voltage;
    circuit.where = scheme_.where;
    out_.power.circuits.push_back(std::move(circuit));
  }

  // Splits each group where what feeds its racks changes.
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
    for (Side* side : group.feeds.empty() ? next_sides() : named_sides(group)) feeds.push_back(next_feed(*side));
    return feeds;
  }

  std::vector<Side*> next_sides() {
    std::vector<Side*> out;
    if (shape_.rack_sides.empty())
      for (auto& side : sides_) out.push_back(&side);
    else
      for (int side : shape_.rack_sides[turn_++ % shape_.rack_sides.size()]) out.push_back(&sides_[static_cast<std::size_t>(side)]);
    return out;
  }

  std::vector<Side*> named_sides(const RackGroup& group) {
    std::vector<Side*> out;
    for (auto const& letter : group.feeds) {
      auto const named = std::find_if(sides_.begin(), sides_.end(), [&](const Side& side) { return side.letter == letter; });
      if (named == sides_.end())
        throw InputError(group.where, fmt::format("racks {}: there is no side '{}'; the scheme has {}", group.name, letter, letters()));
      if (std::count(group.feeds.begin(), group.feeds.end(), letter) > 1)
        throw InputError(group.where, fmt::format("racks {}: the feed '{}' stands twice", group.name, letter));
      out.push_back(&*named);
    }
    return out;
  }

  // "a", "a and b", "a, b and c"
  std::string letters() const {
    std::string out;
    for (std::size_t i = 0; i < sides_.size(); ++i) out += (i == 0 ? "" : i + 1 == sides_.size() ? " and " : ", ") + sides_[i].letter;
    return out;
  }

  std::string next_feed(Side& side) {
    if (!scheme_.pdu) return side.last;
    if (side.racks++ % scheme_.pdu->racks == 0) pdu(side);
    return pdu_name(side);
  }

  static std::string pdu_name(const Side& side) { return fmt::format("pdu-{}-{}", side.letter, side.pdus); }

  void pdu(Side& side) {
    ++side.pdus;
    std::string const feed = catcher_ ? static_switch(side) : side.last;
    add(pdu_name(side)).pdu = scheme_.pdu->type;
    circuit(feed, pdu_name(side), side.voltage);
  }

  // It takes the UPS of its side first, the catcher's second.
  std::string static_switch(const Side& side) {
    std::string const name = fmt::format("sts-{}-{}", side.letter, side.pdus);
    add(name).transfer_switch = scheme_.static_switch;
    circuit(side.last, name, side.voltage);
    circuit(catcher_->last, name, side.voltage);
    return name;
  }

  const PowerPath& scheme_;
  Shape const shape_;
  Site out_;
  std::vector<Side> sides_;
  std::optional<Side> catcher_;      // of block-redundant
  std::size_t turn_ = 0;             // of the racks that name no feeds
};

}  // namespace

Site written_out(const Site& site) { return site.power.scheme ? Writer(site).write() : site; }

}  // namespace headroom
