// The ratios K of a building case, drawn: independent draws, and beside them draws in which IT prices share one factor and what is made of metal another.
#pragma once

#include <cstdint>

#include "analysis/draws/drivers.h"
#include "analysis/money/building_case.h"

namespace headroom {

struct CaseQuestion {
  std::size_t count = 200'000;
  std::uint64_t seed = 1;
  bool correlated = true;      // beside the independent draws
};

// One figure of the answer: a ratio, or money for each W.
struct CaseFigure {
  std::string key, name, unit, meaning;
  std::vector<std::string> caveats;
  double mid = 0;                        // at every input's mid: neither mean nor median
  Percentiles independent;
  std::optional<Percentiles> correlated;
};

struct CaseAnswer {
  BuildingCase building_case;
  CaseQuestion question;
  std::vector<CaseFigure> figures;       // building and whole build for each W of IT load, then the ratios
  std::vector<Driver> drivers;           // of K3, independent draws
  double assumed_share = 0;              // of the inputs, by number: how many are assumptions
};

CaseAnswer answer_case(const BuildingCase& building_case, const CaseQuestion& question = {});

Json to_json(const CaseAnswer& answer);
std::string to_text(const CaseAnswer& answer);

}  // namespace headroom
