#include "analysis/programmes/purchase_lots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/spending/purchase_years.h"

namespace headroom {
namespace {

class LotMaker {
 public:
  LotMaker(const ProgrammeSpec& programme, const BuildOut& build_out, const PriceTeller& teller) : programme_(programme), build_out_(build_out), teller_(teller) { out_.bill.money = teller.money(); }

  PurchaseLots make() {
    std::vector<Problem> problems;
    auto const drivers = drivers_of(programme_);
    for (std::size_t i = 0; i < drivers.size(); ++i)
      for (auto const& purchase : drivers[i].driver->buys) try {
          add_driver(i, *drivers[i].driver, purchase);
        } catch (const InputError& e) {
          problems.insert(problems.end(), e.problems().begin(), e.problems().end());
        }
    if (!problems.empty()) throw InputError(std::move(problems));
    for (std::size_t kind = 0; kind < programme_.sites.size(); ++kind) add_site_kind(kind);
    std::stable_sort(out_.lots.begin(), out_.lots.end(), [](const PurchaseLot& a, const PurchaseLot& b) { return a.line < b.line; });
    return std::move(out_);
  }

 private:
  void add_driver(std::size_t index, const DemandDriver& driver, const UnitPurchase& purchase) {
    BillLine line = line_of_unit(driver, purchase, teller_);
    std::size_t const at = out_.bill.lines.size();
    for (int year = programme_.years.first; year <= programme_.years.last; ++year) {
      double const added = driver_year(build_out_, index, year).added;
      if (added <= 0) continue;
      line.quantity += added;
      out_.lots.push_back({at, year, first_of(year), Day{}, added, added * line.unit_price.mid, lead_days(line.spending_class), {}, 0, shares_of_driver(programme_, index), standing(index, year)});
    }
    line.amount = line.unit_price * line.quantity;
    line.elements = {{driver.name, line.quantity, {}}};
    out_.origins.push_back({false, index, driver.name, purchase.name});
    out_.bill.lines.push_back(std::move(line));
  }

  // Of the units that `added_in` has added, in each year.
  std::vector<double> standing(std::size_t driver, int added_in) const {
    double const added = driver_year(build_out_, driver, added_in).added;
    double younger = 0;
    std::vector<double> out(static_cast<std::size_t>(programme_.year_count()), 1.0);
    for (int year = added_in + 1; year <= programme_.years.last; ++year) {
      DriverYear const& now = driver_year(build_out_, driver, year);
      younger += now.added;
      out[static_cast<std::size_t>(year - programme_.years.first)] = std::clamp((now.units - younger) / added, 0.0, 1.0);
    }
    return out;
  }

  void add_site_kind(std::size_t kind) {
    std::size_t const from = out_.bill.lines.size();
    for (auto const& tranche : build_out_.tranches)
      if (tranche.kind == kind && tranche.count > 0) add_tranche(tranche, from);
    for (std::size_t i = from; i < out_.bill.lines.size(); ++i) {
      BillLine& line = out_.bill.lines[i];
      if (line.quantity > 0) line.unit_price = line.amount * (1 / line.quantity);      // works in the grid differ from tranche to tranche
    }
  }

  void add_tranche(const SiteTranche& tranche, std::size_t from) {
    expects(tranche.bill.money.currency == out_.bill.money.currency && tranche.bill.money.year == out_.bill.money.year, "a site's bill is in the programme's money");
    SiteKind const& kind = programme_.sites[tranche.kind];
    auto const shares = shares_of_site(programme_, site_year(build_out_, tranche.kind, tranche.wanted_year));
    for (auto const& of_one : tranche.bill.lines) {
      std::size_t const at = line_for(of_one, tranche.kind, from);
      BillLine& line = out_.bill.lines[at];
      line.quantity += of_one.quantity * tranche.count;
      line.amount = line.amount + of_one.amount * tranche.count;
      line.elements.front().units += tranche.count;
      out_.lots.push_back({at, tranche.wanted_year, tranche.in_service, tranche.order, of_one.quantity * tranche.count, of_one.amount.mid * tranche.count, lead_days(of_one.spending_class),
                           of_one.inside_building ? tranche.bill.building_years() : std::nullopt, tranche.paid_by_utility, shares, {}});
    }
    for (auto const& gap : tranche.bill.missing) add_missing(gap, kind);
    for (auto const& note : tranche.bill.notes) add_note(fmt::format("{}: {}", kind.name, note));
  }

