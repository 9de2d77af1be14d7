// `headroom trace info` of a series of measurements.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/units.h"
#include "cli/exit_codes.h"
#include "cli/verbs/trace.h"
#include "workloads/series_totals.h"

namespace headroom {
namespace {

const char* words_for(SeriesMeaning meaning) { return meaning == SeriesMeaning::power ? "power" : "processors"; }

nlohmann::ordered_json to_json(const SeriesTotals& totals) {
  return {{"series_of", words_for(totals.meaning)},
          {"rows", totals.counts.used},
          {"columns", totals.columns},
          {"span_s", totals.span_s},
          {"least", totals.least},
          {"mean", totals.mean},
          {"mean_over_time", totals.mean_over_time},
          {"most", totals.most},
          {"sum", totals.sum},
          {"sha256", totals.sha256}};
}

std::string to_text(const SeriesTotals& totals) {
  std::string out;
  auto const line = [&](std::string_view label, const std::string& value) { out += fmt::format("  {:<22}{}\n", label, value); };
  line("series", fmt::format("shares of {}, {} of {}", words_for(totals.meaning), counted(totals.counts.used, "row"), counted(std::ssize(totals.columns), "column")));
  constexpr std::ptrdiff_t columns_shown = 8;
  auto const shown = totals.columns.begin() + std::min(columns_shown, std::ssize(totals.columns));
  line("columns", fmt::format("{}{}", fmt::join(totals.columns.begin(), shown, ", "), shown == totals.columns.end() ? "" : ", ..."));
  line("span", fmt::format("{:.10g} s ({:.3f} d)", totals.span_s, totals.span_s / 86400));
  line("values", fmt::format("{:.6g} to {:.6g}", totals.least, totals.most));
  line("mean", fmt::format("{:.6f} of samples, {:.6f} over time", totals.mean, totals.mean_over_time));
  line("sum of samples", fmt::format("{:.12g}", totals.sum));
  line("sha256", totals.sha256);
  return out;
}

}  // namespace

int series_info(TraceFormat format, const std::filesystem::path& file, const Globals& globals) {
  SeriesTotals const totals = totals_of(*open_series_source(format, file));
  print_result(globals.format == OutputFormat::json ? to_json(totals).dump(2) : to_text(totals));
  return done;
}

}  // namespace headroom
