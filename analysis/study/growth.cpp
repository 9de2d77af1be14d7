#include "analysis/study/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_fields.h"
#include "base/units.h"

namespace headroom {
namespace {

constexpr const char* oversubscribed = "site.power.oversubscribed";

// To so many digits, so that what is set can be read and written again.
double rounded(double value, int digits) {
  double const unit = std::pow(10.0, std::floor(std::log10(value)) - (digits - 1));
  return unit < 1 ? std::round(value / unit) / std::round(1 / unit) : std::round(value / unit) * unit;
}

bool plays_series(const WorkloadSpec& spec) {
  if (spec.generate) return false;
  TraceFormat const format = spec.format ? *spec.format : guess_format(find_trace(spec.trace, spec.where));
  return format_entry(format).open_series != nullptr;
}

}  // namespace

Growth::Growth(const Scenario& scenario, Grow what) : what_(what) {
  for (std::size_t i = 0; i < scenario.workload.size(); ++i) {
    WorkloadSpec const& spec = scenario.workload[i];
    if (plays_series(spec)) continue;
    if (spec.scale_to) workloads_.push_back({fmt::format("workload[{}].scale_to.offered_load", i), {}, spec.scale_to->offered_load, true});
    else workloads_.push_back({fmt::format("workload[{}].arrivals", i), {}, spec.arrivals, false});
  }
  auto const& halls = scenario.site.value.halls;
  for (std::size_t h = 0; h < halls.size(); ++h)
    for (std::size_t g = 0; g < halls[h].racks.size(); ++g) {
      RackGroup const& group = halls[h].racks[g];
      auto const path = [](auto hall, auto rack) { return fmt::format("site.halls[{}].racks[{}].count", hall, rack); };
      groups_.push_back({path(h, g), {path(halls[h].name, g), path(h, group.name), path(halls[h].name, group.name)}, static_cast<double>(group.count), true});
      racks_ += group.count;
    }
  if (what == Grow::arrivals && workloads_.empty()) throw InputError(scenario.where, "no workload of this scenario has jobs, so no arrivals can grow; --grow racks grows the site");
  if (what == Grow::racks && groups_.empty()) throw InputError(scenario.where, "the site has no racks that could grow in number");
}

int Growth::racks_at(double scale) const { return std::max(static_cast<int>(groups_.size()), static_cast<int>(std::lround(scale * racks_))); }

double Growth::snap(double scale) const { return what_ == Grow::racks ? static_cast<double>(racks_at(scale)) / racks_ : rounded(scale, 4); }

// One to each, then to whoever is farthest behind its proportion (Webster), so that no group loses a rack when the site gets one.
std::vector<int> Growth::shares_of(int racks) const {
  std::vector<int> counts(groups_.size(), 1);
  for (int left = racks - static_cast<int>(groups_.size()); left > 0; --left) {
    std::size_t next = 0;
    for (std::size_t g = 1; g < groups_.size(); ++g)
      if (groups_[g].amount * (2 * counts[next] + 1) > groups_[next].amount * (2 * counts[g] + 1)) next = g;
    ++counts[next];
  }
  return counts;
}

std::vector<std::string> Growth::settings(double scale) const {
  std::vector<std::string> out;
  bool const racks = what_ == Grow::racks;
  for (auto const& workload : workloads_)
    if (!racks || !workload.follows_site) out.push_back(fmt::format("{}={}", workload.path, number_text(rounded(workload.amount * scale, 12))));
  if (!racks) return out;
  auto const counts = shares_of(racks_at(scale));
  for (std::size_t g = 0; g < groups_.size(); ++g) out.push_back(fmt::format("{}={}", groups_[g].path, counts[g]));
  out.push_back(fmt::format("{}=true", oversubscribed));
  return out;
}

bool Growth::sets(const std::string& setting) const {
  std::string const path = setting.substr(0, setting.find('='));
  bool const racks = what_ == Grow::racks;
  auto const same = [&](const Part& part) { return part.path == path || std::ranges::find(part.also, path) != part.also.end(); };
  if (std::ranges::any_of(workloads_, [&](const Part& part) { return same(part) && !(racks && part.follows_site); })) return true;
  return racks && (path == oversubscribed || std::ranges::any_of(groups_, same));
}

std::string Growth::label(double scale) const { return what_ == Grow::racks ? counted(racks_at(scale), "rack") : fmt::format("{:.4g}", scale); }

std::string Growth::text(double scale) const {
  bool const load = std::ranges::all_of(workloads_, &Part::follows_site);
  std::string const of_work = fmt::format("{:.4g} times the {}", scale, load && what_ == Grow::arrivals ? "load" : "arrivals");
  if (what_ == Grow::arrivals) return of_work;
  return workloads_.empty() || load ? label(scale) : label(scale) + " and " + of_work;
}

}  // namespace headroom
