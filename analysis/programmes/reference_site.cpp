#include "analysis/programmes/reference_site.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/shipped.h"
#include "base/text_file.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::map<std::string, ReferenceSite::Way> places_outside(const Site& site) {
  std::map<std::string, ReferenceSite::Way> out;
  for (auto const& fabric : site.network)
    for (auto const& wan : fabric.wan) {
      ReferenceSite::Way& way = out[wan.name];
      way.bit_s += wan.rate.si() * wan.count;
      way.latency = std::max(way.latency, wan.latency);
    }
  return out;
}

void check_place(const ReferenceSite& site, const std::string& place, const char* key, std::vector<Problem>& problems) {
  if (site.places.contains(place)) return;
  std::vector<std::string> known;
  for (auto const& [name, way] : site.places) known.push_back(name);
  problems.push_back({site.kind->where, fmt::format("sites[{}].{}: the layout {} has no place outside called '{}' (network: wan){}", site.kind->name, key, site.kind->layout, place, nearest_hint(place, known))});
}

bool takes_data(const ProgrammeSpec& programme, const SiteKind& kind) {
  for (auto const& [sector, driver] : drivers_of(programme))
    for (auto const& share : driver->latency)
      if (std::find(kind.serves.begin(), kind.serves.end(), share.latency_class) != kind.serves.end() && driver->work && (driver->work->received.si() > 0 || driver->work->answered.si() > 0)) return true;
  return false;
}

// The way of its users there and back is the least that its work waits.
void check_round_trips(const ProgrammeSpec& programme, const ReferenceSite& site, std::vector<Problem>& problems) {
  auto const way = site.places.find(site.kind->users);
  if (way == site.places.end()) return;
  for (auto const& latency_class : programme.latency_classes) {
    auto const& serves = site.kind->serves;
    Duration const there_and_back = way->second.latency + way->second.latency;
    if (std::find(serves.begin(), serves.end(), latency_class.name) != serves.end() && there_and_back > latency_class.round_trip)
      problems.push_back({site.kind->where, fmt::format("sites[{}].serves: '{}' bears {} at most, and the way to '{}' and back takes {} in the layout {}", site.kind->name, latency_class.name, to_text(latency_class.round_trip), site.kind->users, to_text(there_and_back), site.kind->layout)});
  }
}

bool is_passed_to(const ProgrammeSpec& programme, const SiteKind& kind) {
  return std::any_of(programme.sites.begin(), programme.sites.end(), [&](const SiteKind& other) { return other.passes_to == kind.name; });
}

ReferenceSite read_reference_site(const SiteKind& kind) {
  fs::path const file = find_mentioned_file("site", kind.layout, kind.where);
  ReferenceSite out;
  out.kind = &kind;
  out.site = read_site(file);
  out.graph = build_power_graph(out.site);
  out.layout = fs::absolute(file).lexically_normal().string();
  out.content = sha256_of(echo_site(out.site).dump());
  for (auto const& place : out.graph.servers) {
    ServerSpec const& spec = out.graph.server_types[static_cast<std::size_t>(place.type)];
    out.cores += static_cast<double>(spec.cores);
    out.gpus += static_cast<double>(spec.gpus);
  }
  out.places = places_outside(out.site);
  return out;
}

void check_work(const ProgrammeSpec& programme, const std::vector<ReferenceSite>& sites, std::vector<Problem>& problems) {
  for (auto const& [sector, driver] : drivers_of(programme)) {
    if (!driver->work) continue;
    for (auto const& share : driver->latency)
      for (auto const& site : sites) {
        auto const& serves = site.kind->serves;
        if (std::find(serves.begin(), serves.end(), share.latency_class) == serves.end()) continue;
        if (driver->work->gpu_time > Duration{} && site.gpus == 0)
          problems.push_back({share.where, fmt::format("the driver '{}' needs GPUs, and '{}', which serves the class '{}', has none; give it a class whose sites have GPUs", driver->name, site.kind->name, share.latency_class)});
        if (driver->work->core_time > Duration{} && site.cores == 0) problems.push_back({share.where, fmt::format("the driver '{}' needs cores, and '{}' has none", driver->name, site.kind->name)});
      }
  }
}

}  // namespace

std::vector<ReferenceSite> reference_sites(const ProgrammeSpec& programme) {
  std::vector<ReferenceSite> out;
  std::vector<Problem> problems;
  for (auto const& kind : programme.sites) {
    ReferenceSite const& site = out.emplace_back(read_reference_site(kind));
    if (takes_data(programme, kind)) check_place(site, kind.users, "users", problems);
    check_round_trips(programme, site, problems);
    if (!kind.passes_to.empty()) check_place(site, kind.passes_through, "passes_through", problems);
    if (is_passed_to(programme, kind)) check_place(site, kind.takes_from, "takes_from", problems);
    if (site.site.grid && site.site.grid->country != programme.country)
      problems.push_back({kind.where, fmt::format("sites[{}].layout: its grid is of '{}', the programme's country is '{}'", kind.name, site.site.grid->country, programme.country)});
  }
  check_work(programme, out, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return out;
}

}  // namespace headroom
