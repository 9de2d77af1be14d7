#include "analysis/programmes/read_programme.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/programmes/programme_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {
namespace {

constexpr double sums_to_one = 1e-9;

bool is_currency(std::string_view text) { return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }); }

template <class T>
std::vector<std::string> names_of(const std::vector<T>& items) {
  std::vector<std::string> out;
  for (auto const& item : items) out.push_back(item.name);
  return out;
}

bool same_name(std::string a, std::string b) {
  for (auto* name : {&a, &b}) std::replace(name->begin(), name->end(), '-', '_');
  return a == b;
}

bool contains(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

// What is wrong with a programme as a whole, each with its place.
class ProgrammeCheck {
 public:
  ProgrammeCheck(const ProgrammeSpec& programme, std::vector<Problem>& problems) : p_(programme), problems_(problems) {}

  void all() {
    plain_name("name", p_.name, p_.where);
    plain_names("sectors", p_.sectors);
    plain_names("sites", p_.sites);
    for (auto const& sector : p_.sectors) plain_names("drivers", sector.drivers);
    no_name_twice("sectors", p_.sectors, "sector");
    no_name_twice("sites", p_.sites, "kind of site");
    no_name_twice("shapes", p_.shapes, "shape");
    no_name_twice("latency_classes", p_.latency_classes, "latency class");
    no_name_twice("regions", p_.regions, "region");
    no_driver_twice();
    regions_sum();
    no_product_twice();
    for (auto const& site : p_.sites) check_site(site);
    for (auto const& sector : p_.sectors)
      for (auto const& driver : sector.drivers) check_driver(sector, driver);
  }

 private:
  void problem(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  // Names become parts of files' names and of figures' names, where `-` and `_` are the same.
  template <class T>
  void plain_names(const char* key, const std::vector<T>& items) {
    for (auto const& item : items) plain_name(key, item.name, item.where);
  }
  void plain_name(const std::string& key, const std::string& name, const Location& where) {
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    bool const year = name.size() == 4 && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!std::all_of(name.begin(), name.end(), fits) || year || name == "all" || name == "before") problem(where, fmt::format("{}: '{}' cannot be a name: letters, digits, - and _ only, no year, neither 'all' nor 'before'", key, name));
  }

  template <class T>
  void no_name_twice(const char* key, const std::vector<T>& items, const char* what) {
    for (std::size_t i = 0; i < items.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (same_name(items[k].name, items[i].name)) problem(items[i].where, fmt::format("{}: the {} '{}' is named twice; the first is in line {}", key, what, items[i].name, items[k].where.line));
  }

  void no_driver_twice() {
    auto const drivers = drivers_of(p_);
    for (std::size_t i = 0; i < drivers.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (same_name(drivers[k].driver->name, drivers[i].driver->name)) problem(drivers[i].driver->where, fmt::format("the driver '{}' is named twice; the first is in line {}", drivers[i].driver->name, drivers[k].driver->where.line));
  }

  void regions_sum() {
    double sum = 0;
    for (auto const& region : p_.regions) sum += region.share;
    if (!p_.regions.empty() && std::abs(sum - 1) > sums_to_one) problem(p_.regions.front().where, fmt::format("regions: the shares sum to {:.10g}, not to 1", sum));
  }

  void no_product_twice() {
    std::set<int> years;
    for (auto const& product : p_.gross_product)
      if (!years.insert(product.year).second) problem(product.where, fmt::format("gross_product: {} is there twice", product.year));
  }

  const SiteKind* kind_that_serves(const std::string& latency_class) const {
    for (auto const& site : p_.sites)
      if (contains(site.serves, latency_class)) return &site;
    return nullptr;
  }

  void check_site(const SiteKind& site) {
    if (site.before && *site.before != std::floor(*site.before)) problem(site.where, fmt::format("sites[{}].before: {} is no whole number of sites", site.name, number_text(*site.before)));
    for (auto const& name : site.serves) {
      if (!contains(names_of(p_.latency_classes), name)) problem(site.where, fmt::format("sites[{}].serves: there is no latency class '{}'{}", site.name, name, nearest_hint(name, names_of(p_.latency_classes))));
      else if (auto const* first = kind_that_serves(name); first != &site) problem(site.where, fmt::format("sites[{}].serves: '{}' is served by '{}' already; a class has one kind of site", site.name, name, first->name));
    }
    if (site.passes_to.empty()) return;
    auto const to = std::find_if(p_.sites.begin(), p_.sites.end(), [&](const SiteKind& other) { return other.name == site.passes_to; });
    if (to == p_.sites.end()) problem(site.where, fmt::format("sites[{}].passes_to: there is no kind of site '{}'{}", site.name, site.passes_to, nearest_hint(site.passes_to, names_of(p_.sites))));
    else if (&*to == &site) problem(site.where, fmt::format("sites[{}].passes_to: it passes to itself", site.name));
    else if (!to->passes_to.empty()) problem(site.where, fmt::format("sites[{}].passes_to: '{}' passes on itself, to '{}'; only one step is followed", site.name, to->name, to->passes_to));
  }

  void check_driver(const ProgrammeSector& sector, const DemandDriver& driver) {
    std::string const path = fmt::format("sectors[{}].drivers[{}]", sector.name, driver.name);
    check_years(driver, path);
    if (driver.shape != "flat" && !contains(names_of(p_.shapes), driver.shape)) {
      auto known = names_of(p_.shapes);
      known.push_back("flat");
      problem(driver.where, fmt::format("{}.shape: there is no shape '{}'{}", path, driver.shape, nearest_hint(driver.shape, known)));
    }
    for (auto const& share : driver.latency) {
      if (!contains(names_of(p_.latency_classes), share.latency_class)) problem(share.where, fmt::format("{}.latency: there is no latency class '{}'{}", path, share.latency_class, nearest_hint(share.latency_class, names_of(p_.latency_classes))));
      else if (kind_that_serves(share.latency_class) == nullptr) problem(share.where, fmt::format("{}.latency: no kind of site serves the latency class '{}'; add it to `serves` of one", path, share.latency_class));
    }
  }

  void check_years(const DemandDriver& driver, const std::string& path) {
    auto const& years = driver.counts.years;
    for (int year = p_.years.first; year <= p_.years.last; ++year) {
      if (years.contains(std::to_string(year))) continue;
      bool const later = years.upper_bound(std::to_string(year)) != years.end();
      if (!driver.counts.interpolate) problem(driver.counts.where, fmt::format("{}.counts: no figure for {}; add one, or say `interpolate: true` for a line between its neighbours", path, year));
      else if (!later) problem(driver.counts.where, fmt::format("{}.counts: no figure for {} and none after it; a line needs both ends", path, year));
    }
    for (auto const& [text, units] : years) {
      auto const year = reading::parse_whole(text);
      if (text.size() != 4 || std::holds_alternative<std::string>(year)) problem(driver.counts.where, fmt::format("{}.counts.years: '{}' is no year such as 2020", path, text));
      else if (auto const y = std::get<std::int64_t>(year); y < p_.years.first || y > p_.years.last) problem(driver.counts.where, fmt::format("{}.counts.years: {} is not among the years {} to {}; what stands before them is `before`", path, y, p_.years.first, p_.years.last));
    }
  }

  const ProgrammeSpec& p_;
  std::vector<Problem>& problems_;
};

}  // namespace

Parsed<AmountOfMoney> AmountOfMoney::parse(std::string_view text) {
  std::size_t const space = text.find(' ');
  auto const number = parse_number(text.substr(0, space));
  if (auto const* what = std::get_if<std::string>(&number)) return *what;
  std::string_view const currency = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  if (!is_currency(currency)) return fmt::format("expected {}, found '{}'", grammar, text);
  if (std::get<double>(number) <= 0) return fmt::format("{}; it must be above zero", text);
  return AmountOfMoney{std::get<double>(number), std::string(currency)};
}
std::string AmountOfMoney::text() const { return fmt::format("{} {}", number_text(amount), currency); }

void check(const ProgrammeYears& s, const std::string&, std::vector<Problem>& problems) {
  if (s.last < s.first) problems.push_back({s.where, fmt::format("years: the last, {}, is before the first, {}", s.last, s.first)});
  else if (s.last - s.first >= 60) problems.push_back({s.where, fmt::format("years: {} to {} are more than 60", s.first, s.last)});
}

void check(const ProgrammeMoney& s, const std::string&, std::vector<Problem>& problems) {
  if (!is_currency(s.currency)) problems.push_back({s.where, fmt::format("money.currency: '{}' is no currency; it is three capital letters", s.currency)});
}

void check(const LoadShape& s, const std::string& path, std::vector<Problem>& problems) {
  auto const factors = [&](const char* key, const std::vector<double>& values, std::size_t wanted) {
    if (values.empty()) return;
    if (values.size() != wanted) problems.push_back({s.where, fmt::format("{}.{}: {} factors, not {}", path, key, values.size(), wanted)});
    else if (std::all_of(values.begin(), values.end(), [](double v) { return v == 0; })) problems.push_back({s.where, fmt::format("{}.{}: all factors are 0", path, key)});
  };
  factors("day", s.day, 24);
  factors("week", s.week, 7);
  if (s.name == "flat") problems.push_back({s.where, fmt::format("{}: 'flat' is the shape without factors; call it otherwise", path)});
}

void check(const UnitWork& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.core_time == Duration{} && s.gpu_time == Duration{} && s.received.si() <= 0 && s.answered.si() <= 0) problems.push_back({s.where, fmt::format("{}: asks for nothing; give it core_time, gpu_time, received or answered", path)});
  if (s.kept.si() > 0 && !s.kept_for) problems.push_back({s.where, fmt::format("{}: says what is kept and not for how long; add kept_for", path)});
  if (s.kept_for && s.kept.si() <= 0) problems.push_back({s.where, fmt::format("{}: kept_for goes with kept", path)});
  if (s.passed_on > 0 && s.received.si() <= 0) problems.push_back({s.where, fmt::format("{}: passed_on is a share of what is received, and nothing is", path)});
}

void check(const UnitPurchase& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.price.mid.per != "unit") problems.push_back({s.price.where, fmt::format("{}.price: '{}' is not for one unit of the driver; write it as in '160000 CNY/unit'", path, s.price.mid.text())});
  double shares = 0;
  for (auto const& seller : s.sector) shares += seller.share;
  if (std::abs(shares - 1) > sums_to_one) problems.push_back({s.where, fmt::format("{}.sector: the shares sum to {:.10g}, not to 1", path, shares)});
}

