#include "analysis/spending/bill.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "base/sum.h"

namespace headroom {
namespace {

Range sum_of(const std::vector<BillLine>& lines, auto wanted) {
  CompensatedSum low, mid, high;
  for (auto const& line : lines)
    if (wanted(line)) {
      low.add(line.amount.low);
      mid.add(line.amount.mid);
      high.add(line.amount.high);
    }
  return {low.value(), mid.value(), high.value()};
}

// What is bought beyond what the layout has. Devices are bought whole.
double with_spares(double quantity, double share, bool whole) { return quantity + (whole ? std::ceil(quantity * share - 1e-9) : quantity * share); }

BillLine make_line(const SpendingClass& priced, Count count, const PriceTeller& teller) {
  PriceUnit const& unit = price_unit(priced.price.mid.per);
  BillLine line;
  line.spending_class = priced;
  line.group = count.kind->group;
  bool const devices = unit.measure == Measure::none;
  line.quantity = with_spares(devices ? count.units() : count.size() / unit.si, priced.spares, devices);
  line.unit = unit.text;
  ToldPrice told = teller.told(priced, line.group);
  line.unit_price = told.range;
  line.moved_by = told.moved_by;
  line.rests_on = std::move(told.rests_on);
  line.amount = line.unit_price * line.quantity;
  line.elements = std::move(count.elements);
  return line;
}

// Can the class price the element: is it one of its sizes, and is the size known if the price is for size?
bool prices(const SpendingClass& c, const Count& count, const CountedElement& element) {
  return c.count.key == count.kind->key && c.holds(element.size) && (price_unit(c.price.mid.per).measure == Measure::none || element.size.has_value());
}

const SpendingClass* class_for(const std::vector<SpendingClass>& classes, const Count& count, const CountedElement& element) {
  for (auto const& c : classes)
    if (prices(c, count, element)) return &c;
  return nullptr;
}

std::string why_missing(const std::vector<SpendingClass>& classes, const Count& count, const std::vector<CountedElement>& elements) {
  bool const any_class = std::any_of(classes.begin(), classes.end(), [&](const SpendingClass& c) { return c.count.key == count.kind->key; });
  if (!any_class) return "no spending class";
  if (std::all_of(elements.begin(), elements.end(), [](const CountedElement& e) { return !e.size; })) return "the layout gives no size";
  return "no spending class of that size";
}

bool priced(const Bill& bill, CountKind::Link link) {
  return std::any_of(bill.lines.begin(), bill.lines.end(), [&](const BillLine& line) { return find_count_kind(line.spending_class.count.key)->link == link; });
}

std::vector<std::string> notes_of(const Bill& bill) {
  std::vector<std::string> notes;
  if (bill.building().mid > 0) notes.push_back("the building's price contains its power path and cooling: those lines are listed and not added to the total");
  if (bill.of(SpendingGroup::grid).mid <= 0) notes.push_back("the layout says nothing of its grid (`grid`): no works outside the fence, no power stations");
  if (priced(bill, CountKind::Link::whole) && priced(bill, CountKind::Link::part)) notes.push_back("links and their modules or cables both have a price: what is in both is added twice");
  std::vector<std::string> single, guessed;
  for (auto const& line : bill.lines) {
    if (line.unit_price.low == line.unit_price.high) single.push_back(line.spending_class.name);
    if (line.spending_class.range_evidence == FigureEvidence::assumption && line.spending_class.evidence != FigureEvidence::assumption) guessed.push_back(line.spending_class.name);
  }
  if (!single.empty()) notes.push_back(fmt::format("no range is known of the price of {}: low, mid and high are the same", fmt::join(single, ", ")));
  if (!guessed.empty()) notes.push_back(fmt::format("low and high of {} are assumptions around a better figure", fmt::join(guessed, ", ")));
  return notes;
}

}  // namespace

Bill make_bill(const std::vector<Count>& counts, const std::vector<SpendingClass>& classes, const std::vector<PricedCount>& works, const PriceTeller& teller) {
  Bill bill;
  bill.money = teller.money();
  for (auto const& count : counts) {
    std::map<const SpendingClass*, Count> by_class;      // nullptr: none
    for (auto const& element : count.elements) {
      Count& part = by_class.try_emplace(class_for(classes, count, element), Count{count.kind, {}}).first->second;
      part.elements.push_back(element);
    }
    for (auto& [priced, part] : by_class) {
      if (priced == nullptr) bill.missing.push_back({count.kind, why_missing(classes, count, part.elements), false, std::move(part.elements)});
      else bill.lines.push_back(make_line(*priced, std::move(part), teller));
    }
  }
  for (auto const& work : works) bill.lines.push_back(make_line(work.spending_class, work.count, teller));
  bool const building = bill.building_line() != nullptr;
  for (auto& line : bill.lines) line.inside_building = building && find_count_kind(line.spending_class.count.key)->inside_building;
  bool const by_links = priced(bill, CountKind::Link::whole);
  std::erase_if(bill.missing, [&](const MissingPrice& gap) { return gap.kind->link == (by_links ? CountKind::Link::part : CountKind::Link::whole); });
  if (!works.empty()) std::erase_if(bill.missing, [](const MissingPrice& gap) { return gap.kind->key == std::string_view("utility_feeds"); });      // the works are what a feed takes
  for (auto& missing : bill.missing) missing.inside_building = building && missing.kind->inside_building;
  std::sort(bill.lines.begin(), bill.lines.end(), [](const BillLine& a, const BillLine& b) { return std::tie(a.group, a.spending_class.name) < std::tie(b.group, b.spending_class.name); });
  bill.notes = notes_of(bill);
  return bill;
}

std::vector<std::pair<Payer, double>> BillLine::payers(Payer of_it, double paid_by_utility) const {
  if (spending_class.payer) return {{*spending_class.payer, 1.0}};
  switch (group) {
    case SpendingGroup::it:
    case SpendingGroup::network: return {{of_it, 1.0}};
    case SpendingGroup::generation: return {{Payer::utility, 1.0}};
    case SpendingGroup::grid: return {{Payer::site, 1 - paid_by_utility}, {Payer::utility, paid_by_utility}};
    default: return {{Payer::site, 1.0}};
  }
}

const BillLine* Bill::building_line() const {
  for (auto const& line : lines)
    if (line.spending_class.count.key == "building") return &line;
  return nullptr;
}
Range Bill::building() const {
  auto const* line = building_line();
  return line == nullptr ? Range{} : line->amount;
}
std::optional<double> Bill::building_years() const {
  auto const* line = building_line();
  return line == nullptr ? std::nullopt : std::optional(line->spending_class.life.value);
}
std::optional<double> Bill::years_of(SpendingGroup group) const {
  double bought = 0, worn = 0;
  for (auto const& line : lines)
    if (line.group == group && !line.inside_building) {
      bought += line.amount.mid;
      worn += line.amount.mid / line.spending_class.life.value;
    }
  return worn > 0 ? std::optional(bought / worn) : std::nullopt;
}
Range Bill::of(SpendingGroup group) const { return sum_of(lines, [&](const BillLine& line) { return line.group == group; }); }
Range Bill::equipment() const { return of(SpendingGroup::it) + of(SpendingGroup::network); }
Range Bill::total() const { return sum_of(lines, [](const BillLine& line) { return !line.inside_building; }); }

double Bill::assumed_in_all() const {
  double const all = total().mid;
  auto const assumed = [](const BillLine& line) { return !line.inside_building && (line.spending_class.evidence == FigureEvidence::assumption || line.moved_by == FigureEvidence::assumption); };
  return all > 0 ? sum_of(lines, assumed).mid / all : 0.0;
}

double Bill::total_share(FigureEvidence evidence) const {
  double const all = total().mid;
  return all > 0 ? sum_of(lines, [&](const BillLine& line) { return !line.inside_building && line.spending_class.evidence == evidence; }).mid / all : 0.0;
}

}  // namespace headroom
