#include "workloads/profile.h"

#include <fmt/format.h>

#include "workloads/generators/cycle.h"

namespace headroom {
namespace {

constexpr std::int64_t hour_ns = whole_seconds(3600).ns;

int power_at_or_above(Amount size) {
  int power = 0;
  for (std::int64_t most = 1; Amount(most) < size; most *= 2) ++power;
  return power;
}

std::size_t class_of(Duration runtime) {
  std::size_t i = 0;
  while (i + 1 < runtime_classes.size() && runtime >= whole_seconds(runtime_classes[i + 1].from_s)) ++i;
  return i;
}

}  // namespace

std::string size_class(int power) {
  std::int64_t const most = std::int64_t{1} << power;
  return power < 2 ? fmt::format("{}", most) : fmt::format("{}-{}", most / 2 + 1, most);
}

void TraceProfile::add(const Job& job, Duration phase) {
  std::int64_t const at_hour = job.submit.ns / hour_ns, of_week = (job.submit.ns + phase.ns) / hour_ns;
  if (hours.empty()) first_hour = at_hour;
  hours.resize(std::max(hours.size(), static_cast<std::size_t>(at_hour - first_hour) + 1));
  ++hours[static_cast<std::size_t>(at_hour - first_hour)];
  ++hours_of_day[static_cast<std::size_t>(of_week % 24)];
  ++days_of_week[static_cast<std::size_t>(of_week / 24 % 7)];
  if (job.processors > Amount()) ++processors[power_at_or_above(job.processors)];
  if (job.gpus > Amount()) ++gpus[power_at_or_above(job.gpus)];
  ++runtimes[class_of(job.runtime)];
}

ProfiledSource::ProfiledSource(std::unique_ptr<JobSource> source, DateTime start, TraceProfile& profile)
    : DerivedSource(std::move(source)), phase_(into_week(start)), profile_(profile) {}

bool ProfiledSource::next(Job& job) {
  if (!source_->next(job)) return false;
  profile_.add(job, phase_);
  return true;
}

}  // namespace headroom
