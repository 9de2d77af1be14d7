// The data sheet that a data centre of 500 kW of installed IT power or more hands in under Delegated Regulation (EU) 2024/1364,
// as far as a run knows it. What only the operator knows is listed with who must fill it in.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

struct DataSheetField {
  std::string symbol, name, unit;
  std::optional<double> value;
  std::string text;                              // where the value is not a number
  std::string from;                              // where in the run it comes from; or what the operator must look up
  bool by_hand = false;                          // the run does not know it
};

struct DataSheet {
  double installed_it_kw = 0;                    // sum of the servers' peaks
  bool must_report = false;                      // 500 kW or more
  double run_days = 0;                           // the regulation asks for a calendar year
  std::vector<DataSheetField> fields;
};

DataSheet data_sheet(const RunReader& run);
nlohmann::ordered_json to_json(const DataSheet& sheet);
std::string to_text(const DataSheet& sheet);

}  // namespace headroom
