#include "sim/policies/demand_mix.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr Amount whole_gpu{1};

}  // namespace

FreeGpus FreeGpus::of(const Capacity& capacity, std::int32_t server) {
  auto const shared = capacity.shared_gpus(server);
  return {capacity.free(server).cores, capacity.whole_free_gpus(server), {shared.begin(), shared.end()}, capacity.is_idle(server)};
}

void FreeGpus::take(const Piece& piece) {
  idle = false;
  cores -= piece.resources.cores;
  if (piece.device < 0) {
    whole_gpus -= piece.resources.gpus.whole();
    return;
  }
  auto const device = static_cast<std::size_t>(piece.device);
  if (device >= shared.size()) shared.resize(device + 1, whole_gpu);
  if (shared[device] == whole_gpu) --whole_gpus;
  shared[device] -= piece.resources.gpus;
}

void DemandMix::add(const Demand& demand) {
  ++jobs_;
  whole_servers_ += demand.servers > 0 ? 1 : 0;
  if (demand.servers > 0 || demand.gpus == Amount()) return;
  bool const one_of_several = demand.several_servers && !demand.shares_gpu();
  Amount const gpus = one_of_several ? whole_gpu : demand.gpus;
  std::int64_t const parts = one_of_several ? demand.gpus.whole() : 1;
  Amount const cores = Amount::of_thousandths((demand.cores.thousandths() + parts - 1) / parts);
  Class& of_gpus = by_gpus_[gpus];
  auto at = std::ranges::lower_bound(of_gpus, cores, {}, &CoresUpTo::cores);
  if (at == of_gpus.end() || at->cores != cores) at = of_gpus.insert(at, {cores, at == of_gpus.begin() ? 0 : std::prev(at)->jobs});
  for (; at != of_gpus.end(); ++at) ++at->jobs;
}

std::int64_t DemandMix::with_cores(const Class& of_gpus, Amount cores) {
  auto const above = std::ranges::upper_bound(of_gpus, cores, {}, &CoresUpTo::cores);
  return above == of_gpus.begin() ? 0 : std::prev(above)->jobs;
}

std::int64_t DemandMix::fragment_sum(const FreeGpus& free) const {
  std::int64_t const whole = free.whole_gpus * whole_gpu.thousandths();
  auto const left_of_shared = [&](Amount least) {
    std::int64_t sum = 0;
    for (Amount left : free.shared)
      if (left != whole_gpu && left >= least) sum += left.thousandths();
    return sum;
  };
  std::int64_t const all = whole + left_of_shared({});
  if (all == 0) return 0;
  std::int64_t usable = free.idle ? whole_servers_ * all : 0;
  for (auto const& [gpus, of_gpus] : by_gpus_) {
    std::int64_t const by_one = gpus < whole_gpu ? whole + left_of_shared(gpus) : Amount(free.whole_gpus) >= gpus ? whole : 0;
    if (by_one > 0) usable += with_cores(of_gpus, free.cores) * by_one;
  }
  return jobs_ * all - usable;
}

double DemandMix::fragment(const FreeGpus& free) const {
  return jobs_ == 0 ? 0 : static_cast<double>(fragment_sum(free)) / static_cast<double>(jobs_) / static_cast<double>(whole_gpu.thousandths());
}

}  // namespace headroom
