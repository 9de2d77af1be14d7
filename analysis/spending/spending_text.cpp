// Spending as text of at most 100 columns. Money is rounded to whole units here.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/spending/spend.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

constexpr std::size_t line_width = 100;
constexpr std::size_t most_sectors = 10;

std::string row(const std::string& name, const std::string& quantity, const Range& amount, const std::string& evidence) {
  std::string line = fmt::format("{:<24} {:>15} {:>14} {:>14} {:>14}  {}", name, quantity, grouped(amount.low), grouped(amount.mid), grouped(amount.high), evidence);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string missing_text(const MissingPrice& gap) {
  std::string const first = gap.elements.front().name, others = gap.elements.size() > 1 ? fmt::format(" and {} more", gap.elements.size() - 1) : "";
  return fmt::format("{} ({}{}): {}{}", gap.kind->key, first, others, gap.why, gap.inside_building ? "; inside the building's price" : "; NOT in the total");
}

std::string bill_text(const Bill& bill) {
  std::string const in = fmt::format("{} of {}", bill.money.currency, bill.money.year);
  std::string out = fmt::format("{:<24} {:>15} {:>14} {:>14} {:>14}  {}\n", in, "quantity", "low", "mid", "high", "evidence");
  bool inside = false;
  for (auto const& line : bill.lines) {
    inside = inside || line.inside_building;
    out += row(line.spending_class.name + (line.inside_building ? " *" : ""), quantity_text(line.quantity, line.unit), line.amount, to_text(line.spending_class.evidence));
  }
  out += "\n";
  for (auto const& [group, name] : names(SpendingGroup{}))
    if (Range const sum = bill.of(group); sum.high > 0) out += row(fmt::format("  {}{}", name, inside && (group == SpendingGroup::power_path || group == SpendingGroup::cooling) ? " *" : ""), "", sum, "");
  out += row("equipment (it+network)", "", bill.equipment(), "") + row(inside ? "total without *" : "total", "", bill.total(), "");
  out += "\nOf the total at mid prices:";
  for (auto const& [value, name] : names(FigureEvidence{}))
    if (double const share = bill.total_share(value); share > 0) out += fmt::format(" {:.1f} % {}", 100 * share, name);
  out += fmt::format("\nWith what moved prices to {} and to {} (indices, exchange, price levels): {:.1f} % assumption\n", bill.money.year, bill.money.country, 100 * bill.assumed_in_all());
  if (!bill.missing.empty()) {
    out += "\nWithout a price:\n";
    for (auto const& gap : bill.missing) out += wrapped("  - ", missing_text(gap));
  }
  return out + (bill.notes.empty() ? "" : "\nNotes:\n" + bullets(bill.notes));
}

std::string works_text(const Spending& s) {
  GridWorks const& w = *s.works;
  std::string text = fmt::format("{:.4g} kW ({}), {:.4g} kVA, at {:.4g} kV by {} circuits of {:.4g} km and {} transformers", w.draw / kilowatt, s.draw_of_contract ? "what the feeds' limits leave without the largest of them" : "the facility at nameplate",
                                 w.apparent / kilovolt_ampere, w.rung->voltage.si() / 1e3, w.circuits, w.way.si() / 1e3, w.transformers);
  if (w.plant != nullptr) text += fmt::format("; {:.4g} kW of {} for the system", w.generation / kilowatt, w.plant->name);
  return "\n" + wrapped("Grid: ", text);
}

std::string ranges_text(const std::vector<ReferenceRange>& ranges) {
  std::string out = "\nBeside what others have seen:\n";
  for (auto const& r : ranges) {
    std::string const verdict = r.inside() ? "inside" : r.value > r.high ? fmt::format("{:.3g} times the upper end", r.beyond()) : fmt::format("{:.3g} times the lower end", r.beyond());
    out += wrapped("  - ", fmt::format("{}: {:.3g} {}, {:.4g} to {:.4g} published: {}", r.name, r.value, r.unit, r.low, r.high, verdict));
  }
  return out;
}

std::string dates_text(const Schedule& s) {
  std::string out = fmt::format("\nOrders from {}; in service {}", day_text(s.today), day_text(s.in_service));
  if (!s.last.empty()) out += fmt::format(", held up by {}", s.last);
  if (s.wanted) {
    auto const late = (s.in_service - *s.wanted).count();
    out += late > 0 ? fmt::format("; wanted {}: {} days late", day_text(*s.wanted), late) : fmt::format("; wanted {}: in time", day_text(*s.wanted));
  }
  out += "\n";
  for (auto const& feed : s.feeds) out += fmt::format("  {} can exist from {}{}\n", feed.feed, day_text(feed.from), feed.last.empty() ? "" : fmt::format(" ({}, {:.4g} weeks)", feed.last, feed.weeks));
  return out;
}

std::string years_text(const Spending& s) {
  std::map<int, std::map<SpendingKind, double>> cash;
  std::map<int, double> service;
  for (auto const& y : s.schedule.years) cash[y.year][y.kind] += y.cash;
  for (auto const& [payer, years] : s.payers)
    for (auto const& y : years) service[y.year] += y.debt_service;
  std::string out = fmt::format("\n{:<8} {:>16} {:>16} {:>16} {:>16}   (paid, by year)\n", "year", "first fit", "refresh", "running", "debt service");
  for (auto const& [year, amount] : service)
    if (amount > 0) cash[year];
  for (auto& [year, of] : cash) out += fmt::format("{:<8} {:>16} {:>16} {:>16} {:>16}\n", year, grouped(of[SpendingKind::first]), grouped(of[SpendingKind::refresh]), grouped(of[SpendingKind::running]), grouped(service[year]));
  out += fmt::format("\n{:<12} {:>16} {:>16} {:>14} {:>14} {:>16}\n", "who pays", "purchases", "running", "of banks", "of the market", "debt service");
  for (auto const& [payer, years] : s.payers) {
    PayerYear const sum = sum_of(years);
    out += fmt::format("{:<12} {:>16} {:>16} {:>14} {:>14} {:>16}\n", to_text(payer), grouped(sum.purchases), grouped(sum.running), grouped(sum.bank), grouped(sum.market), grouped(sum.debt_service));
  }
  return out;
}

std::string monthly_text(const char* form, const MonthlyCosts& costs, const std::string& unit) {
  if (costs.lines.empty() || costs.total() <= 0) return "";
  std::string text = fmt::format("{} {}:", unit == "a month" ? grouped(costs.total()) : fmt::format("{:.4g}", costs.total()), unit);
  for (auto const& line : costs.lines) text += fmt::format(" {} {:.1f} %{}", line.name, 100 * line.amount / costs.total(), &line == &costs.lines.back() ? "" : ",");
  return wrapped(fmt::format("  in {}'s form ", form), text);
}

std::string ownership_text(const Ownership& o) {
  std::string out = "\nA year of service (annuities, and what is paid while it runs):\n" + wrapped("  ", o.use.basis);
  for (auto const& line : o.lines) out += fmt::format("  {:<28} {:>10}\n", line.name, grouped(line.per_year));
  out += fmt::format("  {:<28} {:>10}\n", "total", grouped(o.per_year));
  for (auto const& unit : o.units) out += wrapped(fmt::format("  a {:<20} {:>16.4g}  ", unit.name, unit.value), unit.meaning);
  out += monthly_text("Hamilton", o.hamilton, "a month") + monthly_text("Barroso", o.barroso, "a watt of IT and month");
  if (o.lost_work_in_run.value_or(0) > 0) out += fmt::format("  {:<22} {:>16}   in the run, not a year\n", "work lost by faults", grouped(*o.lost_work_in_run));
  return out;
}

std::string suppliers_text(const KnockOn& k) {
  std::string out = fmt::format("\n{:<36} {:>10} {:>16} {:>16} {:>16}\n", "imported purchases made at home", "foreign", "output at home", "value added", "imports");
  for (auto const& s : k.suppliers) out += fmt::format("{:<36} {:>8.1f} % {:>16} {:>16} {:>16}\n", fmt::format("{:.4g} %", 100 * s.substitution), 100 * s.foreign_share, grouped(s.effects.output), grouped(s.effects.value_added), grouped(s.effects.imports()));
  return out;
}

std::string draws_text(const BillDraws& draws) {
  std::string out = fmt::format("\n{} draws of all prices (Latin hypercube, seed {}):\n{:<48} {:>15} {:>15} {:>15}\n", draws.count, draws.seed, "", "P10", "P50", "P90");
  for (auto const& o : draws.outcomes)
    if (!o.is_ratio && o.spread.p90 > 0) out += fmt::format("{:<48} {:>15} {:>15} {:>15}\n", o.name, grouped(o.spread.p10), grouped(o.spread.p50), grouped(o.spread.p90));
  if (auto const* total = draws.find("total"); total != nullptr && !total->drivers.empty()) {
    out += "What moves the total most by itself (rank correlation; total with that price at its P10 and P90):\n";
    for (auto const& d : total->drivers) out += fmt::format("  {:<28} {:>6.2f} {:>16} {:>16}\n", d.name, d.rank_correlation, grouped(d.outcome_at_p10), grouped(d.outcome_at_p90));
  }
  return out;
}

}  // namespace

