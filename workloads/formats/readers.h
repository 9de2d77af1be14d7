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
std::unique_ptr<JobSource> open_azure_llm(const std::filesystem::path& file, const TraceOptions& options);
std::unique_ptr<JobSource> open_servegen(const std::filesystem::path& file, const TraceOptions& options);      // the table of rates, or its folder

// How the name of ServeGen's table of rates ends.
constexpr std::string_view rates_ending = "client_rates.csv";

// "a.csv" of "a.csv.gz" and "a.csv.zst".
std::string without_packing(const std::string& name);

// A trace of several tables may be named by its folder: the file in it whose name ends in `ending` (.gz, .zst), the table
// of `what`; a file stays as it is. Throws InputError where the folder has none (66) or several.
std::filesystem::path table_in(const std::filesystem::path& given, std::string_view ending, std::string_view what);

// A trace of two tables, of `one` in a file PREFIX`ending` and of `two` in PREFIX`other` beside it, each plain, .gz or .zst:
// the file of the second. Throws InputError where `file` is not named so, and (66) where the second is not there.
std::filesystem::path companion(const std::filesystem::path& file, std::string_view ending, std::string_view other, std::string_view one, std::string_view two);

}  // namespace headroom
