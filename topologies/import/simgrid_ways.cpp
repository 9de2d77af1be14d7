// What a platform's links and ways are on a graph. In SimGrid a link is a capacity that any route may name; on a graph it has two
// ends. A link that always stands between the same two is a link here, and so are two equal ones of which each carries one direction. Any
// other becomes a place that all who name it cross, with the link's rate as its backplane; one with directions (SPLITDUPLEX)
// becomes a link between places of its own. Where the shortest way on that graph is not the one that the platform gives, the way is
// written out.
#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "topologies/import/simgrid_draft.h"

namespace headroom {
namespace {

class Resolver {
 public:
  explicit Resolver(PlatformDraft& draft) : draft_(draft), site_(draft.site), tails_(draft.links.size()), heads_(draft.links.size()), forms_(draft.links.size()) {}

  void resolve() {
    for (auto const& way : draft_.ways) note_neighbours(way);
    for (bool split : {false, true})      // those with directions may end at the places of the others
      for (std::size_t i = 0; i < draft_.links.size(); ++i)
        if ((draft_.links[i].sharing == Sharing::split_duplex) == split && !tails_[i].empty()) split ? form_split(i) : form_whole(i);
    std::vector<std::vector<int>> paths;
    for (auto const& way : draft_.ways) paths.push_back(path_of(way));
    set_unlimited();
    write_out(paths);
    close_doors();
  }

 private:
  // How a link stands on the graph: between two nodes, or as one (tail = head).
  struct Form {
    int tail = -1, head = -1;
  };

  // Elements of a way: a node, or a link as -1 - its number.
  void note_neighbours(const PlatformWay& way) {
    for (std::size_t i = 0; i < way.hops.size(); ++i) {
      int const before = i == 0 ? way.from : -1 - way.hops[i - 1].link, after = i + 1 == way.hops.size() ? way.to : -1 - way.hops[i + 1].link;
      auto const link = static_cast<std::size_t>(way.hops[i].link);
      bool const down = way.hops[i].direction < 0;
      tails_[link].insert(down ? after : before);
      heads_[link].insert(down ? before : after);
      if (!way.one_way) both_ways_.insert(way.hops[i].link);
    }
  }

  void form_whole(std::size_t number) {
    PlatformLink const& link = draft_.links[number];
    std::set<int> around = tails_[number];
    around.insert(heads_[number].begin(), heads_[number].end());
    DataRate const rate = link.sharing == Sharing::fat_pipe ? draft_.for_each_flow(link.rate) : link.rate;
    if (around.size() == 2 && *around.begin() >= 0 && join_between(number, *around.begin(), *around.rbegin(), rate)) return;
    int const place = draft_.add_place(link.name, rate, link.latency);
    forms_[number] = {place, place};
    widths_[place] = rate;
  }

  bool goes_one_way(std::size_t number) const { return tails_[number].size() == 1 && heads_[number].size() == 1 && !both_ways_.contains(static_cast<int>(number)); }

  // A link between two nodes; false where there is one already that is not its other direction.
  bool join_between(std::size_t number, int a, int b, DataRate rate) {
    PlatformLink const& link = draft_.links[number];
    auto const [earlier, is_new] = between_.emplace(std::pair{a, b}, number);
    if (is_new) {
      site_links_[number] = site_.links.size();
      draft_.add_link(a, b, rate, link.latency, link.sharing == Sharing::shared);
    } else {
      PlatformLink const& other = draft_.links[earlier->second];
      bool const opposite = goes_one_way(number) && goes_one_way(earlier->second) && tails_[number] == heads_[earlier->second];
      if (!opposite || other.rate != link.rate || other.latency != link.latency || other.sharing != link.sharing) return false;
      site_.links[site_links_[earlier->second]].shared = false;
    }
    forms_[number] = {a, b};
    return true;
  }

  void form_split(std::size_t number) {
    PlatformLink const& link = draft_.links[number];
    auto const end = [&](const std::set<int>& around, const char* name) {
      if (around.size() == 1) {
        int const only = *around.begin();
        if (only >= 0) return only;
        auto const& other = draft_.links[static_cast<std::size_t>(-1 - only)];
        if (Form const& form = forms_[static_cast<std::size_t>(-1 - only)]; other.sharing != Sharing::split_duplex && form.tail == form.head) return form.head;
      }
      int const place = draft_.add_place(fmt::format("{} {}", link.name, name));
      widths_[place] = link.rate;
      return place;
    };
    forms_[number].tail = end(tails_[number], "lower end");
    forms_[number].head = end(heads_[number], "upper end");
    if (!between_.emplace(std::minmax(forms_[number].tail, forms_[number].head), number).second) forms_[number].head = end({}, "upper end");      // two side by side
    draft_.add_link(forms_[number].tail, forms_[number].head, link.rate, link.latency);
  }

  std::vector<int> path_of(const PlatformWay& way) {
    std::vector<int> path{way.from};
    for (auto const& hop : way.hops) {
      Form form = forms_[static_cast<std::size_t>(hop.link)];
      if (hop.direction < 0 || (hop.direction == 0 && form.head == path.back())) std::swap(form.tail, form.head);
      connect(path, form.tail);
      if (form.head != form.tail) path.push_back(form.head);
    }
    connect(path, way.to);
    return path;
  }

