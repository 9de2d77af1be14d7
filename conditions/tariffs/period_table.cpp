#include "conditions/tariffs/period_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace headroom {
namespace {

constexpr int nobody = -1;

// "in July on a Monday from 12:00 to 18:00": from a slot on, as long as the same holds.
std::string hours_text(std::size_t slot, const std::vector<bool>& wrong) {
  int const quarter = static_cast<int>(slot % quarters_of_day), day = static_cast<int>(slot / quarters_of_day % 8), month = static_cast<int>(slot / quarters_of_day / 8) + 1;
  int end = quarter;
  while (end < quarters_of_day && wrong[slot + static_cast<std::size_t>(end - quarter)]) ++end;
  auto const all = std::ranges::count(wrong, true);
  return fmt::format("in {} on {} from {} to {}{}", month_name(month), day_name(day), clock_text(quarter), clock_text(end), all > end - quarter ? ", among others" : "");
}

// The period of one schedule by slot.
class Division {
 public:
  Division(const ScheduleSpec& schedule, int first, std::string path, std::vector<Problem>& problems)
      : schedule_(schedule), path_(std::move(path)), problems_(problems), owner_(PeriodTable::size, nobody) {
    for (std::size_t i = 0; i < schedule.periods.size(); ++i)
      for (auto const& hours : schedule.periods[i].when) claim(hours, first + static_cast<int>(i));
    for (std::size_t i = 0; i < schedule.periods.size(); ++i)
      if (schedule.periods[i].otherwise) std::ranges::replace(owner_, nobody, first + static_cast<int>(i));
    for (auto const& [pair, slots] : shared_)
      problem(fmt::format("periods '{}' and '{}' overlap {}", name(pair.first - first), name(pair.second - first), first_of(slots)));
  }

  // Days of the week alone where the tariff has no holidays.
  void check_whole(bool has_holidays) {
    std::vector<bool> left(PeriodTable::size, false);
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = owner_[i] == nobody && (has_holidays || i / quarters_of_day % 8 != holiday);
    if (std::ranges::find(left, true) != left.end()) problem(fmt::format("no period holds {}; add it, or a period with otherwise: true", first_of(left)));
  }

  const std::vector<int>& owner() const { return owner_; }

 private:
  void claim(const HoursOfYear& hours, int period) {
    for (int month = 1; month <= 12; ++month)
      for (int day = 0; day < 8; ++day)
        for (int quarter = 0; quarter < quarters_of_day; ++quarter)
          if (hours.months.has(month) && hours.days.has(day) && hours.hours.set[static_cast<std::size_t>(quarter)]) claim_slot(PeriodTable::slot(month, day, quarter), period);
  }
  void claim_slot(std::size_t slot, int period) {
    int& owner = owner_[slot];
    if (owner != nobody && owner != period) {
      auto& slots = shared_[{owner, period}];
      slots.resize(PeriodTable::size);
      slots[slot] = true;
    }
    owner = period;
  }
  static std::string first_of(const std::vector<bool>& slots) {
    return hours_text(static_cast<std::size_t>(std::ranges::find(slots, true) - slots.begin()), slots);
  }
  const std::string& name(int period) const { return schedule_.periods[static_cast<std::size_t>(period)].name; }
  void problem(const std::string& what) { problems_.push_back({schedule_.where, fmt::format("{}: {}", path_, what)}); }

  const ScheduleSpec& schedule_;
  std::string path_;
  std::vector<Problem>& problems_;
  std::vector<int> owner_;
  std::map<std::pair<int, int>, std::vector<bool>> shared_;
};

}  // namespace

const char* month_name(int month) {
  constexpr const char* names[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
  return names[month - 1];
}

std::vector<bool> PeriodTable::mixes_of(const std::vector<std::string>& periods) const {
  std::vector<bool> out(mixes.size(), periods.empty());
  for (std::size_t i = 0; i < mixes.size(); ++i)
    for (int period : mixes[i])
      if (std::ranges::find(periods, names[static_cast<std::size_t>(period)]) != periods.end()) out[i] = true;
  return out;
}

PeriodTable period_table(const TariffSpec& tariff, const std::string& path, std::vector<Problem>& problems) {
  PeriodTable table;
  std::vector<std::vector<int>> owners;
  for (auto const& schedule : tariff.schedules) {
    Division division(schedule, static_cast<int>(table.names.size()), fmt::format("{}{}schedules[{}]", path, path.empty() ? "" : ".", schedule.name), problems);
    division.check_whole(!tariff.holidays.empty());
    owners.push_back(division.owner());
    for (auto const& period : schedule.periods) table.names.push_back(period.name);
  }
  std::map<std::vector<int>, std::uint16_t> known;
  table.mix.resize(PeriodTable::size);
  std::vector<int> mix(owners.size());
  for (std::size_t slot = 0; slot < PeriodTable::size; ++slot) {
    for (std::size_t i = 0; i < owners.size(); ++i) mix[i] = std::max(owners[i][slot], 0);
    auto const [at, is_new] = known.try_emplace(mix, static_cast<std::uint16_t>(table.mixes.size()));
    if (is_new) table.mixes.push_back(mix);
    table.mix[slot] = at->second;
  }
  return table;
}

PeriodTable period_table(const TariffSpec& tariff) {
  std::vector<Problem> problems;
  PeriodTable table = period_table(tariff, "", problems);
  expects(problems.empty(), "a tariff is billed by once it is checked");
  return table;
}

}  // namespace headroom
