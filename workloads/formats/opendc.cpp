// A workload of OpenDC: a table of tasks and, beside it, one of their fragments. PREFIXtasks.csv goes with
// PREFIXfragments.csv, each plain, .gz or .zst; a folder that holds one such pair will do.
//
//   tasks        id, submission_time (ms), cpu_count, cpu_capacity (MHz of all its cores) and, where they are, duration
//                (ms; a number, and nothing is taken from it), mem_capacity (MB), gpu_count and gpu_capacity (MHz of all
//                its GPUs), parents (the ids of the tasks that come before it, with blanks between)
//   fragments    id of the task, duration (ms), cpu_usage (MHz over all cores) and, where it is, gpu_usage (MHz over all GPUs)
//
// Tasks are not sorted and the fragments of one need not stand together, so all of both is held in memory.
#include <fmt/format.h>

#include <unordered_map>

#include "workloads/formats/fragments.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/trace_table.h"
#include "workloads/formats/workflow.h"
#include "workloads/formats/whole_trace.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

enum TaskColumn : std::size_t { task_id, submission_time, cpu_count, cpu_capacity, task_duration, mem_capacity, gpu_count, gpu_capacity, parents };
enum FragmentColumn : std::size_t { fragment_id, fragment_duration, cpu_usage, gpu_usage };

std::vector<CsvReader::Column> task_columns() {
  return {{"id"}, {"submission_time"}, {"cpu_count"}, {"cpu_capacity"}, {"duration", false}, {"mem_capacity", false},
          {"gpu_count", false}, {"gpu_capacity", false}, {"parents", false}};
}
std::vector<CsvReader::Column> fragment_columns() { return {{"id"}, {"duration"}, {"cpu_usage"}, {"gpu_usage", false}}; }

constexpr std::string_view tasks_ending = "tasks.csv", fragments_ending = "fragments.csv";
constexpr std::int64_t largest_number = 1'000'000'000'000'000;      // leaves room for the numbers of copies
constexpr std::int64_t largest_ms = longest_duration.ns / 1'000'000;
constexpr std::int64_t latest_ms = INT64_MAX / 2;                  // of a submission, on its own clock
constexpr double largest_mhz = 1e15;
constexpr double most_times = 1000;                                // what a task may ask for, of its capacity

std::int64_t whole(const TraceTable& rows, std::size_t column, std::int64_t least, std::int64_t most) {
  return value_or(read_whole(rows.text(column), least, most), [&](const std::string& what) { rows.fail(column, what); });
}

class OpendcSource final : public WholeTrace {
 public:
  OpendcSource(const fs::path& given, bool bursts) : bursts_(bursts) {
    fs::path const tasks = table_in(given, tasks_ending, "tasks");
    TraceTable task_rows(tasks, task_columns());
    TraceTable fragment_rows(companion(tasks, tasks_ending, fragments_ending, "tasks", "fragments"), fragment_columns());
    read_tasks(task_rows);
    read_fragments(fragment_rows, tasks);
    finish();
    sha256_ = sha256_of(task_rows.sha256() + fragment_rows.sha256());
  }

 private:
  struct Mhz {
    double cpu = 0, gpu = 0;                                  // of all its cores, of all its GPUs
  };

