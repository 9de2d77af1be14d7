// What is said in words: caveats, events, inputs, notes.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::size_t most_events = 1000, most_marks = 10;
constexpr double pue_of_nothing = 1.00005;

std::string jobs(std::int64_t count) { return fmt::format("{} {}", grouped(count), count == 1 ? "job" : "jobs"); }

bool is_written(const RunView& view, const char* pointer) { return view.scenario.contains(Json::json_pointer(pointer)); }

std::string window_note(const RunView& view) {
  std::string const kind = view.scenario_text("/window");
  std::string text = "Energies and counts are of the whole run. Means, peaks and ratios (PUE, utilisation, load factor) are of its window";
  if (kind == "submissions") text += ", from the first submission to the last";
  if (view.has_window()) text += fmt::format(": {} to {}", view.moment(view.window_from_s), view.moment(view.window_to_s));
  return text + ". The charts show the whole run.";
}

}  // namespace

Json caveats(const RunView& view) {
  JobCounts const& counts = view.summary.jobs.counts;
  Json out = Json::array();
  if (!view.summary.complete) out.push_back("This run was not finished: what follows is what had been recorded when it broke off. Jobs that had not ended by then are missing, and so are totals.");
  if (counts.submitted == 0 && counts.records > 0) out.push_back("No jobs: servers and loads play what was measured.");
  else if (counts.submitted == 0) out.push_back("No job was submitted: the site is idle throughout.");
  if (counts.rejected > 0)
    out.push_back(fmt::format("{} of {} were rejected: each asks for more than the whole site has. No other measure counts them.", grouped(counts.rejected), jobs(counts.submitted)));
  if (std::int64_t const open = counts.running_at_end + counts.queued_at_end; open > 0)
    out.push_back(fmt::format("{} had not ended when the run did; their waits are not in the means.", jobs(open)));
  auto const over = std::count_if(view.summary.power.nodes.begin(), view.summary.power.nodes.end(), [](const NodePower& node) { return node.binding && node.binding->used_share() > 1; });
  if (over > 0) out.push_back(fmt::format("{} of the power path passed a limit at the peak; see Load against rating.", over == 1 ? "One node" : fmt::format("{} nodes", over)));
  if (view.summary.energy.pue > 0 && view.summary.energy.pue < pue_of_nothing) out.push_back("This site states neither losses nor cooling, so its PUE is 1.");
  return out;
}

Json events_section(const RunView& view) {
  auto const& changes = view.changes;
  if (changes.empty() || !view.summary.reliability) return {};
  std::set<std::int64_t> marked;      // what everything else followed from
  for (auto const& fault : view.summary.reliability->fault_chains) marked.insert(fault.root.id);
  bool const all = changes.size() <= most_marks, faults = marked.size() <= most_marks;
  Json rows = Json::array();
  for (std::size_t i = 0; i < std::min(changes.size(), most_events); ++i) {
    auto const& change = changes[i];
    Json row{{"t_s", static_cast<double>(change.time_ns) / 1e9}, {"element", change.element}, {"from", change.from}, {"to", change.to}};
    if (std::string const cause = view.cause_text(change); !cause.empty()) row["cause"] = cause;
    if (all || (faults && marked.contains(change.id))) row["mark"] = true;
    rows.push_back(std::move(row));
  }
  return {{"rows", std::move(rows)}, {"total", changes.size()}};
}

Json inputs_section(const RunView& view) {
  constexpr std::string_view trace = "trace ";
  Json out = Json::array();
  for (auto const& input : view.run.inputs()) {
    bool const is_trace = input.name.starts_with(trace);
    out.push_back({{"name", is_trace ? "trace " + without_folders(input.name.substr(trace.size())) : input.name},
                   {"sha256", input.sha256},
                   {"note", is_trace ? "of its unpacked bytes" : input.name == "scenario" ? "with every default written out, site included" : "of the generator, the seed and the start"}});
  }
  return out;
}

Json notes(const RunView& view) {
  Json out = Json::array({
      window_note(view),
      "Power is constant from one event to the next, so energies are exact integrals and peaks are of single instants, not samples. 15-minute peaks are means of quarter hours counted from the start.",
      "PUE is facility energy over IT energy. IT is what servers and other IT loads draw at their cords, with the losses of their power supplies. The facility is what the utility feeds deliver: IT, losses of "
      "transformers, UPS and PDUs, and the overhead for cooling.",
  });
  if (is_written(view, "/site/cooling")) out.push_back("Cooling is a load that follows the IT load, a fixed part and a proportional part. Temperatures, weather and water are not modelled.");
  bool const faulty = view.summary.reliability.has_value();
  out.push_back(faulty ? "Headroom is the part of a limit that was free at the peak of this run, faults included."
                       : "Headroom is the part of a limit that was free at the peak of this run, with everything in service. It does not say what remains after the loss of a feed.");
  out.push_back("Waits, slowdown and utilisation come from the jobs' own dates: wait is start minus submission, of completed jobs. A busy processor counts as held, whatever its load.");
  if (faulty) out.push_back("A rack is dark when each of its strips is. Availability is 1 minus the dark time of all racks over racks times the length of the run; a rack that is lit counts as available while its servers still boot.");
  out.push_back(faulty ? "Not modelled in this run: the network, temperatures, tariffs and carbon." : "Not modelled in this run: failures and transfers, batteries, the network, temperatures, tariffs and carbon.");
  return out;
}

}  // namespace headroom
