#include "analysis/programmes/programme_spending.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "analysis/programmes/programme_running.h"
#include "analysis/spending/purchase_years.h"
#include "analysis/spending/spending_parts.h"
#include "base/sum.h"

namespace headroom {
namespace {

ElectricityCost price_of_electricity(const ProgrammeSpec& programme, const SpendingTables& tables, const PriceTeller& teller) {
  ElectricityCost out = electricity_cost(money_of(programme), {}, &tables.country, teller);
  if (programme.money.electricity_price) out.basis = "money.electricity_price of the programme";
  return out;
}

// Rows of the schedule, and the same money by sector of the programme.
class ProgrammeBook {
 public:
  explicit ProgrammeBook(const ProgrammeSpec& programme) : programme_(programme) {}

  void add(const YearlySpending& row, const std::string& what, const std::string& spending_class, const std::vector<double>& sector_shares) {
    if (row.year > programme_.years.last) {
      due_later_.add(row.cash);
      return;
    }
    years_.add(row);
    for (std::size_t i = 0; i < sector_shares.size(); ++i) {
      if (sector_shares[i] <= 0) continue;
      std::string const& sector = i < programme_.sectors.size() ? programme_.sectors[i].name : no_sector;
      ProgrammeRow& at = rows_.try_emplace({row.year, i, what, spending_class, row.kind, row.payer}, ProgrammeRow{row.year, sector, what, spending_class, row.group, row.kind, row.payer}).first->second;
      at.cash += sector_shares[i] * row.cash;
      at.production += sector_shares[i] * row.production;
    }
  }

  std::vector<ProgrammeRow> rows() const {
    std::vector<ProgrammeRow> out;
    for (auto const& [key, row] : rows_) out.push_back(row);
    return out;
  }
  std::vector<YearlySpending> years() const { return years_.rows(); }
  double due_later() const { return due_later_.value(); }

 private:
  const ProgrammeSpec& programme_;
  YearBook years_;
  std::map<std::tuple<int, std::size_t, std::string, std::string, SpendingKind, Payer>, ProgrammeRow> rows_;
  CompensatedSum due_later_;
};

// What is ordered when, lot by lot; the first of each that comes later than wanted is told.
class Buyer {
 public:
  Buyer(const ProgrammeSpec& programme, const PurchaseLots& bought, ProgrammeBook& book, ProgrammeSpending& out)
      : years_(programme.years), of_it_(payer_of_it(money_of(programme))), bought_(bought), book_(book), out_(out), late_(bought.bill.lines.size(), false) {
    for (std::size_t i = 0; i < bought.bill.lines.size(); ++i) {
      BillLine const& line = bought.bill.lines[i];
      out.materials.push_back({bought.origins[i].what, bought.origins[i].spending_class, to_text(line.group), line.unit, 0, 0, 0, 0, line.inside_building, {}, {}});
    }
  }

  void buy(const PurchaseLot& lot) {
    Day const first = std::max(lot.wanted, later(std::max(out_.schedule.today, lot.earliest_order), lot.lead_days));
    tell_late(lot, first);
    MaterialLine& material = out_.materials[lot.line];
    material.quantity += lot.quantity;
    material.amount += lot.amount;
    material.quantity_by_year[lot.wanted_year] += lot.quantity;
    material.amount_by_year[lot.wanted_year] += lot.amount;
    for (auto const& delivery : dates(lot, first)) {
      bool const again = delivery.kind == SpendingKind::refresh;
      double const share = again ? standing(lot, year_of(delivery.day)) : 1;
      if (share <= 0) continue;
      add({lot.line, delivery.kind, later(delivery.day, -lot.lead_days), delivery.day, std::max(delivery.day, lot.wanted), lot.amount * share}, lot);
      if (!again) continue;
      material.again += lot.quantity * share;
      material.amount_again += lot.amount * share;
    }
  }

 private:
  std::vector<Delivery> dates(const PurchaseLot& lot, Day first) const {
    double const life = bought_.bill.lines[lot.line].spending_class.life.value;
    expects(life > 0, "what is bought has a life");
    Day const until = out_.schedule.until;
    return lot.building_years ? deliveries_inside(first, life, *lot.building_years, until, in_calendar_years) : deliveries(first, life, until, in_calendar_years);
  }

  double standing(const PurchaseLot& lot, int year) const { return lot.standing.empty() ? 1.0 : lot.standing[static_cast<std::size_t>(year - years_.first)]; }

  void add(Purchase purchase, const PurchaseLot& lot) {
    LineOrigin const& origin = bought_.origins[lot.line];
    YearBook of_one;
    add_purchase(purchase, bought_.bill.lines[lot.line], of_it_, lot.paid_by_utility, of_one);
    for (auto const& row : of_one.rows()) book_.add(row, origin.what, origin.spending_class, lot.sector_shares);
    out_.schedule.purchases.push_back(std::move(purchase));
  }

  void tell_late(const PurchaseLot& lot, Day first) {
    if (first <= lot.wanted || lot.building_years || late_[lot.line]) return;
    late_[lot.line] = true;
    out_.notes.push_back(fmt::format("{}, wanted on {}, is delivered {} days later: orders go out from {}, it takes {:.4g} weeks", bought_.bill.lines[lot.line].spending_class.name, day_text(lot.wanted), (first - lot.wanted).count(),
                                     day_text(out_.schedule.today), lot.lead_days / 7));
  }

