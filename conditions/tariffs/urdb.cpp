#include "conditions/tariffs/urdb.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/read_fields.h"
#include "conditions/tariffs/period_table.h"

namespace headroom {
namespace {

// What describes a rate and is not charged by.
const std::vector<std::string> descriptive{"label", "name", "utility", "eiaid", "uri", "startdate", "enddate", "approved", "is_default", "sector", "description", "source", "sourceparent", "servicetype", "supersedes", "dgrules", "revisions", "phasewiring", "voltagecategory",
                                           "voltageminimum", "voltagemaximum", "peakkwcapacitymin", "peakkwcapacitymax", "peakkwcapacityhistory", "peakkwhusagemin", "peakkwhusagemax", "peakkwhusagehistory", "basicinformationcomments", "energycomments", "demandcomments", "demandunits", "country",
                                           "flatdemandunits", "energyattrs", "demandattrs", "flatdemandattrs", "fixedattrs", "usenetmetering", "peakkwcapacitymin", "demandrateunit", "flatdemandunit", "energyrateunit", "city", "effectivedate", "sourcereference", "locked", "_id"};
const std::vector<std::string> charged{"energyratestructure", "energyweekdayschedule", "energyweekendschedule", "demandratestructure", "demandweekdayschedule", "demandweekendschedule", "flatdemandstructure", "flatdemandmonths", "fixedchargefirstmeter", "fixedchargeunits", "fixedmonthlycharge",
                                       "minmonthlycharge", "mincharge", "minchargeunits", "demandratchetpercentage", "lookbackpercent", "lookbackrange", "lookbackmonths", "demandwindow", "monthly_energy_rates", "monthly_demand_rates"};

class UrdbReader {
 public:
  UrdbReader(const Tree& tree, const std::filesystem::path& file) : tree_(tree) {
    tariff_.where = tree.where;
    tariff_.currency = "USD";
    tariff_.name = text("name", text("label", file.stem().string()));
    tariff_.utility = text("utility", "");
    tariff_.source = "URDB: " + text("uri", file.filename().string());
  }

  TariffSpec read();

 private:
  void problem(const Location& where, const std::string& what) { problems_.push_back({where, what}); }
  std::string text(const char* key, const std::string& otherwise) const {
    auto const* entry = tree_.find(key);
    return entry != nullptr && entry->value->kind == Tree::Kind::scalar && !entry->value->text.empty() ? entry->value->text : otherwise;
  }
  const Tree* find(const char* key, Tree::Kind kind) {
    auto const* entry = tree_.find(key);
    if (entry == nullptr || entry->value->kind == Tree::Kind::null) return nullptr;
    if (entry->value->kind == kind) return entry->value.get();
    problem(entry->value->where, fmt::format("{}: expected {}, found {}", key, kind_name(kind), kind_name(entry->value->kind)));
    return nullptr;
  }
  std::optional<double> number(const Tree& tree, const std::string& key);
  std::optional<double> number(const char* key) {
    const Tree* tree = find(key, Tree::Kind::scalar);
    return tree == nullptr ? std::nullopt : number(*tree, key);
  }
  std::vector<double> numbers(const char* key, std::size_t count);
  void check_keys();
  // Hours by period: 12 lists of 24 numbers each.
  std::vector<std::array<std::bitset<24>, 12>> periods(const char* key, std::size_t count);
  void add_schedule(const char* name, const char* weekday, const char* weekend, std::size_t count);
  std::vector<TierSpec> tiers(const Tree& tree, const std::string& key, bool of_energy, std::optional<Rate>& sell);
  void read_energy();
  void read_demand();
  void read_flat_demand();
  void read_fixed();
  void read_monthly(const char* key, bool of_energy);
  std::vector<std::pair<Months, std::optional<RatchetSpec>>> ratchets();
  void add_demand(const std::string& name, const Months& months, const std::vector<std::string>& period, const std::vector<TierSpec>& tiers);

