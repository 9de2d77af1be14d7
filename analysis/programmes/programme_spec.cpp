#include "analysis/programmes/programme_spec.h"

#include <algorithm>
#include <chrono>

#include "analysis/spending/purchase_years.h"

namespace headroom {

std::vector<DriverOfSector> drivers_of(const ProgrammeSpec& programme) {
  std::vector<DriverOfSector> out;
  for (std::size_t i = 0; i < programme.sectors.size(); ++i)
    for (auto const& driver : programme.sectors[i].drivers) out.push_back({i, &driver});
  return out;
}

MoneySpec money_of(const ProgrammeSpec& programme) {
  ProgrammeMoney const& money = programme.money;
  ProgrammeYears const& years = programme.years;
  MoneySpec out;
  out.currency = money.currency;
  out.year = money.year;
  out.today = money.today ? *money.today : DateTime{std::chrono::seconds{first_of(years.first).time_since_epoch()}.count(), 0};
  out.horizon = years.last - years.first + 1 + 20;      // lead times are held against it
  out.electricity_price = money.electricity_price;
  out.it_owner = money.it_owner;
  out.economy = money.economy;
  out.substitution = money.substitution;
  out.financing = money.financing;
  out.where = money.where;
  return out;
}

double units_in(const DemandDriver& driver, const ProgrammeSpec& programme, int year) {
  if (year < programme.years.first) return driver.counts.before;
  auto const& years = driver.counts.years;
  if (auto const found = years.find(std::to_string(year)); found != years.end()) return found->second;
  auto const after = years.upper_bound(std::to_string(year));       // years have four digits: their texts sort as they do
  expects(driver.counts.interpolate && after != years.end(), "the reader has seen that there is a figure or a line");
  int const from = after == years.begin() ? programme.years.first - 1 : std::stoi(std::prev(after)->first), to = std::stoi(after->first);
  double const begin = after == years.begin() ? driver.counts.before : std::prev(after)->second;
  return begin + (after->second - begin) * (year - from) / (to - from);
}

}  // namespace headroom
