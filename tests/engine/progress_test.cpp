// Attempts at a job with checkpoints. The first two cases are OpenDC's (checkpoints of its compute simulator).
#include "sim/servers/progress.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/errors.h"
#include "base/random.h"

using namespace headroom;

namespace {

Duration s(std::int64_t seconds) { return whole_seconds(seconds); }

Job job_of(std::vector<Fragment> fragments) {
  Job job;
  job.utilisation = 0;
  for (auto const& fragment : fragments) {
    job.runtime = job.runtime + fragment.length;
    job.utilisation = highest(job.utilisation, fragment.utilisation);
  }
  if (fragments.size() > 1) job.fragments = std::move(fragments);
  return job;
}

using Segments = std::vector<std::pair<double, double>>;      // utilisation, until (s)

Segments segments_of(JobProgress progress) {
  Segments out;
  Duration at;
  while (at < progress.length()) {
    auto const segment = progress.segment(at);
    REQUIRE(segment.until > at);
    at = segment.until;
    out.emplace_back(segment.utilisation.cores, at.seconds());
  }
  return out;
}

// Of a server of so many watts idle and full, linear.
double joules(const JobProgress& progress, double idle, double full) {
  double sum = 0, from = 0;
  for (auto const& [utilisation, until] : segments_of(progress)) {
    sum += (until - from) * (idle + (full - idle) * utilisation);
    from = until;
  }
  return sum;
}

const std::optional<CheckpointSpec> each_minute = CheckpointSpec{s(60), s(1)};
const std::optional<CheckpointSpec> no_checkpoint;

}  // namespace

TEST_CASE("a job of ten minutes goes on from its fourth checkpoint and ends at 965 s", "[engine]") {
  Job const job = job_of({{s(600), 0.5}});
  CHECK(JobProgress(job, each_minute, {}).length() == s(609));
  Duration const safe = JobProgress(job, each_minute, {}).safe(s(300));
  CHECK(safe == s(240));
  JobProgress const again(job, each_minute, safe);
  CHECK(again.length() == s(365));
  CHECK(Instant{} + s(600) + again.length() == Instant{} + s(965));
  CHECK(segments_of(again) == Segments{{0.5, 365}});
}

TEST_CASE("a job of two fragments writes its checkpoints at its highest utilisation and ends at 1575 s", "[engine]") {
  Job const job = job_of({{s(600), 1.0}, {s(600), 0.5}});
  Duration const safe = JobProgress(job, each_minute, {}).safe(s(300));
  CHECK(safe == s(240));
  JobProgress const again(job, each_minute, safe);
  CHECK(again.length() == s(975));
  CHECK(Instant{} + s(600) + again.length() == Instant{} + s(1575));
  CHECK(joules(again, 100, 200) == Approx(360 * 200 + 600 * 150 + 15 * 200).epsilon(1e-12));
  auto const segments = segments_of(again);
  CHECK(segments.front() == std::pair{1.0, 366.0});             // 360 s of work, five checkpoints, and the sixth at its end
  CHECK(segments[1] == std::pair{0.5, 426.0});
  CHECK(segments[2] == std::pair{1.0, 427.0});
  CHECK(segments.back() == std::pair{0.5, 975.0});
}

TEST_CASE("what is safe is what was written to the end", "[engine]") {
  Job const job = job_of({{s(180), 1}});
  JobProgress const progress(job, each_minute, {});
  CHECK(progress.length() == s(182));                           // none is written at the end
  CHECK(progress.safe({}) == Duration{});
  CHECK(progress.safe(s(61) - Duration{1}) == Duration{});
  CHECK(progress.safe(s(61)) == s(60));
  CHECK(progress.safe(s(122) - Duration{1}) == s(60));
  CHECK(progress.safe(s(122)) == s(120));
  CHECK(progress.safe(s(182)) == s(120));
  CHECK(JobProgress(job, each_minute, s(50)).safe(s(60)) == s(50));     // what was done before stays so
  CHECK(JobProgress(job, each_minute, s(50)).safe(s(61)) == s(110));
}

TEST_CASE("the last checkpoint depends on a nanosecond of work behind it", "[engine]") {
  CHECK(JobProgress(job_of({{s(60), 1}}), each_minute, {}).length() == s(60));
  CHECK(JobProgress(job_of({{s(60) + Duration{1}, 1}}), each_minute, {}).length() == s(61) + Duration{1});
  CHECK(JobProgress(job_of({{s(120), 1}}), each_minute, {}).length() == s(121));
  CHECK(JobProgress(job_of({{s(120), 1}}), each_minute, s(60)).length() == s(60));
}

