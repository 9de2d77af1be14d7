#include "conditions/tariffs/bill.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "conditions/tariffs/usage.h"

namespace headroom {
namespace {

constexpr double joules_of_kwh = 3.6e6;

std::string month_text(const MonthUse& month) { return fmt::format("{:04}-{:02}", month.year, month.month); }

// A rule's part of a month: of what its periods hold.
struct Part {
  double import_kwh = 0, export_kwh = 0, reactive_kvarh = 0, price_amount = 0, peak_kw = 0, peak_kva = 0;
  bool occurs = false;                     // at some hour that the load covers
};

class Biller {
 public:
  Biller(const TariffSpec& tariff, const TimeZone& zone, const MeteredLoad& load, const DatedSeries* price)
      : tariff_(tariff), zone_(zone), load_(load), table_(period_table(tariff)), months_(usage_of(tariff, table_, zone, load, price)) {}

  ElectricityBill bill();

 private:
  BilledMonth month_bill(std::size_t month);
  Part part(const MonthUse& month, const std::vector<bool>& mixes) const;
  Part part(const MonthUse& month, const std::vector<std::string>& periods) const { return part(month, table_.mixes_of(periods)); }
  void add(const char* section, const std::string& rule, double quantity, const Rate& rate, int tier = 0, const std::string& note = "");
  void add_tiers(const char* section, const std::string& rule, double quantity, const std::vector<TierSpec>& tiers, double prorated, const std::string& note);
  void add_energy(const EnergyRule& rule);
  void add_real_time(const RealTimeRule& rule);
  void add_demand(const DemandRule& rule);
  void add_coincident(const CoincidentRule& rule);
  void add_power_factor(const PowerFactorRule& rule);
  void add_minimum_take(const MinimumTakeRule& rule);
  void add_credit(const CreditRule& rule);
  void add_minimum_bill();
  void add_tax(const TaxRule& rule);
  double demand_of(const MonthUse& month, const DemandRule& rule) const;
  double mean_kilo(std::int64_t from_ns, std::int64_t to_ns, const Rate& rate) const;
  double time_quantity(RateUnit unit) const;
  double contract_kw() const;
  double days_of_month() const { return days_in_month(now_->year, now_->month); }

