// Claims that somebody made in figures, and what is held against each: a ledger, one YAML file.
//
// Figures have names. A claim's value is a figure by its id (F022, and F022_max for its other end); a programme that is set beside the
// ledger brings its own (docs/results.md lists them); a ledger adds multipliers of input-output tables, ratios of building cases and
// plain numbers with a source. What is ours of a claim is arithmetic over them: "F022 / F021".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/money/figure_evidence.h"
#include "base/json_fields.h"

namespace headroom {

enum class Verdict { reproduced, arithmetic, other_quantity, consistent, inconsistent, no_quantity };
constexpr auto names(Verdict) {
  return std::array{std::pair{Verdict::reproduced, "reproduced"},          std::pair{Verdict::arithmetic, "arithmetic only"},
                    std::pair{Verdict::other_quantity, "same size, other quantity"}, std::pair{Verdict::consistent, "consistent with the range"},
                    std::pair{Verdict::inconsistent, "inconsistent"},      std::pair{Verdict::no_quantity, "not a quantity of this model"}};
}
std::string to_text(Verdict verdict);

// Whose multiplier a figure is, and what it takes in (analysis/economy/leontief.h).
enum class MultiplierKind { type_1_home, type_1_all, type_2_home_wages, type_2_all_wages, type_2_home_household_use, type_2_all_household_use, value_added_home };
constexpr auto names(MultiplierKind) {
  return std::array{std::pair{MultiplierKind::type_1_home, "type I home"},
                    std::pair{MultiplierKind::type_1_all, "type I all inputs"},
                    std::pair{MultiplierKind::type_2_home_wages, "type II home, wages"},
                    std::pair{MultiplierKind::type_2_all_wages, "type II all inputs, wages"},
                    std::pair{MultiplierKind::type_2_home_household_use, "type II home, household use"},
                    std::pair{MultiplierKind::type_2_all_household_use, "type II all inputs, household use"},
                    std::pair{MultiplierKind::value_added_home, "value added home"}};
}

// A named figure of the ledger itself: exactly one of multiplier, ratio and value.
struct LedgerFigure {
  std::string name;                    // letters, digits and _, such as rail_home
  std::string meaning;
  std::optional<MultiplierKind> multiplier;
  std::string economy, sector;         // of multiplier: the table, and the code of a sector in it
  std::string building_case, ratio;    // a building case, and one of its figures by key (k1, k2, k3, ...)
  std::string at = "p50";              // of ratio: p10, p50, p90 or mid
  std::optional<double> value;         // a plain number, such as a country's product
  std::string unit;
  std::optional<FigureEvidence> evidence;      // required with value
  std::string source;                  // required with value
  Location where;
};

// What is ours: arithmetic over figures, with its range where it has one.
struct OurFigure {
  std::string what;                    // the quantity and its boundary, in words
  std::string is;                      // "F022 / F021"
  std::string low, high;               // the same of its range; `is` where empty
  std::string unit;
  Location where;
};

// The assumption that a verdict rests on, and at which value of it the verdict turns.
struct TurningPoint {
  std::string assumption;
  std::string is, turns_at;            // arithmetic: its value now, and where the verdict turns
  std::string unit;
  Location where;
};

struct Claim {
  std::string id, topic;
  std::string says;                    // in our words
  double value = 0;
  std::optional<double> value_max;
  std::string unit, year, source;
  std::vector<OurFigure> ours;         // the first is what the verdict is about; the others are shown beside it
  Verdict verdict = Verdict::no_quantity;
  double within = 0.01;                // of the claim: how near is reproduced or arithmetic; for other_quantity a factor of 1 + within
  std::string why;                     // the reason, in one or two sentences
  std::vector<TurningPoint> rests_on;
  Location where;
};

struct LedgerSpec {
  static constexpr const char* kind = "ledger";
  std::string name, title, source;
  std::vector<LedgerFigure> figures;
  std::vector<Claim> claims;
  Location where;
};

LedgerSpec find_ledger(const std::string& name_or_path, const Location& mention = {"ledger", 0, 0});      // throws InputError
Json schema_of_ledger();

}  // namespace headroom
