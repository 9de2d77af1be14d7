// Pods of Alibaba's GPU cluster (cluster-trace-gpu-v2023): what each asked for and, where the list says, when it was
// created, scheduled and deleted. A job's number is its row, from 1. The rows are not sorted by time, so the whole file
// is held in memory.
//
//   name                       of the pod; two pods may not have one name
//   cpu_milli, memory_mib      1/1000 core, MiB
//   num_gpu, gpu_milli         whole GPUs; with num_gpu 1 the share of it, in 1/1000
//   gpu_spec                   models it may run on: not honoured
//   qos, pod_phase             nothing is taken from them
//   creation_time, scheduled_time, deletion_time      s from the start of the trace; the last also where the trace ended
//
// It is submitted when it was created and runs as long as it did, deleted - scheduled: how long it waited there is the
// schedule of that cluster. Lists without times are for static packing: all at 0, for a day.
#include <unordered_map>

#include "workloads/formats/readers.h"
#include "workloads/formats/trace_table.h"
#include "workloads/formats/whole_trace.h"

namespace headroom {
namespace {

enum Column : std::size_t { pod, cpu_milli, memory_mib, num_gpu, gpu_milli, gpu_spec, qos, pod_phase, creation_time, deletion_time, scheduled_time };

std::vector<CsvReader::Column> columns() {
  return {{"name"}, {"cpu_milli"}, {"memory_mib"}, {"num_gpu"}, {"gpu_milli"}, {"gpu_spec", false}, {"qos", false}, {"pod_phase", false},
          {"creation_time", false}, {"deletion_time", false}, {"scheduled_time", false}};
}

constexpr Duration packed_for = whole_seconds(86400);
constexpr double mebibyte_in_gigabytes = 0.001048576;

class AlibabaGpuSource final : public WholeTrace {
 public:
  explicit AlibabaGpuSource(const std::filesystem::path& file) {
    TraceTable rows(file, columns());
    bool const timed = check_times(rows);
    while (rows.next()) {
      ++row_;
      check_name(rows);
      Job job = asked_for(rows);
      if (timed && !rows.has(scheduled_time)) {
        created(rows);
        ++skipped_["never scheduled: no run time"];
        continue;
      }
      if (timed) read_times(rows, job);
      else pack(job);
      if (rows.has(gpu_spec)) ++changed_["gpu_spec is not honoured: runs on any model of GPU"];
      jobs_.push_back(std::move(job));
    }
    sort_jobs();
    sha256_ = rows.sha256();
  }

 private:
  // All three columns of times or none.
  static bool check_times(const TraceTable& rows) {
    int named = 0;
    for (auto const column : {creation_time, deletion_time, scheduled_time}) named += rows.has_column(column) ? 1 : 0;
    if (named != 0 && named != 3) throw InputError(rows.place(), "of creation_time, deletion_time and scheduled_time some are missing; all of them or none would do");
    return named == 3;
  }

  void check_name(const TraceTable& rows) {
    if (!rows.has(pod)) rows.fail(pod, "found nothing; every pod needs a name");
    if (auto const [earlier, is_new] = lines_.emplace(rows.text(pod), rows.line()); !is_new) rows.fail(pod, fmt::format("pod '{}' stands in line {} already", shown(earlier->first), earlier->second));
  }

  Job asked_for(const TraceTable& rows) const {
    Job job;
    job.id = row_;
    job.processors = Amount::of_thousandths(rows.count(cpu_milli));
    job.memory = rows.up_to(1e12, memory_mib) * mebibyte_in_gigabytes * gigabyte;
    job.gpus = rows.count(num_gpu);
    std::int32_t const share = rows.count(gpu_milli);
    if (share > 1000) rows.fail(gpu_milli, fmt::format("{} is too large, at most 1000 would do", share));
    if (job.gpus == 1 && share == 0) rows.fail(gpu_milli, "0 of one GPU; 1 to 1000 would do, or num_gpu 0");
    if (job.gpus == 1) job.gpus = Amount::of_thousandths(share);
    if (job.processors == Amount() && job.gpus == Amount()) rows.fail(cpu_milli, "the pod asks for no cores and no GPUs; it needs one at least");
    return job;
  }

  static Instant created(const TraceTable& rows) { return Instant{} + rows.time(creation_time); }

  void read_times(const TraceTable& rows, Job& job) {
    job.submit = created(rows);
    Duration const scheduled = rows.time(scheduled_time), deleted = rows.time(deletion_time);
    if (Instant{} + scheduled < job.submit) rows.fail(scheduled_time, fmt::format("{} s is before the pod was created, at {} s", shown(rows.text(scheduled_time)), exact_seconds(job.submit - Instant{})));
    if (deleted < scheduled) ++changed_["deleted before it was scheduled: run time 0"];
    job.runtime = job.estimate = std::max(deleted - scheduled, Duration{});
  }

  void pack(Job& job) {
    job.runtime = job.estimate = packed_for;
    ++changed_["no times in the list: submitted at 0, for 1 d"];
  }

  std::int64_t row_ = 0;
  std::unordered_map<std::string, int> lines_;      // of the pods, by name
};

}  // namespace

std::unique_ptr<JobSource> open_alibaba_gpu(const std::filesystem::path& file) { return std::make_unique<AlibabaGpuSource>(file); }

}  // namespace headroom
