// CPU use of PlanetLab's virtual machines: a column each, a row every five minutes, percent of the machine's CPU. Each is
// a job of one core that starts with the trace and ends with it; its number is its column, from 1, its user the name of
// the column. All of them run to the last row, so the whole file is held in memory.
#include "workloads/formats/fragments.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/trace_table.h"
#include "workloads/formats/whole_trace.h"

namespace headroom {
namespace {

constexpr Duration sample = whole_seconds(300);

class PlanetlabSource final : public WholeTrace {
 public:
  explicit PlanetlabSource(const std::filesystem::path& file) {
    TraceTable rows(file);
    for (auto const& column : rows.columns()) {
      Job job;
      job.id = std::ssize(jobs_) + 1;
      job.processors = 1;
      job.user = column.name;
      jobs_.push_back(std::move(job));
    }
    while (rows.next())
      for (std::size_t column = 0; column < jobs_.size(); ++column) append(jobs_[column].fragments, {sample, rows.up_to(100, column) / 100});
    if (jobs_.front().fragments.empty()) throw InputError(rows.place(), "the table has no rows; each row is a sample of five minutes");
    for (auto& job : jobs_) finish(job);
    sha256_ = rows.sha256();
  }

 private:
  static void finish(Job& job) {
    for (auto const& fragment : job.fragments) job.runtime = job.runtime + fragment.length;
    job.estimate = job.runtime;
    settle_utilisation(job);
  }
};

}  // namespace

std::unique_ptr<JobSource> open_planetlab(const std::filesystem::path& file) { return std::make_unique<PlanetlabSource>(file); }

}  // namespace headroom
