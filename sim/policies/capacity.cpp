#include "sim/policies/capacity.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr Amount one_gpu{1};

}  // namespace

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
  return {std::max(a.cores, b.cores), std::max(a.memory_bytes, b.memory_bytes), std::max(a.gpus, b.gpus), std::max(a.share, b.share), a.whole || b.whole};
}

Capacity::Best Capacity::leaf(std::size_t server) const {
  Resources const& free = free_[server];
  Amount whole = free.gpus, share;
  for (Amount left : shared_gpus(static_cast<std::int32_t>(server)))
    if (left != one_gpu) {
      whole -= left;
      share = std::max(share, left);
    }
  if (whole >= one_gpu) share = one_gpu;
  return {free.cores, free.memory_bytes, static_cast<std::int32_t>(whole.whole()), static_cast<std::int16_t>(share.thousandths()), free == total_[server]};
}

std::span<const Amount> Capacity::shared_gpus(std::int32_t server) const {
  return devices_.empty() ? std::span<const Amount>{} : std::span<const Amount>(devices_[static_cast<std::size_t>(server)]);
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
    if (!server) return std::nullopt;
    out.push_back({static_cast<std::int32_t>(*server), total_[*server]});
  }
  return out;
}

Capacity::Need Capacity::need_of_one_server(const Demand& demand) {
  bool const share = demand.shares_gpu();
  return {.cores = demand.cores, .memory_bytes = demand.memory_bytes, .gpus = share ? 0 : static_cast<std::int32_t>(demand.gpus.whole()),
          .share = static_cast<std::int16_t>(share ? demand.gpus.thousandths() : 0)};
}

template <class Walk>
std::optional<Allocation> Capacity::one_server(const Demand& demand, Walk walk) const {
  expects(demand.gpus < one_gpu || !demand.shares_gpu(), "a job has a share of one GPU, or whole ones");
  if (demand.gpus > Amount(INT32_MAX)) return std::nullopt;
  auto const server = walk.next(need_of_one_server(demand));
  if (!server) return std::nullopt;
  return Allocation{{static_cast<std::int32_t>(*server), {demand.cores, demand.gpus, demand.memory_bytes}, demand.shares_gpu() ? device_for(*server, demand.gpus) : -1}};
}

// The shared device with the least left that is enough, else one that is not shared yet.
std::int32_t Capacity::device_for(std::size_t server, Amount share) const {
  auto const devices = shared_gpus(static_cast<std::int32_t>(server));
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < devices.size(); ++i)
    if (devices[i] >= share && (!found || devices[i] < devices[*found])) found = i;
  if (found && devices[*found] == one_gpu && best(server).gpus == 0) found.reset();
  return static_cast<std::int32_t>(found.value_or(devices.size()));
}

Capacity::Split::Split(const Demand& demand)
    : by_gpu(demand.gpus > Amount()), unit(by_gpu || demand.cores.is_whole() ? 1000 : 1), units((by_gpu ? demand.gpus : demand.cores).thousandths() / unit),
      memory(demand.memory_bytes), core_unit(demand.cores.is_whole() ? 1000 : 1), cores(demand.cores.thousandths() / core_unit) {
  expects(units > 0, "a job asks for cores or GPUs");
  memory_each = (memory + units - 1) / units;
  cores_each = (cores + units - 1) / units;
}

Capacity::Need Capacity::Split::one() const {
  return {.cores = Amount::of_thousandths(cores_each * core_unit), .memory_bytes = memory_each, .gpus = by_gpu ? 1 : 0};
}

// The units before the n-th hold n / units of the whole, rounded down, so nothing is lost.
Piece Capacity::Split::piece(std::size_t server, std::int64_t given, std::int64_t count) const {
  auto const share = [this](std::int64_t whole, std::int64_t n) { return whole / units * n + whole % units * n / units; };
  auto const between = [&](std::int64_t whole) { return share(whole, given + count) - share(whole, given); };
  return {static_cast<std::int32_t>(server), {Amount::of_thousandths(between(cores) * core_unit), by_gpu ? count : 0, between(memory)}};
}

std::int64_t Capacity::most_on(std::size_t server, const Split& split) const {
  Resources const& free = free_[server];
  std::int64_t most = split.by_gpu ? best(server).gpus : free.cores.thousandths() / split.unit;
  if (split.by_gpu && split.cores_each > 0) most = std::min(most, free.cores.thousandths() / split.core_unit / split.cores_each);
  if (split.memory_each > 0) most = std::min(most, free.memory_bytes / split.memory_each);
  return most;
}

// From left to right.
template <class Walk>
std::optional<Allocation> Capacity::spread(const Demand& demand, Walk walk) const {
  if (demand.shares_gpu()) return one_server(demand, walk);
  Split const split(demand);
  if ((split.by_gpu ? free_gpus_ : free_cores_).thousandths() / split.unit < split.units) return std::nullopt;
  Need const one = split.one();
  Allocation out;
  std::int64_t left = split.units;
  while (left > 0) {
    auto const server = walk.next(one);
    if (!server) return std::nullopt;
    std::int64_t const here = std::min(most_on(*server, split), left);
    out.push_back(split.piece(*server, split.units - left, here));
    left -= here;
  }
  return out;
}

