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
std::unique_ptr<JobSource> open_opendc(const std::filesystem::path& file, const TraceOptions& options);      // or its folder
std::unique_ptr<JobSource> open_batsim(const std::filesystem::path& file, const TraceOptions& options);
std::unique_ptr<JobSource> open_planetlab(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_alibaba_gpu(const std::filesystem::path& file);
std::unique_ptr<SeriesSource> open_series_csv(const std::filesystem::path& file);
std::unique_ptr<SeriesSource> open_hourly_load(const std::filesystem::path& file);
std::unique_ptr<SeriesSource> open_google_power(const std::filesystem::path& file);

// "a.csv" of "a.csv.gz" and "a.csv.zst".
std::string without_packing(const std::string& name);

}  // namespace headroom
