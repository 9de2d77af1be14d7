// The one table of trace formats.
#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/text_file.h"
#include "workloads/formats/readers.h"
#include "workloads/series.h"
#include "workloads/source.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view any_table = ".csv";

const char* name_of(TraceFormat format) {
  for (auto const& [value, name] : names(format))
    if (value == format) return name;
  throw ContractError("a trace format has a name");
}

// For formats that leave nothing open.
template <std::unique_ptr<JobSource> (*open)(const fs::path&)>
std::unique_ptr<JobSource> plainly(const fs::path& file, const TraceOptions&) {
  return open(file);
}

// The names of the formats of jobs, or of series.
std::string names_of_kind(bool series) {
  std::vector<std::string> out;
  for (auto const& entry : trace_formats())
    if ((entry.open_series != nullptr) == series) out.emplace_back(name_of(entry.format));
  return fmt::format("{}", fmt::join(out, ", "));
}

Location place_of(const fs::path& file, const Location& where) { return where.file.empty() ? Location{file.string(), 0, 0} : where; }

std::string known_formats() {
  std::string out;
  for (auto const& entry : trace_formats()) {
    std::string const sign = entry.ending.empty() ? fmt::format("a table with {}", fmt::join(entry.columns, ", ")) : entry.ending;
    out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", sign, name_of(entry.format));
  }
  return out;
}

// ".utilisation.csv" is more than ".csv".
const FormatEntry* by_ending(const fs::path& file) {
  std::string const name = without_packing(file.filename().string());
  const FormatEntry* found = nullptr;
  for (auto const& entry : trace_formats())
    if (!entry.ending.empty() && name.ends_with(entry.ending) && (found == nullptr || entry.ending.size() > found->ending.size())) found = &entry;
  return found;
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    std::size_t const comma = std::min(line.find(','), line.size());
    std::string cell(line.substr(0, comma));
    std::erase_if(cell, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"'; });
    cells.push_back(std::move(cell));
    if (comma == line.size()) return cells;
    line.remove_prefix(comma + 1);
  }
}

const FormatEntry* by_columns(std::string_view line) {
  std::vector<std::string> const cells = cells_of(line);
  auto const has = [&](const std::string& column) { return std::find(cells.begin(), cells.end(), column) != cells.end(); };
  for (auto const& entry : trace_formats())
    if (!entry.columns.empty() && std::all_of(entry.columns.begin(), entry.columns.end(), has)) return &entry;
  return nullptr;
}

// Of a folder: a trace of several tables.
TraceFormat by_content(const fs::path& folder) {
  for (auto const& entry : fs::directory_iterator(folder))
    if (without_packing(entry.path().filename().string()).ends_with(rates_ending)) return TraceFormat::servegen;
  return TraceFormat::opendc;
}

const FormatEntry* by_first_lines(const fs::path& file) {
  if (fs::exists(file) && !fs::is_regular_file(file)) return nullptr;      // what is read of a pipe once is gone
  std::string const head = first_bytes(file, 1u << 16);
  std::string_view rest = head;
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  if (rest.starts_with(';')) return &format_entry(TraceFormat::swf);
  if (rest.starts_with('{')) return &format_entry(TraceFormat::batsim);
  return by_columns(rest.substr(0, rest.find('\n')));
}

}  // namespace

const std::vector<FormatEntry>& trace_formats() {
  static const std::vector<FormatEntry> table{
      {TraceFormat::swf, ".swf", {}, plainly<open_swf>, ProcessorUnit::server, true},
      {TraceFormat::jobs_csv, std::string(any_table), {"submit_s", "runtime_s"}, plainly<open_jobs_csv>, ProcessorUnit::core, false},
      {TraceFormat::utilisation_csv, ".utilisation.csv", {"job", "submit_s", "duration_s"}, plainly<open_utilisation_csv>, ProcessorUnit::core, false},
      {TraceFormat::philly, "", {"timestamp", "num_gpus"}, plainly<open_philly>, ProcessorUnit::gpu, true},
      {TraceFormat::batsim, ".json", {}, open_batsim, ProcessorUnit::server, true, true},
      {TraceFormat::opendc, "", {"submission_time", "cpu_capacity"}, open_opendc, ProcessorUnit::core, false},
      {TraceFormat::planetlab, ".planetlab.csv", {}, plainly<open_planetlab>, ProcessorUnit::core, false},
      {TraceFormat::alibaba_gpu, "", {"cpu_milli", "num_gpu", "gpu_milli"}, plainly<open_alibaba_gpu>, ProcessorUnit::core, false},
      {TraceFormat::series_csv, ".series.csv", {"time_s"}, nullptr, ProcessorUnit::core, false, false, open_series_csv},
      {TraceFormat::hourly_load, "", {"cpu_load"}, nullptr, ProcessorUnit::core, false, false, open_hourly_load},
      {TraceFormat::google_power, "", {"time", "measured_power_util"}, nullptr, ProcessorUnit::core, false, false, open_google_power},
      {TraceFormat::azure_llm, "", {"TIMESTAMP", "ContextTokens"}, open_azure_llm, ProcessorUnit::gpu, false, false, nullptr, true},
      {TraceFormat::servegen, "", {"client", "rate_per_s"}, open_servegen, ProcessorUnit::gpu, false, false, nullptr, true, true},
  };
  return table;
}

