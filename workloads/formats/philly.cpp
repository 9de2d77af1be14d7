// GPU jobs of Microsoft's Philly clusters as one table: timestamp,duration,num_gpus and, where they are, gpu_time,cluster.
// A job's number is its row, from 1. The rows are not sorted by time, so the whole file is held in memory.
//
//   timestamp    when it was submitted, by the clock on the wall: "2017-10-09 07:01:55", without a time zone
//   gpu_time     duration x num_gpus; a number, and nothing is taken from it
//   cluster      the virtual cluster, a group that shares a quota: the job's user
#include <fmt/format.h>

#include "workloads/formats/clock.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/trace_table.h"
#include "workloads/formats/whole_trace.h"

namespace headroom {
namespace {

enum Column : std::size_t { timestamp, duration, num_gpus, gpu_time, cluster };

std::vector<CsvReader::Column> columns() { return {{"timestamp"}, {"duration"}, {"num_gpus"}, {"gpu_time", false}, {"cluster", false}}; }

class PhillySource final : public WholeTrace {
 public:
  explicit PhillySource(const std::filesystem::path& file) {
    TraceTable rows(file, columns());
    std::int64_t row = 0, first = INT64_MAX, last = INT64_MIN;
    std::string first_text;
    std::vector<std::int64_t> submitted;      // of jobs_, on the clock
    while (rows.next()) {
      ++row;
      auto const at = clock_seconds(rows.text(timestamp));
      if (!at) rows.fail(timestamp, fmt::format("expected a date and a time of day such as '2017-10-09 07:01:55', found '{}'", shown(rows.text(timestamp))));
      if (std::max(*at, last) - std::min(*at, first) > longest_duration.ns / nanoseconds_per_second && first != INT64_MAX)
        rows.fail(timestamp, fmt::format("{} is more than 100 years from a time stamp of an earlier line", rows.text(timestamp)));
      last = std::max(*at, last);
      if (*at < first) {
        first = *at;
        first_text = rows.text(timestamp);
      }
      if (rows.has(gpu_time)) rows.up_to(1e18, gpu_time);
      Job job;
      job.id = row;
      job.runtime = job.estimate = rows.time(duration);
      job.processors = rows.count(num_gpus);
      job.user.assign(rows.text(cluster));
      if (job.processors == 0) {
        ++skipped_["no GPUs"];
        continue;
      }
      jobs_.push_back(std::move(job));
      submitted.push_back(*at);
    }
    for (std::size_t i = 0; i < jobs_.size(); ++i) jobs_[i].submit = Instant{} + whole_seconds(submitted[i] - first);
    sort_jobs();
    if (row > 0) header_["StartTime"] = first_text;
    sha256_ = rows.sha256();
  }
};

}  // namespace

std::unique_ptr<JobSource> open_philly(const std::filesystem::path& file) { return std::make_unique<PhillySource>(file); }

}  // namespace headroom
