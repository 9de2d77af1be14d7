// The tables of policies: a name each, and the function behind it. A new policy is one file and one line in
// policies.cpp.
//
// Contract. Order: a strict weak order of waiting jobs; ties keep their order of arrival. Placement: servers for one
// job on the capacity given, or nothing. Backfill: called when the head of the queue does not fit; positions of later
// jobs to start, in the order in which they are to be placed, each fitting what the ones before it leave. All are pure.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "sim/policies/view.h"

namespace headroom {

enum class Order { fcfs };
constexpr auto names(Order) { return std::array{std::pair{Order::fcfs, "fcfs"}}; }
enum class Backfill { none, easy };
constexpr auto names(Backfill) { return std::array{std::pair{Backfill::none, "none"}, std::pair{Backfill::easy, "easy"}}; }
enum class Placement { first_fit };
constexpr auto names(Placement) { return std::array{std::pair{Placement::first_fit, "first-fit"}}; }

using OrderPolicy = bool (*)(const WaitingJob& a, const WaitingJob& b);
using PlacementPolicy = std::optional<Allocation> (*)(const Capacity& capacity, const Demand& demand);
using BackfillPolicy = std::vector<std::size_t> (*)(const View& view, PlacementPolicy place);

OrderPolicy order_policy(Order order);
PlacementPolicy placement_policy(Placement placement);
BackfillPolicy backfill_policy(Backfill backfill);

// order/
bool first_come_first_served(const WaitingJob& a, const WaitingJob& b);
// placement/
std::optional<Allocation> first_fit(const Capacity& capacity, const Demand& demand);
// backfill/
std::vector<std::size_t> no_backfill(const View& view, PlacementPolicy place);
std::vector<std::size_t> easy_backfill(const View& view, PlacementPolicy place);

}  // namespace headroom
