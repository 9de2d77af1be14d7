#include "analysis/programmes/plan_build_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/economy/read_input_output.h"
#include "analysis/programmes/run_figures.h"
#include "analysis/programmes/ways_out.h"
#include "analysis/spending/prices.h"
#include "analysis/spending/purchase_years.h"

namespace headroom {
namespace {

Day middle_of(int year) { return Day{std::chrono::year{year} / 7 / 1}; }
DateTime moment_of(Day day) {
  DateTime out;
  out.unix_s = std::chrono::seconds{day.time_since_epoch()}.count();
  return out;
}

// What one kind of site is asked for in one year, and what comes of it.
struct KindYear {
  int year = 0;
  std::size_t kind = 0;
  KindDemand demand;
  SitesNeeded needed;
  double wanted = 0, in_service = 0;   // sites: what the years up to this one need at the most; what stands
  Served served;
  std::vector<RunFigure> figures;      // none where nothing stands
  std::vector<RunFigure> sized_by;     // the same of the last round in which something stood: what one site that is to come must carry
};

class Planner {
 public:
  Planner(const ProgrammeSpec& programme, const std::vector<ReferenceSite>& sites, const SpendingTables& tables, const std::filesystem::path& folder, const MakeReferenceRuns& make)
      : p_(programme), sites_(sites), tables_(tables), folder_(folder), make_(make), teller_({programme.money.currency, programme.money.year, tables.country.country}, tables.rates) {}

  BuildOut plan() {
    BuildOut out;
    find_needs();
    for (auto& each : years_) each.in_service = each.wanted;
    for (out.rounds = 1;; ++out.rounds) {
      run_all();
      out.tranches = tranches();
      auto const standing = in_service(out.tranches);
      if (out.rounds == 1) check_first_year(out.tranches, standing);
      out.stands_still = standing == in_service_now();
      if (out.stands_still || out.rounds == most_rounds) break;
      for (std::size_t i = 0; i < years_.size(); ++i) years_[i].in_service = standing[i];
    }
    for (auto& each : years_)
      out.sites.push_back({each.year, each.kind, each.needed.count, each.in_service, each.needed.bound_by, each.served.turned_away, each.served.turned_away_peak_day, each.demand.kept_bytes() / 1e15, each.needed.sector_shares, std::move(each.figures)});
    for (auto const& row : out.sites)
      if (std::string const overload = overload_of(row.figures); !overload.empty()) out.notes.push_back(fmt::format("{} in {}: {}", sites_[row.kind].kind->name, row.year, overload));
    out.drivers = driver_years();
    return out;
  }

 private:
  KindYear& at(int year, std::size_t kind) { return years_[static_cast<std::size_t>(year - p_.years.first) * sites_.size() + kind]; }

  // Kinds that pass on come before those that they pass to.
  std::vector<std::size_t> in_order() const {
    std::vector<std::size_t> out;
    for (bool const passes_on : {true, false})
      for (std::size_t k = 0; k < sites_.size(); ++k)
        if (sites_[k].kind->passes_to.empty() != passes_on) out.push_back(k);
    return out;
  }

  void ask(int year, std::size_t kind) {
    std::vector<PassedOn> passed;
    for (std::size_t k = 0; k < sites_.size(); ++k)
      if (sites_[k].kind->passes_to == sites_[kind].kind->name) passed.push_back({sites_[k].kind, &at(year, k).demand, &at(year, k).served});
    at(year, kind).demand = demand_of(p_, *sites_[kind].kind, year, passed);
  }

  // What stands before the first year: as stated, or as the units of then need.
  std::vector<double> standing_before() const {
    std::vector<double> out(sites_.size());
    std::vector<KindDemand> demands(sites_.size());
    std::vector<Served> served(sites_.size());
    int const year = p_.years.first - 1;
    for (std::size_t const k : in_order()) {
      std::vector<PassedOn> passed;
      for (std::size_t other = 0; other < sites_.size(); ++other)
        if (sites_[other].kind->passes_to == sites_[k].kind->name) passed.push_back({sites_[other].kind, &demands[other], &served[other]});
      demands[k] = demand_of(p_, *sites_[k].kind, year, passed);
      out[k] = sites_[k].kind->before.value_or(sites_needed(p_, demands[k], sites_[k]).count);
      served[k] = served_by(demands[k], sites_[k], out[k]);
    }
    return out;
  }

  // As if every site stood in time.
  void find_needs() {
    before_ = standing_before();
    for (int year = p_.years.first; year <= p_.years.last; ++year)
      for (std::size_t k = 0; k < sites_.size(); ++k) {
        KindYear& each = years_.emplace_back();
        each.year = year;
        each.kind = k;
      }
    for (int year = p_.years.first; year <= p_.years.last; ++year)
      for (std::size_t const k : in_order()) {
        ask(year, k);
        KindYear& each = at(year, k);
        each.needed = sites_needed(p_, each.demand, sites_[k]);
        each.wanted = std::max(each.needed.count, year == p_.years.first ? before_[k] : at(year - 1, k).wanted);
        each.served = served_by(each.demand, sites_[k], each.wanted);
      }
  }

  void run_all() {
    std::vector<ReferenceRun> runs;
    for (int year = p_.years.first; year <= p_.years.last; ++year)
      for (std::size_t const k : in_order()) {
        KindYear& each = at(year, k);
        ask(year, k);
        each.served = served_by(each.demand, sites_[k], each.in_service);
        if (each.in_service <= 0) continue;
        for (auto const span : {RunSpan::week, RunSpan::peak_day}) runs.push_back(reference_run(sites_[k], k, year, span, each.demand, each.served, each.in_service));
      }
    make_(runs);
    for (auto& each : years_) {
      each.figures.clear();
      if (each.in_service <= 0) continue;
      each.figures = run_figures(folder_, sites_[each.kind].kind->name, each.year, each.in_service);
      each.sized_by = each.figures;
    }
  }

