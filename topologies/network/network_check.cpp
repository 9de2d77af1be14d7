// What the keys of a fabric must satisfy together. What needs the graph is found when it is built.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/units.h"
#include "topologies/network/network_spec_fields.h"

namespace headroom {
namespace {

using Shapes = std::vector<FabricKind>;

std::string name_of(FabricKind kind) {
  for (auto const& [candidate, name] : names(kind))
    if (candidate == kind) return name;
  return "";
}

class FabricCheck {
 public:
  FabricCheck(const FabricSpec& spec, const std::string& path, std::vector<Problem>& problems) : s_(spec), path_(path), problems_(problems) {}

  void check() {
    using enum FabricKind;
    FabricSpec const usual;
    belongs(s_.leaf.has_value(), "leaf", {star, leaf_spine, clos, fat_tree, dragonfly, torus, rail_optimised, jellyfish, scale_up});
    belongs(s_.ports != usual.ports, "ports", {star, leaf_spine, clos, fat_tree, dragonfly, torus, rail_optimised, jellyfish, scale_up});
    belongs(s_.spine.has_value(), "spine", {leaf_spine, clos, fat_tree, rail_optimised});
    belongs(s_.core.has_value(), "core", {clos, fat_tree, rail_optimised});
    belongs(s_.oversubscription != usual.oversubscription, "oversubscription", {leaf_spine, clos, rail_optimised});
    belongs(s_.spine_oversubscription != usual.spine_oversubscription, "spine_oversubscription", {clos, rail_optimised});
    belongs(s_.leaf_in_rack, "leaf_in_rack", {leaf_spine, clos});
    belongs(s_.spines.has_value(), "spines", {leaf_spine, clos, rail_optimised});
    belongs(s_.cores.has_value(), "cores", {clos, rail_optimised});
    takes(s_.k.has_value(), "k", fat_tree);
    takes(s_.dragonfly.has_value(), "dragonfly", dragonfly);
    takes(!s_.dimensions.empty(), "dimensions", torus);
    takes(s_.jellyfish.has_value(), "jellyfish", jellyfish);
    takes(s_.domain.has_value(), "domain", scale_up);
    takes(!s_.switches.empty(), "switches", written);
    belongs(!s_.links.empty(), "links", {written});
    belongs(!s_.routes.empty(), "routes", {written});
    if (s_.fabric != written && !s_.leaf) problem(s_.where, fmt::format("{} needs leaf: the type of its switches", name_of(s_.fabric)));
    figures();
    rates();
    wan();
    written_names();
  }

 private:
  void problem(const Location& where, const std::string& what) { problems_.push_back({where, path_ + ": " + what}); }
  void problem(const std::string& what) { problem(s_.where, what); }

  void belongs(bool is_there, const char* key, const Shapes& shapes) {
    if (!is_there || std::ranges::find(shapes, s_.fabric) != shapes.end()) return;
    std::string of;
    for (FabricKind shape : shapes) of += (of.empty() ? "" : shape == shapes.back() ? " and " : ", ") + name_of(shape);
    problem(fmt::format("{}: belongs to {}; the fabric is {}", key, of, name_of(s_.fabric)));
  }
  void takes(bool is_there, const char* key, FabricKind shape) {
    belongs(is_there, key, {shape});
    if (!is_there && s_.fabric == shape) problem(fmt::format("{} needs {}", name_of(shape), key));
  }

  void figures() {
    if (s_.k && *s_.k % 2 != 0) problem(fmt::format("k: {} is odd; half of a switch's ports look up, so {} or {} would do", *s_.k, *s_.k - 1, *s_.k + 1));
    for (int size : s_.dimensions)
      if (size < 2) problem(fmt::format("dimensions: {} must be at least 2; leave out a dimension of one switch", size));
    if (s_.dragonfly) dragonfly(*s_.dragonfly);
    if (s_.jellyfish) jellyfish(*s_.jellyfish);
  }

  void dragonfly(const DragonflySpec& d) {
    std::int64_t const most = static_cast<std::int64_t>(d.routers) * d.global_links + 1;
    if (d.groups && *d.groups > most) problem(fmt::format("dragonfly.groups: {} are more than the {} that {} routers with {} global links each reach (a h + 1)", *d.groups, most, d.routers, d.global_links));
  }

  void jellyfish(const JellyfishSpec& j) {
    if (j.degree >= j.switches) problem(fmt::format("jellyfish.degree: {} must be less than the {} switches", j.degree, j.switches));
    else if (j.degree % 2 != 0 && j.switches % 2 != 0) problem(fmt::format("jellyfish: {} switches of {} links each have an odd number of ends; make one of them even", j.switches, j.degree));
  }

  void rates() {
    if (!s_.rate) return;
    if (s_.leaf && *s_.rate > s_.leaf->value.port_rate)
      problem(fmt::format("rate: {} is more than the {} of a port of {}", to_text(*s_.rate), to_text(s_.leaf->value.port_rate), s_.leaf->value.name));
    if (s_.nic && *s_.rate > s_.nic->value.port_rate)
      problem(fmt::format("rate: {} is more than the {} of a port of {}", to_text(*s_.rate), to_text(s_.nic->value.port_rate), s_.nic->value.name));
  }

  void wan() {
    for (auto const& link : s_.wan)
      if (link.name == s_.name) problem(link.where, fmt::format("wan: '{}' is the name of the fabric; give the other end one of its own", link.name));
  }

  void written_names() {
    std::set<std::string> known;
    for (auto const& one : s_.switches)
      if (!known.insert(one.name).second) problem(one.where, fmt::format("switches: the name '{}' is used twice", one.name));
  }

  const FabricSpec& s_;
  const std::string& path_;
  std::vector<Problem>& problems_;
};

}  // namespace

void check(const FabricSpec& s, const std::string& path, std::vector<Problem>& problems) { FabricCheck(s, path, problems).check(); }

}  // namespace headroom