std::string grouped(double amount) {
  std::string const digits = fmt::format("{:.0f}", std::abs(amount));
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return (amount < 0 && digits != "0" ? "-" : "") + out;
}

std::string quantity_text(double quantity, const std::string& unit) {
  double const tenths = std::round(quantity * 10);
  bool const whole = quantity >= 1e6 || std::fmod(tenths, 10) == 0;
  return (whole ? grouped(std::round(quantity)) : fmt::format("{}.{:.0f}", grouped(std::floor(tenths / 10)), std::fmod(tenths, 10))) + " " + unit;
}

std::string wrapped(const std::string& head, const std::string& text) {
  std::string out, line = head;
  std::size_t at = 0;
  bool empty = true;
  while (at < text.size()) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    std::string const word = text.substr(at, end - at);
    if (!empty && line.size() + 1 + word.size() > line_width) {
      out += line + "\n";
      line = std::string(std::min<std::size_t>(head.size(), 4), ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
    at = end + 1;
  }
  return out + line + "\n";
}

PayerYear sum_of(const std::vector<PayerYear>& years) {
  PayerYear out;
  for (auto const& year : years) {
    out.purchases += year.purchases;
    out.running += year.running;
    out.own += year.own;
    out.bank += year.bank;
    out.market += year.market;
    out.debt_service += year.debt_service;
  }
  return out;
}

std::string bullets(const std::vector<std::string>& texts) {
  std::string out;
  for (auto const& text : texts) out += wrapped("  - ", text);
  return out;
}

std::string ratios_text(const std::string& head, const std::vector<Ratio>& ratios, const BillDraws* draws) {
  if (ratios.empty()) return "";
  std::string out = "\n" + head + "\n";
  std::vector<std::string> caveats;
  for (auto const& ratio : ratios) {
    std::string spread;
    if (draws != nullptr)
      for (auto const& outcome : draws->outcomes)
        if (outcome.is_ratio && outcome.name == ratio.name) spread = fmt::format(" ({:.3g} to {:.3g})", outcome.spread.p10, outcome.spread.p90);
    out += wrapped(fmt::format("  {} = {:.3f}{}: ", ratio.name, ratio.value, spread), ratio.meaning);
    for (auto const& caveat : ratio.caveats)
      if (std::find(caveats.begin(), caveats.end(), caveat) == caveats.end()) caveats.push_back(caveat);
  }
  return out + "Beside each of these ratios:\n" + bullets(caveats);
}

// What the table itself is warned of: entries below zero, closures that do not hold.
std::string warnings_text(const std::vector<std::string>& warnings) {
  constexpr std::size_t most = 3;
  std::string out = warnings.empty() ? "" : fmt::format("Warnings of the table, {} in all:\n", warnings.size());
  std::vector<std::string> shown;
  for (auto const& warning : warnings)
    if (shown.size() < most || warning.starts_with("no Type II")) shown.push_back(warning);
  return out + bullets(shown);
}

std::string knock_on_text(const KnockOn& k, double of, const std::string& unit) {
  auto const money = [&](double amount) { return grouped(amount / of); };
  std::string out = fmt::format("\nUpstream, {} ({}), {}{} of {}:\n", k.table, k.table_year, unit, k.currency, k.table_year);
  out += fmt::format("{:<12} {:>16} {:>16} {:>16} {:>16} {:>16}\n", "", "bought", "output at home", "value added", "wages", "imports");
  for (auto const& [kind, e] : k.kinds) out += fmt::format("{:<12} {:>16} {:>16} {:>16} {:>16} {:>16}\n", to_text(kind), money(e.demand), money(e.output), money(e.value_added), money(e.labour_income), money(e.imports()));
  for (auto const& [kind, e] : k.kinds)
    if (e.jobs) out += fmt::format("  {}: {} years of work\n", to_text(kind), grouped(*e.jobs));
  out += fmt::format("\n{:<48} {:>16} {:>16} {:>16}\n", "sectors that sell most for the first fit", "bought", "imported", "output at home");
  for (std::size_t i = 0; i < std::min(most_sectors, k.sectors.size()); ++i) {
    auto const& s = k.sectors[i];
    out += fmt::format("{:<48} {:>16} {:>16} {:>16}\n", (s.sector.code + " " + s.sector.name).substr(0, 48), money(s.demand), money(s.imported_at_once), money(s.output));
  }
  return out;
}

std::string to_table(const Spending& s) {
  std::string out = fmt::format("What {} makes somebody buy\n\n", s.site) + bill_text(s.bill);
  if (s.works) out += works_text(s);
  if (!s.ranges.empty()) out += ranges_text(s.ranges);
  out += dates_text(s.schedule) + years_text(s) + ownership_text(s.ownership);
  out += ratios_text("Named ratios K, at mid prices (P10 to P90 of the draws):", s.k_ratios, &s.draws);
  out += knock_on_text(s.knock_on) + suppliers_text(s.knock_on);
  out += ratios_text("Named ratios of the table, of the first fit:", s.knock_on.ratios, nullptr) + warnings_text(s.knock_on.warnings);
  out += draws_text(s.draws);
  return out;
}

}  // namespace headroom
