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
#include "workloads/flexibility.h"
#include "workloads/generators/generator.h"
#include "workloads/job.h"

namespace headroom {

enum class TraceFormat { swf, jobs_csv, utilisation_csv, philly, batsim, opendc, planetlab, alibaba_gpu, series_csv, hourly_load, google_power, azure_llm, servegen };
constexpr auto names(TraceFormat) {
  return std::array{std::pair{TraceFormat::swf, "swf"},
                    std::pair{TraceFormat::jobs_csv, "jobs-csv"},
                    std::pair{TraceFormat::utilisation_csv, "utilisation-csv"},
                    std::pair{TraceFormat::philly, "philly"},
                    std::pair{TraceFormat::batsim, "batsim"},
                    std::pair{TraceFormat::opendc, "opendc"},
                    std::pair{TraceFormat::planetlab, "planetlab"},
                    std::pair{TraceFormat::alibaba_gpu, "alibaba-gpu"},
                    std::pair{TraceFormat::series_csv, "series-csv"},
                    std::pair{TraceFormat::hourly_load, "hourly-load"},
                    std::pair{TraceFormat::google_power, "google-power"},
                    std::pair{TraceFormat::azure_llm, "azure-llm"},
                    std::pair{TraceFormat::servegen, "servegen"}};
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
  ReadCounts& operator+=(const ReadCounts& b);
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
  // Figures of the trace that jobs do not show, by name with unit: tokens, expected requests. Of what was read so far.
  virtual std::map<std::string, double> described() const { return {}; }
  // How much of the trace has been read, 0..1: what a progress line can know of the end.
  virtual double share_read() const { return 1; }
};

class SeriesSource;      // workloads/series.h
// How long a request of tokens holds what it asks for: docs/models.md, "Requests".
struct ServiceSpec {
  double prefill_tokens_per_s = 5500;               // of the context, for one request
  double decode_tokens_per_s = 21.5;                // generated, for one request
};

// What a trace leaves to those who use it.
struct TraceOptions {
  std::optional<double> flop_rate;                  // of one machine, FLOP/s: Batsim states work
  bool bursts = false;                              // jobs may ask for more than they hold: keep what the trace says above 1
  ServiceSpec service{};                            // requests state tokens
  std::uint64_t seed = 1;                           // of requests that are drawn from rates, with the two below
  int workload = 0;                                 // position in the scenario's list
  double arrivals = 1;                              // times the rates of the trace, before drawing
  bool network = false;                             // jobs may send data between their machines
};

// The one table of formats: a name, how a file is known, how to open it, what its processors are by default. A format is
// of jobs or of a series: `open` or `open_series` is null. open_job_source and open_series_source choose safely.
struct FormatEntry {
  TraceFormat format;
  std::string ending;                               // ".swf", also with .gz or .zst behind it; "" tells nothing
  std::vector<std::string> columns;                 // a table whose first line names these; empty: not a table with a header
  std::unique_ptr<JobSource> (*open)(const std::filesystem::path& file, const TraceOptions& options);
  ProcessorUnit processor;
  bool several_servers;
  bool takes_flop_rate = false;
  std::unique_ptr<SeriesSource> (*open_series)(const std::filesystem::path& file) = nullptr;
  bool has_tokens = false;                          // its jobs are requests of tokens: takes a ServiceSpec
  bool is_drawn = false;                            // it states rates, and its jobs are drawn: takes seed and arrivals
};
const std::vector<FormatEntry>& trace_formats();
const FormatEntry& format_entry(TraceFormat format);
// By the longest known ending of the name and, where that says no more than "a table" or nothing, by the first lines.
// Throws InputError that lists what is known.
TraceFormat guess_format(const std::filesystem::path& file);

// The source of a file. Throws InputError, at `where` or else at the file, when a format of the other kind is meant.
std::unique_ptr<JobSource> open_job_source(TraceFormat format, const std::filesystem::path& file, const TraceOptions& options = {}, const Location& where = {});
std::unique_ptr<SeriesSource> open_series_source(TraceFormat format, const std::filesystem::path& file, const Location& where = {});

// Cloning and thinning a trace until its offered load against `processors` is as asked: k whole copies and one more
// thinned at random to the fraction that is left. Jobs of every copy but the first are submitted later, by a time drawn
// from [0, jitter). Holds the trace in memory. Job i of copy k gets the number i + k x stride, the stride being the
// smallest power of ten above every number of the trace.
// load = processor-seconds / (processors x (last end - first submit)), jobs ending at submit + run time.
struct LoadTarget {
  double offered_load = 0;
  Duration jitter = whole_seconds(3600);
};

// What becomes of a job on a server that is short of processors: its work takes longer (batch), or part of it is not
// done and it ends in time all the same (services).
enum class WhenShort { slow, lose };
constexpr auto names(WhenShort) { return std::array{std::pair{WhenShort::slow, "slow"}, std::pair{WhenShort::lose, "lose"}}; }

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
  WhenShort when_short = WhenShort::slow;
  std::vector<std::string> on;                      // of a series: the servers or loads that play it
  std::vector<TrafficSpec> traffic;
  std::optional<FlexibilitySpec> flexible;
  RunTimes run_times = RunTimes::work;              // what they hold: traffic comes on top, or is in them, on an idle network
  std::optional<ServiceSpec> service;               // of requests; its defaults where the format has tokens
  Amount amount = 1;                                // of its unit that one requested processor takes
  Location where;
  // For people: "trace nasa-ipsc", "generated jobs".
  std::string title() const { return generate ? "generated jobs" : "trace " + trace; }
};

// The file behind a trace's name; throws InputError (66) naming what ships. A path is relative to the file of `mention`;
// "$NAME/..." is one below the folder that the environment variable NAME holds.
std::filesystem::path find_trace(const std::string& name, const Location& mention);

// A source whose jobs belong to workload `index` and arrive `arrivals` times as fast: submit times / arrivals.
std::unique_ptr<JobSource> with_arrivals(std::unique_ptr<JobSource> source, int index, double arrivals, const Location& where);

// Cloned and thinned to the target. Same seed and index, same jobs; a higher target only adds jobs.
std::unique_ptr<JobSource> scaled(std::unique_ptr<JobSource> source, const LoadTarget& target, int index,
                                  std::int64_t processors, std::uint64_t seed, const Location& where);

// What a workload's source depends on beside what the scenario says of it.
struct Opening {
  std::filesystem::path file;                       // of its trace, if it has one
  std::int64_t processors = 1;                      // units of the site, for scale_to
  std::uint64_t seed = 1;
  DateTime start{};                                 // of the run, for generated jobs, whose hours and days `arrivals` leaves where they are
  bool bursts = false;                              // as in TraceOptions
  bool network = false;                             // as in TraceOptions
};
// The source of one workload: `arrivals` first, then scale_to.
std::unique_ptr<JobSource> open_workload(const WorkloadSpec& spec, int index, const Opening& opening);

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
  double busy_processor_seconds = 0;                // the same times utilisation, of each fragment
  double processors_requested = 0, gpus_requested = 0;              // of all jobs together
  double runtime_mean_s = 0, processors_mean = 0;   // over jobs with work
  double load_span_s = 0;                           // last end - first submit
  // processor-seconds / (processors x load span); absent where either of those is zero
  std::optional<double> offered_load(std::int64_t processors) const;
  std::map<std::string, double> described;          // as JobSource::described
  std::string sha256;
};
TraceTotals totals_of(JobSource& source);

}  // namespace headroom
