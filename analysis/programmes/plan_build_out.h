// From a programme to its build-out, in rounds: runs of a year need to know how many sites stand, and when a site can stand depends on
// what its runs draw.
//
//   round 1   every site that a year needs stands from its first day
//   a round   runs of all kinds and years -> the draw of a site -> its works in the grid and their lead times -> dates
//             order      = first day of the year - plan_ahead, not before money.today
//             in service = the first day, or when the last purchase can be there (analysis/spending/schedule.h)
//             a site counts in a year if it is in service by its middle, 1 July
//   until no count of sites in service changes, at most `most_rounds`
// The feed of a site, its works in the grid and its ways out are sized by the largest peaks of one site from the year in which it is
// wanted on (limits that the layout's feeds state go first).
#pragma once

#include <filesystem>

#include "analysis/programmes/build_out.h"
#include "analysis/programmes/reference_run.h"
#include "analysis/spending/spend.h"

namespace headroom {

constexpr int most_rounds = 5;

// What prices, tables and shares are read from; the country is the programme's. Throws InputError.
SpendingTables tables_of(const ProgrammeSpec& programme, const std::filesystem::path& prices);

// `folder`: where the runs are. Throws InputError: a first year whose sites need a grid that is not there before a later one.
BuildOut plan_build_out(const ProgrammeSpec& programme, const std::vector<ReferenceSite>& sites, const SpendingTables& tables, const std::filesystem::path& folder, const MakeReferenceRuns& make);

}  // namespace headroom
