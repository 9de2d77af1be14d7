// Writing jobs in one of the formats that are read.
#pragma once

#include <functional>
#include <string_view>

#include "workloads/source.h"

namespace headroom {

// Which formats can be written: swf, jobs_csv, utilisation_csv.
bool can_write(TraceFormat format);

// Reads the source to its end and gives the text of the trace piece by piece. Counts every job; `skipped` are those the format
// has no room for, `changed` what it cannot say of those that are written. Times are exact; parts of processors and GPUs are
// rounded up to whole ones.
//
//   jobs-csv           no numbers of jobs (a job's is its row), no predecessors, one utilisation: the mean over the run time
//   utilisation-csv    no predecessors
//   swf                no GPUs, no utilisation, no predecessors, users that are numbers, memory
//                      for each processor; a job without processors is skipped
ReadCounts write_trace(JobSource& source, TraceFormat format, const std::function<void(std::string_view)>& give);

}  // namespace headroom
