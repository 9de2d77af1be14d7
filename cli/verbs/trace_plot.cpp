#include <fmt/format.h>

#include <numeric>

#include "analysis/report/bars.h"
#include "cli/exit_codes.h"
#include "cli/verbs/trace.h"
#include "workloads/profile.h"

namespace headroom {
namespace {

struct PlotOptions {
  std::shared_ptr<TraceChoice> choice = std::make_shared<TraceChoice>();
  std::string file = "trace.html";
};

constexpr std::size_t most_bars = 400;

// So many hours together that there are at most most_bars bars.
BarChart over_time(const TraceProfile& profile) {
  std::size_t const hours = (profile.hours.size() + most_bars - 1) / most_bars;
  BarChart chart{"Arrivals over time", fmt::format("Jobs submitted in each {}, from the first one on.", hours == 1 ? "hour" : fmt::format("{} hours", hours)), "jobs", {}, {}};
  for (std::size_t from = 0; from < profile.hours.size(); from += hours) {
    auto const begin = profile.hours.begin() + static_cast<std::ptrdiff_t>(from), end = profile.hours.begin() + static_cast<std::ptrdiff_t>(std::min(from + hours, profile.hours.size()));
    std::int64_t const at_hour = profile.first_hour + static_cast<std::int64_t>(from);
    chart.labels.push_back(fmt::format("day {}, {:02}:00", at_hour / 24, at_hour % 24));
    chart.values.push_back(static_cast<double>(std::accumulate(begin, end, std::int64_t{0})));
  }
  return chart;
}

BarChart by_hour(const TraceProfile& profile, const ChosenTrace& chosen) {
  BarChart chart{"Hours of the day", fmt::format("Jobs submitted in each hour, by the clock of {} ({}).", to_text(chosen.start), chosen.start_from), "jobs", {}, {}};
  for (std::size_t h = 0; h < 24; ++h) {
    chart.labels.push_back(fmt::format("{:02}:00", h));
    chart.values.push_back(static_cast<double>(profile.hours_of_day[h]));
  }
  return chart;
}

BarChart by_day(const TraceProfile& profile) {
  BarChart chart{"Days of the week", "Jobs submitted on each day.", "jobs", {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}, {}};
  for (std::int64_t count : profile.days_of_week) chart.values.push_back(static_cast<double>(count));
  return chart;
}

BarChart by_size(const char* title, const std::map<int, std::int64_t>& sizes) {
  BarChart chart{title, "Jobs by what they ask for.", "jobs", {}, {}};
  for (int power = 0; !sizes.empty() && power <= sizes.rbegin()->first; ++power) {
    auto const found = sizes.find(power);
    chart.labels.push_back(size_class(power));
    chart.values.push_back(found == sizes.end() ? 0 : static_cast<double>(found->second));
  }
  return chart;
}

BarChart by_runtime(const TraceProfile& profile) {
  BarChart chart{"Run times", "Jobs by how long they run: from the time below each bar up to the next.", "jobs", {}, {}};
  std::size_t last = runtime_classes.size();
  while (last > 0 && profile.runtimes[last - 1] == 0) --last;
  for (std::size_t i = 0; i < last; ++i) {
    chart.labels.emplace_back(runtime_classes[i].name);
    chart.values.push_back(static_cast<double>(profile.runtimes[i]));
  }
  return chart;
}

BarPage page_of(const TraceProfile& profile, const TraceTotals& totals, const ChosenTrace& chosen) {
  BarPage page{chosen.name, "What the trace asks for", {}, {}};
  page.facts.push_back(fmt::format("{} jobs in {:.2f} days", totals.counts.used, (totals.last_submit_s - totals.first_submit_s) / 86400));
  page.facts.push_back(fmt::format("{:.6g} processor-hours", totals.processor_seconds / 3600));
  if (totals.gpu_seconds > 0) page.facts.push_back(fmt::format("{:.6g} GPU-hours", totals.gpu_seconds / 3600));
  page.facts.push_back(fmt::format("mean run time {:.4g} s", totals.runtime_mean_s));
  if (chosen.processors)
    if (auto const load = totals.offered_load(*chosen.processors)) page.facts.push_back(fmt::format("offered load {:.3f} of {} processors", *load, *chosen.processors));
  page.charts = {over_time(profile), by_hour(profile, chosen), by_day(profile), by_size("Processors", profile.processors), by_size("GPUs", profile.gpus), by_runtime(profile)};
  return page;
}

int plot(const PlotOptions& options, const Globals& globals) {
  ChosenTrace chosen = open_trace(*options.choice);
  TraceProfile profile;
  ProfiledSource source(std::move(chosen.source), chosen.start, profile);
  TraceTotals const totals = totals_of(source);
  if (totals.counts.used == 0) throw InputError(chosen.where, "the trace has no jobs to draw");
  write_file(options.file, bar_page(page_of(profile, totals, chosen)));
  if (!globals.quiet) print_result(options.file);
  return done;
}

}  // namespace

void add_trace_plot(CLI::App& trace, Globals& globals) {
  auto options = std::make_shared<PlotOptions>();
  CLI::App* verb = subcommand(trace, globals, "plot", "a page of its arrivals, sizes and run times");
  add_trace_choice(*verb, options->choice);
  verb->add_option("-o,--output", options->file, "the page; trace.html by default");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return plot(*options, globals); }; });
}

}  // namespace headroom
