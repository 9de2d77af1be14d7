// A ledger as CSV tables: a row for each claim, and a row for each figure that is held against one. Numbers read back to the same bits.
#include <fmt/format.h>

#include "analysis/ledger/ledger.h"

namespace headroom {
namespace {

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char const c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}
std::string cell(double value) { return fmt::format("{}", value); }
std::string cell(bool value) { return value ? "yes" : "no"; }
std::string cell(const std::optional<double>& value) { return value ? cell(*value) : ""; }

std::string row(const auto&... cells) {
  std::string line;
  bool first = true;
  ((line += (first ? "" : ",") + cell(cells), first = false), ...);
  return line + "\n";
}

std::string claims_csv(const Ledger& ledger) {
  std::string out = "id,topic,says,value,value_max,unit,year,source,verdict,holds,ours,ours_low,ours_high,ours_unit,finding,why\n";
  for (auto const& [claim, ours, turns, holds, finding] : ledger.claims) {
    std::optional<double> value, low, high;
    std::string unit;
    if (!ours.empty()) {
      value = ours[0].value, low = ours[0].low, high = ours[0].high;
      unit = ours[0].figure.unit;
    }
    out += row(claim.id, claim.topic, claim.says, claim.value, claim.value_max, claim.unit, claim.year, claim.source, to_text(claim.verdict), holds, value, low, high, unit, finding, claim.why);
  }
  return out;
}

// "facility_peak_mw = 12.5 (2022-core power.facility_power_peak_15min_kw)"
std::string uses_text(const std::vector<NamedFigure>& uses) {
  std::string out;
  for (auto const& use : uses) out += fmt::format("{}{} = {}{}", out.empty() ? "" : "; ", use.name, use.value, use.run.empty() ? "" : fmt::format(" ({} {})", use.run, use.key));
  return out;
}

// Assumptions on which verdicts rest are among them, with the value at which the verdict turns.
std::string figures_csv(const Ledger& ledger) {
  std::string out = "claim,what,arithmetic,value,low,high,turns_at,unit,uses\n";
  std::optional<double> const none;
  for (auto const& worked : ledger.claims) {
    for (auto const& ours : worked.ours) out += row(worked.claim.id, ours.figure.what, ours.figure.is, ours.value, ours.low, ours.high, none, ours.figure.unit, uses_text(ours.uses));
    for (auto const& turn : worked.turns) out += row(worked.claim.id, turn.point.assumption, turn.point.is, turn.value, none, none, turn.turns_at, turn.point.unit, std::string());
  }
  return out;
}

}  // namespace

std::map<std::string, std::string> to_csv(const Ledger& ledger) { return {{"ledger.csv", claims_csv(ledger)}, {"ledger-figures.csv", figures_csv(ledger)}}; }

}  // namespace headroom
