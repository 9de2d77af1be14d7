// A ledger as text of at most 100 columns: how many claims have which verdict, then each claim with everything that is ours.
#include <fmt/format.h>

#include "analysis/ledger/judgement.h"

namespace headroom {
namespace {

constexpr std::size_t columns = 100;

// Characters of a UTF-8 text.
std::size_t width(std::string_view text) {
  std::size_t out = 0;
  for (char const c : text) out += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return out;
}

// Broken at spaces, every line after the first further in; a word that fits no line is cut.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out, line(indent, ' ');
  std::size_t used = indent, start = indent;
  auto const next_line = [&] {
    out += line + "\n";
    start = indent + 2;
    line.assign(start, ' ');
    used = start;
  };
  while (!text.empty()) {
    std::size_t const space = text.find(' ');
    std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    if (used > start && used + 1 + width(word) > columns) next_line();
    if (used > start) line += ' ', ++used;
    for (char const c : word) {
      bool const begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      if (begins && used == columns) next_line();
      line += c;
      used += begins;
    }
  }
  return out + line + "\n";
}

std::string unit_after(const std::string& unit) { return unit.empty() ? "" : " " + unit; }

std::string ours_text(const WorkedFigure& ours) {
  std::string const range = ours.low < ours.high ? fmt::format(" ({})", range_text(ours.low, ours.high)) : "";
  return fmt::format("{}{}{}: {} = {}", figure_text(ours.value), range, unit_after(ours.figure.unit), ours.figure.what, ours.figure.is);
}

std::string turn_text(const WorkedClaim::Turn& turn) {
  std::string const unit = unit_after(turn.point.unit);
  return fmt::format("rests on {}: {}{}; the verdict turns at {}{}", turn.point.assumption, figure_text(turn.value), unit, figure_text(turn.turns_at), unit);
}

std::string claim_text(const WorkedClaim& worked) {
  Claim const& claim = worked.claim;
  std::string const value = claimed_text(claim) + unit_after(claim.unit);
  std::string out = wrapped(fmt::format("{}  {}: {}{}{}", claim.id, claim.topic, value, claim.year.empty() ? "" : ", " + claim.year, worked.holds ? "" : "  (!)"), 0);
  out += wrapped(claim.says, 6);
  for (auto const& ours : worked.ours) out += wrapped(ours_text(ours), 6);
  out += wrapped(fmt::format("{}: {}", to_text(claim.verdict), worked.finding), 6);
  if (!claim.why.empty()) out += wrapped(claim.why, 6);
  for (auto const& turn : worked.turns) out += wrapped(turn_text(turn), 6);
  return out;
}

std::string counts_text(const Ledger& ledger) {
  std::string out = wrapped(fmt::format("{}: {}", ledger.spec.name, ledger.spec.title), 0);
  for (auto const& [verdict, count] : ledger.counts) out += fmt::format("  {:<30} {:>5}\n", to_text(verdict), count);
  return out + fmt::format("  {:<30} {:>5}\n", "verdicts that do not hold (!)", ledger.do_not_hold);
}

}  // namespace

std::string to_short_table(const Ledger& ledger) {
  std::string out = counts_text(ledger) + fmt::format("\n{:<6}{:<27}{:>22} {:>25}  {}\n", "claim", "verdict", "claimed", "ours", "in");
  for (auto const& worked : ledger.claims) {
    if (worked.claim.verdict == Verdict::no_quantity && worked.holds) continue;
    std::string ours;
    if (!worked.ours.empty()) ours = worked.ours[0].low < worked.ours[0].high ? range_text(worked.ours[0].low, worked.ours[0].high) : figure_text(worked.ours[0].value);
    out += fmt::format("{:<6}{:<27}{:>22} {:>25}  {:.14}\n", worked.claim.id + (worked.holds ? "" : " !"), to_text(worked.claim.verdict), claimed_text(worked.claim), ours, worked.claim.unit);
  }
  return out;
}

std::string to_table(const Ledger& ledger) {
  std::string out = counts_text(ledger);
  for (auto const& claim : ledger.claims) out += "\n" + claim_text(claim);
  return out;
}

}  // namespace headroom
