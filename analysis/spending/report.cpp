// Spending as JSON and as text. Money is rounded here and nowhere else: to cents in JSON, to whole units in text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/spending/prices.h"
#include "analysis/spending/spend.h"

namespace headroom {
namespace {

constexpr std::size_t line_width = 100;

double cents(double amount) { return std::round(amount * 100) / 100; }
double ten_thousandth(double ratio) { return std::round(ratio * 1e4) / 1e4; }

Json range_json(const Range& range) { return {{"low", cents(range.low)}, {"mid", cents(range.mid)}, {"high", cents(range.high)}}; }

Json elements_json(const std::vector<CountedElement>& elements) {
  Json out = Json::array();
  for (auto const& element : elements) out.push_back(element.name);
  return out;
}

std::string group_name(SpendingGroup group) {
  for (auto const& [candidate, name] : names(group))
    if (candidate == group) return name;
  return "";
}

Json line_json(const BillLine& line) {
  SpendingClass const& c = line.spending_class;
  Json out{{"class", c.name},         {"count", c.count.key},   {"group", group_name(line.group)}, {"quantity", line.quantity},
           {"unit", line.unit},       {"unit_price", range_json(line.unit_price)}, {"amount", range_json(line.amount)},
           {"currency", c.price.mid.currency}, {"year", c.money_year()}, {"life_years", c.life.value},
           {"evidence", to_text(c.evidence)}, {"range_evidence", to_text(c.range_evidence.value_or(c.evidence))}, {"source", c.source}, {"sector", c.sector.us_bea_summary},
           {"inside_building", line.inside_building}, {"elements", elements_json(line.elements)}};
  if (c.escalation) out["escalation"] = {{"factor", c.escalation->factor}, {"from_year", c.price.year}, {"to_year", c.escalation->year}, {"evidence", to_text(c.escalation->evidence)}, {"source", c.escalation->source}};
  if (c.lead_time) {
    Json weeks;
    if (c.lead_time->low) weeks["low"] = c.lead_time->low->value;
    if (c.lead_time->mid) weeks["mid"] = c.lead_time->mid->value;
    if (c.lead_time->high) weeks["high"] = c.lead_time->high->value;
    weeks["source"] = c.lead_time->source;
    out["lead_time_weeks"] = weeks;
  }
  return out;
}

Json ratio_json(const char* name, double value, const std::string& meaning, const std::vector<std::string>& caveats) { return {{"name", name}, {"value", ten_thousandth(value)}, {"meaning", meaning}, {"caveats", caveats}}; }

Json drawn_json(const Drawn& drawn, const std::vector<std::string>& caveats) {
  Json out{{"spent", cents(drawn.spent)}, {"output_home", cents(drawn.output_home)}, {"output_all_inputs", cents(drawn.output_all_inputs)},
           {"value_added_home", cents(drawn.value_added_home)}, {"imports", cents(drawn.imports)}};
  if (drawn.spent <= 0) return out;
  out["type_1_home"] = ratio_json("Type I home", drawn.output_home / drawn.spent, "output drawn at home per unit spent, the purchase included", caveats);
  out["type_1_all_inputs"] = ratio_json("Type I all inputs", drawn.output_all_inputs / drawn.spent, "output drawn per unit spent, imported inputs as if made at home, the purchase included", caveats);
  out["value_added_at_home"] = ratio_json("value added at home", drawn.value_added_home / drawn.spent, "value added at home per unit spent; the rest is imported inputs", caveats);
  return out;
}

// --- text ---

// 12,345,678
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
  std::string const whole = grouped(std::floor(quantity));
  int const tenth = static_cast<int>(std::floor((quantity - std::floor(quantity)) * 10));
  return (tenth > 0 && quantity < 1e6 ? fmt::format("{}.{}", whole, tenth) : whole) + " " + unit;
}

// Lines of at most line_width, the first after `head`, the others indented.
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

std::string row(const std::string& name, const std::string& quantity, const Range& amount, const std::string& evidence) {
  std::string line = fmt::format("{:<22} {:>16} {:>15} {:>15} {:>15}  {}", name, quantity, grouped(amount.low), grouped(amount.mid), grouped(amount.high), evidence);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string bullets(const std::vector<std::string>& texts) {
  std::string out;
  for (auto const& text : texts) out += wrapped("  - ", text);
  return out;
}

std::string price_text(const BillLine& line) {
  SpendingClass const& c = line.spending_class;
  Price const& p = c.price;
  std::string const unit = fmt::format("{}/{}", p.mid.currency, p.mid.per);
  Range const r = p.range();
  std::string price = r.low == r.high ? fmt::format("{} {}", number_text(r.mid), unit) : fmt::format("{} / {} / {} {}", number_text(r.low), number_text(r.mid), number_text(r.high), unit);
  price += fmt::format(" of {}", p.year);
  if (c.escalation) price += fmt::format(", x {} to {}", number_text(c.escalation->factor), c.escalation->year);
  return fmt::format("{}, {}: {}", price, to_text(c.evidence), c.source);
}

std::string missing_text(const MissingPrice& gap) {
  std::string const first = gap.elements.front().name, others = gap.elements.size() > 1 ? fmt::format(" and {} more", gap.elements.size() - 1) : "";
  return fmt::format("{} ({}{}): {}{}", gap.kind->key, first, others, gap.why, gap.inside_building ? "; inside the building's price" : "; NOT in the total");
}

std::string drawn_row(const std::string& name, const Drawn& drawn) {
  return fmt::format("{:<40} {:>16} {:>13.3f} {:>13.3f} {:>13.3f}\n", name.substr(0, 40), grouped(drawn.spent), drawn.output_home / drawn.spent, drawn.output_all_inputs / drawn.spent,
                     drawn.value_added_home / drawn.spent);
}

}  // namespace

Json to_json(const Bill& bill) {
  Json lines = Json::array(), missing = Json::array(), evidence = Json::object(), totals = Json::object();
  for (auto const& line : bill.lines) lines.push_back(line_json(line));
  for (auto const& gap : bill.missing)
    missing.push_back({{"count", gap.kind->key}, {"meaning", gap.kind->meaning}, {"why", gap.why}, {"inside_building", gap.inside_building}, {"elements", elements_json(gap.elements)}});
  for (auto const& [value, name] : names(Evidence{})) evidence[name] = ten_thousandth(bill.total_share(value));
  for (auto const& [value, name] : names(SpendingGroup{})) totals[name] = range_json(bill.of(value));
  totals["equipment"] = range_json(bill.equipment());
  totals["total"] = range_json(bill.total());
  Json out{{"currency", bill.currency}, {"money_years", bill.money_years}, {"lines", lines}, {"totals", totals}, {"evidence_share_of_total", evidence}, {"missing", missing}, {"notes", bill.notes}};
  if (auto const k1 = bill.k1())
    out["k1"] = {{"name", k1->name}, {"value", ten_thousandth(k1->mid_mid)}, {"mid_over_mid", ten_thousandth(k1->mid_mid)}, {"low_over_high", ten_thousandth(k1->low_high)}, {"high_over_low", ten_thousandth(k1->high_low)},
                 {"meaning", k1->meaning}, {"caveats", k1->caveats}};
  return out;
}

Json to_json(const Upstream& upstream) {
  Json groups = Json::object(), sectors = Json::array();
  for (auto const& [group, drawn] : upstream.groups) groups[group_name(group)] = drawn_json(drawn, upstream.caveats);
  for (auto const& entry : upstream.sectors) {
    Json sector = drawn_json(entry.drawn, upstream.caveats);
    sector["sector"] = entry.sector.code;
    sector["name"] = entry.sector.name;
    sectors.push_back(std::move(sector));
  }
  return {{"table", upstream.table}, {"table_year", upstream.year}, {"currency", upstream.currency}, {"total", drawn_json(upstream.total, upstream.caveats)},
          {"groups", groups}, {"sectors", sectors}, {"caveats", upstream.caveats}, {"warnings", upstream.warnings}};
}

Json to_json(const Spending& spending) { return {{"schema_version", 1}, {"site", spending.site}, {"bill", to_json(spending.bill)}, {"upstream", to_json(spending.upstream)}}; }

std::string to_table(const Bill& bill) {
  std::string out = fmt::format("{:<22} {:>16} {:>15} {:>15} {:>15}  {}\n", "class", "quantity", "low " + bill.currency, "mid " + bill.currency, "high " + bill.currency, "evidence");
  for (auto const& line : bill.lines)
    out += row(line.spending_class.name + (line.inside_building ? " *" : ""), quantity_text(line.quantity, line.unit), line.amount, to_text(line.spending_class.evidence));
  out += "\n";
  bool const inside = std::any_of(bill.lines.begin(), bill.lines.end(), [](const BillLine& l) { return l.inside_building; });
  for (auto const& [group, name] : names(SpendingGroup{}))
    if (Range const sum = bill.of(group); sum.mid > 0) out += row(fmt::format("  {}{}", name, inside && group == SpendingGroup::power_path ? " *" : ""), "", sum, "");
  out += row("equipment (it+network)", "", bill.equipment(), "") + row(inside ? "total without *" : "total", "", bill.total(), "");
  if (auto const k1 = bill.k1()) {
    out += fmt::format("\nK1 = {}: {:.2f} mid/mid, {:.2f} low/high, {:.2f} high/low\n", k1->meaning, k1->mid_mid, k1->low_high, k1->high_low);
    out += bullets(k1->caveats);
  }
  out += "\nOf the total at mid prices:";
  for (auto const& [value, name] : names(Evidence{}))
    if (double const share = bill.total_share(value); share > 0) out += fmt::format(" {:.1f} % {}", 100 * share, name);
  out += "\n";
  if (!bill.missing.empty()) {
    out += "\nWithout a price:\n";
    for (auto const& gap : bill.missing) out += wrapped("  - ", missing_text(gap));
  }
  out += "\nNotes:\n" + bullets(bill.notes) + "\nPrices (low / mid / high):\n";
  for (auto const& line : bill.lines) out += wrapped("  - " + line.spending_class.name + ": ", price_text(line));
  return out;
}

std::string to_table(const Upstream& upstream) {
  std::string out = fmt::format("Upstream, {}, {}:\n", upstream.table, upstream.year);
  if (upstream.total.spent <= 0) return out + "  nothing is bought\n";
  out += fmt::format("{:<40} {:>16} {:>13} {:>13} {:>13}\n", "", "spent " + upstream.currency, "Type I", "Type I", "value added");
  out += fmt::format("{:<40} {:>16} {:>13} {:>13} {:>13}\n", "per unit spent, the purchase included", "at mid prices", "home", "all inputs", "at home");
  for (auto const& entry : upstream.sectors) out += drawn_row(entry.sector.code + " " + entry.sector.name, entry.drawn);
  for (auto const& [group, drawn] : upstream.groups)
    if (drawn.spent > 0) out += drawn_row("  " + group_name(group), drawn);
  out += drawn_row("total", upstream.total);
  return out + "\nBeside each of these ratios:\n" + bullets(upstream.caveats);
}

std::string to_table(const Spending& spending) { return fmt::format("What {} makes somebody buy\n\n{}\n{}", spending.site, to_table(spending.bill), to_table(spending.upstream)); }

}  // namespace headroom
