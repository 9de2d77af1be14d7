// How a trace is spread: over time, hours, days, sizes and run times. Counts alone; grows with the length of the trace in hours.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "workloads/derived_source.h"

namespace headroom {

// Lower bounds of the classes of run times: from each up to the next; the last is open, and run times below one second
// are a class of their own before the first.
struct RuntimeClass {
  std::int64_t from_s;
  const char* name;
};
constexpr std::array runtime_classes{RuntimeClass{0, "< 1 s"},   RuntimeClass{1, "1 s"},      RuntimeClass{3, "3 s"},       RuntimeClass{10, "10 s"},    RuntimeClass{30, "30 s"},
                                     RuntimeClass{60, "1 min"},  RuntimeClass{180, "3 min"},  RuntimeClass{600, "10 min"},  RuntimeClass{1800, "30 min"}, RuntimeClass{3600, "1 h"},
                                     RuntimeClass{10800, "3 h"}, RuntimeClass{21600, "6 h"},  RuntimeClass{43200, "12 h"},  RuntimeClass{86400, "1 d"},  RuntimeClass{259200, "3 d"},
                                     RuntimeClass{604800, "7 d"}, RuntimeClass{2592000, "30 d"}};

struct TraceProfile {
  std::vector<std::int64_t> hours;                  // arrivals in each hour from the first one
  std::int64_t first_hour = 0;                      // of the trace's time
  std::array<std::int64_t, 24> hours_of_day{};      // by the clock of the start
  std::array<std::int64_t, 7> days_of_week{};       // Monday first
  // By the power of two at or above the size: 0 is up to 1, 3 is 5 to 8.
  std::map<int, std::int64_t> processors, gpus;     // jobs of none are not in
  std::array<std::int64_t, runtime_classes.size()> runtimes{};

  void add(const Job& job, Duration phase);         // phase: of time zero in its week (into_week)
};

// "1", "2", "3-4", "5-8": the sizes of such a class. Sizes below 1 are in the first.
std::string size_class(int power);

// Lets the jobs pass and counts them. The profile belongs to the caller and outlives the source.
class ProfiledSource final : public DerivedSource {
 public:
  ProfiledSource(std::unique_ptr<JobSource> source, DateTime start, TraceProfile& profile);
  bool next(Job& job) override;

 private:
  Duration phase_;
  TraceProfile& profile_;
};

}  // namespace headroom