  // The line of that class and kind of site, begun where there is none.
  std::size_t line_for(const BillLine& of_one, std::size_t kind, std::size_t from) {
    for (std::size_t i = from; i < out_.bill.lines.size(); ++i)
      if (out_.origins[i].spending_class == of_one.spending_class.name) return i;
    std::string const& what = programme_.sites[kind].name;
    BillLine line = of_one;
    line.spending_class.name = what + ": " + of_one.spending_class.name;
    line.quantity = 0;
    line.amount = {};
    line.elements = {{what, 0, {}}};
    out_.bill.lines.push_back(std::move(line));
    out_.origins.push_back({true, kind, what, of_one.spending_class.name});
    return out_.bill.lines.size() - 1;
  }

  void add_missing(MissingPrice gap, const SiteKind& kind) {
    gap.why = fmt::format("{}: {}", kind.name, gap.why);
    for (auto const& known : out_.bill.missing)
      if (known.kind == gap.kind && known.why == gap.why) return;
    out_.bill.missing.push_back(std::move(gap));
  }
  void add_note(std::string note) {
    if (noted_.insert(note).second) out_.notes.push_back(std::move(note));
  }

  const ProgrammeSpec& programme_;
  const BuildOut& build_out_;
  const PriceTeller& teller_;
  PurchaseLots out_;
  std::set<std::string> noted_;
};

}  // namespace

BillLine line_of_unit(const DemandDriver& driver, const UnitPurchase& purchase, const PriceTeller& teller) {
  BillLine line;
  SpendingClass& made = line.spending_class;
  made.name = driver.name + ": " + purchase.name;
  made.count = {"programme_units"};
  static_cast<PriceRange&>(made.price) = purchase.price;
  made.price.year = purchase.year;
  made.price.country = purchase.country.empty() ? teller.money().country : purchase.country;
  made.index = purchase.index;
  made.life = purchase.life;
  made.maintenance = purchase.maintenance;
  made.lead_time = purchase.lead_time;
  made.payer = purchase.payer;
  made.sector = purchase.sector;
  made.evidence = purchase.evidence;
  made.source = purchase.source;
  made.where = purchase.where;
  line.group = SpendingGroup::outside;
  line.unit = driver.unit;
  ToldPrice told = teller.told(made, line.group);
  line.unit_price = told.range;
  line.moved_by = told.moved_by;
  line.rests_on = std::move(told.rests_on);
  return line;
}

PurchaseLots purchase_lots(const ProgrammeSpec& programme, const BuildOut& build_out, const PriceTeller& teller) { return LotMaker(programme, build_out, teller).make(); }

const DriverYear& driver_year(const BuildOut& build_out, std::size_t driver, int year) {
  auto const found = std::find_if(build_out.drivers.begin(), build_out.drivers.end(), [&](const DriverYear& d) { return d.driver == driver && d.year == year; });
  expects(found != build_out.drivers.end(), "the build-out tells of each driver in each year");
  return *found;
}

const SiteYear& site_year(const BuildOut& build_out, std::size_t kind, int year) {
  auto const found = std::find_if(build_out.sites.begin(), build_out.sites.end(), [&](const SiteYear& s) { return s.kind == kind && s.year == year; });
  expects(found != build_out.sites.end(), "the build-out tells of each kind of site in each year");
  return *found;
}

std::vector<double> shares_of_driver(const ProgrammeSpec& programme, std::size_t driver) {
  std::vector<double> out(programme.sectors.size() + 1, 0.0);
  out[drivers_of(programme)[driver].sector] = 1;
  return out;
}

std::vector<double> shares_of_site(const ProgrammeSpec& programme, const SiteYear& site) {
  expects(site.sector_shares.size() <= programme.sectors.size(), "a site has shares of the programme's sectors");
  std::vector<double> out(programme.sectors.size() + 1, 0.0);
  double sum = 0;
  for (std::size_t i = 0; i < site.sector_shares.size(); ++i) sum += out[i] = site.sector_shares[i];
  expects(sum == 0 || std::abs(sum - 1) < 1e-6, "the shares of a site's work are all of it");
  if (sum == 0) out.back() = 1;
  else
    for (double& share : out) share /= sum;
  return out;
}

}  // namespace headroom
