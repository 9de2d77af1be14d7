// A table of jobs: submit_s,runtime_s,cores and, where they matter, gpus, estimate_s, memory_gb, utilisation, user,
// priority, after (the rows of the jobs that come before it, with blanks between), class (of its traffic), volume_bytes (of
// each phase of it).
// A job's number is its row, from 1. A blank cell of an optional column is as good as no column.
#include <fmt/format.h>

#include "workloads/formats/readers.h"
#include "workloads/formats/trace_table.h"
#include "workloads/formats/whole_trace.h"
#include "workloads/formats/workflow.h"

namespace headroom {
namespace {

enum Column : std::size_t { submit_s, runtime_s, cores, gpus, estimate_s, memory_gb, utilisation, user, priority, after, job_class, volume_bytes };

std::vector<CsvReader::Column> columns() {
  return {{"submit_s"}, {"runtime_s"}, {"cores"}, {"gpus", false}, {"estimate_s", false}, {"memory_gb", false}, {"utilisation", false}, {"user", false}, {"priority", false}, {"after", false}, {"class", false}, {"volume_bytes", false}};
}

class JobsCsvSource final : public JobSource {
 public:
  explicit JobsCsvSource(const std::filesystem::path& file) : rows_(file, columns()) {}

  bool next(Job& job) override {
    if (!rows_.next()) return false;
    job.id = ++used_;
    job.workload = 0;
    job.submit = Instant{} + rows_.time(submit_s);
    if (job.submit < latest_submit_)
      rows_.fail(submit_s, fmt::format("{} s is before the {} s of an earlier line; the jobs must be sorted by submit time", rows_.text(submit_s), exact_seconds(latest_submit_ - Instant{})));
    latest_submit_ = job.submit;
    job.runtime = rows_.time(runtime_s);
    job.estimate = rows_.has(estimate_s) ? rows_.time(estimate_s) : job.runtime;
    job.processors = rows_.amount(cores);
    job.gpus = rows_.has(gpus) ? rows_.gpus(gpus) : 0;
    if (job.processors == Amount() && job.gpus == Amount()) rows_.fail(cores, "the job asks for no cores and no GPUs; it needs one at least");
    job.memory = rows_.memory_gb(memory_gb);
    job.utilisation = rows_.has(utilisation) ? rows_.up_to(1, utilisation) : 1.0;
    job.user.assign(rows_.text(user));
    job.after = rows_.names_before(after, INT64_MAX);
    for (std::int64_t before : job.after) named_.push_back({job.id, before, rows_.place_of(after)});
    job.traffic = traffic();
    job.priority = rows_.has(priority) ? rows_.between(INT32_MIN, INT32_MAX, priority) : 0;
    return true;
  }

  ReadCounts counts() const override { return {used_, used_, {}}; }
  std::string sha256() override { return rows_.sha256(); }
  double share_read() const override { return rows_.share_read(); }

  bool is_workflow() const { return rows_.has_column(after); }
  const std::vector<NamedBefore>& named() const { return named_; }      // of the jobs read so far

 private:
  std::shared_ptr<const JobTraffic> traffic() const {
    if (!rows_.has(job_class) && !rows_.has(volume_bytes)) return nullptr;
    JobTraffic out;
    out.job_class.assign(rows_.text(job_class));
    if (rows_.has(volume_bytes)) out.volume = DataSize::from_si(8 * rows_.up_to(1e18, volume_bytes));
    return std::make_shared<const JobTraffic>(std::move(out));
  }

  TraceTable rows_;
  std::int64_t used_ = 0;
  Instant latest_submit_;
  std::vector<NamedBefore> named_;
};

// A job may come after one further down, so a workflow is read whole.
class WorkflowCsvSource final : public WholeTrace {
 public:
  explicit WorkflowCsvSource(JobsCsvSource& rows) {
    for (Job job; rows.next(job);) jobs_.push_back(job);
    link_followers(jobs_, rows.named());
    sha256_ = rows.sha256();
  }
};

}  // namespace

std::unique_ptr<JobSource> open_jobs_csv(const std::filesystem::path& file) {
  auto rows = std::make_unique<JobsCsvSource>(file);
  if (!rows->is_workflow()) return rows;
  return std::make_unique<WorkflowCsvSource>(*rows);
}

}  // namespace headroom
