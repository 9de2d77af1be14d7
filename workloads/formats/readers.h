// One reader a format; formats.cpp is the table that lists them.
#pragma once

#include <filesystem>
#include <memory>

#include "workloads/source.h"

namespace headroom {

std::unique_ptr<JobSource> open_swf(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_jobs_csv(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_utilisation_csv(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_philly(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_opendc(const std::filesystem::path& file);      // or its folder
std::unique_ptr<JobSource> open_batsim(const std::filesystem::path& file, const TraceOptions& options);

// "a.csv" of "a.csv.gz" and "a.csv.zst".
std::string without_packing(const std::string& name);

}  // namespace headroom