TEST_CASE("without checkpoints a job starts over", "[engine]") {
  Job const job = job_of({{s(100), 0.5}, {s(50), 1}});
  JobProgress const progress(job, no_checkpoint, {});
  CHECK(progress.length() == s(150));
  CHECK(progress.safe(s(149)) == Duration{});
  CHECK(segments_of(progress) == Segments{{0.5, 100}, {1, 150}});
}

TEST_CASE("checkpoints that take no time are no segments", "[engine]") {
  Job const job = job_of({{s(100), 0.5}, {s(50), 1}});
  JobProgress const progress(job, CheckpointSpec{s(60), {}}, {});
  CHECK(progress.length() == s(150));
  CHECK(progress.safe(s(130)) == s(120));
  CHECK(segments_of(progress) == Segments{{0.5, 100}, {1, 150}});
}

TEST_CASE("a job without work ends where it begins", "[engine]") {
  Job const job = job_of({{Duration{}, 0.5}});
  JobProgress progress(job, each_minute, {});
  CHECK(progress.length() == Duration{});
  CHECK(progress.safe({}) == Duration{});
  CHECK(progress.segment({}).until == Duration{});
  CHECK_THROWS_AS(JobProgress(job, each_minute, Duration{1}), ContractError);
}

TEST_CASE("checkpoints without measure make an attempt longer than any run", "[engine]") {
  Job const job = job_of({{longest_duration, 1}});
  CHECK(JobProgress(job, CheckpointSpec{Duration{1}, longest_duration}, {}).length() == longest_duration + Duration{1});
  CHECK(JobProgress(job, no_checkpoint, {}).length() == longest_duration);
}

TEST_CASE("segments agree with a walk in steps of a second", "[engine]") {
  RandomStream random(1, "progress test");
  for (int round = 0; round < 200; ++round) {
    std::vector<Fragment> fragments;
    auto const count = 1 + random.below(6);
    for (std::uint64_t i = 0; i < count; ++i) fragments.push_back({s(static_cast<std::int64_t>(1 + random.below(20))), static_cast<double>(random.below(4)) / 4});
    Job const job = job_of(fragments);
    CheckpointSpec const checkpoint{s(static_cast<std::int64_t>(1 + random.below(12))), s(static_cast<std::int64_t>(1 + random.below(4)))};
    Duration const done = s(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(job.runtime.ns / nanoseconds_per_second))));
    CAPTURE(round, job.runtime.seconds(), done.seconds(), checkpoint.every.seconds(), checkpoint.cost.seconds());

    std::vector<double> each_second;                            // of the job's work
    for (auto const& fragment : fragments)
      for (Duration at; at < fragment.length; at = at + s(1)) each_second.push_back(fragment.utilisation.cores);
    std::vector<double> walked;                                 // of the attempt
    Duration written = done, since;
    std::vector<Duration> safe;
    for (Duration work = done; work < job.runtime;) {
      if (since == checkpoint.every) {
        for (Duration at; at < checkpoint.cost; at = at + s(1)) {
          walked.push_back(job.utilisation.cores);
          safe.push_back(written);
        }
        written = work;
        since = {};
      }
      walked.push_back(each_second[static_cast<std::size_t>(work.ns / nanoseconds_per_second)]);
      safe.push_back(written);
      work = work + s(1);
      since = since + s(1);
    }

    JobProgress progress(job, checkpoint, done);
    REQUIRE(progress.length() == s(static_cast<std::int64_t>(walked.size())));
    auto const segments = segments_of(progress);
    for (std::size_t i = 0; i < walked.size(); ++i) {
      Duration const at = s(static_cast<std::int64_t>(i));
      auto const now = *std::find_if(segments.begin(), segments.end(), [&](auto const& segment) { return segment.second > at.seconds(); });
      REQUIRE(now.first == walked[i]);
      REQUIRE(progress.segment(at).utilisation == walked[i]);
      REQUIRE(progress.safe(at) == safe[i]);
    }
    for (std::size_t i = walked.size(); i-- > 0;) REQUIRE(progress.segment(s(static_cast<std::int64_t>(i))).utilisation == walked[i]);     // backwards, too
  }
}

TEST_CASE("a job of ten thousand fragments is walked once", "[engine]") {
  std::vector<Fragment> fragments;
  for (int i = 0; i < 10'000; ++i) fragments.push_back({s(30), i % 2 == 0 ? 0.25 : 0.5});
  fragments.push_back({s(30), 1});
  Job const job = job_of(fragments);
  auto const segments = segments_of(JobProgress(job, each_minute, {}));
  CHECK(segments.size() == 10'000 + 5'000);                     // 5,000 checkpoints, the last joined with the fragment behind it
  CHECK(segments.back() == std::pair{1.0, 10'001 * 30.0 + 5'000});
}