  const TariffSpec& tariff_;
  const TimeZone& zone_;
  const MeteredLoad& load_;
  PeriodTable table_;
  std::vector<MonthUse> months_;
  std::size_t number_ = 0;                 // of the month being billed
  const MonthUse* now_ = nullptr;
  BilledMonth* out_ = nullptr;
};

Part Biller::part(const MonthUse& month, const std::vector<bool>& mixes) const {
  CompensatedSum import_j, export_j, reactive, priced;
  Part out;
  for (std::size_t i = 0; i < mixes.size(); ++i) {
    if (!mixes[i]) continue;
    MixUse const& use = month.mixes[i];
    import_j.add(use.import_j.value());
    export_j.add(use.export_j.value());
    reactive.add(use.reactive_vas.value());
    priced.add(use.priced.value());
    out.peak_kw = std::max(out.peak_kw, use.peak_w / 1000);
    out.peak_kva = std::max(out.peak_kva, use.peak_va / 1000);
    out.occurs = out.occurs || month.occurs[i];
  }
  out.import_kwh = import_j.value() / joules_of_kwh;
  out.export_kwh = export_j.value() / joules_of_kwh;
  out.reactive_kvarh = reactive.value() / joules_of_kwh;
  out.price_amount = priced.value() / (1000 * joules_of_kwh);
  return out;
}

void Biller::add(const char* section, const std::string& rule, double quantity, const Rate& rate, int tier, const std::string& note) {
  constexpr const char* kilo[] = {"kWh", "kWh", "kW", "kW", "kVA", "kVA", "kvarh", "day", "month", "year"};
  out_->lines.push_back({rule, section, tier, quantity, kilo[static_cast<int>(rate.unit)], rate.per_kilo(), quantity * rate.per_kilo(), note});
}

// Blocks counted from zero; energy blocks of a part of a month are a part of the block.
void Biller::add_tiers(const char* section, const std::string& rule, double quantity, const std::vector<TierSpec>& tiers, double prorated, const std::string& note) {
  double before = 0;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    double end = quantity;
    if (auto const& up_to = tiers[i].up_to) {
      double const factor = up_to->unit == BlockUnit::kwh ? prorated : up_to->unit == BlockUnit::kwh_per_day ? prorated * days_of_month() : up_to->unit == BlockUnit::kwh_per_kw ? part(*now_, std::vector<std::string>{}).peak_kw : 1.0;
      end = std::min(quantity, up_to->value * factor);
    }
    if (i > 0 && end <= before) continue;
    add(section, rule, end - before, tiers[i].rate, static_cast<int>(i), note);
    before = end;
  }
}

void Biller::add_energy(const EnergyRule& rule) {
  Part const use = part(*now_, rule.period);
  if (!rule.months.has(now_->month) || !use.occurs) return;
  if (rule.rate) add("energy", rule.name, use.import_kwh, *rule.rate);
  else add_tiers("energy", rule.name, use.import_kwh, rule.tiers, now_->covered(), "");
}

// One line for the price of the hours, one for the adder; the first one's rate is the mean that was paid.
void Biller::add_real_time(const RealTimeRule& rule) {
  Part const use = part(*now_, rule.period);
  if (!rule.months.has(now_->month) || !use.occurs) return;
  double const amount = use.price_amount * rule.factor;
  out_->lines.push_back({rule.name, "real-time", 0, use.import_kwh, "kWh", use.import_kwh > 0 ? amount / use.import_kwh : 0, amount, "mean price paid"});
  if (rule.adder) add("real-time-adder", rule.name, use.import_kwh, *rule.adder, 1);
}

// Measured in the unit of the rule's rate, in kilo.
double Biller::demand_of(const MonthUse& month, const DemandRule& rule) const {
  Part const use = part(month, rule.period);
  Rate const& rate = rule.rate ? *rule.rate : rule.tiers.front().rate;
  if (rate.is_of_apparent_power()) return use.peak_kva;
  if (!rule.power_factor_limit) return use.peak_kw;
  Part const all = part(month, std::vector<std::string>{});
  double const factor = all.import_kwh > 0 ? all.import_kwh / std::hypot(all.import_kwh, all.reactive_kvarh) : 1.0;
  return use.peak_kw * std::max(1.0, *rule.power_factor_limit / factor);
}

void Biller::add_demand(const DemandRule& rule) {
  if (!rule.months.has(now_->month) || !part(*now_, rule.period).occurs) return;
  double const measured = demand_of(*now_, rule);
  double billed = measured;
  std::string note;
  auto const at_least = [&](double least, const std::string& why) {
    if (least <= billed) return;
    billed = least;
    note = fmt::format("{}; measured {:.3f}", why, measured);
  };
  if (rule.ratchet) {
    double highest = rule.ratchet->before / kilowatt;
    std::string of = "before the load begins";
    for (std::size_t i = number_ - std::min(number_, static_cast<std::size_t>(rule.ratchet->months)); i < number_; ++i) {
      double const demand = demand_of(months_[i], rule);
      if (!rule.ratchet->of.has(months_[i].month) || demand <= highest) continue;
      highest = demand;
      of = month_text(months_[i]);
    }
    at_least(rule.ratchet->share * highest, fmt::format("ratchet: {} of {:.3f} ({})", number_text(rule.ratchet->share), highest, of));
  }
  at_least(rule.minimum / kilowatt, "minimum demand");
  if (rule.minimum_take > 0) at_least(rule.minimum_take * contract_kw(), fmt::format("minimum take: {} of the contracted {}", number_text(rule.minimum_take), number_text(contract_kw())));
  if (rule.rate) add("demand", rule.name, billed, *rule.rate, 0, note);
  else add_tiers("demand", rule.name, billed, rule.tiers, 1, note);
}

double Biller::mean_kilo(std::int64_t from_ns, std::int64_t to_ns, const Rate& rate) const {
  double const seconds = Duration{to_ns - from_ns}.seconds(), power = load_.import_j_between(from_ns, to_ns) / seconds / 1000;
  if (!rate.is_of_apparent_power()) return power;
  if (!load_.has_reactive) return power / load_.power_factor.value_or(1);
  return std::hypot(power, load_.reactive_vas_between(from_ns, to_ns) / seconds / 1000);
}

void Biller::add_coincident(const CoincidentRule& rule) {
  if (!rule.months.has(now_->month)) return;
  auto const covered = [&](std::int64_t from_ns, std::int64_t to_ns) { return from_ns >= load_.rows.front().from_ns && to_ns <= load_.end_ns(); };
  std::int64_t const length_ns = rule.lasts > Duration{} ? rule.lasts.ns : tariff_.demand_interval.ns;
  CompensatedSum sum;
  int count = 0;
  for (auto const& moment : rule.moments) {
    std::int64_t const from_ns = (moment.unix_s - load_.start_s) * nanoseconds_per_second;
    if (moment.unix_s < now_->from_s || moment.unix_s >= now_->to_s || !covered(from_ns, from_ns + length_ns)) continue;
    sum.add(mean_kilo(from_ns, from_ns + length_ns, rule.rate));
    ++count;
  }
  if (count > 0) add("coincident", rule.name, sum.value() / count, rule.rate, 0, count > 1 ? fmt::format("mean over {} moments", count) : "");
  double highest = -1;
  for (auto const& day : rule.days) {
    if (day.month != now_->month || (day.year != 0 && day.year != now_->year) || day.day > days_of_month()) continue;
    for (int quarter = 0; quarter < quarters_of_day; ++quarter) {
      if (!rule.hours->set[static_cast<std::size_t>(quarter)]) continue;
      std::int64_t const from_ns = (zone_.moment(now_->year, day.month, day.day, quarter * 900) - load_.start_s) * nanoseconds_per_second;
      if (quarter * whole_seconds(900).ns % tariff_.demand_interval.ns == 0 && covered(from_ns, from_ns + tariff_.demand_interval.ns))
        highest = std::max(highest, mean_kilo(from_ns, from_ns + tariff_.demand_interval.ns, rule.rate));
    }
  }
  if (highest >= 0) add("coincident", rule.name, highest, rule.rate);
}

// Of a whole month its days, or 1 month; of a part its share.
double Biller::time_quantity(RateUnit unit) const {
  double const share = now_->is_whole() ? 1.0 : now_->covered();
  return unit == RateUnit::day ? share * days_of_month() : unit == RateUnit::year ? share / 12 : share;
}

void Biller::add_power_factor(const PowerFactorRule& rule) {
  Part const use = part(*now_, std::vector<std::string>{});
  double const allowed = use.import_kwh * std::sqrt(1 / (rule.limit * rule.limit) - 1);
  double const factor = use.import_kwh > 0 ? use.import_kwh / std::hypot(use.import_kwh, use.reactive_kvarh) : 1.0;
  add("power-factor", rule.name, std::max(0.0, use.reactive_kvarh - allowed), rule.rate, 0, fmt::format("power factor of the month {:.4f}, limit {}", factor, number_text(rule.limit)));
}

// The step that holds as the month begins.
double Biller::contract_kw() const {
  double power_kw = 0;
  for (auto const& step : tariff_.contract)
    if (!step.from || days_from_date(step.from->year, step.from->month, step.from->day) <= days_from_date(now_->year, now_->month, 1)) power_kw = step.power / kilowatt;
  return power_kw;
}

void Biller::add_minimum_take(const MinimumTakeRule& rule) {
  double const hours = static_cast<double>(now_->covered_ns) / 3.6e12, taken = part(*now_, std::vector<std::string>{}).import_kwh;
  double const least = rule.share * contract_kw() * hours;
  add("minimum-take", rule.name, std::max(0.0, least - taken), rule.rate, 0, fmt::format("not taken of {} kWh", number_text(least)));
}

void Biller::add_credit(const CreditRule& rule) {
  Part const use = part(*now_, rule.period);
  if (!rule.months.has(now_->month) || !use.occurs) return;
  double const quantity = rule.rate.is_of_time() ? time_quantity(rule.rate.unit) : rule.rate.is_of_energy() ? use.import_kwh : rule.rate.is_of_apparent_power() ? use.peak_kva : use.peak_kw;
  add("credit", rule.name, quantity, rule.rate);
}

void Biller::add_minimum_bill() {
  if (!tariff_.minimum_bill) return;
  CompensatedSum charged;
  for (auto const& line : out_->lines) charged.add(line.amount);
  double const least = time_quantity(tariff_.minimum_bill->unit) * tariff_.minimum_bill->amount;
  if (charged.value() < least) out_->lines.push_back({"Minimum bill", "minimum-bill", 0, 1, "month", least - charged.value(), least - charged.value(), fmt::format("up to {} {}", number_text(least), tariff_.currency)});
}

void Biller::add_tax(const TaxRule& rule) {
  CompensatedSum sum;
  for (auto const& line : out_->lines)
    if (line.section != "tax" && (rule.of.empty() || std::ranges::find(rule.of, line.rule) != rule.of.end())) sum.add(line.amount);
  out_->lines.push_back({rule.name, "tax", 0, sum.value(), tariff_.currency, rule.share, sum.value() * rule.share, ""});
}

BilledMonth Biller::month_bill(std::size_t month) {
  BilledMonth out;
  number_ = month;
  now_ = &months_[month];
  out_ = &out;
  out.year = now_->year;
  out.month = now_->month;
  out.is_whole = now_->is_whole();
  out.days = time_quantity(RateUnit::day);
  Part const all = part(*now_, std::vector<std::string>{});
  out.energy_kwh = all.import_kwh;
  out.export_kwh = all.export_kwh;
  out.peak_kw = all.peak_kw;
  for (auto const& rule : tariff_.energy) add_energy(rule);
  for (auto const& rule : tariff_.real_time) add_real_time(rule);
  for (auto const& rule : tariff_.demand) add_demand(rule);
  for (auto const& rule : tariff_.coincident) add_coincident(rule);
  for (auto const& rule : tariff_.fixed)
    if (rule.months.has(now_->month)) add("fixed", rule.name, time_quantity(rule.rate.unit), rule.rate);
  for (auto const& rule : tariff_.power_factor) add_power_factor(rule);
  for (auto const& rule : tariff_.minimum_take) add_minimum_take(rule);
  for (auto const& rule : tariff_.exported) {
    Part const use = part(*now_, rule.period);
    if (!rule.months.has(now_->month) || !use.occurs || use.export_kwh == 0) continue;
    Rate paid = rule.rate;
    paid.amount = -paid.amount;
    add("export", rule.name, use.export_kwh, paid);
  }
  for (auto const& rule : tariff_.credits) add_credit(rule);
  add_minimum_bill();
  for (auto const& rule : tariff_.taxes) add_tax(rule);
  CompensatedSum total;
  for (auto const& line : out.lines) total.add(line.amount);
  out.total = total.value();
  return out;
}

ElectricityBill Biller::bill() {
  ElectricityBill out{tariff_.name, tariff_.utility, tariff_.currency, zone_.name(), {}, 0, 0, 0, {}};
  CompensatedSum energy, exported, total;
  for (std::size_t i = 0; i < months_.size(); ++i) {
    out.months.push_back(month_bill(i));
    energy.add(out.months.back().energy_kwh);
    exported.add(out.months.back().export_kwh);
    total.add(out.months.back().total);
    if (!out.months.back().is_whole) out.notes.push_back(fmt::format("{} is a part of a month: {:.2f} of {} days; what is charged by time and blocks of energy count by it, demand counts whole", month_text(months_[i]), out.months.back().days, days_in_month(months_[i].year, months_[i].month)));
  }
  out.energy_kwh = energy.value();
  out.export_kwh = exported.value();
  out.total = total.value();
  if (load_.interval > tariff_.demand_interval)
    out.notes.push_back(fmt::format("the load is in intervals of {}; their means stand for the {} over which demand is measured", to_text(load_.interval), to_text(tariff_.demand_interval)));
  bool const asks_reactive = !tariff_.power_factor.empty() || std::ranges::any_of(tariff_.demand, [](const DemandRule& rule) {
    return rule.power_factor_limit || (rule.rate ? *rule.rate : rule.tiers.front().rate).is_of_apparent_power();
  });
  if (asks_reactive && !load_.has_reactive) out.notes.push_back(fmt::format("the load states no reactive power; its power factor is taken as {}", number_text(load_.power_factor.value_or(1))));
  return out;
}

void check_price(const TariffSpec& tariff, const MeteredLoad& load, const std::optional<DatedSeries>& price) {
  Location const where = tariff.where.file.empty() ? Location{tariff.name, 0, 0} : tariff.where;
  if (!price || price->empty()) throw InputError(where, fmt::format("real_time: '{}' charges the price of the hour, and no price is given", tariff.name), InputFault::missing);
  std::int64_t const begin_s = load.start_s, end_s = load.start_s + (load.end_ns() + nanoseconds_per_second - 1) / nanoseconds_per_second;
  auto const moment = [](std::int64_t unix_s) { return to_text(DateTime{unix_s, 0}); };
  if (price->begin_s() > begin_s) throw InputError(where, fmt::format("real_time: the price begins at {}, the load at {}", moment(price->begin_s()), moment(begin_s)));
  if (price->end_s < end_s) throw InputError(where, fmt::format("real_time: the price ends at {}, the load at {}", moment(price->end_s), moment(end_s)));
}

}  // namespace

std::vector<TariffLine> ElectricityBill::by_rule() const {
  std::vector<TariffLine> out;
  for (auto const& month : months)
    for (auto const& line : month.lines) {
      auto found = std::ranges::find_if(out, [&](const TariffLine& sum) { return sum.rule == line.rule && sum.section == line.section && sum.tier == line.tier; });
      if (found == out.end()) {
        out.push_back(line);
        out.back().note.clear();
        continue;
      }
      found->quantity += line.quantity;
      found->amount += line.amount;
      found->rate = found->quantity != 0 ? found->amount / found->quantity : 0;
    }
  return out;
}

ElectricityBill bill_of(const TariffSpec& tariff, const TimeZone& zone, const MeteredLoad& load, const std::optional<DatedSeries>& price) {
  bool const asks_price = !tariff.real_time.empty() && !load.rows.empty();
  if (asks_price) check_price(tariff, load, price);
  return Biller(tariff, zone, load, asks_price ? &*price : nullptr).bill();
}

TimeZone zone_of(const TariffSpec& tariff, const std::string& site_timezone) {
  return TimeZone::named(tariff.timezone.empty() ? site_timezone : tariff.timezone, tariff.where);
}

}  // namespace headroom
