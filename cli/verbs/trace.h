// What the sub-verbs of `headroom trace` share. Each has a file of its own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/verb.h"
#include "workloads/source.h"

namespace headroom {

// Which jobs are looked at, as the command line says it.
struct TraceChoice {
  std::string trace, format;
  std::optional<double> flop_rate;
  std::string start;
  std::vector<std::string> settings;
};

// A trace, or the workloads of a scenario as its run would see them.
struct ChosenTrace {
  std::unique_ptr<JobSource> source;
  std::string name;
  ProcessorUnit unit = ProcessorUnit::core;      // of its processors: of a scenario, those of its first workload
  bool several_servers = false;
  DateTime start;                                // of its time zero: --start, else the scenario's, else the trace's own (SWF: UnixStartTime)
  std::string start_from;                        // where that is from, for people
  bool is_drawn = false;                         // its jobs are drawn from rates: what it states says more than a drawing
  std::optional<std::int64_t> processors;        // of the machine the trace was made on; of a scenario, of its site
  Location where;
};

void add_trace_choice(CLI::App& verb, const std::shared_ptr<TraceChoice>& choice);
ChosenTrace open_trace(const TraceChoice& choice);

// Where a trace of a format of series is chosen: that format and its file.
struct ChosenSeries {
  TraceFormat format;
  std::filesystem::path file;
};
std::optional<ChosenSeries> chosen_series(const TraceChoice& choice);
int series_info(TraceFormat format, const std::filesystem::path& file, const Globals& globals);

// "3 skipped: reason" and "4 changed: what", a line each.
std::string told_counts(const ReadCounts& counts);

void add_trace_info(CLI::App& trace, Globals& globals);
void add_trace_fit(CLI::App& trace, Globals& globals);
void add_trace_convert(CLI::App& trace, Globals& globals);
void add_trace_plot(CLI::App& trace, Globals& globals);

}  // namespace headroom
