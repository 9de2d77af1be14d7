#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/units.h"
#include "cli/exit_codes.h"
#include "cli/verbs/trace.h"
#include "topologies/graph/power_graph.h"
#include "workloads/profile.h"

namespace headroom {
namespace {

struct InfoOptions {
  std::shared_ptr<TraceChoice> choice = std::make_shared<TraceChoice>();
  std::optional<std::int64_t> processors;
  std::string site;
};

// How many of the trace's units the site has.
std::int64_t units_of(const Site& site, ProcessorUnit unit) {
  PowerGraph const graph = build_power_graph(site);
  Amount units;
  for (auto const& server : graph.servers) {
    ServerSpec const& type = graph.server_types[static_cast<std::size_t>(server.type)];
    units += unit == ProcessorUnit::server ? Amount(1) : unit == ProcessorUnit::core ? Amount(type.cores) : Amount(type.gpus);
  }
  return units.whole();
}

// Counts as bars of one line: "▁▃█".
template <class Counts>
std::string bars(const Counts& counts) {
  constexpr const char* levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::int64_t const largest = std::max<std::int64_t>(1, *std::max_element(counts.begin(), counts.end()));
  std::string out;
  for (std::int64_t count : counts) out += count == 0 ? " " : levels[std::min<std::int64_t>(7, count * 8 / largest)];
  return out;
}

std::string percent(double share) { return share >= 0.1 ? fmt::format("{:.0f} %", 100 * share) : fmt::format("{:.2g} %", 100 * share); }

// "1: 25 %, 2: 13 %".
std::string shares(const std::vector<std::pair<std::string, std::int64_t>>& classes) {
  std::int64_t total = 0;
  for (auto const& [name, count] : classes) total += count;
  std::string out;
  for (auto const& [name, count] : classes)
    if (count > 0) out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", name, percent(static_cast<double>(count) / static_cast<double>(total)));
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> named(const std::map<int, std::int64_t>& sizes) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  for (auto const& [power, count] : sizes) out.emplace_back(size_class(power), count);
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> named_runtimes(const TraceProfile& profile) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  for (std::size_t i = 0; i < runtime_classes.size(); ++i) out.emplace_back(runtime_classes[i].name, profile.runtimes[i]);
  return out;
}

void add_profile(const TraceProfile& profile, nlohmann::ordered_json& out) {
  out["hours_of_day"] = profile.hours_of_day;
  out["days_of_week"] = profile.days_of_week;
  for (auto const& [key, classes] : {std::pair{"processors", named(profile.processors)}, std::pair{"gpus", named(profile.gpus)}, std::pair{"runtimes", named_runtimes(profile)}})
    for (auto const& [name, count] : classes)
      if (count > 0) out["jobs_by_" + std::string(key)][name] = count;
}

template <class Line>
void add_profile(const TraceProfile& profile, Line line) {
  line("hours of the day", fmt::format("{}  from midnight", bars(profile.hours_of_day)));
  line("days of the week", fmt::format("{}  Monday first", bars(profile.days_of_week)));
  if (!profile.processors.empty()) line("jobs by processors", shares(named(profile.processors)));
  if (!profile.gpus.empty()) line("jobs by GPUs", shares(named(profile.gpus)));
  line("jobs by run time", shares(named_runtimes(profile)) + " (each from that time up)");
}

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

int info(const InfoOptions& options, const Globals& globals) {
  if (auto const series = chosen_series(*options.choice)) return series_info(series->format, series->file, globals);
  ChosenTrace chosen = open_trace(*options.choice);
  if (chosen.is_drawn) {
    auto const described = chosen.source->described();
    std::string const sha256 = chosen.source->sha256();
    print_result(globals.format == OutputFormat::json ? to_json(described, sha256).dump(2) : to_text(described) + fmt::format("  {:<22}{}\n", "sha256", sha256));
    return done;
  }
  if (!options.site.empty()) chosen.processors = units_of(site_of(options.site), chosen.unit);
  if (options.processors) chosen.processors = options.processors;
  TraceProfile profile;
  ProfiledSource source(std::move(chosen.source), chosen.start, profile);
  TraceTotals const totals = totals_of(source);
  if (globals.format == OutputFormat::json) {
    nlohmann::ordered_json json = to_json(totals, chosen.processors);
    if (totals.counts.used > 0) add_profile(profile, json);
    print_result(json.dump(2));
  } else {
    std::string text = to_text(totals, chosen.processors);
    auto const line = [&](std::string_view label, const std::string& value) { text += fmt::format("  {:<22}{}\n", label, value); };
    if (totals.counts.used > 0) add_profile(profile, line);
    print_result(text);
  }
  return done;
}

}  // namespace

void add_trace_info(CLI::App& trace, Globals& globals) {
  auto options = std::make_shared<InfoOptions>();
  CLI::App* verb = subcommand(trace, globals, "info", "totals of a trace, how they are spread, and its offered load");
  add_trace_choice(*verb, options->choice);
  auto* processors = verb->add_option("--processors", options->processors, "of the site to hold it against (default: the trace's machine)")->check(CLI::PositiveNumber);
  verb->add_option("--site", options->site, "a site, scenario or run to hold it against")->excludes(processors);
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return info(*options, globals); }; });
}

}  // namespace headroom
