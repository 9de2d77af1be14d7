// What is planned for a site, as it is written: racks to add, and how its load and its connection grow.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analysis/placement/plan_date.h"
#include "topologies/site.h"

namespace headroom {

// Equal racks to add: described like a group of a site, or by the name of one that stands there: more of the same then.
struct PlannedRacks {
  RackGroup group;
  std::vector<std::string> halls;       // where they may stand; empty: every hall
  Location where;
  bool more_of_the_same() const { return group.servers.empty() && group.enclosures.empty() && group.auxiliary.empty(); }
};

// "900 kW" of IT, or "80 racks" like today's.
struct DemandLevel {
  std::variant<Power, int> value;

  static constexpr const char* grammar = "IT power such as '900 kW', or racks like today's such as '80 racks'";
  static Parsed<DemandLevel> parse(std::string_view text);
  std::string text() const;
  bool in_racks() const { return std::holds_alternative<int>(value); }
  double amount() const { return in_racks() ? std::get<int>(value) : std::get<Power>(value).si(); }
};

// What is asked of the site at a date; straight lines between the dates.
struct DemandPoint {
  PlanDate date;
  DemandLevel demand;
  std::optional<DemandLevel> low, high;  // of what may come; `demand` by default
  Location where;
};

// Racks of today whose servers are replaced: by such that draw so many times as much, or by another type.
struct RefreshStep {
  PlanDate date;
  std::string racks;
  std::optional<double> power;
  std::optional<Reference<ServerSpec>> servers;
  Location where;
};

struct ConnectionStep {
  PlanDate date;
  Power limit;
  std::string feed;                     // of one utility feed; "": of all together
  Location where;
};

struct GrowthSpec {
  std::vector<DemandPoint> demand;
  std::vector<RefreshStep> refresh;
  std::vector<ConnectionStep> connection;
  Location where;
};

struct Plan {
  static constexpr const char* kind = "plan";
  std::string name;
  std::vector<PlannedRacks> racks;
  std::optional<GrowthSpec> growth;
  Location where;
};

}  // namespace headroom