std::optional<Piece> Capacity::piece_on(std::int32_t number, const Demand& demand) const {
  auto const server = static_cast<std::size_t>(number);
  if (demand.servers > 0) return best(server).whole ? std::optional(Piece{number, total_[server]}) : std::nullopt;
  if (!demand.several_servers || demand.shares_gpu()) {
    if (!need_of_one_server(demand).met_by(best(server))) return std::nullopt;
    return Piece{number, {demand.cores, demand.gpus, demand.memory_bytes}, demand.shares_gpu() ? device_for(server, demand.gpus) : -1};
  }
  Split const split(demand);
  if (!split.one().met_by(best(server))) return std::nullopt;
  return split.piece(server, 0, std::min(most_on(server, split), split.units));
}

bool Capacity::has(const Piece& piece) const {
  Resources const& free = free_[static_cast<std::size_t>(piece.server)];
  if (free.cores < piece.resources.cores || free.memory_bytes < piece.resources.memory_bytes) return false;
  if (piece.device < 0) return Amount(whole_free_gpus(piece.server)) >= piece.resources.gpus;
  auto const devices = shared_gpus(piece.server);
  auto const device = static_cast<std::size_t>(piece.device);
  bool const is_shared = device < devices.size() && devices[device] != one_gpu;
  return is_shared ? devices[device] >= piece.resources.gpus : whole_free_gpus(piece.server) > 0;
}

void Capacity::take_share(const Piece& piece) {
  if (devices_.empty()) devices_.resize(total_.size());
  auto& devices = devices_[static_cast<std::size_t>(piece.server)];
  auto const device = static_cast<std::size_t>(piece.device);
  while (devices.size() <= device) devices.push_back(one_gpu);
  devices[device] -= piece.resources.gpus;
  expects(devices[device] >= Amount(), "no device gives more than it has");
}

void Capacity::give_share(const Piece& piece) { devices_[static_cast<std::size_t>(piece.server)][static_cast<std::size_t>(piece.device)] += piece.resources.gpus; }

void Capacity::take(const Allocation& allocation) {
  for (auto const& piece : allocation) {
    Resources& free = free_[static_cast<std::size_t>(piece.server)];
    free.cores -= piece.resources.cores;
    free.gpus -= piece.resources.gpus;
    free.memory_bytes -= piece.resources.memory_bytes;
    free_cores_ -= piece.resources.cores;
    free_gpus_ -= piece.resources.gpus;
    expects(free.cores >= Amount() && free.gpus >= Amount() && free.memory_bytes >= 0, "no server gives more than it has");
    if (piece.device >= 0) take_share(piece);
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
    if (piece.device >= 0) give_share(piece);
    refresh(static_cast<std::size_t>(piece.server));
  }
}

void Capacity::set_available(std::int32_t server, bool available) {
  auto const i = static_cast<std::size_t>(server);
  if (available_[i] == available) return;
  expects(!available_[i] || leaf(i).whole, "nothing of a server is taken when it becomes unavailable");
  free_cores_ -= free_[i].cores;
  free_gpus_ -= free_[i].gpus;
  free_[i] = available ? total_[i] : Resources{};
  free_cores_ += free_[i].cores;
  free_gpus_ += free_[i].gpus;
  available_[i] = available;
  refresh(i);
}

void Capacity::limit_to(const Capacity& other) {
  for (std::size_t i = 0; i < total_.size(); ++i) {
    Resources &free = free_[i], before = free;
    Resources const& most = other.free_[i];
    free = {std::min(free.cores, most.cores), std::min(free.gpus, most.gpus), std::min(free.memory_bytes, most.memory_bytes)};
    if (!devices_.empty() || !other.devices_.empty()) limit_devices(i, other);
    else if (free == before) continue;
    free_cores_ -= before.cores - free.cores;
    free_gpus_ -= before.gpus - free.gpus;
    refresh(i);
  }
}

// A device that is shared here and not there is one of those that are wholly free there, if any is.
void Capacity::limit_devices(std::size_t server, const Capacity& other) {
  auto const number = static_cast<std::int32_t>(server);
  if (devices_.empty()) devices_.resize(total_.size());
  auto& mine = devices_[server];
  auto const theirs = other.shared_gpus(number);
  std::int64_t whole_here = best(server).gpus, whole_there = other.whole_free_gpus(number);
  mine.resize(std::max(mine.size(), theirs.size()), one_gpu);
  Amount shared;
  for (std::size_t i = 0; i < mine.size(); ++i) {
    Amount const there = i < theirs.size() ? theirs[i] : one_gpu;
    if (mine[i] == one_gpu && there == one_gpu) continue;
    if (mine[i] == one_gpu) mine[i] = whole_here-- > 0 ? there : Amount();
    else if (there != one_gpu) mine[i] = std::min(mine[i], there);
    else if (whole_there-- <= 0) mine[i] = Amount();
    shared += mine[i];
  }
  free_[server].gpus = shared + Amount(std::max<std::int64_t>(std::min(whole_here, whole_there), 0));
}

std::vector<std::int32_t> Capacity::numbers() const {
  std::vector<std::int32_t> out(total_.size());
  std::iota(out.begin(), out.end(), 0);
  return out;
}

}  // namespace headroom
