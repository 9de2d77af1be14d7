// The answer to `headroom capacity --goal`, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/study/capacity_search.h"

namespace headroom {

// What the answer was asked of, to say how its runs are made again.
struct SearchTitle {
  std::string scenario;                // as the user named it
  std::string name;                    // as it calls itself
  std::vector<std::string> settings;   // the user's own
  std::filesystem::path directory;     // holds passes/ and fails/
};

// "headroom run hall-2n --set 'workload[0].arrivals=1.5' --seed 1 -o runs/hall-2n-capacity/passes"
std::string run_command(const SearchTitle& title, const SimulatedCapacity& answer, double scale, const std::string& folder);

nlohmann::ordered_json to_json(const SearchTitle& title, const SimulatedCapacity& answer);
std::string to_text(const SearchTitle& title, const SimulatedCapacity& answer);
// One line about a scale that was judged.
std::string to_text(const std::vector<Goal>& goals, const Growth& growth, double scale, const JudgedScale& judged);

// Of one finished run.
nlohmann::ordered_json to_json(const std::string& run, const std::vector<Goal>& goals, const std::vector<GoalResult>& results);
std::string to_text(const std::string& run, const std::vector<Goal>& goals, const std::vector<GoalResult>& results);

}  // namespace headroom
