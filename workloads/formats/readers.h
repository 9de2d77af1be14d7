// One reader a format; formats.cpp is the table that lists them.
#pragma once

#include <filesystem>
#include <memory>

#include "workloads/source.h"

namespace headroom {

std::unique_ptr<JobSource> open_swf(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_jobs_csv(const std::filesystem::path& file);
std::unique_ptr<JobSource> open_utilisation_csv(const std::filesystem::path& file);

}  // namespace headroom
