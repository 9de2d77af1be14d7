#include "analysis/study/study_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/statics/contingency_text.h"
#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;
constexpr std::size_t most_changes = 500;      // of one fault, in JSON
constexpr std::size_t most_rows = 20;          // of each table, in text

OrderedJson changes_json(const std::vector<Change>& changes) {
  OrderedJson out = OrderedJson::array();
  for (auto const& change : changes) {
    if (out.size() == most_changes) break;
    out.push_back({{"id", change.id}, {"at_s", change.when.seconds()}, {"element", change.element}, {"from", change.from}, {"to", change.to}, {"cause", change.cause}, {"reason", change.reason}});
  }
  return out;
}

OrderedJson timed_json(const TimedOutcome& timed, const PowerGraph& graph) {
  OrderedJson out{{"racks_dark", timed.racks.size()}, {"servers_dark", timed.servers_dark}, {"servers_lost", timed.servers_lost}, {"it_kw_lost", timed.it_kw_lost}, {"jobs_lost", timed.jobs_lost}, {"core_hours_lost", timed.core_hours_lost}};
  if (timed.first_dark_s) out["first_dark_s"] = *timed.first_dark_s;
  if (!timed.next.empty()) out["next"] = {{"element", timed.next}, {"why", timed.next_why}};
  out["racks"] = OrderedJson::array();
  for (int rack : timed.racks) out["racks"].push_back(graph.racks[static_cast<std::size_t>(rack)].name);
  out["for_a_while"] = OrderedJson::array();
  for (auto const& each : timed.for_a_while) out["for_a_while"].push_back({{"rack", graph.racks[static_cast<std::size_t>(each.rack)].name}, {"dark_s", each.dark_s}, {"servers_lost", each.servers_lost}});
  out["quiet"] = timed.quiet;
  out["changes_in_all"] = timed.changes.size();
  out["changes"] = changes_json(timed.changes);
  return out;
}

OrderedJson disagreements_json(const std::vector<Disagreement>& disagreements) {
  OrderedJson out = OrderedJson::array();
  for (auto const& each : disagreements) out.push_back({{"what", each.what}, {"where", each.where}, {"reason", each.reason}});
  return out;
}

OrderedJson maintenance_json(const MaintenanceStudy& maintenance, const PowerGraph& graph) {
  OrderedJson out{{"maintain", maintenance.name}, {"at_s", maintenance.at.seconds()}, {"basis", "static"}, {"servers_dark", maintenance.servers_dark}, {"faults", maintenance.faults}, {"darken", maintenance.darken}, {"worse_than_otherwise", OrderedJson::array()}};
  for (auto const& outcome : maintenance.worst) out["worse_than_otherwise"].push_back(fault_json(outcome, graph));
  return out;
}

std::string basis_text(const Study& study) {
  if (study.moment.nameplate) return fmt::format("At full load: {:.1f} kW of IT, {:.1f} kW in all.\n", study.fixed.it_kw, study.fixed.facility_kw);
  return fmt::format("At {:.4g} h of the run: {:.1f} kW of IT, {:.1f} kW in all, {}.\n", study.moment.at.seconds() / 3600, study.fixed.it_kw, study.fixed.facility_kw, counted(std::ssize(study.moment.jobs), "job"));
}

std::string row(const StudiedFault& fault) {
  TimedOutcome const& timed = *fault.timed;
  return fmt::format("  {:<26} {:>6} {:>7} {:>9.1f} {:>9} {:>6} {:>11.1f}  {}\n", fault.fixed.fault.name, timed.racks.size(), timed.servers_lost, timed.it_kw_lost, timed.first_dark_s ? seconds_text(*timed.first_dark_s) : "-",
                     timed.jobs_lost, timed.core_hours_lost, timed.next.empty() ? "" : timed.next + " " + timed.next_why);
}

std::vector<const StudiedFault*> by_harm_in_time(const std::vector<StudiedFault>& faults) {
  std::vector<const StudiedFault*> out;
  for (auto const& fault : faults)
    if (fault.timed && fault.fixed.fault.counts) out.push_back(&fault);
  std::ranges::stable_sort(out, [](auto const* a, auto const* b) {
    return std::tuple(a->timed->racks.size(), a->timed->servers_lost, a->timed->core_hours_lost, a->timed->changes.size()) > std::tuple(b->timed->racks.size(), b->timed->servers_lost, b->timed->core_hours_lost, b->timed->changes.size());
  });
  return out;
}