  void read_tasks(TraceTable& rows) {
    std::unordered_map<std::int64_t, int> lines;
    std::vector<std::int64_t> submitted;      // ms, on the clock of the trace
    std::int64_t first = INT64_MAX, last = INT64_MIN;
    while (rows.next()) {
      Job job;
      job.id = whole(rows, task_id, 0, largest_number);
      if (auto const [earlier, is_new] = lines.emplace(job.id, rows.line()); !is_new) rows.fail(task_id, fmt::format("task {} stands in line {} already", job.id, earlier->second));
      std::int64_t const at = whole(rows, submission_time, 0, latest_ms);
      first = std::min(first, at);
      last = std::max(last, at);
      if (last - first > largest_ms) rows.fail(submission_time, fmt::format("{} ms is more than 100 years from a submission of an earlier line", at));
      job.processors = whole(rows, cpu_count, rows.has(gpu_count) ? 0 : 1, INT32_MAX);
      Mhz capacity{rows.up_to(largest_mhz, cpu_capacity), rows.has(gpu_capacity) ? rows.up_to(largest_mhz, gpu_capacity) : 0};
      if (rows.has(gpu_count)) job.gpus = whole(rows, gpu_count, 0, INT32_MAX);
      if (capacity.cpu == 0 && job.processors > Amount()) rows.fail(cpu_capacity, "0 MHz; it must be above zero");
      if (capacity.gpu == 0 && job.gpus > Amount()) rows.fail(gpu_capacity, "0 MHz; it must be above zero");
      if (rows.has(task_duration)) rows.up_to(1e18, task_duration);
      if (rows.has(mem_capacity)) job.memory = rows.up_to(1e12, mem_capacity) / 1000 * gigabyte;
      places_.emplace(job.id, jobs_.size());
      jobs_.push_back(std::move(job));
      submitted.push_back(at);
      capacities_.push_back(capacity);
      read_parents(rows, jobs_.back());
    }
    for (std::size_t i = 0; i < jobs_.size(); ++i) jobs_[i].submit = Instant{(submitted[i] - first) * 1'000'000};
  }

  void read_fragments(TraceTable& rows, const fs::path& tasks) {
    while (rows.next()) {
      std::int64_t const id = whole(rows, fragment_id, 0, largest_number);
      auto const place = places_.find(id);
      if (place == places_.end()) rows.fail(fragment_id, fmt::format("there is no task {} in {}", id, tasks.filename().string()));
      Job& job = jobs_[place->second];
      Duration const length{whole(rows, fragment_duration, 0, largest_ms) * 1'000'000};
      job.runtime = job.runtime + length;
      if (job.runtime > longest_duration) rows.fail(fragment_duration, fmt::format("with these {} ms the task is longer than 100 years", rows.text(fragment_duration)));
      append(job.fragments, {length, utilisations(rows, capacities_[place->second])});
    }
  }

  Utilisations utilisations(const TraceTable& rows, const Mhz& capacity) {
    double const cpu = rows.up_to(largest_mhz, cpu_usage), gpu = rows.has(gpu_usage) ? rows.up_to(largest_mhz, gpu_usage) : 0;
    Utilisations asked = capacity.cpu > 0 ? cpu / capacity.cpu : gpu / capacity.gpu;
    if (capacity.gpu > 0) asked.gpus = gpu / capacity.gpu;
    if (capacity.gpu == 0 && gpu > 0) rows.fail(gpu_usage, fmt::format("{} MHz, and the task has no GPU", gpu));
    if (capacity.cpu == 0 && cpu > 0) rows.fail(cpu_usage, fmt::format("{} MHz, and the task has no core", cpu));
    double const most = bursts_ ? most_times : 1;
    if (asked.cores > most || asked.gpus > most) ++changed_["fragment cut to the capacity of its task"];
    return {std::min(asked.cores, most), std::min(asked.gpus, most)};
  }

  // They may stand further down, so that they are there is seen when all are read.
  void read_parents(const TraceTable& rows, Job& job) {
    job.after = rows.names_before(parents, largest_number);
    for (std::int64_t before : job.after) named_.push_back({job.id, before, rows.place_of(parents)});
  }

  void finish() {
    link_followers(jobs_, named_);
    // one that others come after has no work, and ends where it starts
    auto const without = std::erase_if(jobs_, [](const Job& job) { return job.fragments.empty() && job.followers == 0; });
    if (without > 0) skipped_["no fragments"] = static_cast<std::int64_t>(without);
    for (auto& job : jobs_) {
      job.estimate = job.runtime;
      if (!job.fragments.empty()) settle_utilisation(job);
    }
    sort_jobs();
  }

  std::unordered_map<std::int64_t, std::size_t> places_;      // in jobs_, by number
  std::vector<Mhz> capacities_;                               // of jobs_
  std::vector<NamedBefore> named_;                            // the parents, where they stand
  bool const bursts_;
};

}  // namespace

std::unique_ptr<JobSource> open_opendc(const fs::path& file, const TraceOptions& options) { return std::make_unique<OpendcSource>(file, options.bursts); }

}  // namespace headroom
