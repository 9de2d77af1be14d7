#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/units.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "workloads/series_totals.h"
#include "workloads/source.h"

namespace headroom {
namespace {

struct Options {
  std::string trace, format;
  std::optional<std::int64_t> processors;
  std::optional<double> flop_rate;
};

// "expected_requests": "expected requests".
std::string words_of(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

// Of a trace whose jobs are drawn: what it states, without drawing them.
nlohmann::ordered_json to_json(const std::map<std::string, double>& described, const std::string& sha256) { return {{"described", described}, {"sha256", sha256}}; }

std::string to_text(const std::map<std::string, double>& described) {
  std::string out;
  for (auto const& [key, value] : described) out += fmt::format("  {:<22}{:.12g}\n", words_of(key), value);
  return out;
}

nlohmann::ordered_json to_json(const TraceTotals& totals, std::optional<std::int64_t> processors) {
  nlohmann::ordered_json out{{"records", totals.counts.records},
                             {"used", totals.counts.used},
                             {"skipped", totals.counts.skipped},
                             {"jobs_with_work", totals.jobs_with_work},
                             {"first_submit_s", totals.first_submit_s},
                             {"last_submit_s", totals.last_submit_s},
                             {"last_end_s", totals.last_end_s},
                             {"largest_job_processors", totals.largest_job_processors.value()},
                             {"processor_seconds", totals.processor_seconds},
                             {"processor_hours", totals.processor_seconds / 3600},
                             {"busy_processor_seconds", totals.busy_processor_seconds},
                             {"gpu_seconds", totals.gpu_seconds},
                             {"gpu_hours", totals.gpu_seconds / 3600},
                             {"processors_requested", totals.processors_requested},
                             {"gpus_requested", totals.gpus_requested},
                             {"runtime_mean_s", totals.runtime_mean_s},
                             {"processors_mean", totals.processors_mean},
                             {"sha256", totals.sha256}};
  if (!totals.counts.changed.empty()) out["changed"] = totals.counts.changed;
  if (!totals.described.empty()) out["described"] = totals.described;
  if (totals.machine_processors) out["machine_processors"] = *totals.machine_processors;
  if (processors)
    if (auto const load = totals.offered_load(*processors)) out["offered_load"] = *load;
  return out;
}

std::string to_text(const TraceTotals& totals, std::optional<std::int64_t> processors) {
  std::string out;
  auto const line = [&](std::string_view label, const std::string& value) { out += fmt::format("  {:<22}{}\n", label, value); };
  line("records", fmt::format("{}, of which {} are jobs", totals.counts.records, totals.counts.used));
  for (auto const& [reason, count] : totals.counts.skipped) line("", fmt::format("{} skipped: {}", count, reason));
  for (auto const& [what, count] : totals.counts.changed) line("", fmt::format("{} changed: {}", count, what));
  line("jobs with work", fmt::format("{}", totals.jobs_with_work));
  line("submitted", fmt::format("{:.10g} s to {:.10g} s ({:.3f} d)", totals.first_submit_s, totals.last_submit_s, (totals.last_submit_s - totals.first_submit_s) / 86400));
  line("last end", fmt::format("{:.10g} s", totals.last_end_s));
  line("largest job", fmt::format("{} processors", totals.largest_job_processors));
  line("processor-seconds", fmt::format("{:.12g} ({:.3f} processor-hours)", totals.processor_seconds, totals.processor_seconds / 3600));
  if (totals.busy_processor_seconds != totals.processor_seconds) line("of it busy", fmt::format("{:.12g} ({:.3f} processor-hours)", totals.busy_processor_seconds, totals.busy_processor_seconds / 3600));
  if (totals.gpu_seconds > 0) line("GPU-seconds", fmt::format("{:.12g} ({:.3f} GPU-hours)", totals.gpu_seconds, totals.gpu_seconds / 3600));
  line("requested", fmt::format("{:.12g} processors{}", totals.processors_requested, totals.gpus_requested > 0 ? fmt::format(", {:.12g} GPUs", totals.gpus_requested) : ""));
  line("mean run time", fmt::format("{:.2f} s", totals.runtime_mean_s));
  line("mean processors", fmt::format("{:.3f}", totals.processors_mean));
  if (totals.machine_processors) line("machine", fmt::format("{} processors", *totals.machine_processors));
  if (processors)
    if (auto const load = totals.offered_load(*processors)) line("offered load", fmt::format("{:.4f} of {} processors", *load, *processors));
  out += to_text(totals.described);
  line("sha256", totals.sha256);
  return out;
}

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

int series_info(TraceFormat format, const std::filesystem::path& file, const Globals& globals) {
  SeriesTotals const totals = totals_of(*open_series_source(format, file));
  print_result(globals.format == OutputFormat::json ? to_json(totals).dump(2) : to_text(totals));
  return done;
}

int info(const Options& options, const Globals& globals) {
  auto const file = find_trace(options.trace, {});
  TraceFormat format = TraceFormat::swf;
  if (options.format.empty()) format = guess_format(file);
  else
    for (auto const& [candidate, name] : names(TraceFormat{}))
      if (options.format == name) format = candidate;
  if (format_entry(format).open_series != nullptr) return series_info(format, file, globals);
  auto source = open_job_source(format, file, {options.flop_rate});
  if (format_entry(format).is_drawn) {
    auto const described = source->described();
    print_result(globals.format == OutputFormat::json ? to_json(described, source->sha256()).dump(2) : to_text(described) + fmt::format("  {:<22}{}\n", "sha256", source->sha256()));
    return done;
  }
  TraceTotals const totals = totals_of(*source);
  auto const processors = options.processors ? options.processors : totals.machine_processors;
  print_result(globals.format == OutputFormat::json ? to_json(totals, processors).dump(2) : to_text(totals, processors));
  return done;
}

}  // namespace

void add_trace(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("trace", "what a trace asks for");
  verb->require_subcommand(1);
  CLI::App* show = subcommand(*verb, globals, "info", "totals of a trace, and its offered load");
  show->add_option("trace", options->trace, "a trace's name or file")->required();
  std::vector<std::string> formats;
  for (auto const& [format, name] : names(TraceFormat{})) formats.emplace_back(name);
  show->add_option("--as", options->format, "its format, where the name does not say")->check(CLI::IsMember(formats));
  show->add_option("--processors", options->processors, "of the site to hold it against (default: the trace's machine)")->check(CLI::PositiveNumber);
  show->add_option("--flop-rate", options->flop_rate, "FLOP per second of a machine, for Batsim's jobs that state their work")->check(CLI::PositiveNumber);
  show->callback([options, &globals] { globals.chosen = [options, &globals] { return info(*options, globals); }; });
}

}  // namespace headroom
