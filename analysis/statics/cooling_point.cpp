#include "analysis/statics/cooling_point.h"

#include <algorithm>
#include <cmath>

#include "sim/physics/server_power.h"

namespace headroom {
namespace {

bool removes_loss(const PlantSpec& spec, NodeKind kind) {
  return std::ranges::any_of(spec.losses_cooled, [&](LossKind loss) {
    for (auto const& [candidate, name] : names(loss))
      if (candidate == loss) return to_text(kind) == name;
    return false;
  });
}

class Point {
 public:
  Point(const PowerGraph& graph, const Outdoor& outdoor) : graph_(graph), outdoor_(outdoor), flow_(graph), air_w_(graph.halls.size()), liquid_w_(graph.halls.size()) {
    if (graph.cooling_plant.spec) plant_.emplace(graph);
    for (auto const& element : graph.cooling_plant.elements) live_.push_back(element.count);
  }

  CoolingPoint solve(std::optional<Power> it) {
    load_servers(1);
    flow_.update();
    if (it) scale_to(*it);
    for (int i = 0; i < 100 && change_ > 1e-12; ++i) cool();
    CoolingPoint out = totals();
    if (plant_) add_plant(out);
    return out;
  }

 private:
  void load_servers(double scale) {
    for (std::size_t i = 0; i < graph_.servers.size(); ++i) {
      ServerSpec const& spec = graph_.server_types[static_cast<std::size_t>(graph_.servers[i].type)];
      flow_.set_server_power({static_cast<std::int32_t>(i)}, server_power(spec.power, {.cpu = 1, .gpu = 1}) * scale);
    }
  }

  // By secants: the input of supplies is not quite in proportion to what they deliver.
  void scale_to(Power wanted) {
    double const full_w = flow_.it_power().si();
    load_servers(0);
    flow_.update();
    double before = 0, before_w = flow_.it_power().si(), scale = 1, now_w = full_w;
    for (int i = 0; i < 20 && now_w != before_w && std::abs(now_w - wanted.si()) > 1e-12 * wanted.si(); ++i) {
      double const next = std::max(0.0, scale + (wanted.si() - now_w) * (scale - before) / (now_w - before_w));
      before = scale;
      before_w = now_w;
      load_servers(scale = next);
      flow_.update();
      now_w = flow_.it_power().si();
    }
  }

  // What the machines draw once more, for the heat of the last flow.
  void cool() {
    double const before_w = flow_.facility_power().si();
    if (plant_) {
      heat();
      PlantState const& state = plant_->solve(outdoor_, air_w_, liquid_w_, live_);
      for (std::size_t i = 0; i < state.element_w.size(); ++i) flow_.set_auxiliary_power(graph_.cooling_plant.elements[i].node, Power::from_si(state.element_w[i]));
    } else if (!graph_.cooling.curve.empty()) {
      Power const power = graph_.cooling.fixed + proportional_at(graph_.cooling.curve, outdoor_.dry_bulb_c, outdoor_.wet_bulb_c) * flow_.it_power();
      for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
        if (graph_.nodes[i].follows_it) flow_.set_auxiliary_power({static_cast<std::int32_t>(i)}, power);
    }
    flow_.update();
    change_ = std::abs(flow_.facility_power().si() - before_w) / std::max(1.0, before_w);
  }

  // Loads and losses in a hall warm it; losses elsewhere go to the halls in proportion to their loads.
  void heat() {
    PlantSpec const& spec = *graph_.cooling_plant.spec;
    std::vector<double> it_w(air_w_.size()), other_w(air_w_.size());
    double elsewhere_w = 0, all_w = 0;
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      PowerNode const& node = graph_.nodes[i];
      if (is_of_cooling_plant(node.kind)) continue;
      NodeFlow const& at = flow_.at({static_cast<std::int32_t>(i)});
      bool const leaf = node.kind == NodeKind::server || is_load_of_its_own(node.kind);
      auto const hall = static_cast<std::size_t>(std::max(0, node.hall));
      if (node.hall < 0) elsewhere_w += !leaf && removes_loss(spec, node.kind) ? at.loss.si() : 0;
      else if (leaf && (node.kind == NodeKind::server || node.part == LoadPart::it)) it_w[hall] += at.input.p.si();
      else other_w[hall] += leaf ? at.input.p.si() : at.loss.si();
    }
    for (double w : it_w) all_w += w;
    for (std::size_t h = 0; h < air_w_.size(); ++h) {
      liquid_w_[h] = spec.liquid ? spec.liquid->share * it_w[h] : 0;
      air_w_[h] = it_w[h] - liquid_w_[h] + other_w[h] + (all_w > 0 ? elsewhere_w * it_w[h] / all_w : 0);
    }
  }

  CoolingPoint totals() const {
    CoolingPoint out;
    out.level = level_of(graph_.cooling);
    out.outdoor = outdoor_;
    out.it_w = flow_.it_power().si();
    out.facility_w = flow_.facility_power().si();
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      PowerNode const& node = graph_.nodes[i];
      NodeFlow const& at = flow_.at({static_cast<std::int32_t>(i)});
      if (is_of_cooling_plant(node.kind) || node.follows_it) out.cooling_w += at.input.p.si();
      else if (is_load_of_its_own(node.kind) && node.part == LoadPart::facility) out.other_w += at.input.p.si();
    }
    out.losses_w = out.facility_w - out.it_w - out.cooling_w - out.other_w;
    return out;
  }

  void add_plant(CoolingPoint& out) {
    out.state = plant_->state();
    for (std::size_t h = 0; h < air_w_.size(); ++h) {
      out.heat_w += air_w_[h] + liquid_w_[h];
      out.liquid_w += liquid_w_[h];
    }
    for (std::size_t i = 0; i < live_.size(); ++i) {
      PowerNode const& node = graph_.nodes[static_cast<std::size_t>(graph_.cooling_plant.elements[i].node)];
      out.elements.push_back({node.name, to_text(node.kind), node.count, out.state.element_w[i]});
    }
    out.capacity.push_back(without("", out.heat_w));
    for (std::size_t i = 0; i < live_.size(); ++i) {
      --live_[i];
      out.capacity.push_back(without(out.elements[i].name, out.heat_w));
      ++live_[i];
    }
  }

  CapacityWithout without(const std::string& lost, double heat_w) {
    CapacityWithout out{lost, 0, 0};
    auto const removed = [](const PlantState& state) {
      double sum = 0;
      for (std::size_t h = 0; h < state.removed_w.size(); ++h) sum += state.removed_w[h] + state.liquid_removed_w[h];
      return sum;
    };
    out.short_w = heat_w - removed(plant_->solve(outdoor_, air_w_, liquid_w_, live_));
    if (out.short_w < 1e-9 * heat_w) out.short_w = 0;      // a rounding
    std::vector<double> const much(air_w_.size(), 1e15);
    out.capacity_w = removed(plant_->solve(outdoor_, much, much, live_));
    return out;
  }

  const PowerGraph& graph_;
  Outdoor const outdoor_;
  PowerFlow flow_;
  std::optional<CoolingPlant> plant_;
  std::vector<double> air_w_, liquid_w_;
  std::vector<int> live_;
  double change_ = 1;
};

}  // namespace

CoolingPoint cooling_point(const PowerGraph& graph, const Outdoor& outdoor, std::optional<Power> it) { return Point(graph, outdoor).solve(it); }

}  // namespace headroom