void check(const UnitCounts& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.years.empty()) problems.push_back({s.where, fmt::format("{}.years: has no year", path)});
}

void check(const DemandDriver& s, const std::string& path, std::vector<Problem>& problems) {
  if (!s.work && !s.power && s.buys.empty()) problems.push_back({s.where, fmt::format("{}: asks for no work, draws no power and buys nothing; give it work, power or buys", path)});
  if (s.work && s.latency.empty()) problems.push_back({s.where, fmt::format("{}.latency: its work needs a latency class, which says at which kind of site it is done", path)});
  if (!s.work && !s.latency.empty()) problems.push_back({s.where, fmt::format("{}.latency: goes with work", path)});
  double shares = 0;
  for (auto const& share : s.latency) shares += share.share;
  if (!s.latency.empty() && std::abs(shares - 1) > sums_to_one) problems.push_back({s.latency.front().where, fmt::format("{}.latency: the shares sum to {:.10g}, not to 1", path, shares)});
  std::set<std::string> bought;
  for (auto const& purchase : s.buys)
    if (!bought.insert(purchase.name).second) problems.push_back({purchase.where, fmt::format("{}.buys: '{}' is there twice", path, purchase.name)});
}

void check(const ProgrammeSpec& s, const std::string&, std::vector<Problem>& problems) { ProgrammeCheck(s, problems).all(); }

ProgrammeSpec find_programme(const std::string& name_or_path, const std::vector<std::string>& settings) {
  auto const overrides = parse_overrides(settings);
  TreePtr const tree = read_yaml(find_mentioned_file(ProgrammeSpec::kind, name_or_path, {}));
  ReadContext context = file_context(settings.empty() ? nullptr : &overrides);
  return read_document<ProgrammeSpec>(*tree, context);
}

Json schema_of_programme() { return schema_document<ProgrammeSpec>(); }

}  // namespace headroom
