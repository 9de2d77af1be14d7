#include "analysis/measures/bill.h"

#include <algorithm>

#include "analysis/measures/site_time.h"

namespace headroom {
namespace {

bool has_scenario(const RunReader& run) {
  return std::ranges::any_of(run.inputs(), [](const InputRow& input) { return input.name == "scenario" && !input.text.empty(); });
}

Json scenario_of(const RunReader& run) {
  for (auto const& input : run.inputs())
    if (input.name == "scenario") return Json::parse(input.text);
  throw InputError({run.directory().string(), 0, 0}, "the run file does not hold its scenario");
}

// Several meters' rows together: cut wherever one of them begins or ends.
std::vector<LoadRow> added_up(const std::vector<std::vector<IntervalRow>>& meters) {
  std::vector<std::int64_t> cuts;
  for (auto const& rows : meters)
    for (auto const& row : rows) cuts.insert(cuts.end(), {row.from_ns, row.to_ns});
  std::ranges::sort(cuts);
  cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
  std::vector<LoadRow> out;
  for (std::size_t i = 1; i < cuts.size(); ++i) out.push_back({cuts[i - 1], cuts[i], 0, 0, 0});
  for (auto const& rows : meters) {
    auto at = out.begin();
    for (auto const& row : rows) {
      at = std::ranges::lower_bound(at, out.end(), row.from_ns, {}, &LoadRow::from_ns);
      for (; at != out.end() && at->from_ns < row.to_ns; ++at) {
        double const share = at->from_ns == row.from_ns && at->to_ns == row.to_ns ? 1.0 : static_cast<double>(at->to_ns - at->from_ns) / static_cast<double>(row.to_ns - row.from_ns);
        (row.energy_j >= 0 ? at->import_j : at->export_j) += std::abs(row.energy_j) * share;
      }
    }
  }
  return out;
}

}  // namespace

MeteredLoad metered_load(const RunReader& run) {
  MeteredLoad load;
  auto const start = parse_date_time(run.meta_text("start"));
  if (!start) throw InputError({run.directory().string(), 0, 0}, "the run file does not say when the run starts");
  load.start_s = start->unix_s;
  std::vector<std::vector<IntervalRow>> meters;
  for (auto const& node : run.nodes())
    if (node.kind == "utility")
      if (auto rows = run.intervals(node.id); !rows.empty()) meters.push_back(std::move(rows));
  load.rows = added_up(meters);
  if (load.rows.empty()) throw InputError({run.directory().string(), 0, 0}, "the run file holds no meter of a utility; a bill needs it");
  return load;
}

std::optional<TariffSpec> tariff_of(const RunReader& run) {
  Json const scenario = scenario_of(run);
  auto const conditions = scenario.find("conditions");
  if (conditions == scenario.end() || !conditions->contains("tariff")) return std::nullopt;
  return read_tariff_text(conditions->at("tariff").dump(), run.directory().string());
}

std::optional<DatedSeries> price_of(const RunReader& run) {
  Track const track = recorded_track(run, "price_per_mwh");
  if (track.empty()) return std::nullopt;
  std::int64_t const start_s = RunClock(run).start_unix_s();
  auto const moment = [&](std::int64_t ns) { return start_s + ns / nanoseconds_per_second; };
  DatedSeries out;
  for (std::int64_t from_ns : track.from_ns) out.from_s.push_back(moment(from_ns));
  out.values = track.values;
  out.end_s = moment(track.end_ns + nanoseconds_per_second - 1);
  return out;
}

std::optional<ElectricityBill> bill_of(const RunReader& run) {
  if (!has_scenario(run)) return std::nullopt;
  auto const tariff = tariff_of(run);
  if (!tariff || run.meta_whole("end_ns") <= 0) return std::nullopt;
  return bill_of(run, *tariff);
}

std::string timezone_of(const RunReader& run) { return scenario_of(run).at("site").value("/location/timezone"_json_pointer, std::string("UTC")); }

ElectricityBill bill_of(const RunReader& run, const TariffSpec& tariff, const std::optional<DatedSeries>& price) {
  return bill_of(tariff, zone_of(tariff, timezone_of(run)), metered_load(run), price ? price : price_of(run));
}

}  // namespace headroom
