#include <fmt/format.h>

#include <algorithm>

#include "analysis/programmes/programme.h"
#include "base/errors.h"

namespace headroom {
namespace {

// A name of a file as a name in arithmetic, where `-` is minus.
std::string in_arithmetic(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class NamedFigures {
 public:
  explicit NamedFigures(const ProgrammeSpec& programme) : p_(programme), drivers_(drivers_of(programme)) {}

  void add(const std::string& name, double value, const std::string& unit, const std::string& meaning, const std::string& run = "", const std::string& key = "") {
    out_.push_back({in_arithmetic(name), value, unit, meaning, run, key});
  }

  void drivers(const BuildOut& build_out) {
    for (auto const& row : build_out.drivers) {
      DemandDriver const& driver = *drivers_[row.driver].driver;
      auto const put = [&](const char* what, double value, const std::string& unit, const char* meaning) { add(fmt::format("{}.{}.{}", what, driver.name, row.year), value, unit, fmt::format("{}: {}, {}", driver.name, meaning, row.year)); };
      put("units", row.units, driver.unit, "units in service");
      put("added", row.added, driver.unit, "units added");
      put("power_mw", row.mean_mw, "MW", "mean power at the units' own places");
      put("peak_mw", row.peak_mw, "MW", "highest hour at the units' own places");
      put("energy_twh", row.energy_twh, "TWh", "energy at the units' own places");
    }
  }

  void sites(const BuildOut& build_out) {
    for (auto const& row : build_out.sites) {
      std::string const& kind = p_.sites[row.kind].name;
      add(fmt::format("sites.{}.{}", kind, row.year), row.in_service, "sites", fmt::format("{} in service, {}", kind, row.year));
      for (auto const& figure : row.figures) add(fmt::format("{}.{}.{}", figure.name, kind, row.year), figure.value, figure.unit, fmt::format("{}: {}, {}", kind, figure.meaning, row.year), figure.run, figure.key);
    }
  }

  void totals(const BuildOut& build_out) {
    for (int year = p_.years.first; year <= p_.years.last; ++year) {
      YearTotals const t = totals_of(build_out, year);
      std::string runs, key;
      for (auto const& row : build_out.sites)
        for (auto const& figure : row.figures)
          if (row.year == year && figure.name == "facility_energy_twh") {
            runs += (runs.empty() ? "" : " ") + figure.run;
            key = figure.key;
          }
      add(fmt::format("data_centre_twh.{}", year), t.data_centre_twh, "TWh", fmt::format("drawn by all sites, {}", year), runs, key);
      add(fmt::format("data_centre_peak_mw.{}", year), t.data_centre_peak_mw, "MW", fmt::format("highest quarter hours of all kinds of site added up, {}", year));
      add(fmt::format("outside_twh.{}", year), t.outside_twh, "TWh", fmt::format("drawn by units at their own places, {}", year));
      add(fmt::format("outside_mw.{}", year), t.outside_mean_mw, "MW", fmt::format("mean power of units at their own places, {}", year));
    }
  }

  void money(const ProgrammeSpending& spending) {
    std::string const unit = fmt::format("{} of {}", p_.money.currency, p_.money.year);
    auto const cash_of = [&](const std::string& sector, int year) {
      double sum = 0;
      for (auto const& row : spending.rows)
        if ((sector.empty() || row.sector == sector) && (year == 0 || row.year == year)) sum += row.cash;
      return sum;
    };
    auto const put = [&](const std::string& suffix, const std::string& sector, int year, const std::string& meaning) {
      add("spending" + suffix, cash_of(sector, year), unit, "paid, purchases and running costs: " + meaning);
      add("first" + suffix, spending.first(sector, year), unit, "paid for what is bought first: " + meaning);
    };
    put(".all", "", 0, "all sectors, all years");
    for (auto const& sector : p_.sectors) put("." + sector.name, sector.name, 0, sector.name + ", all years");
    for (int year = p_.years.first; year <= p_.years.last; ++year) {
      put(fmt::format(".{}", year), "", year, fmt::format("all sectors, {}", year));
      for (auto const& sector : p_.sectors) put(fmt::format(".{}.{}", sector.name, year), sector.name, year, fmt::format("{}, {}", sector.name, year));
    }
    for (auto const& row : spending.product) {
      add(fmt::format("product_share.{}", row.year), row.cash_share, "", fmt::format("paid over gross product, {}", row.year));
      add(fmt::format("value_added_share.{}", row.year), row.value_added_share, "", fmt::format("value added at home by first purchases over gross product, {}", row.year));
    }
    auto const kind = spending.knock_on.kinds.find(SpendingKind::first);
    if (kind == spending.knock_on.kinds.end()) return;
    add("value_added.all", kind->second.value_added / spending.knock_on.to_table, unit, "value added at home by first purchases, all years");
    add("output.all", kind->second.output / spending.knock_on.to_table, unit, "output at home drawn by first purchases, all years");
    for (auto const& ratio : spending.knock_on.ratios) {
      if (ratio.name == "Type I home") add("type_1_home.all", ratio.value, "", ratio.meaning);
      if (ratio.name == "Type I all inputs") add("type_1_all.all", ratio.value, "", ratio.meaning);
    }
  }

  void counts() {
    add("sector_count", static_cast<double>(p_.sectors.size()), "sectors", "sectors of the programme");
    add("driver_count", static_cast<double>(drivers_.size()), "drivers", "drivers of the programme");
  }

  std::vector<NamedFigure> take() { return std::move(out_); }

 private:
  const ProgrammeSpec& p_;
  std::vector<DriverOfSector> drivers_;
  std::vector<NamedFigure> out_;
};

}  // namespace

std::vector<NamedFigure> named_figures(const ProgrammeSpec& programme, const BuildOut& build_out, const ProgrammeSpending& spending) {
  NamedFigures out(programme);
  out.counts();
  out.drivers(build_out);
  out.sites(build_out);
  out.totals(build_out);
  out.money(spending);
  return out.take();
}

YearTotals totals_of(const BuildOut& build_out, int year) {
  YearTotals out;
  for (auto const& row : build_out.sites) {
    if (row.year != year) continue;
    out.sites += row.in_service;
    out.racks += row.figure("racks");
    out.servers += row.figure("servers");
    out.data_centre_peak_mw += row.figure("facility_peak_mw");
    out.data_centre_twh += row.figure("facility_energy_twh");
    out.arriving_tbit_s += row.figure("arriving_tbit_s");
    out.turned_away = std::max(out.turned_away, row.turned_away);
  }
  for (auto const& row : build_out.drivers)
    if (row.year == year) {
      out.outside_mean_mw += row.mean_mw;
      out.outside_twh += row.energy_twh;
    }
  return out;
}

ProgrammeSpec only_drivers(const ProgrammeSpec& programme, const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (auto const& each : drivers_of(programme)) known.push_back(each.driver->name);
  for (auto const& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end()) throw InputError({"--only", 0, 0}, fmt::format("there is no driver '{}'{}; one of {}", name, nearest_hint(name, known), fmt::join(known, ", ")));
  ProgrammeSpec out = programme;
  out.ledger = "";
  for (auto& sector : out.sectors) std::erase_if(sector.drivers, [&](const DemandDriver& driver) { return std::find(names.begin(), names.end(), driver.name) == names.end(); });
  std::erase_if(out.sectors, [](const ProgrammeSector& sector) { return sector.drivers.empty(); });
  for (auto& site : out.sites) site.before = std::nullopt;
  return out;
}

}  // namespace headroom
