#include "analysis/programmes/programme_running.h"

#include <fmt/format.h>

#include <map>

namespace headroom {
namespace {

constexpr double kwh_a_twh = 1e9;

class RunningMaker {
 public:
  RunningMaker(const ProgrammeSpec& programme, const BuildOut& build_out, const PurchaseLots& bought, const ElectricityCost& electricity)
      : programme_(programme), build_out_(build_out), bought_(bought), electricity_(electricity) {}

  ProgrammeRunning make() {
    auto const drivers = drivers_of(programme_);
    for (std::size_t i = 0; i < drivers.size(); ++i) add_driver(i, *drivers[i].driver);
    for (std::size_t kind = 0; kind < programme_.sites.size(); ++kind) add_site_kind(kind);
    for (auto& [name, cost] : costs_) out_.costs.push_back(std::move(cost));
    return std::move(out_);
  }

 private:
  void add_driver(std::size_t index, const DemandDriver& driver) {
    std::map<Payer, double> repair;    // of one unit, by who pays for what is repaired
    for (std::size_t i = 0; i < bought_.bill.lines.size(); ++i) {
      BillLine const& line = bought_.bill.lines[i];
      if (!bought_.origins[i].of_site && bought_.origins[i].index == index) repair[line.spending_class.payer.value_or(Payer::site)] += line.spending_class.maintenance * line.unit_price.mid;
    }
    Payer const payer = driver.buys.empty() ? Payer::site : driver.buys.front().payer;
    auto const shares = shares_of_driver(programme_, index);
    for (int year = programme_.years.first; year <= programme_.years.last; ++year) {
      DriverYear const& at = driver_year(build_out_, index, year);
      add_electricity({year, driver.name, "", payer, at.energy_twh * kwh_a_twh * electricity_.price_per_kwh, shares});
      for (auto const& [owner, of_one] : repair) add_repair({year, driver.name, "", owner, at.units * of_one, shares});
    }
  }

  void add_site_kind(std::size_t kind) {
    double built = 0, repair = 0;      // of all that are built
    for (auto const& tranche : build_out_.tranches)
      if (tranche.kind == kind) built += tranche.count;
    for (std::size_t i = 0; i < bought_.bill.lines.size(); ++i) {
      BillLine const& line = bought_.bill.lines[i];
      if (bought_.origins[i].of_site && bought_.origins[i].index == kind && !line.inside_building) repair += line.spending_class.maintenance * line.amount.mid;
    }
    std::string const& name = programme_.sites[kind].name;
    bool stood = false;
    for (int year = programme_.years.first; year <= programme_.years.last; ++year) {
      SiteYear const& at = site_year(build_out_, kind, year);
      if (at.in_service <= 0) continue;
      stood = true;
      auto const shares = shares_of_site(programme_, at);
      if (shares.back() > 0) out_.notes.push_back(fmt::format("{} has no work in {}: what is paid while it stands is of no sector", name, year));
      add_electricity({year, name, "", Payer::site, at.figure("facility_energy_twh") * kwh_a_twh * electricity_.price_per_kwh, shares});
      if (built > 0) add_repair({year, name, "", Payer::site, at.in_service * repair / built, shares});
    }
    if (stood && built <= 0) out_.notes.push_back(fmt::format("{}: none is built in these years, so what repair of those that stand costs is not known", name));
  }

  void add_electricity(YearlyRunning of) { add(std::move(of), "electricity", electricity_sector, electricity_.basis); }
  void add_repair(YearlyRunning of) { add(std::move(of), "repair", repair_sector, "maintenance of each class, of what stands"); }

  void add(YearlyRunning of, const char* cost, const SectorCodes& sector, const std::string& basis) {
    if (of.amount <= 0) return;
    of.cost = fmt::format("{} ({})", cost, to_text(of.payer));
    RunningCost& known = costs_.try_emplace(of.cost, RunningCost{of.cost, 0, of.payer, sector, basis}).first->second;
    if (of.year == programme_.years.last) known.per_year += of.amount;
    out_.years.push_back(std::move(of));
  }

  const ProgrammeSpec& programme_;
  const BuildOut& build_out_;
  const PurchaseLots& bought_;
  const ElectricityCost& electricity_;
  ProgrammeRunning out_;
  std::map<std::string, RunningCost> costs_;
};

}  // namespace

ProgrammeRunning programme_running(const ProgrammeSpec& programme, const BuildOut& build_out, const PurchaseLots& bought, const ElectricityCost& electricity) {
  return RunningMaker(programme, build_out, bought, electricity).make();
}

}  // namespace headroom
