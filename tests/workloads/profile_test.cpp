#include "workloads/profile.h"

#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("a profile counts hours, days, sizes and run times", "[workloads]") {
  DateTime const tuesday{1736121600 + 86400 + 3600, 0};      // 01:00
  TraceProfile profile;
  Job half = job_at(26 * 3600, 4, 86400, 9);
  half.gpus = Amount::of_thousandths(500);
  ProfiledSource source(list({job_at(7200, 1, 0, 1), job_at(7300, 2, 59, 2), job_at(3 * 3600, 3, 60, 4), half}), tuesday, profile);
  CHECK(jobs_of(source).size() == 4);
  CHECK(profile.first_hour == 2);
  CHECK(profile.hours.size() == 25);
  CHECK(profile.hours[0] == 2);
  CHECK(profile.hours[24] == 1);
  CHECK(profile.hours_of_day[3] == 3);      // 01:00 and two hours, and a day later
  CHECK(profile.hours_of_day[4] == 1);
  CHECK(profile.days_of_week[1] == 3);
  CHECK(profile.days_of_week[2] == 1);
  CHECK(profile.processors == std::map<int, std::int64_t>{{0, 1}, {1, 1}, {2, 1}, {4, 1}});
  CHECK(profile.gpus == std::map<int, std::int64_t>{{0, 1}});
  CHECK(profile.runtimes[0] == 1);
  CHECK(profile.runtimes[4] == 1);
  CHECK(profile.runtimes[5] == 1);
  CHECK(profile.runtimes[13] == 1);
  CHECK(size_class(0) == "1");
  CHECK(size_class(1) == "2");
  CHECK(size_class(4) == "9-16");
}
