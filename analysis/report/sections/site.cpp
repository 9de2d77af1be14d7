// What surrounds the servers over time: air and temperatures, the ratio of facility to IT power, water, storage, prices,
// intensities, and how far servers were slowed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "analysis/report/buckets.h"
#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

double seconds(std::int64_t t_ns) { return static_cast<double>(t_ns) / 1e9; }

class Panels {
 public:
  explicit Panels(const RunView& view) : view_(view), grid_(bucket_grid(view.end_s, view.recorded_every().seconds())) {}

  Json take() { return grid_.count == 0 ? Json::array() : std::move(panels_); }
  const BucketGrid& grid() const { return grid_; }

  void begin(std::string title, std::string unit) { panels_.push_back({{"title", std::move(title)}, {"unit", std::move(unit)}, {"lines", Json::array()}}); }
  // Nothing was drawn in it.
  void end() {
    if (panels_.back().at("lines").empty()) panels_.erase(panels_.size() - 1);
  }

  // A recorded signal, times `by`; from one value to the next.
  void signal(const std::string& recorded, const std::string& name, double by = 1) {
    for (auto const& row : view_.run.signals()) {
      if (row.name != recorded) continue;
      auto const values = view_.run.signal_values(row.id);
      Buckets buckets(grid_);
      for (std::size_t i = 0; i < values.size(); ++i) {
        double const until_s = i + 1 < values.size() ? seconds(values[i + 1].from_ns) : view_.end_s;
        if (std::isfinite(values[i].value) && until_s > seconds(values[i].from_ns)) buckets.hold(seconds(values[i].from_ns), until_s, values[i].value * by);
      }
      line(name, buckets);
    }
  }
  // The air of a hall: straight lines between its rows.
  void temperature(int hall, const std::string& name) {
    auto const rows = view_.run.temperatures(hall);
    Buckets buckets(grid_);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
      double const from_s = seconds(rows[i].time_ns), to_s = seconds(rows[i + 1].time_ns), a = rows[i].celsius, b = rows[i + 1].celsius;
      if (to_s > from_s) buckets.hold(from_s, to_s, (a + b) / 2, std::min(a, b), std::max(a, b));
    }
    if (rows.size() > 1) line(name, buckets);
  }
  // How fast something flows: its recorded amounts over their time.
  void rate(const std::string& recorded, const std::string& name, double by) {
    for (auto const& row : view_.run.quantities()) {
      if (row.name != recorded || row.total == 0) continue;
      Buckets buckets(grid_);
      std::int64_t come_ns = 0;
      for (auto const& interval : view_.run.quantity_intervals(row.id)) {
        if (interval.from_ns > come_ns) buckets.hold(seconds(come_ns), seconds(interval.from_ns), 0);
        buckets.hold(seconds(interval.from_ns), seconds(interval.to_ns), interval.amount / seconds(interval.to_ns - interval.from_ns) * by);
        come_ns = interval.to_ns;
      }
      if (seconds(come_ns) < view_.end_s) buckets.hold(seconds(come_ns), view_.end_s, 0);
      line(name, buckets);
    }
  }
  // What storage holds: what it held at first and what was put in since.
  void stored() {
    double held_j = 0;
    bool any = false;
    for (auto const& [key, value] : view_.run.all_meta())
      if (key.starts_with("storage ") && key.ends_with(" initial_j")) {
        held_j += std::stod(value);
        any = true;
      }
    for (auto const& row : view_.run.quantities()) {
      if (!any || row.name != "storage_j") continue;
      Buckets buckets(grid_);
      std::int64_t come_ns = 0;
      for (auto const& interval : view_.run.quantity_intervals(row.id)) {
        if (interval.from_ns > come_ns) buckets.hold(seconds(come_ns), seconds(interval.from_ns), held_j / 3.6e6);
        double const then_j = held_j + interval.amount;
        buckets.hold(seconds(interval.from_ns), seconds(interval.to_ns), (held_j + then_j) / 7.2e6, std::min(held_j, then_j) / 3.6e6, std::max(held_j, then_j) / 3.6e6);
        held_j = then_j;
        come_ns = interval.to_ns;
      }
      if (seconds(come_ns) < view_.end_s) buckets.hold(seconds(come_ns), view_.end_s, held_j / 3.6e6);
      line("Stored", buckets);
    }
  }
  // Facility over IT power, bucket by bucket.
  void ratio() {
    auto const means = [&](int meter) {
      Buckets buckets(grid_);
      for (auto const& row : view_.run.intervals(meter))
        if (row.to_ns > row.from_ns) buckets.hold(seconds(row.from_ns), seconds(row.to_ns), row.energy_j / seconds(row.to_ns - row.from_ns));
      return buckets.means();
    };
    Json const facility = means(facility_meter), it = means(it_meter);
    Json out = Json::array();
    for (std::size_t i = 0; i < facility.size(); ++i)
      out.push_back(facility[i].is_null() || it[i].is_null() || it[i].get<double>() <= 0 ? Json() : Json(chart_number(facility[i].get<double>() / it[i].get<double>())));
    panels_.back()["lines"].push_back({{"name", "PUE"}, {"mean", std::move(out)}});
  }

 private:
  void line(const std::string& name, const Buckets& buckets) {
    panels_.back()["lines"].push_back({{"name", name}, {"mean", buckets.means()}, {"min", buckets.minima()}, {"max", buckets.maxima()}});
  }

  const RunView& view_;
  BucketGrid const grid_;
  Json panels_ = Json::array();
};

