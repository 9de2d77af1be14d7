// What happened: each outage as a chain of changes, and the faults that darkened nothing in a line each.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::size_t most_outages = 20, most_survived = 20, most_steps = 4, most_names = 12;

std::string counted(std::int64_t count, const std::string& one, const std::string& more) { return fmt::format("{} {}", grouped(count), count == 1 ? one : more); }
std::string counted(std::size_t count, const std::string& one, const std::string& more) { return counted(static_cast<std::int64_t>(count), one, more); }

double change_seconds(std::int64_t t_ns) { return static_cast<double>(t_ns) / 1e9; }

Json step(const ChangeRow& change) {
  Json out{{"t_s", change_seconds(change.time_ns)}, {"element", change.element}, {"to", change.to}};
  if (!change.reason.empty()) out["reason"] = change.reason;
  return out;
}

Json steps(const std::vector<ChangeRow>& chain) {
  Json out = Json::array();
  for (auto const& change : chain) out.push_back(step(change));
  return out;
}

std::string who(const Outage& outage) {
  std::string text = outage.racks.empty() ? "" : outage.racks.size() == 1 ? "Rack " + outage.racks.front() : counted(outage.racks.size(), "rack", "racks");
  if (outage.loads.empty()) return text;
  std::string const loads = outage.loads.size() > 2 ? counted(outage.loads.size(), "load", "loads") : fmt::format("{}", fmt::join(outage.loads, " and "));
  return text.empty() ? loads : text + " and " + loads;
}

std::string title(const Outage& outage) {
  std::string const length = time_figure(outage.to_s - outage.from_s).text();
  bool const several = outage.racks.size() + outage.loads.size() > 1;
  return fmt::format("{} dark {}", who(outage), outage.over ? (several ? "for up to " : "for ") + length : fmt::format("to the end of the run, {}", length));
}

std::string effect(const Outage& outage) {
  if (outage.interruptions == 0) return "No job lost its servers.";
  return fmt::format("{} lost {} servers and {} core-hours of work.", counted(outage.interruptions, "job", "jobs"), outage.interruptions == 1 ? "its" : "their",
                     rounded(outage.lost_core_s / 3600));
}

Json told(const Outage& outage) {
  Json out{{"from_s", outage.from_s}, {"title", title(outage)}, {"chain", steps(outage.chain)}, {"effect", effect(outage)}};
  if (outage.over) out["to_s"] = outage.to_s;
  if (!outage.earlier.empty()) out["earlier"] = steps(outage.earlier);
  if (outage.racks.size() > 1) {
    auto const shown = std::min(most_names, outage.racks.size());
    std::string names = fmt::format("{}", fmt::join(outage.racks.begin(), outage.racks.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < outage.racks.size()) names += fmt::format(" and {} more", grouped(static_cast<std::int64_t>(outage.racks.size() - shown)));
    out["racks"] = names;
  }
  return out;
}

std::vector<const Outage*> of_racks(const std::vector<Outage>& outages) {
  std::vector<const Outage*> out;
  for (auto const& outage : outages)
    if (!outage.racks.empty()) out.push_back(&outage);
  return out;
}

// Those with the longest dark time, in the order of their beginning.
std::vector<const Outage*> worst(std::vector<const Outage*> out) {
  if (out.size() <= most_outages) return out;
  std::stable_sort(out.begin(), out.end(), [](const Outage* a, const Outage* b) { return a->rack_dark_s > b->rack_dark_s; });
  out.resize(most_outages);
  std::sort(out.begin(), out.end());      // they lie in one vector, in this order
  return out;
}

// "ups-a on battery, generator-a starting and 3 more changes"
std::string followed(const Fault& fault) {
  std::vector<std::string> names;
  for (auto const& change : fault.followed)
    if (names.size() < most_steps) names.push_back(change.element + " " + change.to);
  std::int64_t const more = fault.changes - 1 - static_cast<std::int64_t>(names.size());
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  if (more > 0) text += " and " + counted(more, "more change", "more changes");
  return text;
}

using LoadsDark = std::map<std::int64_t, std::map<std::string, double>>;      // seconds by fault and load

LoadsDark loads_dark(const std::vector<Outage>& outages) {
  LoadsDark out;
  for (auto const& outage : outages)
    for (auto const& load : outage.loads) out[outage.chain.front().id][load] += outage.to_s - outage.from_s;
  return out;
}

Json survived(const Fault& fault, const LoadsDark& loads) {
  std::string effect = "no rack went dark by it alone";
  if (auto const dark = loads.find(fault.root.id); dark != loads.end())
    for (auto const& [load, time_s] : dark->second) effect += fmt::format(", {} was dark for {}", load, time_figure(time_s).text());
  effect += fault.interruptions == 0 ? ", no job lost its servers" : fmt::format(", but {} lost servers", counted(fault.interruptions, "job", "jobs"));
  Json out{{"t_s", change_seconds(fault.root.time_ns)}, {"element", fault.root.element}, {"to", fault.root.to}, {"effect", effect}};
  if (!fault.root.reason.empty()) out["reason"] = fault.root.reason;
  if (std::string const text = followed(fault); !text.empty()) out["followed"] = text;
  return out;
}

// Servers fail by the thousand, and one by one they say little.
struct ServerFaults {
  std::int64_t faults = 0, interruptions = 0;
  std::string text() const { return fmt::format("{} of single servers, by which {} lost servers.", counted(faults, "fault", "faults"), counted(interruptions, "job", "jobs")); }
};

void tell_survived(const RunView& view, Json& out) {
  std::map<std::string_view, bool> server;
  for (auto const& node : view.nodes) server[node.name] = node.kind == "server";
  Json lines = Json::array();
  ServerFaults of_servers;
  LoadsDark const loads = loads_dark(view.summary.reliability->outages);
  std::size_t more = 0;
  for (auto const& fault : view.summary.reliability->fault_chains) {
    if (fault.racks > 0) continue;
    if (server[fault.root.element]) {
      ++of_servers.faults;
      of_servers.interruptions += fault.interruptions;
    } else if (lines.size() < most_survived) {
      lines.push_back(survived(fault, loads));
    } else {
      ++more;
    }
  }
  if (!lines.empty()) out["survived"] = std::move(lines);
  if (more > 0) out["survived_more"] = fmt::format("and {} that darkened no rack", counted(more, "more fault", "more faults"));
  if (of_servers.faults > 0) out["servers"] = of_servers.text();
}

}  // namespace

Json outages_section(const RunView& view) {
  if (!view.summary.reliability) return {};
  auto const outages = of_racks(view.summary.reliability->outages);
  Json out = Json::object(), rows = Json::array();
  double told_s = 0;
  for (const Outage* outage : worst(outages)) {
    rows.push_back(told(*outage));
    told_s += outage->rack_dark_s;
  }
  if (outages.size() > rows.size())
    out["more"] = fmt::format("and {} of racks that were dark for {} together", counted(outages.size() - rows.size(), "more outage", "more outages"),
                              time_figure(view.summary.reliability->rack_dark_s - told_s).text());
  if (!rows.empty()) out["rows"] = std::move(rows);
  tell_survived(view, out);
  return out;
}

}  // namespace headroom
