// What a platform's links and ways are on a graph. In SimGrid a link is a capacity that any route may name; on a graph it has two
// ends. A link that always stands between the same two is a link here. Any other becomes a place that all who name it cross, with
// the link's rate as its backplane; one with directions becomes a link between two places of its own. Where the shortest way on
// that graph is not the one that the platform gives, the way is written out.
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
    write_out(paths);
  }

 private:
  // How a link stands on the graph: between two nodes, or as one (tail = head).
  struct Form {
    int tail = -1, head = -1;
  };

  bool is_place(int node) const { return site_.nodes[static_cast<std::size_t>(node)].is_place(); }

  // Elements of a way: a node, or a link as -1 - its number.
  void note_neighbours(const PlatformWay& way) {
    for (std::size_t i = 0; i < way.hops.size(); ++i) {
      int const before = i == 0 ? way.from : -1 - way.hops[i - 1].link, after = i + 1 == way.hops.size() ? way.to : -1 - way.hops[i + 1].link;
      auto const link = static_cast<std::size_t>(way.hops[i].link);
      bool const down = way.hops[i].direction < 0;
      tails_[link].insert(down ? after : before);
      heads_[link].insert(down ? before : after);
    }
  }

  void form_whole(std::size_t number) {
    PlatformLink const& link = draft_.links[number];
    std::set<int> around = tails_[number];
    around.insert(heads_[number].begin(), heads_[number].end());
    double const width = link.sharing == Sharing::fat_pipe ? static_cast<double>(draft_.hosts) : 1;
    if (around.size() == 2 && *around.begin() >= 0 && (is_place(*around.begin()) || is_place(*around.rbegin()))) {
      forms_[number] = {*around.begin(), *around.rbegin()};
      draft_.add_link(*around.begin(), *around.rbegin(), width * link.rate, link.latency, link.sharing == Sharing::shared);
    } else {
      int const place = draft_.add_place(link.name, width * link.rate, link.latency);
      forms_[number] = {place, place};
      widths_[place] = width * link.rate;
    }
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
    Form form{end(tails_[number], "lower end"), -1};
    form.head = !is_place(form.tail) && heads_[number].size() == 1 && *heads_[number].begin() >= 0 && !is_place(*heads_[number].begin()) ? end({}, "upper end") : end(heads_[number], "upper end");
    forms_[number] = form;
    draft_.add_link(form.tail, form.head, link.rate, link.latency);
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
    if (!is_place(last) && !is_place(next)) {      // servers are joined through a place
      int const place = draft_.add_place("direct");
      connect(path, place);
      return connect(path, next);
    }
    path.push_back(next);
    if (!connected_.insert(std::minmax(last, next)).second) return;
    auto const a = widths_.find(last), b = widths_.find(next);
    std::optional<DataRate> width;
    for (auto const& side : {a, b})
      if (side != widths_.end()) width = width ? std::min(*width, side->second) : side->second;
    if (!width) draft_.unlimited.push_back(site_.links.size());
    draft_.add_link(last, next, width.value_or(DataRate{}), Duration{});
  }

  // How far every node is from one, and over how many shortest ways; servers pass nothing on.
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
      if (next.front() != from && !is_place(next.front())) continue;
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
    if (is_place(path.front()) || is_place(path.back())) return draft_.remark("zoneRoute that is not the only shortest way between its gateways: a shortest one is taken");
    for (bool back : {false, true}) {
      if (back && one_way) return;
      site_.routes.push_back({path.front(), path.back(), {path.begin() + 1, path.end() - 1}});
      std::reverse(path.begin(), path.end());
    }
  }

  PlatformDraft& draft_;
  ImportedSite& site_;
  std::vector<std::set<int>> tails_, heads_;      // of each link: what stands before and after it
  std::vector<Form> forms_;
  std::map<int, DataRate> widths_;                // of places that are links
  std::set<std::pair<int, int>> connected_;
  std::vector<std::set<int>> neighbours_;
};

}  // namespace

void resolve_ways(PlatformDraft& draft) { Resolver(draft).resolve(); }

}  // namespace headroom
