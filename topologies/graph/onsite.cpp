// What generates and stores behind the meter, as leaves of the boards on which it hangs.
#include <fmt/format.h>

#include <algorithm>

#include "topologies/graph/draft.h"

namespace headroom {
namespace {

// What flows back flows through these without harm; a UPS or converter lets nothing back.
bool lets_back(NodeKind kind) {
  return kind == NodeKind::utility || kind == NodeKind::switchgear || kind == NodeKind::transformer || kind == NodeKind::transfer_switch || kind == NodeKind::switchboard;
}

class OnsiteBuilder {
 public:
  explicit OnsiteBuilder(Draft& draft) : draft_(draft) {}

  template <class Spec>
  NodeId add(const Spec& spec, NodeKind kind, const char* key) {
    std::string const who = fmt::format("onsite.{} {}", key, spec.name);
    PowerNode node;
    node.name = spec.name;
    node.kind = kind;
    if (spec.feeds.empty()) draft_.problem(spec.where, fmt::format("{}: nothing feeds it; name nodes in 'feeds'", who));
    for (NodeId feed : draft_.feeds(spec.feeds, spec.where, who, who + ": feeds")) {
      check_way_back(feed, spec.where, who);
      hang(node, feed);
    }
    return draft_.add(std::move(node), spec.where);
  }

 private:
  void check_way_back(NodeId feed, const Location& where, const std::string& who) {
    PowerNode const& node = draft_.graph.nodes[static_cast<std::size_t>(feed)];
    if (!lets_back(node.kind)) {
      draft_.problem(where, fmt::format("{}: '{}' is a {}, which lets nothing back; hang it on a switchboard, switchgear or utility", who, node.name, to_text(node.kind)));
      return;
    }
    for (NodeId parent : node.parents)
      if (draft_.graph.nodes[static_cast<std::size_t>(parent)].kind != NodeKind::generator) check_way_back(parent, where, who);
  }

  Draft& draft_;
};

}  // namespace

void build_onsite(const OnsiteSpec& onsite, Draft& draft) {
  OnsiteBuilder builder(draft);
  draft.graph.onsite.exports = onsite.exports;
  for (auto const& spec : onsite.photovoltaics) draft.graph.onsite.photovoltaics.push_back({spec, builder.add(spec, NodeKind::photovoltaic, "photovoltaics")});
  for (auto const& spec : onsite.storage) draft.graph.onsite.storage.push_back({spec, builder.add(spec, NodeKind::storage, "storage")});
}

}  // namespace headroom
