// Readings of racks, strips and what feeds them, as a table.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "analysis/capacity/path_limits.h"
#include "analysis/capacity/rack_loads.h"
#include "base/csv.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct Reading {
  double w = 0;
  Location where;
};
using Readings = std::map<std::string, Reading>;

Readings read_table(const fs::path& file) {
  CsvReader rows(file, {{"name"}, {"power_kw", false}, {"power_w", false}, {"time", false}});
  bool const in_kw = rows.has_column(1);
  if (in_kw == rows.has_column(2)) throw InputError({file, 1, 1}, "a table of readings has one of the columns 'power_kw' and 'power_w'");
  std::size_t const column = in_kw ? 1 : 2;
  Readings out;
  while (rows.next()) {
    double const w = rows.number(column) * (in_kw ? 1e3 : 1.0);
    if (!(w >= 0)) throw rows.problem(column, fmt::format("{} is no reading of a load; it must be 0 or more", rows.text(column)));
    std::string const name(rows.text(0));
    if (name.empty()) throw rows.problem(0, "a reading needs the name of a rack, of one of its strips or of what feeds it");
    Reading& highest = out.try_emplace(name, Reading{w, rows.place_of(column)}).first->second;
    if (w > highest.w) highest = {w, rows.place_of(column)};
  }
  if (out.empty()) throw InputError({file, 1, 1}, "the table has no readings");
  return out;
}

// Strips of racks with what was read for them, the nearest reading first: itself, its rack, what feeds it.
class Spread {
 public:
  Spread(const PowerGraph& graph, const Readings& readings) : graph_(graph), readings_(readings), flow_(graph) {
    load_fully(flow_);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) nodes_.emplace(graph.nodes[i].name, i);
    for (std::size_t r = 0; r < graph.racks.size(); ++r) racks_.emplace(graph.racks[r].name, r);
  }

  RackLoads loads() {
    check_names();
    RackLoads out;
    out.basis = LoadBasis::measured;
    for (auto const& rack : graph_.racks) add(rack, out);
    if (!problems_.empty()) throw InputError(std::move(problems_));
    return out;
  }

 private:
  void check_names() {
    std::vector<std::string> known;
    for (auto const& [name, reading] : readings_) {
      if (racks_.contains(name)) continue;
      auto const node = nodes_.find(name);
      if (node != nodes_.end() && (graph_.nodes[node->second].kind == NodeKind::rack || !flow_.children({static_cast<std::int32_t>(node->second)}).empty())) continue;
      if (known.empty()) {
        for (auto const& rack : graph_.racks) known.push_back(rack.name);
        for (auto const& other : graph_.nodes)
          if (other.kind != NodeKind::server && !is_load_of_its_own(other.kind)) known.push_back(other.name);
      }
      problems_.push_back({reading.where, fmt::format("the site has no rack and no feed '{}'{}", name, nearest_hint(name, known))});
    }
    if (!problems_.empty()) throw InputError(std::move(problems_));
  }

  const Reading* read(const std::string& name) const {
    auto const found = readings_.find(name);
    return found == readings_.end() ? nullptr : &found->second;
  }

  // The nearest node above that was read.
  const Reading* feed_of(NodeId strip, NodeId& feed) const {
    feed = strip;
    while (!graph_.nodes[static_cast<std::size_t>(feed)].parents.empty()) {
      feed = graph_.nodes[static_cast<std::size_t>(feed)].parents.front();
      if (auto const* reading = read(graph_.nodes[static_cast<std::size_t>(feed)].name)) return reading;
    }
    return nullptr;
  }

  void add(const RackPlace& rack, RackLoads& out) {
    std::vector<double> strips_w;
    double nameplate_w = 0, sum_w = 0;
    bool is_read = true;
    for (NodeId strip : rack.strips) {
      double const full_w = flow_.at(strip).input.p.si();
      std::optional<double> const w = strip_w(rack, strip, full_w);
      is_read = is_read && w;
      strips_w.push_back(w.value_or(full_w));
      nameplate_w += full_w;
      sum_w += strips_w.back();
    }
    if (!is_read) ++out.unread;
    check_rack(rack, sum_w);
    out.times.push_back(nameplate_w > 0 ? sum_w / nameplate_w : 1.0);
    for (double& w : strips_w) w = sum_w > 0 ? w / sum_w : 1.0 / static_cast<double>(strips_w.size());
    out.shares.push_back(std::move(strips_w));
  }

  std::optional<double> strip_w(const RackPlace& rack, NodeId strip, double full_w) {
    PowerNode const& node = graph_.nodes[static_cast<std::size_t>(strip)];
    if (auto const* own = rack.strips.size() > 1 ? read(node.name) : nullptr) {
      check_circuit(strip, own->w, full_w, *own);
      return own->w;
    }
    if (auto const* whole = read(rack.name)) {
      double const w = whole->w / static_cast<double>(rack.strips.size());
      check_circuit(strip, w, full_w, *whole);
      return w;
    }
    NodeId feed;
    auto const* above = feed_of(strip, feed);
    if (above == nullptr) return std::nullopt;
    double const feed_w = flow_.at(feed).output.p.si();
    return feed_w > 0 ? full_w * above->w / feed_w : 0.0;
  }

  // What was read cannot be more than the circuit's breaker would let through.
  void check_circuit(NodeId strip, double w, double full_w, const Reading& reading) {
    PowerNode const& node = graph_.nodes[static_cast<std::size_t>(strip)];
    if (!node.rating.circuit || full_w <= 0) return;
    double const va = flow_.at(strip).input.s().si() * w / full_w;
    double const a = line_current(ApparentPower::from_si(va), node.rating.voltage, node.rating.phases) / ampere, rated_a = *node.rating.circuit / ampere;
    if (a > rated_a * (1 + 1e-9)) problems_.push_back({reading.where, fmt::format("{:.6g} kW are {:.6g} A on the circuit of '{}', which is rated {:.6g} A; is the reading in another unit?", w / 1e3, a, node.name, rated_a)});
  }

  void check_rack(const RackPlace& rack, double w) {
    auto const* reading = read(rack.name);
    if (reading != nullptr && rack.rated_power && w > rack.rated_power->si() * (1 + 1e-9))
      problems_.push_back({reading->where, fmt::format("{:.6g} kW are more than rack '{}' is rated for, {:.6g} kW", w / 1e3, rack.name, *rack.rated_power / kilowatt)});
  }

  const PowerGraph& graph_;
  const Readings& readings_;
  PowerFlow flow_;
  std::unordered_map<std::string, std::size_t> nodes_, racks_;
  std::vector<Problem> problems_;
};

}  // namespace

RackLoads measured_loads(const PowerGraph& graph, const fs::path& readings) { return Spread(graph, read_table(readings)).loads(); }

}  // namespace headroom
