// Figures of a kind of site in a year, read from the files of its two runs and taken for all of its sites.
#pragma once

#include <filesystem>
#include <vector>

#include "analysis/programmes/build_out.h"

namespace headroom {

// `folder`: of the programme; the runs are in run_folder(). Throws InputError: a run that is not there or is unfinished.
std::vector<RunFigure> run_figures(const std::filesystem::path& folder, const std::string& kind, int year, double sites);

// What of its busiest day a reader must know: a tier of links that carries more than its rate. "" if nothing.
std::string overload_of(const std::vector<RunFigure>& figures);

}  // namespace headroom