  ProgrammeYears years_;
  Payer of_it_;
  const PurchaseLots& bought_;
  ProgrammeBook& book_;
  ProgrammeSpending& out_;
  std::vector<bool> late_;
};

void run(const ProgrammeRunning& running, ProgrammeBook& book) {
  for (auto const& row : running.years)
    book.add({row.year, row.cost, "running", SpendingKind::running, row.payer, YearlySpending::npos, row.amount, row.amount}, row.what, row.cost, row.sector_shares);
}

double paid_by_utilities(const std::vector<ProgrammeRow>& rows) {
  CompensatedSum out;
  for (auto const& row : rows)
    if (row.payer == Payer::utility && row.kind != SpendingKind::running) out.add(row.cash);
  return out.value();
}

std::vector<ProductShare> product_shares(const ProgrammeSpec& programme, const ProgrammeSpending& spending, const Rates& rates) {
  std::vector<ProductShare> out;
  for (auto const& of : programme.gross_product) {
    if (of.year < programme.years.first || of.year > programme.years.last) continue;
    double const product = rates.convert(of.amount.amount, {of.amount.currency, of.year}, {spending.money.currency, spending.money.year}, of.where);
    double value_added = 0;            // in the table's money
    for (auto const& year : spending.knock_on.years)
      if (year.year == of.year && year.kind == SpendingKind::first) value_added += year.effects.value_added;
    out.push_back({of.year, product, spending.cash(of.year) / product, value_added / spending.knock_on.to_table / product});
  }
  std::sort(out.begin(), out.end(), [](const ProductShare& a, const ProductShare& b) { return a.year < b.year; });
  return out;
}

}  // namespace

double ProgrammeSpending::cash(int year) const {
  CompensatedSum out;
  for (auto const& row : rows)
    if (year == 0 || row.year == year) out.add(row.cash);
  return out.value();
}

double ProgrammeSpending::first(const std::string& sector, int year) const {
  CompensatedSum out;
  for (auto const& row : rows)
    if (row.kind == SpendingKind::first && (sector.empty() || row.sector == sector) && (year == 0 || row.year == year)) out.add(row.cash);
  return out.value();
}

void check_purchases(const ProgrammeSpec& programme, const SpendingTables& tables) {
  PriceTeller const teller({programme.money.currency, programme.money.year, tables.country.country}, tables.rates);
  price_of_electricity(programme, tables, teller);
  for (auto const& [sector, driver] : drivers_of(programme))
    for (auto const& purchase : driver->buys) {
      line_of_unit(*driver, purchase, teller);
      for (auto const& seller : purchase.sector) sector_index(tables.economy, seller);
    }
  for (auto const& of : programme.gross_product)
    if (of.year >= programme.years.first && of.year <= programme.years.last) tables.rates.convert_factor({of.amount.currency, of.year}, {programme.money.currency, programme.money.year}, of.where);
}

ProgrammeSpending programme_spending(const ProgrammeSpec& programme, const SpendingTables& tables, const BuildOut& build_out) {
  PriceTeller const teller({programme.money.currency, programme.money.year, tables.country.country}, tables.rates);
  PurchaseLots bought = purchase_lots(programme, build_out, teller);
  ProgrammeSpending out;
  out.money = teller.money();
  out.schedule.in_service = first_of(programme.years.first);
  out.schedule.today = programme.money.today ? day_of(*programme.money.today) : out.schedule.in_service;
  out.schedule.until = first_of(programme.years.last + 1);
  out.notes = bought.notes;
  ProgrammeBook book(programme);
  Buyer buyer(programme, bought, book, out);
  for (auto const& lot : bought.lots) buyer.buy(lot);
  ProgrammeRunning running = programme_running(programme, build_out, bought, price_of_electricity(programme, tables, teller));
  run(running, book);
  out.notes.insert(out.notes.end(), running.notes.begin(), running.notes.end());
  if (book.due_later() > 0) out.notes.push_back(fmt::format("of what is bought, {} {} fall due after {} and are not told", grouped(book.due_later()), out.money.currency, programme.years.last));
  out.rows = book.rows();
  out.notes.push_back(fmt::format("nothing is ordered for years after {}: what is paid and made in the last years lacks the orders that would follow, and the value added of first purchases falls towards the end", programme.years.last));
  if (double const twice = paid_by_utilities(out.rows); twice > 0)
    out.notes.push_back(fmt::format("{} {} of purchases are the utilities', who get them back by the price of electricity, which is in the running costs in full: all that is paid has both", grouped(twice), out.money.currency));
  out.schedule.years = book.years();
  out.running = std::move(running.costs);
  out.bill = std::move(bought.bill);
  out.payers = paid_by(out.schedule, tables.financing);
  out.knock_on = knock_on({out.bill, out.schedule, out.running, tables.economy, tables.margins, &tables.country, programme.money.substitution, tables.rates});
  out.product = product_shares(programme, out, tables.rates);
  return out;
}

}  // namespace headroom
