// How much more fits on a site, and what binds first: from the layout and what its racks are taken to draw, with everything
// in service and after every single fault of the power path, every transfer made: a lost utility is carried by its
// generator. Cords split as physics splits them: evenly over the feeds that live, or as they were measured, never as a free
// maximum flow would.
//
// "More" is more of the same: every rack so many times. What the largest number of times is, is solved on the power flow
// itself, losses, kVA and the cooling overhead included (largest_load.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/capacity/site_limits.h"
#include "analysis/capacity/largest_load.h"
#include "analysis/capacity/routed_bound.h"

namespace headroom {

// racks: more racks of the same mix, which bring their own circuits. load: more load in the racks that are there.
enum class MoreOf { racks, load };
constexpr auto names(MoreOf) { return std::array{std::pair{MoreOf::racks, "racks"}, std::pair{MoreOf::load, "load"}}; }

struct CapacityQuestion {
  RackLoads loads;
  MoreOf more_of = MoreOf::racks;
  std::optional<Power> connection;     // from all utilities together
};

// A limit with the scale of today's load at which it is reached.
struct LadderStep {
  std::string binding;                 // node, or "h1: positions"
  std::string unit;
  double allowed = 0;                  // what planners may use
  double rated = 0;                    // what the data sheet says
  double scale = never_reached;
  std::string lost;                    // the fault that makes it so tight; "" with everything in service
};

// What the path can carry in one state of it.
struct CapacityState {
  std::string lost;                    // "" with everything in service
  bool bounded = true;                 // false: nothing on the path has a limit that racks reach
  double scale = 0;                    // of today's load; below 1: it does not fit
  double it_kw = 0;                    // IT load that fits (of the racks that are fed)
  LadderStep first;                          // the limit that is reached then
  int racks_dark = 0;                  // racks that lose power in this state
  int servers_dark = 0;                // servers that do: those of dark racks, and single-corded ones on the lost side
  bool loads_dark = false;             // does any load at all lose power, servers or others?
  int racks_short = 0;                 // racks that lose some of their feeds
};

// Capacity that is there and cannot be used at the largest load that survives any one loss.
struct Stranded {
  std::string place, level;            // the node, and its kind
  double allowed_kw = 0;               // of its tightest limit; of limits in kVA or A with the power factor of its load
  double normal_kw = 0;                // carried with everything in service
  double held_kw = 0;                  // more in its worst fault: held for it
  std::string held_for;                // that fault
  double stranded_kw = 0;              // the rest: something else binds first
};

struct CapacityAnswer {
  LoadBasis basis = LoadBasis::nameplate;
  MoreOf more_of = MoreOf::racks;
  ElectricalCode code = ElectricalCode::iec;
  std::optional<Temperature> ambient;
  int racks = 0, servers = 0, unread = 0;        // unread: racks without a reading
  double it_nameplate_kw = 0, facility_nameplate_kw = 0;
  double it_kw = 0, facility_kw = 0;             // today, on this basis
  CapacityState normal;                          // the power path alone
  std::vector<CapacityState> lost;               // each single fault in turn, the tightest first
  std::vector<SiteLimit> site;                   // what is no part of the power path
  std::vector<LadderStep> ladder, ladder_one_lost;     // what binds first, next, ...: with everything in service; with any one element lost, too
  std::optional<RoutedBound> bound;              // if load could go any way; nothing where no limit is stated
  std::vector<Stranded> stranded;
  // The tightest of the losses that darken no load; nothing if every loss darkens some.
  std::optional<CapacityState> with_one_lost() const;
  // More racks of the same mix, before the first step of a ladder; nothing where no limit is stated.
  std::optional<int> racks_that_fit(const std::vector<LadderStep>& ladder) const;
};

CapacityAnswer capacity(const PowerGraph& graph, const CapacityQuestion& question = {});

}  // namespace headroom
