// The runs that a programme's figures are read from: one site of a kind, with its share of a year's work, over the mean week and over
// the busiest day.
//
// A stream of work is a job an hour: so many cores or GPUs at the utilisation of the kind (`busy`), and its bytes. Jobs take servers
// first-fit; traffic is added up as mean rates (`traffic: matrix`). What a stream holds is rounded to a thousandth of a core;
// GPUs are given out whole, the sum of an hour holds to a thousandth.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/programmes/demand.h"

namespace headroom {

enum class RunSpan { week, peak_day };

struct ReferenceRun {
  std::string name;                    // "core-2020-week", "core-2020-peak-day"
  std::size_t kind = 0;
  int year = 0;
  RunSpan span = RunSpan::week;
  std::string scenario, jobs;          // the texts of its two files
  std::string inputs;                  // hash of all that it is made of: equal inputs, equal run
};

// Of one of `sites` sites, which share what is served evenly.
ReferenceRun reference_run(const ReferenceSite& site, std::size_t kind, int year, RunSpan span, const KindDemand& demand, const Served& served, double sites);

// Where the run and its files are, below the programme's folder.
std::filesystem::path run_folder(const std::filesystem::path& programme_folder, const std::string& name);
std::filesystem::path inputs_folder(const std::filesystem::path& programme_folder);

// Makes each run that is not there already with the same inputs (in processes, or in memory in a test).
using MakeReferenceRuns = std::function<void(const std::vector<ReferenceRun>& runs)>;

}  // namespace headroom
