// What a programme spends as text of at most 100 columns. Money is rounded to whole units, of large sums to millions, here.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/programmes/programme_spending.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

constexpr std::size_t most_materials = 20;
constexpr double a_million = 1e6, large = 1e9;

// A name of at most so many columns.
std::string short_name(const std::string& name, std::size_t width) { return name.size() <= width ? name : name.substr(0, width - 2) + ".."; }

class SpendingText {
 public:
  explicit SpendingText(const ProgrammeSpending& s) : s_(s) {
    double most = 0;
    for (auto const& row : s.rows) most += row.cash;
    if (most >= large) of_ = a_million;
  }

  std::string text() const {
    std::string out = fmt::format("Money in {}{} of {}\n", unit(), s_.money.currency, s_.money.year) + years() + sectors() + payers() + materials();
    out += fmt::format("\nOf first purchases {:.1f} % are assumptions, what moved prices to {} and to {} included\n", 100 * s_.bill.assumed_in_all(), s_.money.year, s_.money.country) + missing();
    out += knock_on_text(s_.knock_on, of_, unit()) + ratios_text("Named ratios of the table, of first purchases:", s_.knock_on.ratios, nullptr) + warnings_text(s_.knock_on.warnings);
    return out + (s_.notes.empty() ? "" : "\nNotes:\n" + bullets(s_.notes));
  }

 private:
  std::string unit() const { return of_ > 1 ? "million " : ""; }
  std::string money(double amount) const { return grouped(amount / of_); }

  std::string kinds(const std::map<SpendingKind, double>& of) const {
    double all = 0;
    std::string out;
    for (auto const& [kind, name] : names(SpendingKind{})) {
      auto const found = of.find(kind);
      double const amount = found == of.end() ? 0 : found->second;
      out += fmt::format(" {:>15}", money(amount));
      all += amount;
    }
    return out + fmt::format(" {:>15}", money(all));
  }

  // Production is a clock of its own; the shares of the product are of what is paid, and of value added by first purchases.
  std::string years() const {
    std::map<int, std::map<SpendingKind, double>> cash;
    for (auto const& row : s_.rows) cash[row.year][row.kind] += row.cash;
    std::string out = fmt::format("\n{:<8} {:>15} {:>15} {:>15} {:>15} {:>11} {:>12}\n", "paid in", "first", "again", "running", "all", "of product", "value added");
    for (auto const& [year, of] : cash) {
      std::string shares;
      for (auto const& p : s_.product)
        if (p.year == year) shares = fmt::format(" {:>9.3f} % {:>10.3f} %", 100 * p.cash_share, 100 * p.value_added_share);
      out += fmt::format("{:<8}{}{}\n", year, kinds(of), shares);
    }
    return out;
  }

  std::string sectors() const {
    std::vector<std::pair<std::string, std::map<SpendingKind, double>>> sectors;      // in the order of the rows
    for (auto const& row : s_.rows) {
      auto found = std::find_if(sectors.begin(), sectors.end(), [&](auto const& known) { return known.first == row.sector; });
      if (found == sectors.end()) found = sectors.insert(sectors.end(), {row.sector, {}});
      found->second[row.kind] += row.cash;
    }
    std::string out = fmt::format("\n{:<34} {:>15} {:>15} {:>15} {:>15}\n", "sector", "first", "again", "running", "all");
    for (auto const& [sector, of] : sectors) out += fmt::format("{:<34}{}\n", short_name(sector, 34), kinds(of));
    return out;
  }

  std::string payers() const {
    std::string out = fmt::format("\n{:<12} {:>15} {:>15} {:>15} {:>15} {:>15}\n", "who pays", "purchases", "running", "of banks", "of the market", "debt service");
    for (auto const& [payer, years] : s_.payers) {
      PayerYear const sum = sum_of(years);
      out += fmt::format("{:<12} {:>15} {:>15} {:>15} {:>15} {:>15}\n", to_text(payer), money(sum.purchases), money(sum.running), money(sum.bank), money(sum.market), money(sum.debt_service));
    }
    return out;
  }

  std::string materials() const {
    std::vector<const MaterialLine*> lines;
    for (auto const& m : s_.materials)
      if (m.amount + m.amount_again > 0) lines.push_back(&m);
    std::stable_sort(lines.begin(), lines.end(), [](auto const* a, auto const* b) { return a->amount + a->amount_again > b->amount + b->amount_again; });
    std::string out = fmt::format("\n{:<42} {:>24} {:>15} {:>15}\n", "most money goes to", "quantity", "first", "again");
    bool inside = false;
    for (std::size_t i = 0; i < std::min(most_materials, lines.size()); ++i) {
      MaterialLine const& m = *lines[i];
      inside = inside || m.inside_building;
      out += fmt::format("{:<42} {:>24} {:>15} {:>15}\n", short_name(m.what + ": " + m.spending_class, 40) + (m.inside_building ? " *" : ""), short_name(quantity_text(m.quantity, m.unit), 24), money(m.amount), money(m.amount_again));
    }
    if (lines.size() > most_materials) out += fmt::format("and {} more\n", lines.size() - most_materials);
    return out + (inside ? "* inside a building: its first purchase is in the building's price\n" : "");
  }

  std::string missing() const {
    std::string out = s_.bill.missing.empty() ? "" : "Without a price:\n";
    for (auto const& gap : s_.bill.missing) out += wrapped("  - ", fmt::format("{}, {}{}", gap.kind->key, gap.why, gap.inside_building ? "; inside the building's price" : "; NOT in any sum"));
    return out;
  }

  const ProgrammeSpending& s_;
  double of_ = 1;
};

}  // namespace

std::string to_table(const ProgrammeSpending& s) { return SpendingText(s).text(); }

}  // namespace headroom
