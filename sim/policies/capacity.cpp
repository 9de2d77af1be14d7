#include "sim/policies/capacity.h"

#include <algorithm>
#include <numeric>

#include "base/errors.h"

namespace headroom {

Capacity::Capacity(std::vector<Resources> servers) : total_(std::move(servers)), free_(total_), available_(total_.size(), true) {
  while (leaves_ < total_.size()) leaves_ *= 2;
  tree_.assign(2 * leaves_, {});
  for (std::size_t i = 0; i < total_.size(); ++i) {
    tree_[leaves_ + i] = leaf(i);
    free_cores_ += total_[i].cores;
    free_gpus_ += total_[i].gpus;
  }
  free_servers_ = static_cast<std::int64_t>(total_.size());
  for (std::size_t i = leaves_ - 1; i >= 1; --i) tree_[i] = better(tree_[2 * i], tree_[2 * i + 1]);
}

Capacity::Best Capacity::better(const Best& a, const Best& b) {
  return {std::max(a.cores, b.cores), std::max(a.gpus, b.gpus), std::max(a.memory_bytes, b.memory_bytes), a.whole || b.whole};
}

Capacity::Best Capacity::leaf(std::size_t server) const {
  Resources const &free = free_[server], &total = total_[server];
  return {free.cores, free.gpus, free.memory_bytes, free.cores == total.cores && free.gpus == total.gpus && free.memory_bytes == total.memory_bytes};
}

void Capacity::refresh(std::size_t server) {
  std::size_t i = leaves_ + server;
  free_servers_ -= tree_[i].whole ? 1 : 0;
  tree_[i] = leaf(server);
  free_servers_ += tree_[i].whole ? 1 : 0;
  for (i /= 2; i >= 1; i /= 2) {
    Best const now = better(tree_[2 * i], tree_[2 * i + 1]);
    if (now == tree_[i]) return;      // nothing further up sees a difference
    tree_[i] = now;
  }
}

// The first server at or after `from` that meets the need. The tree's bounds are for one resource at a time, so a
// subtree may promise what none of its servers holds; then the search goes on to the right of it.
std::optional<std::size_t> Capacity::next_server(std::size_t from, const Need& need) const {
  std::size_t i = leaves_ + from;
  while (true) {
    if (need.met_by(tree_[i])) {
      if (i >= leaves_) return i - leaves_ < total_.size() ? std::optional(i - leaves_) : std::nullopt;
      i *= 2;
      continue;
    }
    while ((i & 1) == 1) i /= 2;      // up while it is a right child; the root (1) ends it
    if (i == 0) return std::nullopt;
    ++i;
    if ((i & (i - 1)) == 0) return std::nullopt;   // wrapped to the next level: nothing further right
  }
}

struct Capacity::ByNumber {
  const Capacity& capacity;
  std::size_t from = 0;
  std::optional<std::size_t> next(const Need& need) {
    if (from >= capacity.servers()) return std::nullopt;
    auto const server = capacity.next_server(from, need);
    if (server) from = *server + 1;
    return server;
  }
};

struct Capacity::InOrder {
  const Capacity& capacity;
  std::span<const std::int32_t> order;
  std::size_t at = 0;
  std::optional<std::size_t> next(const Need& need) {
    while (at < order.size()) {
      auto const server = static_cast<std::size_t>(order[at++]);
      if (need.met_by(capacity.tree_[capacity.leaves_ + server])) return server;
    }
    return std::nullopt;
  }
};

std::optional<Allocation> Capacity::first_fit(const Demand& demand) const { return fit(demand, ByNumber{*this}); }
std::optional<Allocation> Capacity::fit_in_order(const Demand& demand, std::span<const std::int32_t> order) const { return fit(demand, InOrder{*this, order}); }

template <class Walk>
std::optional<Allocation> Capacity::fit(const Demand& demand, Walk walk) const {
  if (demand.servers > 0) return whole_servers(demand.servers, walk);
  return demand.several_servers ? spread(demand, walk) : one_server(demand, walk);
}

template <class Walk>
std::optional<Allocation> Capacity::whole_servers(std::int32_t count, Walk walk) const {
  if (count > free_servers_) return std::nullopt;
  Allocation out;
  out.reserve(static_cast<std::size_t>(count));
  while (std::ssize(out) < count) {
    auto const server = walk.next({.whole = true});
    expects(server.has_value(), "as many servers are idle as are counted");
    out.push_back({static_cast<std::int32_t>(*server), total_[*server]});
  }
  return out;
}

template <class Walk>
std::optional<Allocation> Capacity::one_server(const Demand& demand, Walk walk) const {
  auto const server = walk.next({demand.cores, demand.gpus, demand.memory_bytes, false});
  if (!server) return std::nullopt;
  return Allocation{{static_cast<std::int32_t>(*server), {demand.cores, demand.gpus, demand.memory_bytes}}};
}

// Units (GPUs where the job asks for any, else cores) from left to right; cores and memory go with them in proportion.
template <class Walk>
std::optional<Allocation> Capacity::spread(const Demand& demand, Walk walk) const {
  bool const by_gpu = demand.gpus > 0;
  std::int32_t const units = by_gpu ? demand.gpus : demand.cores;
  expects(units > 0, "a job asks for cores or GPUs");
  if ((by_gpu ? free_gpus_ : free_cores_) < units) return std::nullopt;
  // what a unit needs at most; the units before the n-th hold n / units of the whole, rounded down, so nothing is lost
  std::int64_t const memory_each = (demand.memory_bytes + units - 1) / units;
  std::int32_t const cores_each = static_cast<std::int32_t>((std::int64_t{demand.cores} + units - 1) / units);
  auto const share = [units](std::int64_t whole, std::int64_t n) { return whole / units * n + whole % units * n / units; };
  Allocation out;
  std::int32_t left = units;
  while (left > 0) {
    Need const one{.cores = cores_each, .gpus = by_gpu ? 1 : 0, .memory_bytes = memory_each, .whole = false};
    auto const server = walk.next(one);
    if (!server) return std::nullopt;
    Resources const& free = free_[*server];
    std::int64_t most = by_gpu ? free.gpus : free.cores;
    if (by_gpu && cores_each > 0) most = std::min<std::int64_t>(most, free.cores / cores_each);
    if (memory_each > 0) most = std::min(most, free.memory_bytes / memory_each);
    auto const here = static_cast<std::int32_t>(std::min<std::int64_t>(most, left));
    std::int64_t const given = units - left;
    out.push_back({static_cast<std::int32_t>(*server), {static_cast<std::int32_t>(share(demand.cores, given + here) - share(demand.cores, given)), by_gpu ? here : 0,
                                                         share(demand.memory_bytes, given + here) - share(demand.memory_bytes, given)}});
    left -= here;
  }
  return out;
}

bool Capacity::has(const Piece& piece) const {
  Resources const& free = free_[static_cast<std::size_t>(piece.server)];
  return free.cores >= piece.resources.cores && free.gpus >= piece.resources.gpus && free.memory_bytes >= piece.resources.memory_bytes;
}

void Capacity::take(const Allocation& allocation) {
  for (auto const& piece : allocation) {
    Resources& free = free_[static_cast<std::size_t>(piece.server)];
    free.cores -= piece.resources.cores;
    free.gpus -= piece.resources.gpus;
    free.memory_bytes -= piece.resources.memory_bytes;
    free_cores_ -= piece.resources.cores;
    free_gpus_ -= piece.resources.gpus;
    expects(free.cores >= 0 && free.gpus >= 0 && free.memory_bytes >= 0, "no server gives more than it has");
    refresh(static_cast<std::size_t>(piece.server));
  }
}

void Capacity::give(const Allocation& allocation) {
  for (auto const& piece : allocation) {
    Resources& free = free_[static_cast<std::size_t>(piece.server)];
    free.cores += piece.resources.cores;
    free.gpus += piece.resources.gpus;
    free.memory_bytes += piece.resources.memory_bytes;
    free_cores_ += piece.resources.cores;
    free_gpus_ += piece.resources.gpus;
    refresh(static_cast<std::size_t>(piece.server));
  }
}

void Capacity::set_available(std::int32_t server, bool available) {
  auto const i = static_cast<std::size_t>(server);
  if (available_[i] == available) return;
  expects(!available_[i] || leaf(i).whole, "nothing of a server is taken when it becomes unavailable");
  int const sign = available ? 1 : -1;
  free_cores_ += sign * total_[i].cores;
  free_gpus_ += sign * total_[i].gpus;
  free_[i] = available ? total_[i] : Resources{};
  available_[i] = available;
  refresh(i);
}

void Capacity::limit_to(const Capacity& other) {
  for (std::size_t i = 0; i < total_.size(); ++i) {
    Resources &free = free_[i], before = free;
    Resources const& most = other.free_[i];
    free = {std::min(free.cores, most.cores), std::min(free.gpus, most.gpus), std::min(free.memory_bytes, most.memory_bytes)};
    if (free.cores == before.cores && free.gpus == before.gpus && free.memory_bytes == before.memory_bytes) continue;
    free_cores_ -= before.cores - free.cores;
    free_gpus_ -= before.gpus - free.gpus;
    refresh(i);
  }
}

std::vector<std::int32_t> Capacity::numbers() const {
  std::vector<std::int32_t> out(total_.size());
  std::iota(out.begin(), out.end(), 0);
  return out;
}

}  // namespace headroom