  // One step further, over a link that is as wide as what it leads to.
  void connect(std::vector<int>& path, int next) {
    int const last = path.back();
    if (last == next) return;
    path.push_back(next);
    if (!connected_.insert(std::minmax(last, next)).second) return;
    auto const a = widths_.find(last), b = widths_.find(next);
    std::optional<DataRate> width;
    for (auto const& side : {a, b})
      if (side != widths_.end()) width = width ? std::min(*width, side->second) : side->second;
    if (!width) draft_.unlimited.push_back(site_.links.size());
    draft_.add_link(last, next, width.value_or(DataRate{}), Duration{});
  }

  void set_unlimited() {
    DataRate widest = DataRate::from_si(1);
    for (auto const& link : site_.links) widest = std::max(widest, link.rate);
    for (std::size_t link : draft_.unlimited) site_.links[link].rate = static_cast<double>(draft_.hosts) * widest;
  }

  // How far every node is from one, and over how many shortest ways.
  struct Reach {
    std::vector<int> steps;
    std::vector<std::int64_t> ways;
  };
  Reach reach_of(int from) const {
    Reach out{std::vector<int>(site_.nodes.size(), -1), std::vector<std::int64_t>(site_.nodes.size())};
    std::queue<int> next;
    out.steps[static_cast<std::size_t>(from)] = 0;
    out.ways[static_cast<std::size_t>(from)] = 1;
    for (next.push(from); !next.empty(); next.pop()) {
      auto const at = static_cast<std::size_t>(next.front());
      for (int neighbour : neighbours_[at]) {
        auto const to = static_cast<std::size_t>(neighbour);
        if (out.steps[to] < 0) {
          out.steps[to] = out.steps[at] + 1;
          next.push(neighbour);
        }
        if (out.steps[to] == out.steps[at] + 1) out.ways[to] += out.ways[at];
      }
    }
    return out;
  }

  void write_out(const std::vector<std::vector<int>>& paths) {
    neighbours_.assign(site_.nodes.size(), {});
    for (auto const& link : site_.links) {
      neighbours_[static_cast<std::size_t>(link.from)].insert(link.to);
      neighbours_[static_cast<std::size_t>(link.to)].insert(link.from);
    }
    std::map<int, Reach> reaches;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      auto const& path = paths[i];
      auto found = reaches.find(path.front());
      if (found == reaches.end()) found = reaches.emplace(path.front(), reach_of(path.front())).first;
      auto const to = static_cast<std::size_t>(path.back());
      if (found->second.steps[to] == static_cast<int>(path.size()) - 1 && found->second.ways[to] == 1) continue;
      write_out(path, draft_.ways[i].one_way);
    }
  }

  void write_out(std::vector<int> path, bool one_way) {
    auto const from = draft_.doors.find(path.front()), to = draft_.doors.find(path.back());
    if (from == draft_.doors.end() || to == draft_.doors.end()) return draft_.remark("route between routers that is not the only shortest way: a shortest one is taken");
    site_.routes.push_back({from->second, to->second, path});
    std::reverse(path.begin(), path.end());
    if (!one_way) site_.routes.push_back({to->second, from->second, path});
  }

  // A place before a host that only one more link leads to is not needed: the link ends at the host itself.
  void close_doors() {
    std::map<int, std::vector<std::size_t>> around;
    for (std::size_t i = 0; i < site_.links.size(); ++i)
      for (int end : {site_.links[i].from, site_.links[i].to})
        if (draft_.doors.contains(end)) around[end].push_back(i);
    std::vector<bool> closed(site_.nodes.size());
    std::set<std::size_t> gone;
    for (auto const& [door, links] : around) {
      int const host = draft_.doors.at(door);
      auto const leads_to_host = [&, at = door](std::size_t link) { return site_.links[link].from == host && site_.links[link].to == at; };
      if (links.size() != 2 || !leads_to_host(links[0])) continue;
      ImportedLink& other = site_.links[links[1]];
      int const far = other.from == door ? other.to : other.from;
      if (!site_.nodes[static_cast<std::size_t>(far)].is_place()) continue;
      other.from = host;
      other.to = far;
      gone.insert(links[0]);
      closed[static_cast<std::size_t>(door)] = true;
    }
    for (auto& route : site_.routes) std::erase_if(route.via, [&](int place) { return closed[static_cast<std::size_t>(place)]; });
    std::size_t number = 0;
    std::erase_if(site_.links, [&](const ImportedLink&) { return gone.contains(number++); });
    remove_nodes(site_, closed);
  }

  PlatformDraft& draft_;
  ImportedSite& site_;
  std::vector<std::set<int>> tails_, heads_;      // of each link: what stands before and after it
  std::vector<Form> forms_;
  std::set<int> both_ways_;                       // links of routes that go back, too
  std::map<std::pair<int, int>, std::size_t> between_;      // links by their two nodes
  std::map<std::size_t, std::size_t> site_links_;           // and what they are in the site
  std::map<int, DataRate> widths_;                // of places that are links
  std::set<std::pair<int, int>> connected_;
  std::vector<std::set<int>> neighbours_;
};

}  // namespace

void resolve_ways(PlatformDraft& draft) { Resolver(draft).resolve(); }

}  // namespace headroom
