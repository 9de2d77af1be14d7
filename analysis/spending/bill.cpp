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

BillLine make_line(const SpendingClass& priced, Count count) {
  PriceUnit const& unit = price_unit(priced.price.mid.per);
  BillLine line;
  line.spending_class = priced;
  line.group = count.kind->group;
  bool const devices = unit.measure == Measure::none;
  line.quantity = with_spares(devices ? count.units() : count.size() / unit.si, priced.spares, devices);
  line.unit = unit.text;
  line.unit_price = priced.price.range() * (priced.escalation ? priced.escalation->factor : 1.0);
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
  bool const building = bill.of(SpendingGroup::building).mid > 0;
  if (building) notes.push_back("the building's price contains its power path and cooling: those lines are listed and not added to the total");
  notes.push_back("generators, batteries and transfer switches are counted and have no price yet; optics, cables and switches outside racks are counted where the layout has a network; grid connection works are in no layout: none of them has a line of its own");
  if (priced(bill, CountKind::Link::whole) && priced(bill, CountKind::Link::part)) notes.push_back("links and their modules or cables both have a price: what is in both is added twice");
  if (bill.money_years.size() > 1) notes.push_back(fmt::format("prices of {} are added without conversion", fmt::join(bill.money_years, ", ")));
  std::vector<std::string> single;
  for (auto const& line : bill.lines)
    if (line.unit_price.low == line.unit_price.high) single.push_back(line.spending_class.name);
  if (!single.empty()) notes.push_back(fmt::format("no range is known of the price of {}: low, mid and high are the same", fmt::join(single, ", ")));
  std::vector<std::string> guessed;
  for (auto const& line : bill.lines)
    if (line.spending_class.range_evidence == Evidence::assumption && line.spending_class.evidence != Evidence::assumption) guessed.push_back(line.spending_class.name);
  if (!guessed.empty()) notes.push_back(fmt::format("low and high of {} are assumptions around a better figure", fmt::join(guessed, ", ")));
  return notes;
}

}  // namespace

Bill make_bill(const std::vector<Count>& counts, const std::vector<SpendingClass>& classes) {
  Bill bill;
  std::set<int> years;
  for (auto const& count : counts) {
    std::map<const SpendingClass*, Count> by_class;      // nullptr: none
    for (auto const& element : count.elements) {
      Count& part = by_class.try_emplace(class_for(classes, count, element), Count{count.kind, {}}).first->second;
      part.elements.push_back(element);
    }
    for (auto& [priced, part] : by_class) {
      if (priced == nullptr) bill.missing.push_back({count.kind, why_missing(classes, count, part.elements), false, std::move(part.elements)});
      else bill.lines.push_back(make_line(*priced, std::move(part)));
    }
  }
  bool const building = std::any_of(bill.lines.begin(), bill.lines.end(), [](const BillLine& line) { return line.spending_class.count.key == "building"; });
  for (auto& line : bill.lines) {
    line.inside_building = building && find_count_kind(line.spending_class.count.key)->inside_building;
    years.insert(line.spending_class.money_year());
    expects(bill.currency.empty() || bill.currency == line.spending_class.price.mid.currency, "the prices of a bill have one currency");
    bill.currency = line.spending_class.price.mid.currency;
  }
  bool const by_links = priced(bill, CountKind::Link::whole);
  std::erase_if(bill.missing, [&](const MissingPrice& gap) { return gap.kind->link == (by_links ? CountKind::Link::part : CountKind::Link::whole); });
  for (auto& missing : bill.missing) missing.inside_building = building && missing.kind->inside_building;
  std::sort(bill.lines.begin(), bill.lines.end(), [](const BillLine& a, const BillLine& b) { return std::tie(a.group, a.spending_class.name) < std::tie(b.group, b.spending_class.name); });
  bill.money_years.assign(years.begin(), years.end());
  bill.notes = notes_of(bill);
  return bill;
}

Range Bill::of(SpendingGroup group) const { return sum_of(lines, [&](const BillLine& line) { return line.group == group; }); }
Range Bill::equipment() const { return of(SpendingGroup::it) + of(SpendingGroup::network); }
Range Bill::total() const { return sum_of(lines, [](const BillLine& line) { return !line.inside_building; }); }

double Bill::total_share(Evidence evidence) const {
  double const all = total().mid;
  return all > 0 ? sum_of(lines, [&](const BillLine& line) { return !line.inside_building && line.spending_class.evidence == evidence; }).mid / all : 0.0;
}

std::optional<Ratio> Bill::k1() const {
  Range const above = equipment();
  Range const below = sum_of(lines, [](const BillLine& line) { return line.spending_class.count.key == "building"; });
  if (below.mid <= 0) return std::nullopt;
  Ratio ratio{"K1", "(IT + network, first fit) / building", above.mid / below.mid, above.low / below.high, above.high / below.low, {}};
  ratio.caveats = {"the boundary is ours: the building with its power path and cooling below, what tenants put into it above",
                   "building priced per watt of IT at nameplate, without land, soft costs and owner-furnished equipment",
                   "first fit only: nothing is bought again",
                   fmt::format("{:.1f} % of the money rests on assumptions, {:.1f} % on shares of larger sums", 100 * total_share(Evidence::assumption), 100 * total_share(Evidence::share))};
  std::set<int> years;
  for (auto const& line : lines)
    if (!line.inside_building) years.insert(line.spending_class.money_year());
  if (years.size() > 1) ratio.caveats.push_back(fmt::format("prices of {} without conversion", fmt::join(years, ", ")));
  for (auto const& gap : missing)
    if (gap.kind->group == SpendingGroup::it || gap.kind->group == SpendingGroup::network) ratio.caveats.push_back(fmt::format("{} {} have no price and are left out", Count{gap.kind, gap.elements}.units(), gap.kind->key));
  return ratio;
}

}  // namespace headroom
