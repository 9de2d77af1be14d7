// From what people wrote to series.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "conditions/grids/fuels.h"
#include "conditions/grids/grid_spec.h"
#include "conditions/grids/series_table.h"
#include "conditions/grids/signal_unit.h"
#include "conditions/grids/time_column.h"

namespace headroom {
namespace {

constexpr std::int64_t year_s = 366 * std::int64_t{86400};
constexpr std::int64_t longest_run_s = 100 * year_s;
constexpr std::int64_t years_ahead = 10;       // of what repeats, for a run that ends who knows when

std::int64_t shift_of(const std::optional<Duration>& shift) { return shift ? shift->ns / nanoseconds_per_second : 0; }

// What the run needs of it, and no more.
struct Span {
  std::int64_t from_s;
  std::optional<std::int64_t> to_s;
  std::int64_t end_s() const { return to_s.value_or(from_s + years_ahead * year_s); }
};

template <class Spec>
SeriesFile file_of(const Spec& spec, const std::string& key) {
  return {spec.file, spec.time, spec.timezone, spec.utc_offset, spec.year, spec.longest_gap, {}, spec.where, key};
}

InputError outside(const SeriesFile& spec, const SignalTable& table, const Span& span) {
  bool const late = table.from_s.front() > span.from_s;
  return InputError(spec.where, fmt::format("{}: the series of {} {} {}, the run {} {}; write year to repeat a year of it, shift to move it, or run another time", spec.key, table.file.string(),
                                            late ? "begins at" : "reaches until", moment_text(late ? table.from_s.front() : table.end_s), late ? "begins at" : "goes on until",
                                            moment_text(late ? span.from_s : span.to_s.value_or(span.from_s))));
}

// Repeated, shifted, cut to the run.
SignalTable fitted(SignalTable table, const SeriesFile& spec, std::int64_t shift_s, const Span& span) {
  if (spec.year) table = repeated_year(table, spec, span.from_s - shift_s, span.end_s() - shift_s);
  for (auto& at : table.from_s) at += shift_s;
  table.end_s += shift_s;
  if (table.from_s.front() > span.from_s || table.end_s <= span.from_s || table.end_s < span.to_s.value_or(span.from_s)) throw outside(spec, table, span);
  auto const first = std::ranges::upper_bound(table.from_s, span.from_s) - table.from_s.begin() - 1;
  auto const last = span.to_s ? std::max(std::ranges::lower_bound(table.from_s, *span.to_s) - table.from_s.begin(), first + 1) : std::ssize(table.from_s);
  if (last < std::ssize(table.from_s)) table.end_s = table.from_s[static_cast<std::size_t>(last)];
  auto const cut = [&](auto& values) { values = {values.begin() + first, values.begin() + last}; };
  cut(table.from_s);
  for (auto& column : table.columns) cut(column);
  return table;
}

DatedSeries constant(double value, const Span& span) { return {{span.from_s}, {value}, std::max(span.end_s(), span.from_s + longest_run_s)}; }

DatedSeries series_of(const SignalTable& table, std::size_t column, double factor) {
  DatedSeries out{table.from_s, table.columns[column], table.end_s};
  for (auto& value : out.values) value *= factor;
  return out;
}

struct MixSeries {
  DatedSeries carbon, renewable_share, carbon_free_share;
};

const Fuel& fuel_called(const std::string& name) { return *std::ranges::find(fuels(), name, &Fuel::name); }

double factor_of(const MixSpec& spec, const Fuel& fuel) {
  if (auto const own = spec.carbon.find(fuel.name); own != spec.carbon.end()) return own->second / gram_per_kilowatt_hour;
  return spec.factors == FuelFactors::direct ? fuel.direct_g_per_kwh : fuel.life_cycle_g_per_kwh;
}

// What pumps and idle plants draw (below zero) counts as nothing generated. An hour without any generation has no mix.
MixSeries mix_series(const MixSpec& spec, const Span& span) {
  SeriesFile file = file_of(spec, "mix");
  std::vector<const Fuel*> made_from;
  for (auto const& [column, fuel] : spec.fuels) {
    file.columns.push_back(column);
    made_from.push_back(&fuel_called(fuel));
  }
  SignalTable const table = fitted(read_series_table(file), file, shift_of(spec.shift), span);
  MixSeries out;
  for (auto* series : {&out.carbon, &out.renewable_share, &out.carbon_free_share}) *series = {table.from_s, std::vector<double>(table.from_s.size()), table.end_s};
  for (std::size_t row = 0; row < table.from_s.size(); ++row) {
    double all = 0, carbon = 0, renewable = 0, carbon_free = 0;
    for (std::size_t i = 0; i < made_from.size(); ++i) {
      double const made = std::max(0.0, table.columns[i][row]);
      all += made;
      carbon += made * factor_of(spec, *made_from[i]);
      renewable += made_from[i]->renewable ? made : 0;
      carbon_free += made_from[i]->carbon_free ? made : 0;
    }
    if (all == 0) throw InputError({table.file.string(), 0, 0}, fmt::format("mix: nothing is generated at {}; there is no mix then", moment_text(table.from_s[row])));
    out.carbon.values[row] = carbon / all;
    out.renewable_share.values[row] = renewable / all;
    out.carbon_free_share.values[row] = carbon_free / all;
  }
  return out;
}

}  // namespace

LoadedSignal load_signal(const SignalSpec& spec, const std::string& key, std::int64_t from_s, std::optional<std::int64_t> to_s) {
  auto const parsed = parse_signal_unit(spec.unit);
  if (auto const* what = std::get_if<std::string>(&parsed)) throw InputError(spec.where, fmt::format("{}: unit: {}", key, *what));
  SignalUnit const& unit = std::get<SignalUnit>(parsed);
  Span const span{from_s, to_s};
  if (spec.constant) return {constant(*spec.constant * unit.factor, span), unit.currency};
  SeriesFile file = file_of(spec, key);
  file.columns = {spec.value};
  return {series_of(fitted(read_series_table(file), file, shift_of(spec.shift), span), 0, unit.factor), unit.currency};
}

GridSignals load_grid(const GridSpec& spec, std::int64_t from_s, std::optional<std::int64_t> to_s) {
  GridSignals out;
  auto const load = [&](const std::optional<SignalSpec>& signal, const char* key) { return signal ? load_signal(*signal, key, from_s, to_s) : LoadedSignal{}; };
  out.average_carbon = load(spec.carbon, "carbon").series;
  out.marginal_carbon = load(spec.marginal_carbon, "marginal_carbon").series;
  out.residual_carbon = load(spec.residual_carbon, "residual_carbon").series;
  LoadedSignal price = load(spec.price, "price");
  out.price = std::move(price.series);
  out.currency = std::move(price.currency);
  if (spec.mix) {
    MixSeries mix = mix_series(*spec.mix, {from_s, to_s});
    if (!spec.carbon) out.average_carbon = std::move(mix.carbon);
    out.renewable_share = std::move(mix.renewable_share);
    out.carbon_free_share = std::move(mix.carbon_free_share);
  }
  if (spec.renewable_share) out.renewable_share = constant(*spec.renewable_share, {from_s, to_s});
  return out;
}

InputError series_too_short(const SignalSpec& spec, const std::string& key, const DatedSeries& series) {
  return InputError(spec.where, fmt::format("{}: the series of {} reaches until {}, and the run is still going on; write year to repeat a year of it, shift to move it, or end the run earlier (horizon)", key,
                                            spec.file, moment_text(series.end_s)));
}

}  // namespace headroom
