// A kind of data centre in figures for each watt of IT load, every one with low, mid and high: what the ratios K are drawn from. One YAML each in cases/.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "analysis/draws/draw_table.h"
#include "analysis/money/figure_evidence.h"
#include "analysis/money/k_ratios.h"
#include "base/json_fields.h"

namespace headroom {

// "10 USD/W": money for each watt.
struct PricePerWatt {
  double amount = 0;
  std::string currency;
  static constexpr const char* grammar = "a price such as '10 USD/W'";
  static Parsed<PricePerWatt> parse(std::string_view text);
  std::string text() const;
};

// "0.07 USD/kWh".
struct PricePerKilowattHour {
  double amount = 0;
  std::string currency;
  static constexpr const char* grammar = "a price such as '0.07 USD/kWh'";
  static Parsed<PricePerKilowattHour> parse(std::string_view text);
  std::string text() const;
};

// "5 y".
struct LifeOfYears {
  double amount = 0;
  static constexpr const char* grammar = "years such as '5 y'";
  static Parsed<LifeOfYears> parse(std::string_view text);
  std::string text() const;
};

// Whose common factor a figure follows in the correlated draws.
enum class CommonFactor { it, metals };
constexpr auto names(CommonFactor) { return std::array{std::pair{CommonFactor::it, "it"}, std::pair{CommonFactor::metals, "metals"}}; }

// low, mid and high of one thing in one year: a triangular distribution.
template <class T>
struct CaseRange {
  T low{}, mid{}, high{};
  std::optional<CommonFactor> moves_with;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;
};
using CasePrice = CaseRange<PricePerWatt>;
using CaseTariff = CaseRange<PricePerKilowattHour>;
using CaseLife = CaseRange<LifeOfYears>;
using CaseNumber = CaseRange<double>;

struct CaseCorrelations {
  double it = default_correlation, metals = default_correlation;
};

struct BuildingCase {
  static constexpr const char* kind = "building-case";
  std::string name, title;
  std::string currency;
  int year = 0;
  LifeOfYears life;                      // of the building
  CasePrice building, it;                // for each W of IT load
  CaseNumber network_share;              // of IT and network
  CasePrice grid, generation;            // for each W that the facility draws
  CaseNumber pue, use;
  CaseLife server_life, network_life;
  CaseTariff electricity;
  CaseNumber energy_only_share;
  CaseCorrelations correlations;
  Location where;
};

BuildingCase read_building_case(const std::filesystem::path& file);      // throws InputError with everything that is wrong
BuildingCase find_building_case(const std::string& name_or_path);
Json schema_of_building_case();
Json echo_building_case(const BuildingCase& building_case);

// What is drawn, in the order of case_money's figures.
std::vector<Uncertain> case_quantities(const BuildingCase& building_case);
Correlations case_correlations(const BuildingCase& building_case);

// One watt of IT load: network = IT s/(1-s), grid and generation x PUE, electricity use x PUE x 8.76 kWh/W x price.
struct CaseFigures {
  double building = 0, it = 0, network_share = 0, grid = 0, generation = 0, pue = 1, use = 0, server_life = 1, network_life = 1, electricity = 0, energy_only_share = 0;
};
SiteMoney money_per_watt(const CaseFigures& figures, double building_years);

}  // namespace headroom
