// What must hold among the keys of a tariff.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "conditions/calendar.h"
#include "conditions/tariffs/period_table.h"
#include "conditions/tariffs/tariff.h"

namespace headroom {
namespace {

class Checker {
 public:
  Checker(const TariffSpec& tariff, const std::string& path, std::vector<Problem>& problems) : tariff_(tariff), prefix_(path.empty() ? "" : path + "."), problems_(problems) {
    for (auto const& schedule : tariff.schedules)
      for (auto const& period : schedule.periods) periods_.push_back(period.name);
  }

  void check_all();

 private:
  void problem(const Location& where, const std::string& path, const std::string& what) { problems_.push_back({where, fmt::format("{}{}: {}", prefix_, path, what)}); }
  template <class Rules, class Check>
  void each(const char* key, const Rules& rules, Check check) {
    for (auto const& rule : rules) {
      std::string const path = fmt::format("{}[{}]", key, rule.name);
      if (!rules_.insert(rule.name).second) problem(rule.where, path, "another rule has the same name; they are lines of one bill");
      check(rule, path);
    }
  }
  void check_schedules();
  void check_periods(const Location& where, const std::string& path, const std::vector<std::string>& named);
  void check_rate(const Location& where, const std::string& path, const Rate& rate, bool right_unit, const char* wanted);
  template <class Rule>
  void check_rate_or_tiers(const Rule& rule, const std::string& path, bool of_energy);
  void check_demand(const DemandRule& rule, const std::string& path);
  void check_coincident(const CoincidentRule& rule, const std::string& path);
  void check_intervals();
  void check_contract();
  void check_priced();
  void check_taxes();

