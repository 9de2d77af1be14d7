// The one table of trace formats.
#include <fmt/format.h>

#include "base/errors.h"
#include "workloads/formats/readers.h"
#include "workloads/source.h"

namespace headroom {
namespace {

const char* name_of(TraceFormat format) {
  for (auto const& [value, name] : names(format))
    if (value == format) return name;
  throw ContractError("a trace format has a name");
}

std::string known_endings() {
  std::string out;
  for (auto const& entry : trace_formats()) out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", fmt::join(entry.endings, ", "), name_of(entry.format));
  return out;
}

}  // namespace

const std::vector<FormatEntry>& trace_formats() {
  static const std::vector<FormatEntry> table{
      {TraceFormat::swf, {".swf", ".swf.gz"}, open_swf, ProcessorUnit::server, true},
      {TraceFormat::jobs_csv, {".csv", ".csv.gz"}, open_jobs_csv, ProcessorUnit::core, false},
      {TraceFormat::utilisation_csv, {".utilisation.csv", ".utilisation.csv.gz"}, open_utilisation_csv, ProcessorUnit::core, false},
  };
  return table;
}

const FormatEntry& format_entry(TraceFormat format) {
  for (auto const& entry : trace_formats())
    if (entry.format == format) return entry;
  throw ContractError("every trace format is in the table");
}

TraceFormat guess_format(const std::filesystem::path& file) {
  std::string const name = file.filename().string();
  const FormatEntry* found = nullptr;
  std::size_t longest = 0;      // ".utilisation.csv" is more than ".csv"
  for (auto const& entry : trace_formats())
    for (auto const& ending : entry.endings)
      if (name.ends_with(ending) && ending.size() > longest) {
        found = &entry;
        longest = ending.size();
      }
  if (found != nullptr) return found->format;
  throw InputError({file.string(), 0, 0}, fmt::format("the ending of the name does not tell the format of the trace; known are {}; or name the format", known_endings()));
}

}  // namespace headroom
