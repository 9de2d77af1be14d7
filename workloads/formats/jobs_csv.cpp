// A table of jobs: submit_s,runtime_s,cores and, where they matter, gpus, estimate_s, memory_gb, utilisation, user.
// A job's number is its row, from 1. A blank cell of an optional column is as good as no column.
#include <fmt/format.h>

#include "base/csv.h"
#include "workloads/formats/cells.h"
#include "workloads/formats/readers.h"

namespace headroom {
namespace {

enum Column : std::size_t { submit_s, runtime_s, cores, gpus, estimate_s, memory_gb, utilisation, user };

std::vector<CsvReader::Column> columns() {
  return {{"submit_s"}, {"runtime_s"}, {"cores"}, {"gpus", false}, {"estimate_s", false}, {"memory_gb", false}, {"utilisation", false}, {"user", false}};
}

constexpr double largest_memory_gb = 1e9;

class JobsCsvSource final : public JobSource {
 public:
  explicit JobsCsvSource(const std::filesystem::path& file) : rows_(file, columns()) {}

  bool next(Job& job) override {
    if (!rows_.next()) return false;
    job.id = ++used_;
    job.workload = 0;
    job.submit = Instant{time(submit_s).ns};
    if (job.submit < latest_submit_)
      fail(submit_s, fmt::format("{} s is before the {} s of an earlier line; the jobs must be sorted by submit time", rows_.text(submit_s), exact_seconds(latest_submit_ - Instant{})));
    latest_submit_ = job.submit;
    job.runtime = time(runtime_s);
    job.estimate = rows_.has(estimate_s) ? time(estimate_s) : job.runtime;
    job.processors = count(cores);
    job.gpus = rows_.has(gpus) ? count(gpus) : 0;
    if (job.processors == 0 && job.gpus == 0) fail(cores, "the job asks for no cores and no GPUs; it needs one at least");
    job.memory = rows_.has(memory_gb) ? number(memory_gb, largest_memory_gb) * gigabyte : DataSize{};
    job.utilisation = rows_.has(utilisation) ? number(utilisation, 1) : 1.0;
    job.user.assign(rows_.text(user));
    return true;
  }

  ReadCounts counts() const override { return {used_, used_, {}}; }
  std::string sha256() override { return rows_.sha256(); }
  double share_read() const override { return rows_.share_read(); }

 private:
  Duration time(Column column) const {
    Duration const seconds = value_or(read_seconds(rows_.text(column)), [&](const std::string& what) { fail(column, what); });
    if (seconds.ns < 0) fail(column, fmt::format("{} s is negative", shown(rows_.text(column))));
    return seconds;
  }

  std::int32_t count(Column column) const {
    return static_cast<std::int32_t>(value_or(read_whole(rows_.text(column), 0, INT32_MAX), [&](const std::string& what) { fail(column, what); }));
  }

  double number(Column column, double most) const {
    return value_or(read_number(rows_.text(column), 0, most), [&](const std::string& what) { fail(column, what); });
  }

  [[noreturn]] void fail(Column column, const std::string& what) const { throw rows_.problem(column, what); }

  CsvReader rows_;
  std::int64_t used_ = 0;
  Instant latest_submit_;
};

}  // namespace

std::unique_ptr<JobSource> open_jobs_csv(const std::filesystem::path& file) { return std::make_unique<JobsCsvSource>(file); }

}  // namespace headroom