const FormatEntry& format_entry(TraceFormat format) {
  for (auto const& entry : trace_formats())
    if (entry.format == format) return entry;
  throw ContractError("every trace format is in the table");
}

std::unique_ptr<JobSource> open_job_source(TraceFormat format, const fs::path& file, const TraceOptions& options, const Location& where) {
  FormatEntry const& entry = format_entry(format);
  if (entry.open != nullptr) return entry.open(file, options);
  throw InputError(place_of(file, where), fmt::format("this trace is a series of measurements ({}); here jobs are needed: {}", name_of(format), names_of_kind(false)));
}

std::unique_ptr<SeriesSource> open_series_source(TraceFormat format, const fs::path& file, const Location& where) {
  FormatEntry const& entry = format_entry(format);
  if (entry.open_series != nullptr) return entry.open_series(file);
  throw InputError(place_of(file, where), fmt::format("this is a trace of jobs ({}); here a series of measurements is needed: {}", name_of(format), names_of_kind(true)));
}

std::string without_packing(const std::string& name) {
  for (std::string_view packing : {".gz", ".zst"})
    if (name.ends_with(packing)) return name.substr(0, name.size() - packing.size());
  return name;
}

fs::path table_in(const fs::path& given, std::string_view ending, std::string_view what) {
  if (!fs::is_directory(given)) return given;
  std::vector<fs::path> found;
  for (auto const& entry : fs::directory_iterator(given))
    if (without_packing(entry.path().filename().string()).ends_with(ending)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  if (found.empty()) throw InputError({given.string(), 0, 0}, fmt::format("the folder has no file whose name ends in {}, {}.gz or {}.zst", ending, ending, ending), InputFault::missing);
  if (found.size() > 1)
    throw InputError({given.string(), 0, 0}, fmt::format("the folder has more than one table of {}, {} and {}; name the one that is meant", what, found[0].filename().string(), found[1].filename().string()));
  return found.front();
}

fs::path companion(const fs::path& file, std::string_view ending, std::string_view other, std::string_view one, std::string_view two) {
  std::string name = without_packing(file.filename().string());
  if (!name.ends_with(ending))
    throw InputError({file.string(), 0, 0}, fmt::format("the name of a table of {} ends in {}, {}.gz or {}.zst, so that the {} beside it are found", one, ending, ending, ending, two));
  name.replace(name.size() - ending.size(), ending.size(), other);
  for (const char* packing : {"", ".gz", ".zst"})
    if (fs::path beside = file.parent_path() / (name + packing); fs::exists(beside)) return beside;
  throw InputError({file.string(), 0, 0}, fmt::format("there is no {} beside it (nor .gz, .zst) with the {} of these {}", name, two, one), InputFault::missing);
}

TraceFormat guess_format(const fs::path& file) {
  const FormatEntry* const named = by_ending(file);
  if (named != nullptr && (named->ending != any_table || !fs::exists(file))) return named->format;
  if (fs::is_directory(file)) return by_content(file);
  if (const FormatEntry* const told = by_first_lines(file)) return told->format;
  if (named != nullptr) return named->format;
  throw InputError({file.string(), 0, 0}, fmt::format("neither the ending of the name nor the first line tells the format of the trace; known are {}, each also as .gz or .zst; or name the format", known_formats()));
}

}  // namespace headroom
