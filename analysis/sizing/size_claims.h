// What asks for a size, and which: each device, board and circuit of a power path, and what cools it, with the rating that it
// needs. Claims of one key are of equal devices (same kind and type); they get one size, that of the greatest.
//
//   needed = greatest of any state and load x s x (1 + growth) / usable
//
// s: by the 15-minute rule the site's 15-minute peak over its instantaneous one, otherwise 1. usable: what derating and the
// code's rule for continuous loads leave of a rating. Where a device has a limit in kW and one in kVA, the one that asks for more.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/sizing/needed_ratings.h"
#include "analysis/sizing/standard_sizes.h"
#include "topologies/site.h"

namespace headroom {

// Heat and a contract are metered over 15 minutes, and what heats up slowly bears more for as long; what switches or
// commutates must bear every instant.
enum class SizingRule { fifteen_minutes, instantaneous };
constexpr auto names(SizingRule) { return std::array{std::pair{SizingRule::fifteen_minutes, "15-minute"}, std::pair{SizingRule::instantaneous, "instantaneous"}}; }
// Of a node's own limits; a connection's are instantaneous.
SizingRule rule_of(NodeKind kind);

struct SizingBasis {
  double growth = 0;                   // that sizes leave room for, as a share
  double fifteen_minutes = 1;          // 15-minute peak over the instantaneous one, of the site
};

struct SizedElement {
  std::string name, kind, type;        // "ups-a", "ups", its name in the catalogue
  int devices = 1;
  SizingRule rule = SizingRule::instantaneous;
  std::string unit;                    // of one device
  double needed = 0, built = 0, sized = 0;
  std::string load, lost;              // what asks for it: the load, and what is lost then
  bool built_is_too_small() const { return needed > built * (1 + 1e-9); }
};

struct SizeClaim {
  std::string key;
  SizeSeries series = SizeSeries::r20;
  SizedElement element;                // `sized` is still open
  double shown = 1;                    // of the rating: what the element is told in; the block load is a share of it
};

// Size over what is built, by key.
using SizeRatios = std::map<std::string, double>;
double ratio_of(const SizeRatios& ratios, const std::string& key);      // 1 where nothing asks

// `written`: a site with its scheme written out. `built`: its graph.
std::vector<SizeClaim> claims_of_path(const Site& written, const PowerGraph& built, const NeededRatings& needs, const SizingBasis& basis);
std::string key_of(const WrittenNode& node);
std::string key_of_circuit(Current rated, std::optional<Voltage> voltage, int phases, const std::optional<Reference<BreakerSpec>>& breaker);
std::string key_of_strip(const PduSpec& spec);

// One from figures that are worked out: the needed rating with everything in it.
SizeClaim claim(std::string key, SizeSeries series, SizedElement element, const NeededRatings& needs, const GreatestNeed& need);

}  // namespace headroom
