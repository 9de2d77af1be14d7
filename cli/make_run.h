// One run made by a process of its own, for every verb that needs one.
#pragma once

#include <chrono>

#include "analysis/summary/summary.h"
#include "cli/verb.h"

namespace headroom {

struct MadeRun {
  int code = 0;                        // of the process; without success there is nothing else
  Summary summary;
  std::string summary_json;
};

// DIR/run.sqlite and summary.json, and report.html if it is wanted.
MadeRun make_run(const std::filesystem::path& scenario, const std::filesystem::path& directory, const std::vector<std::string>& settings, bool with_report, const Globals& globals);

// The program that makes the run, with what it is told.
std::vector<std::string> simulate_command(const std::filesystem::path& scenario, const std::filesystem::path& directory, const std::vector<std::string>& settings, const std::string& progress);
// DIR/summary.json and report.html of a run that is made; it has taken from `begin` until now.
MadeRun write_answers(const std::filesystem::path& directory, bool with_report, std::chrono::steady_clock::time_point begin);

std::filesystem::path default_run_folder(const std::filesystem::path& scenario);      // runs/NAME

}  // namespace headroom
