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
  NamedFigures(const ProgrammeSpec& programme, const BuildOut& build_out) : p_(programme), build_out_(build_out), drivers_(drivers_of(programme)) {}

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
      add(fmt::format("kept_pb.{}.{}", kind, row.year), row.kept_pb, "PB", fmt::format("{}: to be kept, {}", kind, row.year));
      for (auto const& figure : row.figures) add(fmt::format("{}.{}.{}", figure.name, kind, row.year), figure.value, figure.unit, fmt::format("{}: {}, {}", kind, figure.meaning, row.year), figure.run, figure.key);
    }
  }

  void totals(const BuildOut& build_out) {
    for (int year = p_.years.first; year <= p_.years.last; ++year) {
      YearTotals const t = totals_of(p_, build_out, year);
      auto const read_from = [&](const char* name) {
        std::pair<std::string, std::string> out;
        for (auto const& row : build_out.sites)
          for (auto const& figure : row.figures)
            if (row.year == year && figure.name == name) out = {out.first + (out.first.empty() ? "" : " ") + figure.run, figure.key};
        return out;
      };
      auto const [week, energy] = read_from("facility_energy_twh");
      auto const [busiest, peak] = read_from("facility_peak_mw");
      add(fmt::format("data_centre_twh.{}", year), t.data_centre_twh, "TWh", fmt::format("drawn by all sites, {}", year), week, energy);
      add(fmt::format("data_centre_peak_mw.{}", year), t.data_centre_peak_mw, "MW", fmt::format("highest quarter hours of all kinds of site added up, {}", year), busiest, peak);
      add(fmt::format("outside_twh.{}", year), t.outside_twh, "TWh", fmt::format("drawn by units at their own places, {}", year));
      add(fmt::format("outside_mw.{}", year), t.outside_mean_mw, "MW", fmt::format("mean power of units at their own places, {}", year));
    }
  }

  void money(const ProgrammeSpending& spending) {
    std::string const unit = fmt::format("{} of {}", p_.money.currency, p_.money.year);
    auto const put = [&](const std::string& suffix, const std::string& sector, int from, int to, const std::string& meaning) {
      double all = 0, first = 0;
      for (auto const& row : spending.rows)
        if ((sector.empty() || row.sector == sector) && row.year >= from && row.year <= to) {
          all += row.cash;
          first += row.kind == SpendingKind::first ? row.cash : 0;
        }
      auto const [runs, key] = sizes_of(sector);
      add("spending" + suffix, all, unit, "paid, purchases and running costs: " + meaning, runs, key);
      add("first" + suffix, first, unit, "paid for what is bought first: " + meaning, runs, key);
    };
    int const begin = p_.years.first, end = p_.years.last;
    put(".all", "", begin, end, "all sectors, all years of the programme");
    put(".before", "", 0, begin - 1, fmt::format("all sectors, before {}", begin));
    for (auto const& sector : p_.sectors) put("." + sector.name, sector.name, begin, end, sector.name + ", all years of the programme");
    for (int year = begin; year <= end; ++year) {
      put(fmt::format(".{}", year), "", year, year, fmt::format("all sectors, {}", year));
      for (auto const& sector : p_.sectors) put(fmt::format(".{}.{}", sector.name, year), sector.name, year, year, fmt::format("{}, {}", sector.name, year));
      double added = 0;
      for (auto const& line : spending.materials)
        if (auto const found = line.amount_by_year.find(year); found != line.amount_by_year.end() && !line.inside_building) added += found->second;
      add(fmt::format("added_value.{}", year), added, unit, fmt::format("what the units and sites cost that {} adds, whenever they are paid for", year));
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

  // The runs by which a sector's sites are counted and sized; "" where it has none.
  std::pair<std::string, std::string> sizes_of(const std::string& sector) const {
    std::string runs;
    for (auto const& row : build_out_.sites)
      for (auto const& figure : row.figures) {
        bool works = figure.name == "facility_peak_mw" && sector.empty();
        for (std::size_t i = 0; i < row.sector_shares.size(); ++i) works = works || (figure.name == "facility_peak_mw" && p_.sectors[i].name == sector && row.sector_shares[i] > 0);
        if (works) runs += (runs.empty() ? "" : " ") + figure.run;
      }
    return {runs, runs.empty() ? "" : "power.facility_power_peak_15min_kw"};
  }

  void counts() {
    add("sector_count", static_cast<double>(p_.sectors.size()), "sectors", "sectors of the programme");
    add("driver_count", static_cast<double>(drivers_.size()), "drivers", "drivers of the programme");
  }

  std::vector<NamedFigure> take() { return std::move(out_); }

 private:
  const ProgrammeSpec& p_;
  const BuildOut& build_out_;
  std::vector<DriverOfSector> drivers_;
  std::vector<NamedFigure> out_;
};

}  // namespace

std::vector<NamedFigure> named_figures(const ProgrammeSpec& programme, const BuildOut& build_out, const ProgrammeSpending& spending) {
  NamedFigures out(programme, build_out);
  out.counts();
  out.drivers(build_out);
  out.sites(build_out);
  out.totals(build_out);
  out.money(spending);
  return out.take();
}

YearTotals totals_of(const ProgrammeSpec& programme, const BuildOut& build_out, int year) {
  YearTotals out;
  for (auto const& row : build_out.sites) {
    if (row.year != year) continue;
    out.sites += row.in_service;
    out.racks += row.figure("racks");
    out.servers += row.figure("servers");
    out.data_centre_peak_mw += row.figure("facility_peak_mw");
    out.data_centre_twh += row.figure("facility_energy_twh");
    out.from_users_tbit_s += row.figure(fmt::format("peak_from_{}_tbit_s", programme.sites[row.kind].users));
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
