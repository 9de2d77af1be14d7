// dragonfly (Kim, Dally, Scott, Abts, ISCA 2008): g groups of a routers, all linked with each other, each with p servers and h
// links to other groups.
//
// The a h links of a group are shared out evenly over the g - 1 others: every pair of groups has floor(a h / (g - 1)), and what is left over
// goes to the groups at distances 1, 2, ... round the circle of groups (and across it where it is odd). One port stays free where
// g, a and h are odd. A group's links take its routers in turn.
#include <fmt/format.h>

#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/leaves.h"

namespace headroom {
namespace {

class Dragonfly {
 public:
  explicit Dragonfly(FabricDraft& draft) : draft_(draft), d_(*draft.spec.dragonfly), type_(draft.leaf_type()), groups_(d_.groups.value_or(d_.routers * d_.global_links + 1)) {}

  void build() {
    if (!has_ports(draft_, type_, d_.servers, d_.routers - 1 + (groups_ > 1 ? d_.global_links : 0), "a router") || !draft_.can_have(static_cast<double>(groups_) * d_.routers)) return;
    first_ = draft_.end_of_switch(0);
    for (int i = 0; i < groups_ * d_.routers; ++i) draft_.add_switch(fmt::format("router-{}", i + 1), 0, type_, i / d_.routers);
    if (!pack_servers(draft_, d_.servers, groups_ * d_.routers, first_)) return;
    add_local();
    taken_.resize(static_cast<std::size_t>(groups_));
    if (groups_ > 1) add_global();
  }

 private:
  End router(int group, int index) const { return first_ + group * d_.routers + index; }

  void add_local() {
    for (int group = 0; group < groups_; ++group)
      for (int i = 0; i < d_.routers; ++i)
        for (int j = i + 1; j < d_.routers; ++j) draft_.add_link(router(group, i), router(group, j), 1, up_rate(type_));
  }

  void add_global() {
    int const all = d_.routers * d_.global_links, rounds = all / (groups_ - 1);
    for (int round = 0; round < rounds; ++round)
      for (int i = 0; i < groups_; ++i)
        for (int j = i + 1; j < groups_; ++j) add_global(i, j);
    int const left = all % (groups_ - 1);
    for (int distance = 1; distance <= left / 2; ++distance)
      for (int i = 0; i < groups_; ++i) add_global(i, (i + distance) % groups_);
    if (left % 2 != 0)
      for (int i = 0; i < groups_ / 2; ++i) add_global(i, i + groups_ / 2);
  }

  void add_global(int a, int b) { draft_.add_link(next_router(a), next_router(b), 1, up_rate(type_)); }
  End next_router(int group) { return router(group, taken_[static_cast<std::size_t>(group)]++ % d_.routers); }

  FabricDraft& draft_;
  DragonflySpec const& d_;
  SwitchSpec const& type_;
  int groups_ = 1;
  End first_ = 0;
  std::vector<int> taken_;      // global links of each group so far
};

}  // namespace

void build_dragonfly(FabricDraft& draft) { Dragonfly(draft).build(); }

}  // namespace headroom
