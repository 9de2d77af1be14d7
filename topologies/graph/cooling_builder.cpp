// The machines of the cooling plant as loads of the power graph: a node for the units of each group on each of its feeds.
#include <fmt/format.h>

#include <algorithm>

#include "topologies/graph/draft.h"

namespace headroom {
namespace {

// A kind of machine in a hall, or of the whole plant.
struct Group {
  std::string name;                     // "chiller", "h1/air-handler"
  std::string key;                      // in the site file
  CoolingRole role = CoolingRole::chiller;
  NodeKind kind = NodeKind::chiller;
  int hall = -1, handlers = -1;
  int count = 1, redundant = 0;
  Power rated;                          // of one unit
  double power_factor = 1;
  std::string type;
  std::vector<std::string> feeds;
  Location where;
};

Power rated_power(const ChillerSpec& spec) { return spec.capacity / spec.cop; }
Power rated_power(const AirHandlerSpec& spec) {
  double worst = 0;                     // input of its compressors over the heat
  for (auto const& point : spec.direct_expansion) worst = std::max(worst, 1 / point.cop);
  return spec.fan_power + worst * (spec.capacity + spec.fan_power);
}
Power rated_power(const CoolingTowerSpec& spec) { return spec.fan_power; }
Power rated_power(const DryCoolerSpec& spec) { return spec.fan_power; }
Power rated_power(const PumpSpec& spec) { return spec.power; }
Power rated_power(const CduSpec& spec) { return spec.pump_power; }

class PlantBuilder {
 public:
  PlantBuilder(const Site& site, Draft& draft) : site_(site), plant_(*site.cooling.plant), draft_(draft), out_(draft.graph.cooling_plant) {}

  void build() {
    out_.spec = plant_;
    for (std::size_t hall = 0; hall < site_.halls.size(); ++hall) add_handlers(hall);
    check_halls();
    if (plant_.chillers) add("chiller", "chillers", CoolingRole::chiller, NodeKind::chiller, *plant_.chillers);
    if (plant_.chilled_pumps) add("chilled-water-pump", "chilled_pumps", CoolingRole::chilled_pump, NodeKind::pump, *plant_.chilled_pumps);
    if (plant_.condenser_pumps) add("condenser-pump", "condenser_pumps", CoolingRole::condenser_pump, NodeKind::pump, *plant_.condenser_pumps);
    if (plant_.towers) add("cooling-tower", "towers", CoolingRole::tower, NodeKind::cooling_tower, *plant_.towers);
    if (plant_.dry_coolers) add("dry-cooler", "dry_coolers", CoolingRole::dry_cooler, NodeKind::dry_cooler, *plant_.dry_coolers);
    if (plant_.liquid)
      for (std::size_t hall = 0; hall < site_.halls.size(); ++hall) add("cdu", "liquid.cdus", CoolingRole::cdu, NodeKind::cdu, plant_.liquid->cdus, static_cast<int>(hall));
  }

 private:
  bool stand_in(const AirHandlers& handlers, const Hall& hall) const {
    return handlers.halls.empty() || std::find(handlers.halls.begin(), handlers.halls.end(), hall.name) != handlers.halls.end();
  }

  // Each hall has the units of one item of the list.
  void add_handlers(std::size_t hall) {
    int found = 0;
    for (std::size_t i = 0; i < plant_.air_handlers.size(); ++i) {
      AirHandlers const& handlers = plant_.air_handlers[i];
      if (!stand_in(handlers, site_.halls[hall]) || ++found > 1) continue;
      add("air-handler", "air_handlers", CoolingRole::air_handler, NodeKind::air_handler, handlers, static_cast<int>(hall), static_cast<int>(i));
    }
    if (found != 1) draft_.problem(plant_.where, fmt::format("cooling.plant.air_handlers: the hall '{}' needs exactly one item of the list, found {}", site_.halls[hall].name, found));
  }

  void check_halls() {
    std::vector<std::string> known;
    for (auto const& hall : site_.halls) known.push_back(hall.name);
    for (auto const& handlers : plant_.air_handlers)
      for (auto const& name : handlers.halls)
        if (std::find(known.begin(), known.end(), name) == known.end())
          draft_.problem(handlers.where, fmt::format("cooling.plant.air_handlers: there is no hall '{}'{}", name, nearest_hint(name, known)));
  }

  void add(const std::string& name, const char* key, CoolingRole role, NodeKind kind, const auto& units, int hall = -1, int handlers = -1) {
    Group group;
    group.name = hall < 0 ? name : site_.halls[static_cast<std::size_t>(hall)].name + "/" + name;
    group.key = key;
    group.role = role;
    group.kind = kind;
    group.hall = hall;
    group.handlers = handlers;
    group.count = units.count;
    group.redundant = units.redundant;
    group.rated = rated_power(units.type.value);
    group.power_factor = units.type.value.power_factor;
    group.type = units.type.value.name;
    group.feeds = units.feeds.empty() ? site_.cooling.feeds : units.feeds;
    group.where = units.where;
    spread(group);
  }

  // 5 units on 2 feeds are 3 and 2; a feed without a unit has no node.
  void spread(const Group& group) {
    std::string const key = "cooling.plant." + group.key;
    if (group.feeds.empty()) return draft_.problem(group.where, key + ": nothing feeds them; name nodes in 'feeds'");
    std::vector<NodeId> const feeds = draft_.feeds(group.feeds, group.where, key + ".feeds", key + ".feeds");
    int const parts = static_cast<int>(feeds.size());
    for (int i = 0; i < parts; ++i)
      if (int const units = group.count / parts + (i < group.count % parts ? 1 : 0); units > 0) add_node(group, feeds[static_cast<std::size_t>(i)], units, parts > 1);
  }

  // Its power is what it draws where the group carries its design load, shared evenly by all of its units.
  void add_node(const Group& group, NodeId feed, int units, bool of_several) {
    PowerNode node;
    node.name = of_several ? group.name + ":" + draft_.graph.nodes[static_cast<std::size_t>(feed)].name : group.name;
    node.kind = group.kind;
    node.count = units;
    node.type = group.type;
    node.power = group.rated * (static_cast<double>(units) * (group.count - group.redundant) / group.count);
    node.power_factor = group.power_factor;
    node.hall = group.hall;
    hang(node, feed);
    out_.elements.push_back({draft_.add(std::move(node), group.where), group.role, group.hall, units, group.redundant, group.handlers});
  }

  const Site& site_;
  const PlantSpec& plant_;
  Draft& draft_;
  CoolingPlantGraph& out_;
};

}  // namespace

void build_cooling_plant(const Site& site, Draft& draft) {
  if (site.cooling.plant) PlantBuilder(site, draft).build();
}

}  // namespace headroom
