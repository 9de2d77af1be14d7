#include "analysis/programmes/ways_out.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

double needed_gbit_s(const Site& site, const SiteNeeds& needs) {
  double out = 0;
  for (auto const& fabric : site.network)
    for (auto const& wan : fabric.wan) {
      auto const peak = needs.place_gbit_s.find(wan.name);
      double const rate = wan.rate.si() / 1e9;
      if (peak != needs.place_gbit_s.end() && peak->second > 0) out += 2 * std::ceil(peak->second * (1 + ways_out_margin) / rate) * rate;
    }
  return out;
}

double built_gbit_s(const Site& site) {
  double out = 0;
  for (auto const& fabric : site.network)
    for (auto const& wan : fabric.wan) out += wan.rate.si() / 1e9 * wan.count;
  return out;
}

}  // namespace

void SiteNeeds::add(const std::vector<RunFigure>& figures) {
  constexpr std::string_view of_place = "peak_of_";
  for (auto const& figure : figures) {
    if (figure.name == "facility_peak_mw") facility_peak_kw = std::max(facility_peak_kw, figure.of_run);
    if (!figure.name.starts_with(of_place)) continue;
    std::string const place = figure.name.substr(of_place.size(), figure.name.rfind("_tbit_s") - of_place.size());
    place_gbit_s[place] = std::max(place_gbit_s[place], figure.of_run);
  }
}

void size_ways_out(const Site& site, const SiteNeeds& needs, Bill& bill) {
  double const built = built_gbit_s(site);
  if (built <= 0) return;
  double const share = needed_gbit_s(site, needs) / built;
  for (auto& line : bill.lines)
    if (line.spending_class.count.key == "wan_links") {
      line.quantity *= share;
      line.amount = line.amount * share;
    }
}

}  // namespace headroom