  const Tree& tree_;
  TariffSpec tariff_;
  std::vector<Problem> problems_;
};

std::optional<double> UrdbReader::number(const Tree& tree, const std::string& key) {
  if (tree.kind != Tree::Kind::scalar) {
    problem(tree.where, fmt::format("{}: expected a number, found {}", key, kind_name(tree.kind)));
    return std::nullopt;
  }
  auto const value = parse_number(tree.text);
  if (auto const* what = std::get_if<std::string>(&value)) {
    problem(tree.where, fmt::format("{}: {}", key, *what));
    return std::nullopt;
  }
  return std::get<double>(value);
}

std::vector<double> UrdbReader::numbers(const char* key, std::size_t count) {
  const Tree* list = find(key, Tree::Kind::list);
  std::vector<double> out;
  if (list == nullptr) return out;
  if (list->items.size() != count) problem(list->where, fmt::format("{}: has {} numbers; a year has {} months", key, list->items.size(), count));
  for (auto const& item : list->items) out.push_back(number(*item, key).value_or(0));
  if (out.size() != count) out.clear();
  return out;
}

void UrdbReader::check_keys() {
  std::vector<std::string> known = charged;
  known.insert(known.end(), descriptive.begin(), descriptive.end());
  for (auto const& entry : tree_.entries) {
    if (std::ranges::find(known, entry.key) != known.end() || entry.value->kind == Tree::Kind::null) continue;
    problem(entry.where, fmt::format("'{}' of URDB is not understood{}; leave it out, or write the tariff as kind: tariff", entry.key, nearest_hint(entry.key, known)));
  }
}

std::vector<std::array<std::bitset<24>, 12>> UrdbReader::periods(const char* key, std::size_t count) {
  std::vector<std::array<std::bitset<24>, 12>> out(count);
  const Tree* months = find(key, Tree::Kind::list);
  if (months == nullptr) {
    if (tree_.find(key) == nullptr) problem(tree_.where, fmt::format("missing key '{}', which says when each period of the rates holds", key));
    return out;
  }
  if (months->items.size() != 12) problem(months->where, fmt::format("{}: has {} months; a year has 12", key, months->items.size()));
  for (std::size_t month = 0; month < std::min<std::size_t>(12, months->items.size()); ++month) {
    const Tree& hours = *months->items[month];
    if (hours.kind != Tree::Kind::list || hours.items.size() != 24) {
      problem(hours.where, fmt::format("{}: {} has {} hours; a day has 24", key, month_name(static_cast<int>(month) + 1), hours.items.size()));
      continue;
    }
    for (std::size_t hour = 0; hour < 24; ++hour) {
      auto const period = number(*hours.items[hour], key);
      if (!period) continue;
      if (*period < 0 || *period >= static_cast<double>(count) || *period != static_cast<int>(*period))
        problem(hours.items[hour]->where, fmt::format("{}: period {} in {} at {:02}:00, and there are rates of {} (from 0)", key, hours.items[hour]->text, month_name(static_cast<int>(month) + 1), hour, counted(static_cast<std::int64_t>(count), "period")));
      else out[static_cast<std::size_t>(*period)][month].set(hour);
    }
  }
  return out;
}

// Months of the same hours go together.
void UrdbReader::add_schedule(const char* name, const char* weekday, const char* weekend, std::size_t count) {
  ScheduleSpec schedule{name, {}, tree_.where};
  auto const on_weekdays = periods(weekday, count), on_weekends = periods(weekend, count);
  for (std::size_t period = 0; period < count; ++period) {
    PeriodSpec spec{fmt::format("{} {}", name, period), {}, false, tree_.where};
    for (bool const at_weekend : {false, true}) {
      std::map<std::string, HoursOfYear> by_hours;
      for (std::size_t month = 0; month < 12; ++month) {
        std::bitset<24> const& hours = (at_weekend ? on_weekends : on_weekdays)[period][month];
        if (hours.none()) continue;
        HoursOfYear& at = by_hours.try_emplace(hours.to_string(), HoursOfYear{Months{0}, std::get<Days>(Days::parse(at_weekend ? "weekends" : "weekdays")), Hours{0}, tree_.where}).first->second;
        at.months.set.set(month);
        for (std::size_t quarter = 0; quarter < quarters_of_day; ++quarter) at.hours.set[quarter] = hours[quarter / 4];
      }
      for (auto const& [ignored, hours] : by_hours) spec.when.push_back(hours);
    }
    if (!spec.when.empty()) schedule.periods.push_back(std::move(spec));
  }
  tariff_.schedules.push_back(std::move(schedule));
}

std::vector<TierSpec> UrdbReader::tiers(const Tree& tree, const std::string& key, bool of_energy, std::optional<Rate>& sell) {
  static const std::vector<std::string> known{"rate", "adj", "max", "unit", "sell"};
  std::vector<TierSpec> out;
  if (tree.kind != Tree::Kind::list || tree.items.empty()) problem(tree.where, fmt::format("{}: expected a list of tiers, found {}", key, kind_name(tree.kind)));
  for (auto const& item : tree.items) {
    if (item->kind != Tree::Kind::map) {
      problem(item->where, fmt::format("{}: expected a tier, found {}", key, kind_name(item->kind)));
      continue;
    }
    for (auto const& entry : item->entries)
      if (std::ranges::find(known, entry.key) == known.end()) problem(entry.where, fmt::format("{}: '{}' of URDB is not understood{}", key, entry.key, nearest_hint(entry.key, known)));
    auto const value = [&](const char* name) -> std::optional<double> { return item->find(name) == nullptr || item->find(name)->value->kind == Tree::Kind::null ? std::nullopt : number(*item->find(name)->value, key + "." + name); };
    std::string const unit = item->find("unit") == nullptr ? of_energy ? "kWh" : "kW" : item->find("unit")->value->text;
    TierSpec tier;
    tier.where = item->where;
    tier.rate = {value("rate").value_or(0) + value("adj").value_or(0), "USD", of_energy ? RateUnit::kwh : unit == "kVA" ? RateUnit::kva : RateUnit::kw};
    static const std::map<std::string, BlockUnit> units{{"kWh", BlockUnit::kwh}, {"kWh daily", BlockUnit::kwh_per_day}, {"kWh/kW", BlockUnit::kwh_per_kw}, {"kW", BlockUnit::kw}, {"kVA", BlockUnit::kva}};
    auto const found = units.find(unit);
    if (found == units.end() || (found->second <= BlockUnit::kwh_per_day) != of_energy) problem(item->where, fmt::format("{}: unit '{}' of URDB is not understood; {}", key, unit, of_energy ? "kWh, kWh daily and kWh/kW are" : "kW and kVA are"));
    else if (auto const end = value("max"); end && &item != &tree.items.back() && *end < 1e30) tier.up_to = BlockLimit{*end, found->second};
    if (auto const paid = value("sell"); paid && *paid != 0) sell = Rate{*paid, "USD", RateUnit::kwh};
    out.push_back(std::move(tier));
  }
  return out;
}

void UrdbReader::read_energy() {
  const Tree* structure = find("energyratestructure", Tree::Kind::list);
  if (structure == nullptr) return;
  add_schedule("energy", "energyweekdayschedule", "energyweekendschedule", structure->items.size());
  for (std::size_t period = 0; period < structure->items.size(); ++period) {
    std::optional<Rate> sell;
    std::string const key = fmt::format("energyratestructure[{}]", period), name = fmt::format("energy {}", period);
    EnergyRule rule{fmt::format("Energy, period {}", period), {}, {name}, {}, tiers(*structure->items[period], key, true, sell), structure->items[period]->where};
    auto const& held = tariff_.schedules.back().periods;
    if (std::ranges::find(held, name, &PeriodSpec::name) == held.end()) continue;      // at no hour
    if (rule.tiers.size() == 1) {
      rule.rate = rule.tiers.front().rate;
      rule.tiers.clear();
    }
    if (sell) tariff_.exported.push_back({fmt::format("Export, period {}", period), {}, {name}, *sell, rule.where});
    tariff_.energy.push_back(std::move(rule));
  }
}

// By month, what a demand is at least: 12 shares, or one and the months that it looks back at.
std::vector<std::pair<Months, std::optional<RatchetSpec>>> UrdbReader::ratchets() {
  std::vector<double> shares = numbers("demandratchetpercentage", 12), looked_back = numbers("lookbackmonths", 12);
  double const common = number("lookbackpercent").value_or(0);
  int const range = static_cast<int>(number("lookbackrange").value_or(0));
  if (shares.empty()) shares.assign(12, common);
  Months of;
  if (std::ranges::any_of(looked_back, [](double flag) { return flag != 0; }))
    for (std::size_t i = 0; i < 12; ++i) of.set[i] = looked_back[i] != 0;
  std::map<double, Months> by_share;
  for (std::size_t i = 0; i < 12; ++i) by_share.try_emplace(shares[i] > 1 ? shares[i] / 100 : shares[i], Months{0}).first->second.set.set(i);
  std::vector<std::pair<Months, std::optional<RatchetSpec>>> out;
  for (auto const& [share, months] : by_share) {
    if (share < 0 || share > 1) problem(tree_.where, fmt::format("demandratchetpercentage: {} is no share; write 0 to 1, or per cent", number_text(share)));
    out.emplace_back(months, share > 0 ? std::optional(RatchetSpec{share, range > 0 ? range : 11, of, {}, tree_.where}) : std::nullopt);
  }
  return out;
}

void UrdbReader::add_demand(const std::string& name, const Months& months, const std::vector<std::string>& period, const std::vector<TierSpec>& tiers) {
  if (tiers.empty()) return;
  auto const by_share = ratchets();
  for (auto const& [when, ratchet] : by_share) {
    DemandRule rule;
    rule.months.set = when.set & months.set;
    if (rule.months.set.none()) continue;
    rule.name = by_share.size() == 1 ? name : fmt::format("{}, months {}", name, rule.months.text());
    rule.period = period;
    rule.ratchet = ratchet;
    rule.where = tiers.front().where;
    if (tiers.size() == 1) rule.rate = tiers.front().rate;
    else rule.tiers = tiers;
    tariff_.demand.push_back(std::move(rule));
  }
}

void UrdbReader::read_demand() {
  const Tree* structure = find("demandratestructure", Tree::Kind::list);
  if (structure == nullptr) return;
  add_schedule("demand", "demandweekdayschedule", "demandweekendschedule", structure->items.size());
  auto const held = tariff_.schedules.back().periods;
  for (std::size_t period = 0; period < structure->items.size(); ++period) {
    std::optional<Rate> sell;
    std::string const name = fmt::format("demand {}", period);
    auto const blocks = tiers(*structure->items[period], fmt::format("demandratestructure[{}]", period), false, sell);
    if (std::ranges::find(held, name, &PeriodSpec::name) != held.end()) add_demand(fmt::format("Demand, period {}", period), {}, {name}, blocks);
  }
}

void UrdbReader::read_flat_demand() {
  const Tree* structure = find("flatdemandstructure", Tree::Kind::list);
  if (structure == nullptr) return;
  std::vector<double> const by_month = numbers("flatdemandmonths", 12);
  if (by_month.empty() && structure->items.size() > 1) problem(structure->where, "flatdemandstructure: has several rates; flatdemandmonths says which holds in which month");
  for (std::size_t number = 0; number < structure->items.size(); ++number) {
    Months months{0};
    for (std::size_t i = 0; i < 12; ++i) months.set[i] = by_month.empty() || by_month[i] == static_cast<double>(number);
    std::optional<Rate> sell;
    auto const blocks = tiers(*structure->items[number], fmt::format("flatdemandstructure[{}]", number), false, sell);
    if (months.set.any()) add_demand(fmt::format("Demand at any time {}", number), months, {}, blocks);
  }
  for (double const number : by_month)
    if (number < 0 || number >= static_cast<double>(structure->items.size())) return problem(tree_.find("flatdemandmonths")->where, fmt::format("flatdemandmonths: rate {}, and there are {} (from 0)", number_text(number), structure->items.size()));
}

void UrdbReader::read_fixed() {
  auto const unit_of = [&](const char* key) {
    std::string const unit = text(key, "$/month");
    if (unit == "$/day") return RateUnit::day;
    if (unit == "$/year") return RateUnit::year;
    if (unit != "$/month") problem(tree_.find(key)->value->where, fmt::format("{}: '{}' is not understood; $/month, $/day or $/year", key, unit));
    return RateUnit::month;
  };
  if (auto const charge = number("fixedchargefirstmeter")) tariff_.fixed.push_back({"Fixed", {}, {*charge, "USD", unit_of("fixedchargeunits")}, tree_.where});
  else if (auto const monthly = number("fixedmonthlycharge")) tariff_.fixed.push_back({"Fixed", {}, {*monthly, "USD", RateUnit::month}, tree_.where});
  if (auto const least = number("mincharge")) tariff_.minimum_bill = Rate{*least, "USD", unit_of("minchargeunits")};
  else if (auto const monthly = number("minmonthlycharge")) tariff_.minimum_bill = Rate{*monthly, "USD", RateUnit::month};
  if (auto const window = number("demandwindow")) tariff_.demand_interval = whole_seconds(static_cast<std::int64_t>(*window * 60));
}

// One rate a month, as REopt's input has them.
void UrdbReader::read_monthly(const char* key, bool of_energy) {
  std::vector<double> const rates = numbers(key, 12);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    Months months{0};
    months.set.set(i);
    std::string const name = fmt::format("{}, {}", of_energy ? "Energy" : "Demand", month_name(static_cast<int>(i) + 1));
    Rate const rate{rates[i], "USD", of_energy ? RateUnit::kwh : RateUnit::kw};
    if (of_energy) tariff_.energy.push_back({name, months, {}, rate, {}, tree_.where});
    else tariff_.demand.push_back({.name = name, .months = months, .period = {}, .rate = rate, .tiers = {}, .ratchet = {}, .minimum = {}, .minimum_take = 0, .power_factor_limit = {}, .where = tree_.where});
  }
}

TariffSpec UrdbReader::read() {
  check_keys();
  read_energy();
  read_demand();
  read_flat_demand();
  read_fixed();
  read_monthly("monthly_energy_rates", true);
  read_monthly("monthly_demand_rates", false);
  if (problems_.empty()) check(tariff_, "", problems_);
  if (!problems_.empty()) throw InputError(std::move(problems_));
  return std::move(tariff_);
}

// The rate itself: of a response the one item, of REopt's input what stands in its place.
const Tree* rate_of(const Tree& tree) {
  if (tree.kind != Tree::Kind::map || tree.find("kind") != nullptr) return nullptr;
  if (auto const* items = tree.find("items"); items != nullptr && items->value->kind == Tree::Kind::list && items->value->items.size() == 1) return rate_of(*items->value->items.front());
  if (auto const* part = tree.find("ElectricTariff"); part != nullptr) return part->value.get();
  for (const char* key : {"energyratestructure", "demandratestructure", "flatdemandstructure", "monthly_energy_rates", "fixedchargefirstmeter"})
    if (tree.find(key) != nullptr) return &tree;
  return nullptr;
}

}  // namespace

bool is_urdb(const Tree& tree) { return rate_of(tree) != nullptr; }
TariffSpec tariff_of_urdb(const Tree& tree, const std::filesystem::path& file) { return UrdbReader(*rate_of(tree), file).read(); }

}  // namespace headroom
