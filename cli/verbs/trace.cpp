#include "cli/verbs/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/shipped.h"
#include "sim/model/model.h"

namespace headroom {
namespace {

constexpr DateTime some_monday{345600, 0};      // 1970-01-05T00:00:00Z

bool is_scenario(const std::string& text) {
  if (text.ends_with(".yaml") || text.ends_with(".yml")) return true;
  auto const ships = [&](const char* kind) {
    std::vector<std::string> const names = shipped_names(kind);
    return std::find(names.begin(), names.end(), text) != names.end();
  };
  return !ships("trace") && ships("scenario");
}

ChosenTrace open_scenario(const TraceChoice& choice) {
  Model const model = build_model(read_scenario(find_file(choice.trace, {"scenario"}), choice.settings));
  if (model.workloads.empty()) throw InputError(model.scenario.where, "the scenario has no workload to look at");
  ChosenTrace out;
  if (std::ranges::all_of(model.workloads, &WorkloadUse::plays_series)) throw InputError(model.scenario.where, "the scenario has no jobs to look at, only series of measurements");
  out.source = open_workloads(model).jobs;
  out.name = model.scenario.name;
  out.unit = model.workloads.front().unit;
  out.several_servers = model.workloads.front().several_servers;
  out.start = model.scenario.start;
  out.start_from = "the scenario's start";
  out.processors = model.units(model.workloads.front());
  out.where = model.scenario.where;
  return out;
}

TraceFormat format_of(const TraceChoice& choice, const std::filesystem::path& file) {
  for (auto const& [format, name] : names(TraceFormat{}))
    if (choice.format == name) return format;
  return guess_format(file);
}

// Seconds, where a header's entry begins with a whole number.
std::optional<std::int64_t> whole_of(const std::map<std::string, std::string>& header, const char* key) {
  auto const entry = header.find(key);
  if (entry == header.end()) return std::nullopt;
  std::int64_t value = 0;
  auto const read = std::from_chars(entry->second.data(), entry->second.data() + entry->second.size(), value);
  return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

ChosenTrace open_file(const TraceChoice& choice) {
  if (!choice.settings.empty()) throw InputError({"--set " + choice.settings.front(), 0, 0}, "--set goes with a scenario, and this is a trace");
  std::filesystem::path const file = find_trace(choice.trace, {});
  TraceFormat const format = format_of(choice, file);
  FormatEntry const& entry = format_entry(format);
  ChosenTrace out;
  out.source = open_job_source(format, file, {choice.flop_rate});
  out.is_drawn = entry.is_drawn;
  out.name = choice.trace;
  out.unit = entry.processor;
  out.several_servers = entry.several_servers;
  out.processors = out.source->machine_processors();
  out.where = {file.string(), 0, 0};
  auto const header = out.source->header();
  auto const unix_s = whole_of(header, "UnixStartTime");
  out.start = unix_s ? DateTime{*unix_s, static_cast<std::int32_t>(std::clamp<std::int64_t>(whole_of(header, "TimeZone").value_or(0), -86400, 86400))} : some_monday;
  out.start_from = unix_s ? "the trace's UnixStartTime" : "the trace does not say: taken as a Monday at midnight";
  return out;
}

}  // namespace

void add_trace_choice(CLI::App& verb, const std::shared_ptr<TraceChoice>& choice) {
  std::vector<std::string> formats;
  for (auto const& [format, name] : names(TraceFormat{})) formats.emplace_back(name);
  verb.add_option("trace", choice->trace, "a trace's name or file, or a scenario whose workloads are meant")->required();
  verb.add_option("--as", choice->format, "its format, where the name does not say")->check(CLI::IsMember(formats));
  verb.add_option("--flop-rate", choice->flop_rate, "FLOP per second of a machine, for Batsim's jobs that state their work")->check(CLI::PositiveNumber);
  verb.add_option("--start", choice->start, "the moment of its time zero, such as 2025-01-06T00:00:00-06:00: decides hours and days");
  verb.add_option("--set", choice->settings, "KEY=VALUE of a scenario");
}

ChosenTrace open_trace(const TraceChoice& choice) {
  ChosenTrace out = is_scenario(choice.trace) ? open_scenario(choice) : open_file(choice);
  if (choice.start.empty()) return out;
  auto const start = parse_date_time(choice.start);
  if (!start) throw InputError({"--start " + choice.start, 0, 0}, "expected a moment with its offset from UTC, such as 2025-01-06T00:00:00-06:00");
  out.start = *start;
  out.start_from = "--start";
  return out;
}

std::optional<ChosenSeries> chosen_series(const TraceChoice& choice) {
  if (is_scenario(choice.trace)) return std::nullopt;
  std::filesystem::path const file = find_trace(choice.trace, {});
  TraceFormat const format = format_of(choice, file);
  return format_entry(format).open_series != nullptr ? std::optional(ChosenSeries{format, file}) : std::nullopt;
}

std::string told_counts(const ReadCounts& counts) {
  std::string out;
  for (auto const& [reason, count] : counts.skipped) out += fmt::format("{} skipped: {}\n", count, reason);
  for (auto const& [what, count] : counts.changed) out += fmt::format("{} changed: {}\n", count, what);
  return out;
}

void add_trace(CLI::App& app, Globals& globals) {
  CLI::App* verb = app.add_subcommand("trace", "what a trace asks for, as figures, a page, another format or a generator");
  verb->require_subcommand(1);
  add_trace_info(*verb, globals);
  add_trace_fit(*verb, globals);
  add_trace_convert(*verb, globals);
  add_trace_plot(*verb, globals);
}

}  // namespace headroom
