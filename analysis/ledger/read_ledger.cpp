#include <algorithm>
#include <set>

#include "analysis/ledger/ledger.h"
#include "analysis/ledger/ledger_spec_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(const std::string& text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::string no_name(const std::string& text) { return fmt::format("'{}' is no name for arithmetic; it is a letter, then letters, digits and _", text); }

// Keys that go with another one, and are nothing without it.
struct Companion {
  const char* key;
  bool given;
};

void check_companions(const std::string& path, const Location& where, const char* of, bool wanted, const std::vector<Companion>& all, std::vector<Problem>& problems) {
  for (auto const& [key, given] : all)
    if (given != wanted) problems.push_back({where, wanted ? fmt::format("{}: a {} needs '{}', too", path, of, key) : fmt::format("{}: '{}' says something of a {}, and there is none", path, key, of)});
}

std::string kinds_given(const LedgerFigure& s) {
  std::string out;
  for (auto const& [key, given] : {std::pair{"multiplier", s.multiplier.has_value()}, std::pair{"ratio", !s.ratio.empty()}, std::pair{"value", s.value.has_value()}})
    if (given) out += (out.empty() ? "" : " and ") + std::string(key);
  return out.empty() ? "none of them" : out;
}

bool compares_like_with_like(Verdict verdict) { return verdict != Verdict::other_quantity && verdict != Verdict::no_quantity; }
bool needs_why(Verdict verdict) { return verdict == Verdict::other_quantity || verdict == Verdict::inconsistent || verdict == Verdict::no_quantity; }

}  // namespace

std::string to_text(Verdict verdict) {
  for (auto const& [candidate, name] : names(verdict))
    if (candidate == verdict) return name;
  return "";
}

void check(const LedgerFigure& s, const std::string& path, std::vector<Problem>& problems) {
  if (!is_name(s.name)) problems.push_back({s.where, fmt::format("{}.name: {}", path, no_name(s.name))});
  if (s.multiplier.has_value() + !s.ratio.empty() + s.value.has_value() != 1) {
    problems.push_back({s.where, fmt::format("{}: it is exactly one of multiplier, ratio and value; found {}", path, kinds_given(s))});
    return;
  }
  check_companions(path, s.where, "multiplier", s.multiplier.has_value(), {{"economy", !s.economy.empty()}, {"sector", !s.sector.empty()}}, problems);
  check_companions(path, s.where, "ratio", !s.ratio.empty(), {{"building_case", !s.building_case.empty()}}, problems);
  if (s.value) check_companions(path, s.where, "value", true, {{"unit", !s.unit.empty()}, {"evidence", s.evidence.has_value()}, {"source", !s.source.empty()}}, problems);
  std::vector<std::string> const known{"p10", "p50", "p90", "mid"};
  if (std::find(known.begin(), known.end(), s.at) == known.end()) problems.push_back({s.where, fmt::format("{}.at: unknown value '{}'; one of {}", path, s.at, fmt::join(known, ", "))});
}

void check(const OurFigure& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.low.empty() != s.high.empty()) problems.push_back({s.where, fmt::format("{}: a range has two ends, and '{}' is missing", path, s.low.empty() ? "low" : "high")});
}

void check(const Claim& s, const std::string& path, std::vector<Problem>& problems) {
  if (!is_name(s.id)) problems.push_back({s.where, fmt::format("{}.id: {}", path, no_name(s.id))});
  if (s.value_max && *s.value_max < s.value) problems.push_back({s.where, fmt::format("{}: value_max ({}) is below value ({})", path, number_text(*s.value_max), number_text(s.value))});
  if (s.ours.empty() && s.verdict != Verdict::no_quantity) problems.push_back({s.where, fmt::format("{}: '{}' is said of a figure; 'ours' is missing", path, to_text(s.verdict))});
  if (s.why.empty() && needs_why(s.verdict)) problems.push_back({s.where, fmt::format("{}: '{}' needs its reason; 'why' is missing", path, to_text(s.verdict))});
  if (!s.ours.empty() && compares_like_with_like(s.verdict) && !s.ours[0].unit.empty() && s.ours[0].unit != s.unit)
    problems.push_back({s.ours[0].where, fmt::format("{}.ours[0].unit: '{}' is held against a claim in '{}'; they must agree", path, s.ours[0].unit, s.unit)});
}

void check(const LedgerSpec& s, const std::string&, std::vector<Problem>& problems) {
  std::set<std::string> taken;
  auto const take = [&](const std::string& name, const Location& where) {
    if (!taken.insert(name).second) problems.push_back({where, fmt::format("the name '{}' is taken; arithmetic could not tell the two apart", name)});
  };
  for (auto const& claim : s.claims) {
    take(claim.id, claim.where);
    if (claim.value_max) take(claim.id + "_max", claim.where);
  }
  for (auto const& figure : s.figures) take(figure.name, figure.where);
}

LedgerSpec find_ledger(const std::string& name_or_path, const Location& mention) {
  TreePtr const tree = read_yaml(find_mentioned_file(LedgerSpec::kind, name_or_path, mention));
  ReadContext context = file_context();
  return read_document<LedgerSpec>(*tree, context);
}

Json schema_of_ledger() { return schema_document<LedgerSpec>(); }

}  // namespace headroom