// Of devices of the path; that every rack and load below them is dark is left to the JSON.
std::string chain_text(const StudiedFault& fault) {
  std::string out = fmt::format("  {}\n", fault.fixed.fault.name);
  std::size_t lines = 0;
  for (auto const& change : fault.timed->changes) {
    if (change.to == "dark" || change.to == "live" || change.element.find('/') != std::string::npos) continue;
    if (++lines > most_rows) return out + "    ... more in --format json\n";
    out += fmt::format("    {:>9}  {} {} ({})\n", seconds_text(change.when.seconds()), change.element, change.to, change.reason);
  }
  return lines < 2 ? "" : out;
}

std::string timed_text(const Study& study) {
  auto const faults = by_harm_in_time(study.faults);
  std::string out = fmt::format("\nIn time, for a day: {} of {} faults.\n", std::ranges::count_if(study.faults, [](const StudiedFault& fault) { return fault.timed.has_value(); }), study.faults.size());
  out += fmt::format("  {:<26} {:>6} {:>7} {:>9} {:>9} {:>6} {:>11}  {}\n", "fault", "racks", "servers", "kW lost", "dark at", "jobs", "core-hours", "what went next");
  for (std::size_t i = 0; i < std::min(most_rows, faults.size()); ++i) out += row(*faults[i]);
  std::string chains;
  for (std::size_t i = 0, told = 0; i < faults.size() && told < 5; ++i)
    if (std::string const chain = chain_text(*faults[i]); !chain.empty()) {
      chains += chain;
      ++told;
    }
  if (!chains.empty()) out += "\nWhat follows what:\n" + chains;
  return out;
}

std::string disagreements_text(const std::vector<StudiedFault>& faults) {
  std::string out;
  std::size_t count = 0;
  for (auto const& fault : faults)
    for (auto const& each : fault.disagreements) {
      if (++count > most_rows) continue;
      std::string const where = each.where.size() == 1 ? each.where.front() : fmt::format("{} and {} more", each.where.front(), each.where.size() - 1);
      out += fmt::format("  {}: {} {}: {}\n", fault.fixed.fault.name, where, each.what, each.reason);
    }
  if (count == 0) return "\nThe static answer and the one in time agree on every fault.\n";
  if (count > most_rows) out += fmt::format("  ... {} more in --format json\n", count - most_rows);
  return "\nWhere the static answer and the one in time disagree:\n" + out;
}

std::string maintenance_text(const MaintenanceStudy& maintenance) {
  std::string out = fmt::format("  {} at {:.4g} h: {} of {} faults darken something, {} more than otherwise\n", maintenance.name, maintenance.at.seconds() / 3600, maintenance.darken, maintenance.faults, maintenance.worst.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(5, maintenance.worst.size()); ++i)
    out += fmt::format("    {:<26} {:>6} {:>8}\n", maintenance.worst[i].fault.name, maintenance.worst[i].racks.size(), maintenance.worst[i].servers.size());
  return out;
}

}  // namespace

OrderedJson to_json(const Study& study, const PowerGraph& graph) {
  OrderedJson out{{"schema_version", 1}, {"basis", study.moment.nameplate ? "nameplate" : "run"}};
  if (!study.moment.nameplate) out["at_s"] = study.moment.at.seconds();
  out["jobs"] = study.moment.nameplate ? 0 : study.moment.jobs.size();
  out.update(to_json(study.fixed, graph));
  out["changes_without_fault"] = changes_json(study.unprovoked);
  for (std::size_t i = 0; i < study.faults.size(); ++i) {
    if (!study.faults[i].timed) continue;
    out["faults"][i]["in_time"] = timed_json(*study.faults[i].timed, graph);
    out["faults"][i]["disagreements"] = disagreements_json(study.faults[i].disagreements);
  }
  out["maintenance"] = OrderedJson::array();
  for (auto const& maintenance : study.maintenance) out["maintenance"].push_back(maintenance_json(maintenance, graph));
  return out;
}

std::string to_text(const Study& study) {
  std::string out = verdict_text(study.fixed) + "\n" + basis_text(study) + faults_text(study.fixed, most_rows);
  if (study.faults.empty()) return out;
  out += timed_text(study) + disagreements_text(study.faults);
  if (!study.maintenance.empty()) out += "\nDuring maintenance (static):\n";
  for (auto const& maintenance : study.maintenance) out += maintenance_text(maintenance);
  return out;
}

}  // namespace headroom
