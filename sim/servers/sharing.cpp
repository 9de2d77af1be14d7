#include "sim/servers/sharing.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/errors.h"

namespace headroom {

std::vector<double> max_min_fair(std::span<const double> demands, double supply) {
  std::vector<double> out(demands.begin(), demands.end());
  if (std::accumulate(demands.begin(), demands.end(), 0.0) <= supply) return out;
  std::vector<std::size_t> order(demands.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return demands[a] < demands[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    double const level = supply / static_cast<double>(order.size() - i);
    out[order[i]] = std::min(demands[order[i]], level);
    supply -= out[order[i]];
  }
  return out;
}

void SharedServers::touch(std::int32_t server) {
  if (std::exchange(is_touched_[static_cast<std::size_t>(server)], 1) == 0) touched_.push_back(server);
}

void SharedServers::set(std::int32_t job, const Piece& piece, const Utilisations& utilisation) {
  auto& tenants = tenants_[static_cast<std::size_t>(piece.server)];
  auto tenant = std::ranges::find(tenants, job, &Tenant::job);
  if (tenant == tenants.end()) tenant = tenants.insert(tenants.end(), Tenant{job, 0, 0, 0, 0});
  tenant->asked_cores = piece.resources.cores * utilisation.cores;
  tenant->asked_gpus = piece.resources.gpus * utilisation.gpus;
  touch(piece.server);
}

void SharedServers::remove(std::int32_t job, std::int32_t server) {
  auto& tenants = tenants_[static_cast<std::size_t>(server)];
  tenants.erase(std::ranges::find(tenants, job, &Tenant::job));
  touch(server);
}

void SharedServers::share(std::vector<Tenant>& tenants, double Tenant::*asked, double Tenant::*got, double supply) {
  std::vector<double> demands;
  for (auto const& tenant : tenants) demands.push_back(tenant.*asked);
  std::vector<double> const shares = max_min_fair(demands, supply);
  for (std::size_t i = 0; i < tenants.size(); ++i) tenants[i].*got = shares[i];
}

std::vector<std::int32_t> SharedServers::settle() {
  std::vector<std::int32_t> jobs;
  for (std::int32_t server : touched_) {
    auto const i = static_cast<std::size_t>(server);
    is_touched_[i] = 0;
    share(tenants_[i], &Tenant::asked_cores, &Tenant::cores, physical_[i].cores.value());
    share(tenants_[i], &Tenant::asked_gpus, &Tenant::gpus, physical_[i].gpus.value());
    for (auto& tenant : tenants_[i]) {
      tenant.gpus *= 1 - gpu_overhead_;
      jobs.push_back(tenant.job);
    }
  }
  touched_.clear();
  std::ranges::sort(jobs);
  jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
  return jobs;
}

SharedServers::Supply SharedServers::supply(std::int32_t job, const Allocation& where) const {
  Supply out;
  for (auto const& piece : where) {
    auto const& tenants = tenants_[static_cast<std::size_t>(piece.server)];
    auto const tenant = std::ranges::find(tenants, job, &Tenant::job);
    expects(tenant != tenants.end(), "a job is on the servers that it holds");
    out.asked_cores += tenant->asked_cores;
    out.asked_gpus += tenant->asked_gpus;
    out.cores += tenant->cores;
    out.gpus += tenant->gpus;
    if (tenant->asked_cores > 0) out.rate = std::min(out.rate, tenant->cores / tenant->asked_cores);
    if (tenant->asked_gpus > 0) out.rate = std::min(out.rate, tenant->gpus / tenant->asked_gpus);
  }
  return out;
}

}  // namespace headroom
