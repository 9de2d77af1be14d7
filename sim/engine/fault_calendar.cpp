#include "sim/engine/fault_calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace headroom {

FaultCalendar::FaultCalendar(const Faults& faults, std::uint64_t seed) : faults_(faults) {
  for (std::size_t i = 0; i < faults.outages.size(); ++i) add(faults.outages[i].at, i, false, true);
  std::map<std::string, int> of_name;      // an element may have several processes, each with its own luck
  for (auto const& process : faults.processes) {
    int const number = ++of_name[process.name];
    processes_.push_back({&process, RandomStream(seed, number == 1 ? "failure/" + process.name : fmt::format("failure/{}/{}", process.name, number))});
    add(Instant{} + exponential(processes_.back().luck, process.mtbf), processes_.size() - 1, true, true);
  }
}

void FaultCalendar::add(Instant when, std::size_t index, bool of_process, bool begins) {
  if (when > Instant{} + longest_duration) return;
  dates_.insert({when, made_++, index, of_process, begins});
}

Instant FaultCalendar::next_hope() const {
  auto const hope = std::ranges::find_if(dates_, [](const Date& date) { return !date.of_process || !date.begins; });
  return hope == dates_.end() ? never : hope->when;
}

std::vector<FaultCalendar::Fact> FaultCalendar::take(Instant now) {
  std::vector<Fact> out;
  while (next() == now) {
    Date const date = *dates_.begin();
    dates_.erase(dates_.begin());
    out.push_back(date.of_process ? process_fact(date) : outage_fact(date));
  }
  return out;
}

FaultCalendar::Fact FaultCalendar::outage_fact(const Date& date) {
  ScheduledOutage const& outage = faults_.outages[date.index];
  if (date.begins && outage.length) add(date.when + *outage.length, date.index, false, false);
  std::string const together = outage.nodes.size() > 1 ? " of " + outage.name : "";
  return {date.begins, &outage.nodes, outage.units, outage.planned ? "maintenance" : "failed", (outage.planned ? "maintenance" : "event") + together};
}

FaultCalendar::Fact FaultCalendar::process_fact(const Date& date) {
  Process& process = processes_[date.index];
  FailureProcess const& spec = *process.process;
  add(date.when + exponential(process.luck, date.begins ? Seconds::from_si(spec.mttr.seconds()) : spec.mtbf), date.index, true, !date.begins);
  return {date.begins, &spec.nodes, 0, "failed", "random failure" + (spec.nodes.size() > 1 ? " of " + spec.name : "")};
}

}  // namespace headroom
