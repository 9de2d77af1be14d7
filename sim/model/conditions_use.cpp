#include "sim/model/conditions_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/shipped.h"
#include "base/text_file.h"

namespace headroom {
namespace {

constexpr std::int64_t hour_s = 3600;

Instant on_run(std::int64_t unix_s, DateTime start) { return Instant{} + whole_seconds(unix_s - start.unix_s); }

// --- the connection ---

Instant begin_of(const ConnectionStep& step, DateTime start) {
  if (step.date) return std::max(Instant{}, on_run(step.date->unix_s, start));
  return Instant{} + step.at.value_or(Duration{});
}

struct Span {
  Instant from, to;
  std::optional<double> limit_w;               // the firm part without one
};

// The hours of the run at which the signal is highest, hour by hour from its start; the earlier one of equals.
std::vector<Span> peak_hours(const PeakCalls& calls, const DatedSeries& signal, DateTime start, Duration length) {
  struct Hour {
    double value;
    std::int64_t number;
  };
  std::vector<Hour> hours;
  for (std::int64_t n = 0; n * hour_s * nanoseconds_per_second < length.ns; ++n) hours.push_back({signal.value_at(start.unix_s + n * hour_s), n});
  std::ranges::sort(hours, [](const Hour& a, const Hour& b) { return a.value != b.value ? a.value > b.value : a.number < b.number; });
  std::vector<Span> out;
  for (std::size_t i = 0; i < hours.size() && i < static_cast<std::size_t>(calls.hours); ++i) {
    Instant const from = Instant{} + whole_seconds(hours[i].number * hour_s);
    out.push_back({from, from + whole_seconds(hour_s), calls.limit ? std::optional(calls.limit->si()) : std::nullopt});
  }
  return out;
}

std::vector<Span> calls_of(const ConnectionSpec& spec, const GridSignals& grid, DateTime start, std::optional<Duration> length) {
  std::vector<Span> out;
  for (auto const& call : spec.calls) out.push_back({Instant{} + call.at, Instant{} + call.at + call.duration, call.limit ? std::optional(call.limit->si()) : std::nullopt});
  if (!spec.peak_calls) return out;
  PeakCalls const& peaks = *spec.peak_calls;
  DatedSeries const& signal = peaks.by == PeakSignal::price ? grid.price : grid.average_carbon;
  if (signal.empty()) throw InputError(peaks.where, fmt::format("connection.peak_calls: there is no {} to go by; add conditions.grid.{}", peaks.by == PeakSignal::price ? "price" : "intensity", peaks.by == PeakSignal::price ? "price" : "carbon"));
  if (!length) throw InputError(peaks.where, "connection.peak_calls: the peaks of a run without a horizon are not known before its end; give the scenario a horizon");
  auto const hours = peak_hours(peaks, signal, start, *length);
  out.insert(out.end(), hours.begin(), hours.end());
  return out;
}

}  // namespace

std::vector<Step> connection_limit(const ConnectionSpec& spec, const GridSignals& grid, DateTime start, std::optional<Duration> length) {
  if (!spec.limits()) return {};
  double const none = std::numeric_limits<double>::infinity();
  std::vector<Span> const calls = calls_of(spec, grid, start, length);
  std::vector<Instant> dates{Instant{}};
  for (auto const& step : spec.steps) dates.push_back(begin_of(step, start));
  for (auto const& call : calls) dates.insert(dates.end(), {call.from, call.to});
  std::ranges::sort(dates);
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  std::vector<Step> out;
  for (Instant date : dates) {
    double limit_w = none, firm_w = none;
    for (auto const& step : spec.steps)
      if (begin_of(step, start) <= date) {
        limit_w = step.limit.si();
        firm_w = step.firm.value_or(step.limit).si();
      }
    double now_w = limit_w;
    for (auto const& call : calls)
      if (call.from <= date && date < call.to) now_w = std::min(now_w, call.limit_w.value_or(firm_w));
    if (out.empty() || out.back().value != now_w) out.push_back({date, now_w});
  }
  return out;
}

namespace {

// --- what arrays give, from a table ---

// The hours of a year in a table such as PVWatts': rows whose first cell is no number (titles, totals) are passed over
// before the header that names the column and after the last hour.
std::vector<double> hours_of_table(const PhotovoltaicSpec& spec) {
  std::filesystem::path const file = find_mentioned_file("generation table", spec.series, spec.where);
  LineReader lines(file);
  std::string_view line;
  std::vector<std::string> header;
  std::optional<std::size_t> column;
  std::vector<double> out;
  auto const cells_of = [](std::string_view text) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (char c : text) {
      if (c == '"') quoted = !quoted;
      else if (c == ',' && !quoted) cells.emplace_back();
      else cells.back() += c;
    }
    return cells;
  };
  auto const is_number = [](const std::string& cell) { return std::holds_alternative<double>(parse_number(cell)); };
  while (lines.next(line)) {
    std::vector<std::string> const cells = cells_of(line);
    if (!is_number(cells.front())) {
      if (out.empty()) header = cells;
      continue;
    }
    if (!column) {
      column = cells.size() - 1;
      if (!spec.column.empty()) {
        auto const found = std::ranges::find(header, spec.column);
        if (found == header.end())
          throw InputError({lines.name(), lines.line_number() - 1, 1}, fmt::format("the table has no column '{}'{}", spec.column, nearest_hint(spec.column, header)));
        column = static_cast<std::size_t>(found - header.begin());
      }
    }
    auto const value = *column < cells.size() ? parse_number(cells[*column]) : Parsed<double>(std::string("the row ends before the column"));
    if (auto const* what = std::get_if<std::string>(&value)) throw InputError({lines.name(), lines.line_number(), 1}, *what);
    out.push_back(std::get<double>(value));
  }
  if (out.size() != 8760) throw InputError({lines.name(), lines.line_number(), 1}, fmt::format("the table has {} hours; a year of 8760 is wanted", out.size()));
  return out;
}

std::vector<GenerationTable> generation_tables(const PowerGraph& graph) {
  std::vector<GenerationTable> out;
  for (auto const& array : graph.onsite.photovoltaics) {
    GenerationTable table;
    if (!array.spec.series.empty()) (array.spec.series_is_dc ? table.dc_w : table.ac_w) = hours_of_table(array.spec);
    out.push_back(std::move(table));
  }
  return out;
}

bool has_sun(const ConditionsUse& use) {
  return use.weather && std::ranges::any_of(use.weather->samples, [](const WeatherSample& sample) { return sample.global_horizontal_w_m2 > 0 || sample.direct_normal_w_m2 > 0 || sample.diffuse_horizontal_w_m2 > 0; });
}

void require_signals(const Scenario& scenario, const PowerGraph& graph, const ConditionsUse& use) {
  std::vector<Problem> problems;
  for (auto const& workload : scenario.workload) {
    if (!workload.flexible) continue;
    Location const& where = workload.flexible->where;
    if (workload.flexible->by == FlexibleBy::price && use.grid.price.empty()) problems.push_back({where, "workload.flexible: by price, and there is none; add conditions.grid.price"});
    if (workload.flexible->by == FlexibleBy::carbon && use.grid.average_carbon.empty()) problems.push_back({where, "workload.flexible: by carbon, and there is no intensity; add conditions.grid.carbon"});
    if (workload.flexible->by == FlexibleBy::call && scenario.connection.calls.empty() && !scenario.connection.peak_calls) problems.push_back({where, "workload.flexible: by call, and nobody calls; add connection.calls or peak_calls"});
  }
  CoolingLevel const level = level_of(graph.cooling);
  if ((level == CoolingLevel::plant || level == CoolingLevel::curve) && !use.weather)
    problems.push_back({graph.cooling.where, fmt::format("cooling: its {} follows the weather, and there is none; add conditions.weather to the scenario, such as 'chicago'", level == CoolingLevel::plant ? "plant" : "curve")});
  for (auto const& storage : graph.onsite.storage) {
    if (storage.spec.dispatch == Dispatch::price && use.grid.price.empty())
      problems.push_back({storage.spec.where, fmt::format("onsite.storage {}: dispatch by price, and there is none; add conditions.grid.price to the scenario", storage.spec.name)});
    if (storage.spec.dispatch == Dispatch::carbon && use.grid.average_carbon.empty())
      problems.push_back({storage.spec.where, fmt::format("onsite.storage {}: dispatch by carbon, and there is no intensity; add conditions.grid.carbon to the scenario", storage.spec.name)});
  }
  for (auto const& array : graph.onsite.photovoltaics)
    if (array.spec.series.empty() && !has_sun(use))
      problems.push_back({array.spec.where, fmt::format("onsite.photovoltaics {}: there is no sun; add conditions.weather with irradiance to the scenario, or a series to the array", array.spec.name)});
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace

ConditionsUse use_conditions(const Scenario& scenario, const PowerGraph& graph) {
  ConditionsUse use;
  use.zone = TimeZone::named(scenario.site.value.location.timezone, scenario.site.value.where);
  std::int64_t const from_s = scenario.start.unix_s;
  std::optional<std::int64_t> to_s;
  if (scenario.horizon.length) to_s = from_s + (scenario.horizon.length->ns + nanoseconds_per_second - 1) / nanoseconds_per_second;
  if (scenario.conditions.weather) {
    use.weather = load_weather(*scenario.conditions.weather);
    require_cover(*use.weather, from_s, to_s.value_or(from_s + 1), scenario.conditions.weather->where);
  }
  use.grid = load_grid(scenario.conditions.grid, from_s, to_s);
  use.limit_w = connection_limit(scenario.connection, use.grid, scenario.start, scenario.horizon.length);
  ConnectionSpec contract;
  contract.steps = scenario.connection.steps;
  use.contract_w = connection_limit(contract, use.grid, scenario.start, scenario.horizon.length);
  use.generation = generation_tables(graph);
  require_signals(scenario, graph, use);
  return use;
}

}  // namespace headroom
