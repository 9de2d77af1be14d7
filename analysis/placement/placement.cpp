#include "analysis/placement/placement.h"

#include <algorithm>
#include <numeric>

#include "analysis/placement/limit_uses.h"
#include "analysis/placement/room_limits.h"

namespace headroom {
namespace {

constexpr int rounds_at_most = 200;

class Placing {
 public:
  Placing(const ConnectedSite& subject, const Plan& plan, PlacementChoice choice) : places_(planned_places(subject, plan)), choice_(choice) {
    answer_.plan = plan.name;
    answer_.site_name = subject.site.name;
    answer_.problem = packing_problem(places_);
    add_room_limits(places_, answer_.problem);
    answer_.network_grows = add_port_limit(places_, answer_.problem);
    for (auto const& type : answer_.problem.types) wanted_.push_back(type.wanted);
    answer_.before = prove(places_.site, places_.connection);
  }

  PlacementAnswer find() {
    for (int round = 0; round < rounds_at_most; ++round) {
      pack();
      answer_.site = with_racks(places_, answer_.packing, largest_first());
      answer_.after = prove(answer_.site, places_.connection);
      auto const passed = newly_passed(answer_.after, answer_.before);
      if (passed.empty()) break;
      correct(passed);
    }
    // where nothing that was known is passed, fewer racks were asked for: they count as left over
    for (std::size_t t = 0; t < wanted_.size(); ++t) answer_.problem.types[t].wanted = wanted_[t];
    compare_with_best();
    explain();
    return std::move(answer_);
  }

 private:
  void pack() {
    answer_.packing = pack_by_rule(answer_.problem);
    if (choice_ != PlacementChoice::best) return;
    auto best = pack_exactly(answer_.problem);
    answer_.took_best = best && placed(best->packing) > placed(answer_.packing);
    if (answer_.took_best) answer_.packing = std::move(best->packing);
  }

  std::vector<int> largest_first() const {
    std::vector<int> order(places_.options.size());
    std::iota(order.begin(), order.end(), 0);
    auto const kw = [&](int option) { return answer_.problem.types[static_cast<std::size_t>(places_.options[static_cast<std::size_t>(option)].group)].kw; };
    std::ranges::stable_sort(order, [&](int a, int b) { return kw(a) > kw(b); });
    return order;
  }

  // Tightens what was passed by so much; what no limit of the problem stands for costs a rack.
  void correct(const std::vector<PackingLimit>& passed) {
    bool found = false;
    for (auto const& each : passed) {
      PackingLimit* const limit = limit_for(each);
      if (limit == nullptr) continue;
      limit->carried += (each.carried - each.allowed) * limit->allowed / each.allowed * (1 + 1e-6);
      found = true;
    }
    answer_.corrections.push_back({passed.front()});
    if (found) return;
    for (std::size_t i = answer_.packing.size(); i-- > 0;) {
      if (answer_.packing[i] == 0) continue;
      auto const type = static_cast<std::size_t>(answer_.problem.candidates[i].type);
      answer_.problem.types[type].wanted = placed_of(answer_.problem, answer_.packing, static_cast<int>(type)) - 1;
      return;
    }
  }

  // The limit of that node in that state; otherwise of that node in the state that stands for it.
  PackingLimit* limit_for(const PackingLimit& passed) {
    PackingLimit* any = nullptr;
    for (auto& limit : answer_.problem.limits) {
      if (limit.name != passed.name || limit.unit != passed.unit) continue;
      if (limit.state == passed.state) return &limit;
      if (any == nullptr || limit.left() < any->left()) any = &limit;
    }
    return any;
  }

  void compare_with_best() {
    answer_.best = pack_exactly(answer_.problem);
    if (answer_.best && placed(answer_.packing) > 0) answer_.least_share = least_fullest_share(answer_.problem, placed(answer_.packing));
  }

  void explain() {
    Packing const none(answer_.packing.size(), 0);
    bool one_nowhere = false;
    for (std::size_t t = 0; t < answer_.problem.types.size(); ++t) {
      int const type = static_cast<int>(t), missing = answer_.problem.types[t].wanted - placed_of(answer_.problem, answer_.packing, type);
      if (missing <= 0) continue;
      LeftOver left{type, missing, false, refusals(answer_.problem, none, type)};
      auto const candidates = std::ranges::count(answer_.problem.candidates, type, &Candidate::type);
      left.nowhere = std::ssize(left.refusals) == candidates;
      if (!left.nowhere) left.refusals = refusals(answer_.problem, answer_.packing, type);
      one_nowhere |= left.nowhere;
      answer_.left_over.push_back(std::move(left));
    }
    if (!answer_.left_over.empty() && !one_nowhere) answer_.clash = clashing_limits(answer_.problem);
  }

  PlannedPlaces const places_;
  PlacementChoice const choice_;
  std::vector<int> wanted_;
  PlacementAnswer answer_;
};

}  // namespace

PlacementAnswer place_racks(const ConnectedSite& subject, const Plan& plan, PlacementChoice choice) { return Placing(subject, plan, choice).find(); }

}  // namespace headroom
