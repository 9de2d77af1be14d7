// Small things the tests of this room share.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"
#include "tests/support/temporary.h"
#include "workloads/series.h"
#include "workloads/source.h"

namespace headroom {

inline std::unique_ptr<JobSource> open_file(const std::filesystem::path& file, const TraceOptions& options = {}) { return open_job_source(guess_format(file), file, options); }

inline std::vector<Job> jobs_of(JobSource& source) {
  std::vector<Job> jobs;
  Job job;
  while (source.next(job)) jobs.push_back(job);
  return jobs;
}

struct SeriesRow {
  Instant from;
  std::vector<double> values;
};

// The rows, and one without values for the end.
inline std::vector<SeriesRow> rows_of(SeriesSource& source) {
  std::vector<SeriesRow> rows;
  SeriesRow row;
  while (source.next(row.from, row.values)) rows.push_back(row);
  rows.push_back({row.from, {}});
  return rows;
}

inline std::vector<Job> jobs_in(const std::string& ending, const std::string& text) {
  TemporaryFile const file(ending, text);
  return jobs_of(*open_file(file.path()));
}

// What is wrong with it, without the name of the file; "" when nothing is.
template <class Action>
std::string problem_of(Action action) {
  try {
    action();
  } catch (const InputError& e) {
    return e.problems().front().what;
  }
  return "";
}

// A folder below $HEADROOM_DATA; says so and gives nothing where it is not there.
inline std::optional<std::filesystem::path> data_folder(const std::string& name) {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data != nullptr && std::filesystem::exists(std::filesystem::path(data) / name)) return std::filesystem::path(data) / name;
  std::cout << "skipped: set HEADROOM_DATA to a folder with " << name << "\n";
  return std::nullopt;
}

// Jobs from a list.
class ListSource final : public JobSource {
 public:
  explicit ListSource(std::vector<Job> jobs) : jobs_(std::move(jobs)) {}
  bool next(Job& job) override {
    if (given_ == jobs_.size()) return false;
    job = jobs_[given_++];
    return true;
  }
  ReadCounts counts() const override { return {static_cast<std::int64_t>(given_), static_cast<std::int64_t>(given_), {}}; }
  std::string sha256() override { return "hash"; }

 private:
  std::vector<Job> jobs_;
  std::size_t given_ = 0;
};

inline std::unique_ptr<JobSource> list(std::vector<Job> jobs) { return std::make_unique<ListSource>(std::move(jobs)); }

inline Job job_at(std::int64_t submit_s, std::int64_t id, std::int64_t runtime_s = 100, std::int32_t processors = 1, int workload = 0) {
  Job job;
  job.id = id;
  job.workload = workload;
  job.submit = Instant{} + whole_seconds(submit_s);
  job.runtime = job.estimate = whole_seconds(runtime_s);
  job.processors = processors;
  return job;
}

}  // namespace headroom
