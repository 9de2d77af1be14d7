#include <catch2/catch.hpp>

#include "base/text_file.h"
#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("several sources come as one, by submit time, workload and number", "[workloads]") {
  std::vector<std::unique_ptr<JobSource>> sources;
  sources.push_back(list({job_at(0, 5, 1, 1, 1), job_at(10, 1, 1, 1, 1)}));
  sources.push_back(list({job_at(0, 9, 1, 1, 0), job_at(10, 2, 1, 1, 0), job_at(20, 1, 1, 1, 0)}));
  sources.push_back(list({}));
  auto const merged = merge(std::move(sources));
  auto const jobs = jobs_of(*merged);
  std::vector<std::pair<int, std::int64_t>> order;
  for (auto const& job : jobs) order.emplace_back(job.workload, job.id);
  CHECK(order == std::vector<std::pair<int, std::int64_t>>{{0, 9}, {1, 5}, {0, 2}, {1, 1}, {0, 1}});
  CHECK(merged->counts().records == 5);
  CHECK(merged->sha256() == sha256_of("hashhashhash"));
}

TEST_CASE("no sources make an empty one", "[workloads]") {
  Job job;
  CHECK_FALSE(merge({})->next(job));
}

TEST_CASE("one source merged alone is itself", "[workloads]") {
  std::vector<std::unique_ptr<JobSource>> sources;
  sources.push_back(list({job_at(0, 1), job_at(0, 2)}));
  auto const merged = merge(std::move(sources));
  CHECK(jobs_of(*merged).size() == 2);
  CHECK(merged->sha256() == "hash");
}
