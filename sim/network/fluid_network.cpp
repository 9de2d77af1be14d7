#include "sim/network/fluid_network.h"

#include <algorithm>
#include <limits>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr double tolerance_bytes = 1e-5;       // SimGrid's: a remainder below it is nothing

}  // namespace

FluidNetwork::FluidNetwork(std::vector<SharedLink> links) : links_(std::move(links)), spare_(links_.size()), open_on_(links_.size()) {}

void FluidNetwork::send(Instant now, Executor::Transfer transfer, std::span<const Flow> flows) {
  auto const [place, fresh] = transfers_.try_emplace(transfer);
  expects(fresh, "a transfer's number is free when it is sent");
  expects(!flows.empty(), "a transfer has flows");
  for (auto const& flow : flows) {
    Moving& moving = place->second.emplace_back();
    moving.transfer = transfer;
    moving.route.assign(flow.route.begin(), flow.route.end());
    moving.rate_limit = flow.rate_limit_bit_per_s / 8;
    moving.left = flow.bytes;
    double latency_s = flow.more_latency_s;
    for (std::int32_t link : moving.route) latency_s += links_[static_cast<std::size_t>(link)].latency_s;
    moving.transmits = now + round_to_duration(latency_s).value();
    moving.since = now;
  }
  is_stale_ = true;
  now_ = now;
}

void FluidNetwork::stop(Instant now, Executor::Transfer transfer) {
  transfers_.erase(transfer);
  is_stale_ = true;
  now_ = now;
}

void FluidNetwork::left(Instant now, Executor::Transfer transfer, std::vector<double>& bytes) const {
  for (auto const& flow : transfers_.at(transfer)) bytes.push_back(flow.is_over ? 0 : std::max(0.0, left_at(flow, now)));
}

void FluidNetwork::rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s) {
  if (is_stale_) share(now_);
  std::vector<double> of_link(links_.size());
  for (auto const& [number, flows] : transfers_)
    for (auto const& flow : flows)
      if (!flow.is_over && flow.transmits <= now_)
        for (std::int32_t link : flow.route) of_link[static_cast<std::size_t>(link)] += 8 * flow.rate;
  for (std::int32_t link : links) bit_per_s.push_back(of_link[static_cast<std::size_t>(link)]);
}

Instant FluidNetwork::next() {
  if (is_stale_) share(now_);
  return next_;
}

void FluidNetwork::advance(Instant now, std::vector<Executor::Transfer>& arrived) {
  bool const due = next() <= now;
  now_ = now;
  if (!due) return;
  is_stale_ = true;
  for (auto place = transfers_.begin(); place != transfers_.end();) {
    auto& flows = place->second;
    for (auto& flow : flows)
      if (!flow.is_over && flow.end <= now) flow.is_over = true;
    if (!std::ranges::all_of(flows, &Moving::is_over)) {
      ++place;
      continue;
    }
    arrived.push_back(place->first);
    place = transfers_.erase(place);
  }
}

void FluidNetwork::share(Instant now) {
  is_stale_ = false;
  next_ = never;
  std::vector<Moving*> open;
  for (auto& [number, flows] : transfers_)
    for (auto& flow : flows) {
      if (flow.is_over) continue;
      flow.left = left_at(flow, now);
      flow.since = now;
      flow.rate = 0;
      flow.end = never;
      if (flow.transmits > now) {
        next_ = std::min(next_, flow.transmits);
      } else if (flow.left <= tolerance_bytes || (flow.route.empty() && flow.rate_limit == 0)) {
        flow.end = next_ = now;          // nothing holds it
      } else {
        open.push_back(&flow);
      }
    }
  auto const transmitting = open;
  fill(open);
  for (Moving* flow : transmitting) {
    if (auto const span = round_to_duration(flow->left / flow->rate)) flow->end = now + *span;
    next_ = std::min(next_, flow->end);
  }
}

// Each round closes at least one flow: those that reach their limit first, or those on the link that is full first.
void FluidNetwork::fill(std::vector<Moving*>& open) {
  for (std::size_t i = 0; i < links_.size(); ++i) {
    spare_[i] = links_[i].rate_bit_per_s / 8;
    open_on_[i] = 0;
  }
  for (const Moving* flow : open)
    for (std::int32_t link : flow->route) ++open_on_[static_cast<std::size_t>(link)];
  double level = 0;
  while (!open.empty()) {
    double step = std::numeric_limits<double>::infinity();
    for (const Moving* flow : open) {
      if (flow->rate_limit > 0) step = std::min(step, flow->rate_limit - level);
      for (std::int32_t link : flow->route) step = std::min(step, spare_[static_cast<std::size_t>(link)] / open_on_[static_cast<std::size_t>(link)]);
    }
    level += step;
    for (const Moving* flow : open)
      for (std::int32_t link : flow->route) spare_[static_cast<std::size_t>(link)] -= step;
    auto const is_closed = [&](const Moving* flow) {
      if (flow->rate_limit > 0 && flow->rate_limit <= level * (1 + 1e-15)) return true;
      return std::ranges::any_of(flow->route, [&](std::int32_t link) { return spare_[static_cast<std::size_t>(link)] <= 1e-12 * links_[static_cast<std::size_t>(link)].rate_bit_per_s / 8; });
    };
    std::vector<Moving*> still;
    std::vector<Moving*> closed;
    for (Moving* flow : open) (is_closed(flow) ? closed : still).push_back(flow);
    for (Moving* flow : closed) {
      flow->rate = level;
      for (std::int32_t link : flow->route) --open_on_[static_cast<std::size_t>(link)];
    }
    expects(!closed.empty(), "each round of water filling closes a flow");
    open = std::move(still);
  }
}

}  // namespace headroom
