// What a layout has of each thing that money is spent on, element by element.
//
// A count names its elements, so that taking one out of the layout changes exactly the lines that name it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topologies/graph/power_graph.h"

namespace headroom {

// What it is for, in the words of the ratios: K1 = (IT + network) / building.
// What programmes build outside data centres (stations, cameras, railways) is in no ratio K.
enum class SpendingGroup { it, network, power_path, cooling, building, grid, generation, outside };
constexpr auto names(SpendingGroup) {
  return std::array{std::pair{SpendingGroup::it, "it"}, std::pair{SpendingGroup::network, "network"}, std::pair{SpendingGroup::power_path, "power_path"}, std::pair{SpendingGroup::cooling, "cooling"},
                    std::pair{SpendingGroup::building, "building"}, std::pair{SpendingGroup::grid, "grid"}, std::pair{SpendingGroup::generation, "generation"},
                    std::pair{SpendingGroup::outside, "outside"}};
}
std::string to_text(SpendingGroup group);

// What the size of one element is measured in. Watts of IT, of a UPS and of a feed differ: the count says which.
enum class Measure { none, power, apparent_power, data_rate, length, energy };

struct CountKind {
  const char* key;             // what a spending class names in `count`
  SpendingGroup group;
  Measure measure;
  bool inside_building;        // what a price of the whole building contains already
  const char* meaning;         // and what its size is
  // A link is counted as a whole and by its parts (modules, cables). Where a class prices either, the other is not missing.
  enum class Link { no, whole, part } link = Link::no;
};
const std::vector<CountKind>& count_kinds();
const CountKind* find_count_kind(const std::string& key);      // nullptr: there is none

struct CountedElement {
  std::string name;                // of the element in the layout
  double units = 1;                // devices side by side
  std::optional<double> size;      // of one, in the SI unit of the measure; absent where the layout does not say
};

struct Count {
  const CountKind* kind;
  std::vector<CountedElement> elements;

  double units() const;
  double size() const;             // units x size, summed; elements without a size add nothing
};

// One for each kind of which the layout has any, in the order of count_kinds(). `graph` is of `site`.
std::vector<Count> count_equipment(const Site& site, const PowerGraph& graph);

// A server at full load, at its cords.
Power nameplate(const ServerSpec& spec, int supplies);

}  // namespace headroom
