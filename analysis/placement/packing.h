// How many racks of each type go to which place: a pure model of limits and of what one rack uses of them, without graphs.
//
// A candidate is a type of rack at a place. One rack there uses a share of some limits; these add up over all racks. The
// same thing (a UPS, in kW) has a limit in each state of the path: with everything in service, and after each fault.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace headroom {

struct PackingLimit {
  std::string name;                    // "ups-a"
  std::string unit;                    // "kW", "kVA", "A", "circuit A", "racks", "kg", "kW of heat", "servers"
  std::string state;                   // "" with everything in service; otherwise the fault
  double allowed = 0, carried = 0;     // before any of the new racks
  double left() const { return allowed - carried; }
};

struct LimitUse {
  int limit = 0;                       // index into PackingProblem::limits
  double amount = 0;                   // of one rack
};

// A limit that a rack does not share with others and passes by itself: that of its own circuit, its own strip.
struct OwnRefusal {
  PackingLimit limit;                  // `carried`: by this rack
};

struct Candidate {
  int type = 0, place = 0;
  std::vector<LimitUse> uses;
  std::optional<OwnRefusal> refused;   // it cannot stand there, whatever else does
};

struct RackType {
  std::string name;
  int wanted = 0;
  double kw = 0;                       // IT power of one
};

struct PackingProblem {
  std::vector<PackingLimit> limits;
  std::vector<std::string> places;
  std::vector<RackType> types;
  std::vector<Candidate> candidates;
  int wanted() const;
};

// How many racks stand at each candidate.
using Packing = std::vector<int>;

int placed(const Packing& packing);
int placed_of(const PackingProblem& problem, const Packing& packing, int type);
// Of each limit, today's load and the new racks together.
std::vector<double> carried_with(const PackingProblem& problem, const Packing& packing);
// Every limit kept, to `tolerance` of what it allows, and not more racks than wanted. What is passed today is not counted
// while no new rack uses it.
bool fits(const PackingProblem& problem, const Packing& packing, double tolerance = 1e-9);

// The rule: racks one by one, the largest first, each to the place where the used shares of the limits that it uses there are
// least after it: the fullest of them is compared first, then the next, and so on. That evens out feeds and phases; and the
// states after each fault are among the limits, so what is spare stays spare. A place where a limit would be passed is none.
Packing pack_by_rule(const PackingProblem& problem);

// The highest used share of the limits that any candidate uses, with the packing in it.
struct FullestLimit {
  int limit = -1;                      // -1: none
  double share = 0;
};
FullestLimit fullest_limit(const PackingProblem& problem, const Packing& packing);
// The same of the limits that one place's candidates use.
FullestLimit fullest_limit_at(const PackingProblem& problem, const Packing& packing, int place);

// Why one more rack of a type finds no room beside what stands: of each of its candidates the limit that is passed the most.
struct Refusal {
  int candidate = 0;
  PackingLimit limit;                  // `carried`: before the rack
  double needed = 0;                   // by the rack
  double over() const { return limit.carried + needed - limit.allowed; }
};
std::vector<Refusal> refusals(const PackingProblem& problem, const Packing& packing, int type);

}  // namespace headroom