std::string price_unit(const RunView& view) {
  for (auto const& row : view.run.signals())
    if (row.name == "price_per_mwh") return row.unit;
  return "";
}

std::vector<int> halls_with_air(const RunView& view) {
  std::vector<int> out;
  for (auto const& row : view.run.quantities())
    if (row.name == "heat_j" && !view.run.temperatures(row.hall).empty()) out.push_back(row.hall);
  return out;
}

std::string hall_name(const RunView& view, int hall) {
  for (auto const& node : view.nodes)
    if (node.hall == hall && node.name.find('/') != std::string::npos) return node.name.substr(0, node.name.find('/'));
  return fmt::format("hall {}", hall);
}

}  // namespace

Json site_section(const RunView& view) {
  if (view.run.signals().empty() && view.run.quantities().empty()) return {};
  Panels panels(view);
  auto const panel = [&](const char* title, const std::string& unit, const std::function<void()>& lines) {
    panels.begin(title, unit);
    lines();
    panels.end();
  };
  panel("Outdoors", "C", [&] {
    panels.signal("dry_bulb_c", "Dry bulb");
    panels.signal("wet_bulb_c", "Wet bulb");
  });
  panel("Air at the servers", "C", [&] {
    for (int hall : halls_with_air(view)) panels.temperature(hall, hall_name(view, hall));
  });
  if (view.summary.energy.pue > 0) panel("Facility over IT power", "PUE", [&] { panels.ratio(); });
  panel("Share of the cooling that goes past the chillers", "%", [&] { panels.signal("economiser_share", "Economiser", 100); });
  panel("Water", "L/h", [&] {
    panels.rate("water_l", "Drawn", 3600);
    panels.rate("water_evaporated_l", "Evaporated", 3600);
  });
  panel("Photovoltaics", "kW", [&] {
    panels.rate("pv_available_j", "Available", 1e-3);
    panels.rate("pv_spilled_j", "Spilled", 1e-3);
  });
  panel("Storage", "kWh", [&] { panels.stored(); });
  panel("Limit of the connection", "kW", [&] { panels.signal("connection_limit_w", "Limit", 1e-3); });
  panel("Speed that servers were let have", "%", [&] { panels.signal("it_speed", "Speed", 100); });
  panel("Carbon intensity", "g/kWh", [&] {
    panels.signal("carbon_g_per_kwh", "Average");
    panels.signal("marginal_carbon_g_per_kwh", "Marginal");
  });
  panel("Price", price_unit(view), [&] { panels.signal("price_per_mwh", "Price"); });
  Json drawn = panels.take();
  if (drawn.empty()) return {};
  return {{"times_s", bucket_times(panels.grid())}, {"end_s", panels.grid().end_s}, {"panels", std::move(drawn)}};
}

}  // namespace headroom
