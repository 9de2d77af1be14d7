// jellyfish (Singla, Hong, Popa, Godfrey, NSDI 2012): a random graph in which every switch has `degree` links to others, no two to the
// same. Two switches with free ports that are not linked are linked, at random; when none are left, a switch with two free ports takes
// the place of a link between two others, or two with one each take the ends of one. The same seed gives the same graph.
#include <fmt/format.h>

#include <algorithm>

#include "base/random.h"
#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/leaves.h"
#include "topologies/network/parts.h"

namespace headroom {
namespace {

class RandomRegularGraph {
 public:
  RandomRegularGraph(int count, int degree, RandomStream& random) : degree_(static_cast<std::size_t>(degree)), random_(random), neighbours_(static_cast<std::size_t>(count)) {
    for (int i = 0; i < count; ++i) open_.push_back(i);
    while (link_two()) {}
    while (!open_.empty()) make_room();
  }

  const std::vector<std::vector<int>>& neighbours() const { return neighbours_; }

  bool is_connected() const {
    Parts parts(neighbours_.size());
    for (std::size_t i = 0; i < neighbours_.size(); ++i)
      for (int j : neighbours_[i]) parts.join(i, static_cast<std::size_t>(j));
    for (std::size_t i = 0; i < neighbours_.size(); ++i)
      if (parts.find(i) != 0) return false;
    return true;
  }

 private:
  std::vector<int>& of(int i) { return neighbours_[static_cast<std::size_t>(i)]; }
  bool are_linked(int a, int b) { return std::ranges::find(of(a), b) != of(a).end(); }
  int any(const std::vector<int>& list) { return list[random_.below(list.size())]; }

  void link(int a, int b) {
    of(a).push_back(b);
    of(b).push_back(a);
    for (int end : {a, b})
      if (of(end).size() == degree_) std::erase(open_, end);
  }

  void unlink(int a, int b) {
    std::erase(of(a), b);
    std::erase(of(b), a);
  }

  // Any two with free ports; false where all that have some are linked with each other.
  bool link_two() {
    for (int tries = 0; tries < 100 && open_.size() > 1; ++tries)
      if (int const a = any(open_), b = any(open_); a != b && !are_linked(a, b)) {
        link(a, b);
        return true;
      }
    for (int a : open_)
      for (int b : open_)
        if (a < b && !are_linked(a, b)) {
          link(a, b);
          return true;
        }
    return false;
  }

  // Between the ends of a random link, which goes: one switch with two free ports, or two with one each.
  void make_room() {
    int const a = open_.front(), b = of(a).size() + 2 <= degree_ ? a : open_.back();
    while (true) {
      int const x = static_cast<int>(random_.below(neighbours_.size()));
      if (of(x).empty()) continue;
      int const y = any(of(x));
      if (x == a || x == b || y == a || y == b || are_linked(x, a) || are_linked(y, b)) continue;
      unlink(x, y);
      link(a, x);
      link(b, y);
      return;
    }
  }

  std::size_t degree_;
  RandomStream& random_;
  std::vector<std::vector<int>> neighbours_;
  std::vector<int> open_;      // switches with free ports
};

}  // namespace

void build_jellyfish(FabricDraft& draft) {
  JellyfishSpec const& spec = *draft.spec.jellyfish;
  if (!draft.can_have(spec.switches)) return;
  int const sets = spec.switches / draft.ports;
  if (sets == 0) return draft.problem(fmt::format("ports: {} of each server, each on a switch of its own, and there are {}", draft.ports, spec.switches));
  SwitchSpec const& type = draft.leaf_type();
  LeafPlan const plan = spread_evenly(draft, sets);
  if (!has_ports(draft, type, plan.per_leaf, spec.degree, fmt::format("with {} servers on {} switches, each of them", draft.servers.size(), spec.switches))) return;
  End const first = draft.add_switches("router", spec.switches, 0, type);
  link_servers(draft, plan, first);
  RandomStream random(static_cast<std::uint64_t>(spec.seed), draft.spec.name);
  for (int tries = 0; tries < 100; ++tries) {
    RandomRegularGraph const graph(spec.switches, spec.degree, random);
    if (!graph.is_connected()) continue;
    for (std::size_t i = 0; i < graph.neighbours().size(); ++i)
      for (int j : graph.neighbours()[i])
        if (static_cast<int>(i) < j) draft.add_link(first + static_cast<End>(i), first + j, 1, up_rate(type));
    return;
  }
  draft.problem(fmt::format("jellyfish: of 100 random graphs of degree {}, none is connected; take 3 or more", spec.degree));
}

}  // namespace headroom