  const TariffSpec& tariff_;
  std::string prefix_;
  std::vector<Problem>& problems_;
  std::vector<std::string> periods_;
  std::set<std::string> rules_;
};

void Checker::check_schedules() {
  std::set<std::string> seen;
  for (auto const& schedule : tariff_.schedules) {
    std::string const path = fmt::format("schedules[{}]", schedule.name);
    int otherwise = 0;
    for (auto const& period : schedule.periods) {
      std::string const place = fmt::format("{}.periods[{}]", path, period.name);
      if (!seen.insert(period.name).second) problem(period.where, place, "another period has the same name");
      if (period.otherwise == !period.when.empty()) problem(period.where, place, period.otherwise ? "has both when and otherwise; one of them says its hours" : "says neither when nor otherwise: true");
      otherwise += period.otherwise ? 1 : 0;
    }
    if (otherwise > 1) problem(schedule.where, path, fmt::format("{} periods have otherwise; one of them can have what is left", otherwise));
  }
}

void Checker::check_periods(const Location& where, const std::string& path, const std::vector<std::string>& named) {
  for (auto const& period : named)
    if (std::ranges::find(periods_, period) == periods_.end()) problem(where, path, fmt::format("period: no schedule has a period '{}'{}", period, nearest_hint(period, periods_)));
}

void Checker::check_rate(const Location& where, const std::string& path, const Rate& rate, bool right_unit, const char* wanted) {
  if (rate.currency != tariff_.currency) problem(where, path, fmt::format("'{}' is in {}, the tariff in {}; state all in one currency", rate.text(), rate.currency, tariff_.currency));
  if (!right_unit) problem(where, path, fmt::format("'{}' is per {}; this is charged per {}", rate.text(), name_of(rate.unit), wanted));
}

template <class Rule>
void Checker::check_rate_or_tiers(const Rule& rule, const std::string& path, bool of_energy) {
  char const* const wanted = of_energy ? "kWh or MWh" : "kW, MW, kVA or MVA";
  auto const rate = [&](const Rate& r, const Location& where, const std::string& place) {
    check_rate(where, place + ".rate", r, of_energy ? r.is_of_energy() : r.is_of_demand(), wanted);
    if (r.amount < 0) problem(where, place + ".rate", fmt::format("'{}' is below zero; write it under credits", r.text()));
  };
  if (rule.rate.has_value() == !rule.tiers.empty()) problem(rule.where, path, rule.rate ? "has both rate and tiers; one of them would do" : "needs rate or tiers");
  if (rule.rate) rate(*rule.rate, rule.where, path);
  double last = 0;
  for (std::size_t i = 0; i < rule.tiers.size(); ++i) {
    TierSpec const& tier = rule.tiers[i];
    std::string const place = fmt::format("{}.tiers[{}]", path, i);
    rate(tier.rate, tier.where, place);
    if (tier.rate.unit != rule.tiers.front().rate.unit) problem(tier.where, place, fmt::format("is per {}, the first tier per {}", name_of(tier.rate.unit), name_of(rule.tiers.front().rate.unit)));
    bool const is_last = i + 1 == rule.tiers.size();
    if (tier.up_to.has_value() == is_last) problem(tier.where, place, is_last ? "up_to: the last tier has no end; it takes all that is left" : "needs up_to, where the block ends");
    if (!tier.up_to) continue;
    if (tier.up_to->is_of_energy() != of_energy) problem(tier.where, place, fmt::format("up_to: '{}' is no block of {}", tier.up_to->text(), of_energy ? "energy; write kWh, kWh/kW or kWh/day" : "demand; write kW or kVA"));
    if (rule.tiers.front().up_to && tier.up_to->unit != rule.tiers.front().up_to->unit) problem(tier.where, place, "up_to: is in another unit than the first tier's");
    else if (tier.up_to->value <= last) problem(tier.where, place, fmt::format("up_to: '{}' is not above the block before it; blocks are counted from zero and rise", tier.up_to->text()));
    last = tier.up_to->value;
  }
}

void Checker::check_demand(const DemandRule& rule, const std::string& path) {
  check_periods(rule.where, path, rule.period);
  check_rate_or_tiers(rule, path, false);
  bool const apparent = rule.rate ? rule.rate->is_of_apparent_power() : !rule.tiers.empty() && rule.tiers.front().rate.is_of_apparent_power();
  for (auto const& tier : rule.tiers)
    if (tier.up_to && !tier.up_to->is_of_energy() && (tier.up_to->unit == BlockUnit::kva) != apparent)
      problem(tier.where, path, fmt::format("up_to: '{}' is not what the rate is per", tier.up_to->text()));
  if (apparent && rule.power_factor_limit) problem(rule.where, path, "power_factor_limit: apparent power has its power factor in it already");
  if (rule.minimum_take > 0 && tariff_.contract.empty()) problem(rule.where, path, "minimum_take: is a share of the contracted power, and the tariff has no contract");
}

void Checker::check_coincident(const CoincidentRule& rule, const std::string& path) {
  check_rate(rule.where, path + ".rate", rule.rate, rule.rate.is_of_demand(), "kW, MW, kVA or MVA");
  if (rule.rate.amount < 0) problem(rule.where, path + ".rate", fmt::format("'{}' is below zero; write it under credits", rule.rate.text()));
  if (rule.moments.empty() == (rule.days.empty() && !rule.hours)) problem(rule.where, path, rule.moments.empty() ? "says neither moments nor days and hours of the system's peaks" : "has both moments and hours; one of them says when the system peaks");
  if (rule.moments.empty() && rule.days.empty() == rule.hours.has_value()) problem(rule.where, path, rule.days.empty() ? "hours: of which days? write days" : "days: at which hours? write hours");
  if (rule.lasts < Duration{}) problem(rule.where, path, "lasts: must not be below zero");
}

// An interval must not lie in two periods: their ends are multiples of it.
void Checker::check_intervals() {
  constexpr Duration hour = whole_seconds(3600);
  if (hour.ns % tariff_.demand_interval.ns != 0) problem(tariff_.where, "demand_interval", fmt::format("'{}' is no whole part of an hour; write 15 min, 30 min or 1 h", to_text(tariff_.demand_interval)));
  else if (tariff_.demand_interval < whole_seconds(60)) problem(tariff_.where, "demand_interval", fmt::format("'{}' is shorter than a minute", to_text(tariff_.demand_interval)));
  for (auto const& schedule : tariff_.schedules)
    for (auto const& period : schedule.periods) {
      bool const has_demand = std::ranges::any_of(tariff_.demand, [&](const DemandRule& rule) { return std::ranges::find(rule.period, period.name) != rule.period.end(); });
      for (auto const& hours : period.when)
        for (int quarter = 1; has_demand && quarter < quarters_of_day; ++quarter)
          if (hours.hours.set[static_cast<std::size_t>(quarter)] != hours.hours.set[static_cast<std::size_t>(quarter - 1)] && quarter * whole_seconds(900).ns % tariff_.demand_interval.ns != 0)
            problem(hours.where, fmt::format("schedules[{}].periods[{}]", schedule.name, period.name), fmt::format("demand is a mean over {}, and no such interval begins at {}", to_text(tariff_.demand_interval), clock_text(quarter)));
    }
}

void Checker::check_contract() {
  for (std::size_t i = 0; i < tariff_.contract.size(); ++i) {
    ContractSpec const& step = tariff_.contract[i];
    std::string const path = fmt::format("contract[{}]", i);
    auto const day = [](const ContractSpec& s) { return s.from ? days_from_date(s.from->year, s.from->month, s.from->day) : INT64_MIN; };
    if (step.from && step.from->year == 0) problem(step.where, path, fmt::format("from: '{}' has no year", step.from->text()));
    if (i > 0 && day(step) <= day(tariff_.contract[i - 1])) problem(step.where, path, "from: is not after the step before it");
  }
}

// Energy that no rule prices would be free without a word.
void Checker::check_priced() {
  std::vector<Problem> ignored;
  PeriodTable const table = period_table(tariff_, "", ignored);
  if (tariff_.energy.empty() || !ignored.empty()) return;
  for (int month = 1; month <= 12; ++month) {
    std::vector<bool> priced(table.mixes.size(), false);
    auto const price = [&](auto const& rules) {
      for (auto const& rule : rules) {
        std::vector<bool> const mixes = table.mixes_of(rule.period);
        for (std::size_t i = 0; rule.months.has(month) && i < priced.size(); ++i) priced[i] = priced[i] || mixes[i];
      }
    };
    price(tariff_.energy);
    price(tariff_.real_time);
    for (int day = 0; day < (tariff_.holidays.empty() ? 7 : 8); ++day)
      for (int quarter = 0; quarter < quarters_of_day; ++quarter)
        if (!priced[table.mix[PeriodTable::slot(month, day, quarter)]])
          return problem(tariff_.where, "energy", fmt::format("no rule prices what is taken in {} on {} at {}; a rate of 0 says that it is free", month_name(month), day_name(day), clock_text(quarter)));
  }
}

void Checker::check_taxes() {
  std::vector<std::string> const known(rules_.begin(), rules_.end());
  each("taxes", tariff_.taxes, [&](const TaxRule& rule, const std::string& path) {
    for (auto const& of : rule.of)
      if (std::ranges::find(known, of) == known.end()) problem(rule.where, path, fmt::format("of: no rule is called '{}'{}", of, nearest_hint(of, known)));
  });
}

void Checker::check_all() {
  Parsed<Rate> const currency = Rate::parse("0 " + tariff_.currency + "/kWh");
  if (std::holds_alternative<std::string>(currency)) return problem(tariff_.where, "currency", std::get<std::string>(currency));
  if (!tariff_.timezone.empty()) try { TimeZone::named(tariff_.timezone, tariff_.where); } catch (const InputError& e) { problems_.insert(problems_.end(), e.problems().begin(), e.problems().end()); }
  check_schedules();
  auto const of_energy = [&](const EnergyRule& rule, const std::string& path) {
    check_periods(rule.where, path, rule.period);
    check_rate_or_tiers(rule, path, true);
  };
  each("energy", tariff_.energy, of_energy);
  each("real_time", tariff_.real_time, [&](const RealTimeRule& rule, const std::string& path) {
    check_periods(rule.where, path, rule.period);
    if (rule.adder) check_rate(rule.where, path + ".adder", *rule.adder, rule.adder->is_of_energy(), "kWh or MWh");
  });
  each("demand", tariff_.demand, [&](const DemandRule& rule, const std::string& path) { check_demand(rule, path); });
  each("coincident", tariff_.coincident, [&](const CoincidentRule& rule, const std::string& path) { check_coincident(rule, path); });
  auto const not_negative = [&](auto const& rule, const std::string& path) {
    if (rule.rate.amount < 0) problem(rule.where, path + ".rate", fmt::format("'{}' is below zero; write it under credits", rule.rate.text()));
  };
  each("fixed", tariff_.fixed, [&](const FixedRule& rule, const std::string& path) {
    check_rate(rule.where, path + ".rate", rule.rate, rule.rate.is_of_time(), "day, month or year");
    not_negative(rule, path);
  });
  each("power_factor", tariff_.power_factor, [&](const PowerFactorRule& rule, const std::string& path) {
    check_rate(rule.where, path + ".rate", rule.rate, rule.rate.unit == RateUnit::kvarh, "kvarh");
    not_negative(rule, path);
  });
  each("minimum_take", tariff_.minimum_take, [&](const MinimumTakeRule& rule, const std::string& path) {
    check_rate(rule.where, path + ".rate", rule.rate, rule.rate.is_of_energy(), "kWh or MWh");
    not_negative(rule, path);
    if (tariff_.contract.empty()) problem(rule.where, path, "share: is of the contracted power, and the tariff has no contract");
  });
  each("export", tariff_.exported, [&](const ExportRule& rule, const std::string& path) {
    check_periods(rule.where, path, rule.period);
    check_rate(rule.where, path + ".rate", rule.rate, rule.rate.is_of_energy(), "kWh or MWh");
    if (rule.rate.amount < 0) problem(rule.where, path + ".rate", fmt::format("'{}' is below zero; what is paid for export is written above zero", rule.rate.text()));
  });
  each("credits", tariff_.credits, [&](const CreditRule& rule, const std::string& path) {
    check_periods(rule.where, path, rule.period);
    check_rate(rule.where, path + ".rate", rule.rate, rule.rate.unit != RateUnit::kvarh, "kWh, kW, kVA, day, month or year");
    if (rule.rate.amount >= 0) problem(rule.where, path + ".rate", fmt::format("'{}' is no credit; write a rate below zero", rule.rate.text()));
  });
  if (tariff_.minimum_bill) {
    check_rate(tariff_.where, "minimum_bill", *tariff_.minimum_bill, tariff_.minimum_bill->is_of_time(), "day, month or year");
    if (tariff_.minimum_bill->amount < 0) problem(tariff_.where, "minimum_bill", "must not be below zero");
  }
  check_taxes();
  check_intervals();
  check_contract();
  std::size_t const before = problems_.size();
  period_table(tariff_, prefix_.empty() ? "" : prefix_.substr(0, prefix_.size() - 1), problems_);
  if (problems_.size() == before) check_priced();
}

}  // namespace

void check(const HoursOfYear& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.months.set.none() || s.days.set.none() || s.hours.set.none()) problems.push_back({s.where, path + ": holds no hour at all"});
}

void check(const TariffSpec& s, const std::string& path, std::vector<Problem>& problems) { Checker(s, path, problems).check_all(); }

}  // namespace headroom
