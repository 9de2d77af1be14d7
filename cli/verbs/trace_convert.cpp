#include <fmt/format.h>

#include <cstdio>

#include "base/new_file.h"
#include "cli/exit_codes.h"
#include "cli/verbs/trace.h"
#include "workloads/convert.h"

namespace headroom {
namespace {

struct ConvertOptions {
  std::shared_ptr<TraceChoice> choice = std::make_shared<TraceChoice>();
  std::string to, file;
};

void give_to_stdout(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) throw OutputError("the trace cannot be written to stdout", 74);
}

int convert(const ConvertOptions& options, const Globals& globals) {
  ChosenTrace const chosen = open_trace(*options.choice);
  TraceFormat format = TraceFormat::jobs_csv;
  for (auto const& [candidate, name] : names(TraceFormat{}))
    if (options.to == name) format = candidate;
  ReadCounts counts;
  if (options.file.empty()) {
    counts = write_trace(*chosen.source, format, give_to_stdout);
    if (std::fflush(stdout) != 0) throw OutputError("the trace cannot be written to stdout", 74);
  } else {
    NewFile file(options.file);
    counts = write_trace(*chosen.source, format, [&](std::string_view text) { file.write(text); });
    file.finish();
  }
  if (!globals.quiet) fmt::print(stderr, "{} of {} jobs written\n{}", counts.used, counts.records, told_counts(counts));
  return done;
}

}  // namespace

void add_trace_convert(CLI::App& trace, Globals& globals) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App* verb = subcommand(trace, globals, "convert", "writes the jobs in another format, and says what that cannot hold");
  add_trace_choice(*verb, options->choice);
  std::vector<std::string> formats;
  for (auto const& [format, name] : names(TraceFormat{}))
    if (can_write(format)) formats.emplace_back(name);
  verb->add_option("--to", options->to, "jobs-csv, utilisation-csv or swf")->required()->check(CLI::IsMember(formats));
  verb->add_option("-o,--output", options->file, "the file; stdout by default");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return convert(*options, globals); }; });
}

}  // namespace headroom
