#include "analysis/spending/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "analysis/spending/purchase_years.h"

namespace headroom {
namespace {

void check_lead_times(const Bill& bill, int horizon) {
  std::vector<Problem> problems;
  for (auto const& line : bill.lines)
    if (lead_days(line.spending_class) > horizon * days_a_year)
      problems.push_back({line.spending_class.lead_time->where,
                          fmt::format("lead_time: {} takes {:.4g} weeks, longer than the horizon of {} years; look farther (`money.horizon`) or leave it out of the layout", line.spending_class.name, lead_weeks(line.spending_class), horizon)});
  if (!problems.empty()) throw InputError(std::move(problems));
}

// The line that takes longest of those for which `wanted` holds; of several lines before deeper works, which may not be needed.
const BillLine* longest(const Bill& bill, auto wanted) {
  auto const rank = [](const BillLine& line) { return std::pair{lead_days(line.spending_class), line.spending_class.count.key == "deep_reinforcement" ? 0 : 1}; };
  const BillLine* out = nullptr;
  for (auto const& line : bill.lines)
    if (wanted(line) && lead_days(line.spending_class) > 0 && (out == nullptr || rank(line) > rank(*out))) out = &line;
  return out;
}

// The system's reserve carries a site until the power station that it needs runs.
bool holds_up(const BillLine& line) { return line.group != SpendingGroup::generation; }

// The names of a utility and of what it feeds down to the racks.
std::unordered_set<std::string> fed_by(const PowerGraph& graph, NodeId utility) {
  std::vector<char> fed(graph.nodes.size(), 0);
  std::unordered_set<std::string> names;
  fed[static_cast<std::size_t>(utility)] = 1;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {      // what feeds a node has a smaller number
    PowerNode const& node = graph.nodes[i];
    for (NodeId parent : node.parents) fed[i] = static_cast<char>(fed[i] | fed[static_cast<std::size_t>(parent)]);
    if (fed[i] != 0 && node.kind != NodeKind::server && !is_load_of_its_own(node.kind)) names.insert(node.name);
  }
  return names;
}

std::vector<FeedDate> feed_dates(const Bill& bill, const PowerGraph& graph, Day today) {
  std::vector<FeedDate> out;
  for (NodeId utility : graph.utilities) {
    auto const names = fed_by(graph, utility);
    auto const* last = longest(bill, [&](const BillLine& line) {
      return line.group == SpendingGroup::grid || (line.group == SpendingGroup::power_path && std::any_of(line.elements.begin(), line.elements.end(), [&](const CountedElement& element) { return names.contains(element.name); }));
    });
    FeedDate date{graph.nodes[static_cast<std::size_t>(utility)].name, today, "", 0, ""};
    if (last != nullptr) date = {date.feed, later(today, lead_days(last->spending_class)), last->spending_class.name, lead_weeks(last->spending_class), last->spending_class.lead_time->source};
    out.push_back(std::move(date));
  }
  std::sort(out.begin(), out.end(), [](const FeedDate& a, const FeedDate& b) { return a.feed < b.feed; });
  return out;
}

void add_purchases(const Bill& bill, Schedule& schedule) {
  double const building_years = bill.building_years().value_or(0);
  for (std::size_t i = 0; i < bill.lines.size(); ++i) {
    BillLine const& line = bill.lines[i];
    double const lead = lead_days(line.spending_class), years = line.spending_class.life.value;
    Day const first = std::max(schedule.in_service, later(schedule.today, lead));
    for (auto const& delivery : line.inside_building ? deliveries_inside(first, years, building_years, schedule.until) : deliveries(first, years, schedule.until))
      schedule.purchases.push_back({i, delivery.kind, later(delivery.day, -lead), delivery.day, std::max(delivery.day, schedule.in_service), line.amount.mid});
  }
}

}  // namespace

std::string day_text(Day day) {
  std::chrono::year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Payer payer_of_it(const MoneySpec& money) { return money.it_owner == ItOwner::tenant ? Payer::tenant : Payer::site; }

std::string to_text(SpendingKind kind) {
  for (auto const& [candidate, name] : names(kind))
    if (candidate == kind) return name;
  return "";
}

Schedule make_schedule(const Bill& bill, const PowerGraph& graph, const MoneySpec& money, double paid_by_utility, const std::vector<RunningCost>& running) {
  check_lead_times(bill, money.horizon);
  Schedule out;
  out.today = money.today ? day_of(*money.today) : first_of(money.year);
  if (money.in_service) out.wanted = day_of(*money.in_service);
  out.feeds = feed_dates(bill, graph, out.today);
  auto const* last = longest(bill, holds_up);
  Day const possible = last == nullptr ? out.today : later(out.today, lead_days(last->spending_class));
  out.in_service = std::max(possible, out.wanted.value_or(possible));
  if (last != nullptr && out.in_service == possible) out.last = last->spending_class.name;
  out.until = in_years(out.in_service, money.horizon);
  add_purchases(bill, out);
  Payer const of_it = payer_of_it(money);
  YearBook book;
  for (auto const& purchase : out.purchases) add_purchase(purchase, bill.lines[purchase.line], of_it, paid_by_utility, book);
  for (auto const& cost : running) book.spread(out.in_service, out.until, {0, cost.name, "running", SpendingKind::running, cost.payer}, cost.per_year * money.horizon, true);
  out.years = book.rows();
  return out;
}

}  // namespace headroom
