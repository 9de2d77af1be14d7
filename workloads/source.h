// Where jobs come from. A source is pulled one job at a time, in the order of (submit, id); memory does not grow with
// the trace (a reader or a generator that must know all of it says so).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "workloads/generators/generator.h"
#include "workloads/job.h"

namespace headroom {

enum class TraceFormat { swf, jobs_csv, utilisation_csv, philly, batsim, opendc };
constexpr auto names(TraceFormat) {
  return std::array{std::pair{TraceFormat::swf, "swf"},       std::pair{TraceFormat::jobs_csv, "jobs-csv"}, std::pair{TraceFormat::utilisation_csv, "utilisation-csv"},
                    std::pair{TraceFormat::philly, "philly"}, std::pair{TraceFormat::batsim, "batsim"},     std::pair{TraceFormat::opendc, "opendc"}};
}

// What one requested processor of a trace is.
enum class ProcessorUnit { server, core, gpu };
constexpr auto names(ProcessorUnit) {
  return std::array{std::pair{ProcessorUnit::server, "server"}, std::pair{ProcessorUnit::core, "core"}, std::pair{ProcessorUnit::gpu, "gpu"}};
}

// What became of the records of a trace (its job lines): records = used + skipped by reason.
struct ReadCounts {
  std::int64_t records = 0;
  std::int64_t used = 0;
  std::map<std::string, std::int64_t> skipped{};    // reason -> how many
  std::map<std::string, std::int64_t> changed{};    // what of those used is not as the trace states it -> how many
};

class JobSource {
 public:
  virtual ~JobSource() = default;
  // False at the end. Throws InputError with the place of what is wrong.
  virtual bool next(Job& job) = 0;
  virtual ReadCounts counts() const = 0;            // of what was read so far
  virtual std::string sha256() = 0;                 // of the unpacked bytes of the trace; reads on to its end
  // Processors of the machine the trace was made on, where it says (SWF: MaxProcs, else MaxNodes).
  virtual std::optional<std::int64_t> machine_processors() const { return std::nullopt; }
  // What the trace says of itself, by the standard's key ("Computer", "Acknowledge", "UnixStartTime").
  virtual std::map<std::string, std::string> header() const { return {}; }
  // How much of the trace has been read, 0..1: what a progress line can know of the end.
  virtual double share_read() const { return 1; }
};

// What a trace leaves to those who use it.
struct TraceOptions {
  std::optional<double> flop_rate;                  // of one machine, FLOP/s: Batsim states work
};

// The one table of formats: a name, how a file is known, how to open it, what its processors are by default.
struct FormatEntry {
  TraceFormat format;
  std::string ending;                               // ".swf", also with .gz or .zst behind it; "" tells nothing
  std::vector<std::string> columns;                 // a table whose first line names these; empty: not a table with a header
  std::unique_ptr<JobSource> (*open)(const std::filesystem::path& file, const TraceOptions& options);
  ProcessorUnit processor;
  bool several_servers;
  bool takes_flop_rate = false;
};
const std::vector<FormatEntry>& trace_formats();
const FormatEntry& format_entry(TraceFormat format);
// By the longest known ending of the name and, where that says no more than "a table" or nothing, by the first lines.
// Throws InputError that lists what is known.
TraceFormat guess_format(const std::filesystem::path& file);

// Cloning and thinning a trace until its offered load against `processors` is as asked: k whole copies and one more
// thinned at random to the fraction that is left. Jobs of every copy but the first are submitted later, by a time drawn
// from [0, jitter). Holds the trace in memory. Job i of copy k gets the number i + k x stride, the stride being the
// smallest power of ten above every number of the trace.
// load = processor-seconds / (processors x (last end - first submit)), jobs ending at submit + run time.
struct LoadTarget {
  double offered_load = 0;
  Duration jitter = whole_seconds(3600);
};

// What a scenario says of one workload.
struct WorkloadSpec {
  std::string trace;                                // a name of what ships, or a path; "" with generate
  std::optional<GenerateSpec> generate;             // instead of a trace
  std::optional<TraceFormat> format;
  std::optional<ProcessorUnit> processor;
  std::optional<bool> several_servers;
  double arrivals = 1.0;                            // arrival rate, times that of the trace
  std::optional<LoadTarget> scale_to;
  std::optional<double> flop_rate;                  // of one machine, FLOP/s
  Location where;
  // For people: "trace nasa-ipsc", "generated jobs".
  std::string title() const { return generate ? "generated jobs" : "trace " + trace; }
};

// The file behind a trace's name; throws InputError (66) naming what ships. A path is relative to the file of `mention`.
std::filesystem::path find_trace(const std::string& name, const Location& mention);

// A source whose jobs belong to workload `index` and arrive `arrivals` times as fast: submit times / arrivals.
std::unique_ptr<JobSource> with_arrivals(std::unique_ptr<JobSource> source, int index, double arrivals, const Location& where);

// Cloned and thinned to the target. Same seed and index, same jobs; a higher target only adds jobs.
std::unique_ptr<JobSource> scaled(std::unique_ptr<JobSource> source, const LoadTarget& target, int index,
                                  std::int64_t processors, std::uint64_t seed, const Location& where);

// The source of one workload: `arrivals` first, then scale_to. `file` is the trace's, if it has one. `processors`: units of the
// site, for scale_to. `start`: of the run, for generated jobs, whose hours and days `arrivals` leaves where they are.
std::unique_ptr<JobSource> open_workload(const WorkloadSpec& spec, int index, const std::filesystem::path& file,
                                         std::int64_t processors, std::uint64_t seed, DateTime start = {});

// Several sources as one, by (submit, workload, id). Its hash is that of theirs, one after another.
std::unique_ptr<JobSource> merge(std::vector<std::unique_ptr<JobSource>> sources);

// Totals of a trace, as `headroom trace info` prints them.
struct TraceTotals {
  ReadCounts counts;
  std::int64_t jobs_with_work = 0;                  // run time and processors > 0
  double first_submit_s = 0, last_submit_s = 0, last_end_s = 0;     // a job ends at submit + run time: nothing waits
  Amount largest_job_processors;
  std::optional<std::int64_t> machine_processors;
  std::int64_t processor_seconds_whole = 0;         // exact when all times are whole seconds, else rounded down
  double processor_seconds = 0, gpu_seconds = 0;
  double runtime_mean_s = 0, processors_mean = 0;   // over jobs with work
  double load_span_s = 0;                           // last end - first submit
  // processor-seconds / (processors x load span); absent where either of those is zero
  std::optional<double> offered_load(std::int64_t processors) const;
  std::string sha256;
};
TraceTotals totals_of(JobSource& source);

}  // namespace headroom
