#include "analysis/placement/growth_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/placement/packing.h"
#include "analysis/placement/placement_text.h"
#include "analysis/placement/plan_date.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string day_text(Day day) { return PlanDate{day}.whole(); }

std::string name_of(const GrowthLimit& limit) { return limit_name({limit.name, limit.unit, limit.state}); }

// "x 1.31 (1,200 kW), x 2.6 (2,400 kW) from 2029"
std::string scale_text(const GrowthLimit& limit) {
  auto const times = [](double scale) { return std::isfinite(scale) ? fmt::format("x {:.3g}", scale) : std::string("any"); };
  std::string out = times(limit.scale);
  for (auto const& step : limit.steps) out += fmt::format(", {} from {}", times(step.scale), PlanDate{step.date}.text());
  return out;
}

std::string shortage_text(const std::optional<Shortage>& shortage, Day begin) {
  if (!shortage) return "never";
  std::string const from = shortage->from == begin ? "from the start" : day_text(shortage->from);
  return shortage->until ? fmt::format("{} until {}", from, day_text(*shortage->until)) : from;
}

std::string demand_text(const GrowthAnswer& answer, const GrowthDemand& demand) {
  auto const amount = [&](double scale) { return answer.in_racks ? fmt::format("{:.0f} racks", scale * answer.today) : fmt::format("{:.6g} kW", scale * answer.today); };
  std::string out = fmt::format("    {}  {} (x {:.3g}", day_text(demand.date), amount(demand.mid), demand.mid);
  if (demand.low < demand.high) out += fmt::format("; {} to {}", amount(demand.low), amount(demand.high));
  return out + ")\n";
}

bool same(const std::optional<Shortage>& a, const std::optional<Shortage>& b) { return a.has_value() == b.has_value() && (!a || (a->from == b->from && a->until == b->until)); }

// The sides of a scheme are full together: one line for them.
bool alike(const GrowthAnswer& answer, const LimitDates& a, const LimitDates& b) {
  GrowthLimit const &x = answer.problem.limits[static_cast<std::size_t>(a.limit)], &y = answer.problem.limits[static_cast<std::size_t>(b.limit)];
  return x.unit == y.unit && x.state.empty() == y.state.empty() && scale_text(x) == scale_text(y) && same(a.low, b.low) && same(a.mid, b.mid) && same(a.high, b.high);
}

struct Line {
  std::string name, scale, mid, rest;
};

Line line_of(const GrowthAnswer& answer, const LimitDates& dates, int alike_ones) {
  GrowthLimit const& limit = answer.problem.limits[static_cast<std::size_t>(dates.limit)];
  Day const begin = answer.problem.demand.front().date;
  std::string const name = alike_ones > 0 ? limit_name({fmt::format("{} and {} like it,", limit.name, alike_ones), limit.unit, limit.state}) : name_of(limit);
  std::string const rest = dates.mid || dates.high ? fmt::format("high: {}; low: {}", shortage_text(dates.high, begin), shortage_text(dates.low, begin)) : fmt::format("{:.0f} % used at the end", 100 * dates.used_at_end);
  return {name, scale_text(limit), shortage_text(dates.mid, begin), rest};
}

std::vector<Line> lines(const GrowthAnswer& answer, bool reached) {
  std::vector<Line> out;
  for (std::size_t i = 0; i < answer.dates.size();) {
    std::size_t end = i + 1;
    while (end < answer.dates.size() && alike(answer, answer.dates[i], answer.dates[end])) ++end;
    if (reached == (answer.dates[i].mid || answer.dates[i].high)) out.push_back(line_of(answer, answer.dates[i], static_cast<int>(end - i) - 1));
    i = end;
  }
  return out;
}

std::string rows(const GrowthAnswer& answer, bool reached) {
  auto const all = lines(answer, reached);
  std::size_t name = 20, scale = 8, mid = 10;
  for (auto const& line : all) {
    name = std::max(name, line.name.size());
    scale = std::max(scale, line.scale.size());
    mid = std::max(mid, line.mid.size());
  }
  std::string out;
  if (reached && !all.empty()) out = fmt::format("\n      {:<{}}  {:<{}}  {:<{}}  {}\n", "what to build next", name, "holds to", scale, "reached", mid, "spread of the demand");
  int number = 0;
  for (auto const& line : all)
    out += reached ? fmt::format("  {:>2}. {:<{}}  {:<{}}  {:<{}}  {}\n", ++number, line.name, name, line.scale, scale, line.mid, mid, line.rest) : fmt::format("      {:<{}}  {:<{}}  {}\n", line.name, name, line.scale, scale, line.rest);
  return out;
}

OrderedJson shortage_json(const Shortage& shortage) {
  OrderedJson out{{"from", day_text(shortage.from)}};
  if (shortage.until) out["until"] = day_text(*shortage.until);
  return out;
}

}  // namespace

std::string to_text(const GrowthAnswer& answer) {
  std::string out = fmt::format("Growth by the plan {} on {}: today {}, every rack at nameplate.\n", answer.plan, answer.site_name, answer.in_racks ? fmt::format("{:.0f} racks", answer.today) : fmt::format("{:.6g} kW of IT", answer.today));
  for (auto const& demand : answer.problem.demand) out += demand_text(answer, demand);
  for (auto const& step : answer.problem.refresh) out += fmt::format("    {}  a refresh: racks draw {:.3g} times as much from then on\n", day_text(step.date), step.factor);
  std::string const reached = rows(answer, true), spare = rows(answer, false);
  out += reached.empty() ? "\n  No limit is reached.\n" : reached;
  if (!spare.empty()) out += fmt::format("\n  Not reached by {}, even by the high demand:\n{}", day_text(answer.problem.demand.back().date), spare);
  return out + "\n  Limits of the power path above the racks, each in the state in which it is reached first: all in service, or after a single fault.\n";
}

OrderedJson to_json(const GrowthAnswer& answer) {
  OrderedJson out{{"plan", answer.plan}, {"site", answer.site_name}, {answer.in_racks ? "racks_today" : "it_today_kw", answer.today}, {"demand", OrderedJson::array()}, {"refresh", OrderedJson::array()}, {"limits", OrderedJson::array()}};
  for (auto const& demand : answer.problem.demand) out["demand"].push_back({{"date", day_text(demand.date)}, {"low", demand.low}, {"mid", demand.mid}, {"high", demand.high}});
  for (auto const& step : answer.problem.refresh) out["refresh"].push_back({{"date", day_text(step.date)}, {"factor", step.factor}});
  for (auto const& dates : answer.dates) {
    GrowthLimit const& limit = answer.problem.limits[static_cast<std::size_t>(dates.limit)];
    OrderedJson row{{"name", limit.name}, {"unit", limit.unit}};
    if (!limit.state.empty()) row["lost"] = limit.state;
    if (limit.allowed) row["allowed"] = *limit.allowed;
    if (std::isfinite(limit.scale)) row["scale"] = limit.scale;
    for (auto const& step : limit.steps) {
      OrderedJson one{{"date", day_text(step.date)}, {"allowed", step.allowed}};
      if (std::isfinite(step.scale)) one["scale"] = step.scale;
      row["steps"].push_back(std::move(one));
    }
    if (dates.low) row["reached_low"] = shortage_json(*dates.low);
    if (dates.mid) row["reached_mid"] = shortage_json(*dates.mid);
    if (dates.high) row["reached_high"] = shortage_json(*dates.high);
    row["used_share_at_end"] = dates.used_at_end;
    out["limits"].push_back(std::move(row));
  }
  return out;
}

}  // namespace headroom
