// Load spread over the power feeds: the next server is one whose fullest feed is the least busy. How busy a feed is:
//   sum over its servers of the watts above idle of what is taken / sum of the same with everything taken
// by the data sheets, taken units at full use. A job over several servers counts what it has taken already. Servers of the
// same feeds go by number.
#include <algorithm>
#include <map>
#include <queue>

#include "base/errors.h"
#include "sim/policies/policies.h"

namespace headroom {
namespace {

struct Feed {
  double busy_w = 0, full_w = 0;
  double share() const { return full_w > 0 ? busy_w / full_w : 0; }
};

// Servers that hang on the same feeds.
struct Group {
  const std::vector<std::int32_t>* feeds = nullptr;
  std::vector<std::int32_t> servers{};   // that have room for a part of the job
  std::size_t next = 0;
};

class Spreading {
 public:
  Spreading(const Capacity& capacity, const Demand& demand, std::span<const ServerTraits> traits) : capacity_(capacity), demand_(demand), traits_(traits) {
    std::map<std::vector<std::int32_t>, std::size_t> number_of;
    for (std::int32_t server = 0; std::cmp_less(server, capacity.servers()); ++server) {
      ServerTraits const& its = traits[static_cast<std::size_t>(server)];
      Resources const& total = capacity.totals()[static_cast<std::size_t>(server)];
      load(its, watts(its, total), &Feed::full_w);
      if (capacity.is_available(server)) load(its, watts(its, total) - watts(its, capacity.free(server)), &Feed::busy_w);
      if (!capacity.piece_on(server, demand)) continue;
      auto const [place, fresh] = number_of.try_emplace(its.feeds, groups_.size());
      if (fresh) groups_.push_back({&its.feeds});
      groups_[place->second].servers.push_back(server);
    }
  }

  // Shares only grow on the way, so a group that was the least busy is looked at again before it is taken.
  std::vector<std::int32_t> order() {
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
    for (std::size_t i = 0; i < groups_.size(); ++i) waiting.push({share(groups_[i]), i});
    std::vector<std::int32_t> order;
    while (!waiting.empty()) {
      auto const [known, i] = waiting.top();
      waiting.pop();
      Group& group = groups_[i];
      if (double const now = share(group); now > known) {
        waiting.push({now, i});
        continue;
      }
      std::int32_t const server = group.servers[group.next++];
      order.push_back(server);
      ServerTraits const& its = traits_[static_cast<std::size_t>(server)];
      load(its, watts(its, capacity_.piece_on(server, demand_)->resources), &Feed::busy_w);
      if (group.next < group.servers.size()) waiting.push({share(group), i});
    }
    return order;
  }

 private:
  static double watts(const ServerTraits& its, const Resources& units) { return units.cores.value() * its.watts_per_core + units.gpus.value() * its.watts_per_gpu; }
  void load(const ServerTraits& its, double more_w, double Feed::*what) {
    for (std::int32_t feed : its.feeds) {
      if (std::cmp_greater_equal(feed, feeds_.size())) feeds_.resize(static_cast<std::size_t>(feed) + 1);
      feeds_[static_cast<std::size_t>(feed)].*what += more_w;
    }
  }
  double share(const Group& group) const {
    double most = 0;
    for (std::int32_t feed : *group.feeds) most = std::max(most, feeds_[static_cast<std::size_t>(feed)].share());
    return most;
  }

  const Capacity& capacity_;
  const Demand& demand_;
  std::span<const ServerTraits> traits_;
  std::vector<Feed> feeds_;
  std::vector<Group> groups_;
};

}  // namespace

std::optional<Allocation> spread_feeds(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  expects(turn.traits.size() == capacity.servers(), "every server's feeds are known");
  if (!capacity.fits(demand)) return std::nullopt;
  return capacity.fit_in_order(demand, Spreading(capacity, demand, turn.traits).order());
}

}  // namespace headroom
