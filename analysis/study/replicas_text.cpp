#include <fmt/format.h>

#include "analysis/study/study_text.h"

namespace headroom {
namespace {

nlohmann::ordered_json json_of(const Estimate& estimate) { return {{"mean", estimate.mean}, {"standard_error", estimate.standard_error}}; }

constexpr double minutes_per_year = 365.0 * 24 * 60;

std::string availability_line(const char* what, const Estimate& share) {
  return fmt::format("  {:<22}  {:>12.8f} +- {:<10.2g}  {:.4g} min a year without\n", what, share.mean, share.standard_error, (1 - share.mean) * minutes_per_year);
}

}  // namespace

nlohmann::ordered_json to_json(const Replicas& r) {
  return {{"schema_version", 1},
          {"runs", r.runs},
          {"years_each", r.years},
          {"rack_availability", json_of(r.rack_availability)},
          {"no_rack_dark", json_of(r.whole_availability)},
          {"some_rack_fed", json_of(r.site_availability)},
          {"outages_per_year", json_of(r.outages_per_year)},
          {"jobs_interrupted_per_run", json_of(r.jobs_interrupted)}};
}

std::string to_text(const Replicas& r) {
  std::string out = fmt::format("{} runs of {:.4g} years, each with its own luck; means +- standard error:\n", r.runs, r.years);
  out += availability_line("a rack is fed", r.rack_availability);
  out += availability_line("every rack is fed", r.whole_availability);
  out += availability_line("some rack is fed", r.site_availability);
  out += fmt::format("  {:<22}  {:>12.6g} +- {:.2g} a year\n", "outages of racks", r.outages_per_year.mean, r.outages_per_year.standard_error);
  out += fmt::format("  {:<22}  {:>12.6g} +- {:.2g} a run", "jobs interrupted", r.jobs_interrupted.mean, r.jobs_interrupted.standard_error);
  // nothing in so many years: the rate is below 3 over those years with 95 % confidence (rule of three)
  if (r.outages_per_year.mean == 0) out += fmt::format("\n  none in {:.6g} years: less than {:.2g} outages a year, 19 times out of 20", r.runs * r.years, 3 / (r.runs * r.years));
  return out;
}

}  // namespace headroom