  // What a site of these years has to carry: the largest peaks of one, from the year in which it is wanted on.
  SiteNeeds needs_from(int year, std::size_t kind) {
    SiteNeeds out;
    for (; year <= p_.years.last; ++year) out.add(at(year, kind).sized_by);
    return out;
  }

  SiteTranche tranche(int wanted_year, std::size_t kind, double count) {
    ReferenceSite const& site = sites_[kind];
    SiteTranche out{kind, wanted_year, count, {}, {}, "", {}, 0};
    SiteNeeds const needs = needs_from(wanted_year, kind);
    out.bill = bill_of_site(site.site, site.graph, tables_, teller_, needs.facility_peak_kw).bill;
    size_ways_out(site.site, needs, out.bill);
    if (site.site.grid) out.paid_by_utility = site.site.grid->paid_by_utility.value_or(tables_.country.paid_by_utility);
    MoneySpec money = money_of(p_);
    Day const today = day_of(*money.today), wanted = first_of(wanted_year);
    out.order = std::max(today, later(wanted, -site.kind->plan_ahead * days_a_year));
    money.today = moment_of(out.order);
    money.in_service = moment_of(wanted);
    Schedule const schedule = make_schedule(out.bill, site.graph, money, out.paid_by_utility, {});
    out.in_service = schedule.in_service;
    out.last = schedule.in_service > wanted ? schedule.last : "";
    return out;
  }

  // Of a kind of which nothing ever stood in a round it is not known what one draws.
  std::vector<SiteTranche> tranches() {
    std::vector<SiteTranche> out;
    for (auto const& each : years_) {
      double const before = each.year == p_.years.first ? before_[each.kind] : at(each.year - 1, each.kind).wanted;
      if (each.wanted > before && needs_from(each.year, each.kind).facility_peak_kw > 0) out.push_back(tranche(each.year, each.kind, each.wanted - before));
    }
    return out;
  }

  std::vector<double> in_service(const std::vector<SiteTranche>& tranches) {
    std::vector<double> out;
    for (auto const& each : years_) {
      double standing = before_[each.kind];
      for (auto const& tranche : tranches)
        if (tranche.kind == each.kind && tranche.wanted_year <= each.year && tranche.in_service <= middle_of(each.year)) standing += tranche.count;
      out.push_back(standing);
    }
    return out;
  }

  std::vector<double> in_service_now() const {
    std::vector<double> out;
    for (auto const& each : years_) out.push_back(each.in_service);
    return out;
  }

  void check_first_year(const std::vector<SiteTranche>& tranches, const std::vector<double>& standing) const {
    std::vector<Problem> problems;
    for (auto const& tranche : tranches) {
      if (tranche.wanted_year != p_.years.first || standing[tranche.kind] >= years_[tranche.kind].wanted) continue;
      SiteKind const& kind = *sites_[tranche.kind].kind;
      problems.push_back({kind.where, fmt::format("sites[{}]: {} needs {:.0f} and {:.0f} stand before it; ordered on {}, the others are in service on {} ({}): say what stands (`before`), order earlier (`money.today`, `plan_ahead`), or begin with a later year", kind.name, tranche.wanted_year,
                                                  years_[tranche.kind].needed.count, before_[tranche.kind], day_text(tranche.order), day_text(tranche.in_service), tranche.last)});
    }
    if (!problems.empty()) throw InputError(std::move(problems));
  }

  std::vector<DriverYear> driver_years() const {
    std::vector<DriverYear> out;
    auto const drivers = drivers_of(p_);
    for (int year = p_.years.first; year <= p_.years.last; ++year)
      for (std::size_t i = 0; i < drivers.size(); ++i) {
        DemandDriver const& driver = *drivers[i].driver;
        double const units = units_in(driver, p_, year);
        DriverYear row{year, i, units, std::max(0.0, units - units_in(driver, p_, year - 1)), 0, 0, 0};
        if (driver.power) {
          LoadHours const factors = hour_factors(shape_of(p_, driver.shape));
          double const highest = *std::max_element(factors.begin(), factors.end()), follows = driver.power->follows;
          row.mean_mw = units * driver.power->mean.si() * 1e-6;
          row.peak_mw = row.mean_mw * (1 - follows + follows * highest);
          row.energy_twh = row.mean_mw * hours_of_a_year * 1e-6;
        }
        out.push_back(row);
      }
    return out;
  }

  const ProgrammeSpec& p_;
  const std::vector<ReferenceSite>& sites_;
  const SpendingTables& tables_;
  std::filesystem::path folder_;
  const MakeReferenceRuns& make_;
  PriceTeller teller_;
  std::vector<KindYear> years_;        // by year, then kind
  std::vector<double> before_;         // sites, by kind
};

}  // namespace

SpendingTables tables_of(const ProgrammeSpec& programme, const std::filesystem::path& prices) {
  MoneySpec const money = money_of(programme);
  SpendingTables tables = SpendingTables::read(money, Site{}, prices);
  tables.country = find_grid_costs(programme.country, programme.where);
  return tables;
}

BuildOut plan_build_out(const ProgrammeSpec& programme, const std::vector<ReferenceSite>& sites, const SpendingTables& tables, const std::filesystem::path& folder, const MakeReferenceRuns& make) {
  return Planner(programme, sites, tables, folder, make).plan();
}

}  // namespace headroom
