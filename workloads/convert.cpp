#include "workloads/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "workloads/formats/cells.h"

namespace headroom {
namespace {

using Text = std::back_insert_iterator<std::string>;

constexpr const char* no_predecessors = "predecessors are left out";
constexpr const char* above_one = "utilisation above 1 becomes 1";

// A cell of a table, in quotes where it needs them.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string memory_cell(const Job& job) { return job.memory > DataSize{} ? number_text(job.memory / gigabyte) : ""; }

// The tables have one utilisation, of cores, or of GPUs where a job has no cores.
double said(const Job& job, const Utilisations& utilisation) { return job.processors > Amount() ? utilisation.cores : utilisation.gpus; }

void note_gpus(const Job& job, ReadCounts& counts) {
  bool apart = job.utilisation.cores != job.utilisation.gpus;
  for (auto const& fragment : job.fragments) apart |= fragment.utilisation.cores != fragment.utilisation.gpus;
  if (apart && job.processors > Amount() && job.gpus > Amount()) ++counts.changed["GPUs are as busy as cores in the format"];
}

bool is_number_of_a_user(const std::string& user) { return !user.empty() && user.find_first_not_of("0123456789") == std::string::npos; }

// One format: its first lines, and a job as its lines. False: it has no room for the job.
struct Writer {
  std::string header;
  bool (*write)(const Job& job, std::string& out, ReadCounts& counts);
};

bool write_jobs_csv(const Job& job, std::string& out, ReadCounts& counts) {
  if (job.id != counts.used + 1) ++counts.changed["the job's number becomes that of its row"];
  if (!job.fragments.empty()) ++counts.changed["a utilisation that changes becomes its mean"];
  double const utilisation = said(job, mean_utilisation(job));
  if (utilisation > 1) ++counts.changed[above_one];
  note_gpus(job, counts);
  fmt::format_to(Text(out), "{},{},{},{},{},{},{},{},{}\n", exact_seconds(job.submit - Instant{}), exact_seconds(job.runtime), job.processors, job.gpus,
                 exact_seconds(job.estimate), memory_cell(job), number_text(std::min(1.0, utilisation)), cell(job.user), job.priority);
  return true;
}

bool write_utilisation_csv(const Job& job, std::string& out, ReadCounts& counts) {
  if (said(job, job.utilisation) > 1) ++counts.changed[above_one];
  note_gpus(job, counts);
  std::vector<Fragment> const whole{{job.runtime, job.utilisation}};
  for (bool first = true; auto const& fragment : job.fragments.empty() ? whole : job.fragments) {
    std::string const length = exact_seconds(fragment.length), utilisation = number_text(std::min(1.0, said(job, fragment.utilisation)));
    if (first)
      fmt::format_to(Text(out), "{},{},{},{},{},{},{},{},{}\n", job.id, exact_seconds(job.submit - Instant{}), job.processors, length, utilisation,
                     memory_cell(job), job.gpus, exact_seconds(job.estimate), cell(job.user));
    else fmt::format_to(Text(out), "{},,,{},{},,,,\n", job.id, length, utilisation);
    first = false;
  }
  return true;
}

bool write_swf(const Job& job, std::string& out, ReadCounts& counts) {
  if (job.processors == Amount()) {
    ++counts.skipped["a job without processors"];
    return false;
  }
  auto const note = [&](bool told, const char* what) {
    if (told) ++counts.changed[what];
  };
  note(job.gpus > Amount(), "GPUs are not said in the format");
  note(!job.fragments.empty() || job.utilisation != Utilisations{}, "utilisation is not said in the format");
  note(!job.processors.is_whole(), "parts of a processor are rounded up to whole ones");
  note(!job.user.empty() && !is_number_of_a_user(job.user), "a user who is not a number becomes unknown");
  note(job.estimate.ns == 0 && job.runtime.ns > 0, "a requested time of zero becomes the run time");
  std::int64_t const processors = job.processors.rounded_up();
  double const memory_kb = job.memory.si() / (8 * 1024) / static_cast<double>(processors);
  fmt::format_to(Text(out), "{} {} -1 {} {} -1 -1 {} {} {} 1 {} -1 -1 -1 -1 -1 -1\n", job.id, exact_seconds(job.submit - Instant{}), exact_seconds(job.runtime), processors, processors,
                 job.estimate.ns > 0 ? exact_seconds(job.estimate) : "-1", memory_kb > 0 ? number_text(memory_kb) : "-1", is_number_of_a_user(job.user) ? job.user : "-1");
  return true;
}

std::string swf_header(const JobSource& source) {
  std::string out = "; Version: 2.2\n";
  auto kept = source.header();
  for (const char* own : {"Version", "MaxJobs", "MaxRecords"}) kept.erase(own);
  for (auto const& [key, value] : kept) out += fmt::format("; {}: {}\n", key, value);
  if (auto const processors = source.machine_processors(); processors && !kept.contains("MaxProcs")) out += fmt::format("; MaxProcs: {}\n", *processors);
  return out;
}

Writer writer_of(TraceFormat format, const JobSource& source) {
  switch (format) {
    case TraceFormat::jobs_csv: return {"submit_s,runtime_s,cores,gpus,estimate_s,memory_gb,utilisation,user,priority\n", write_jobs_csv};
    case TraceFormat::utilisation_csv: return {"job,submit_s,cores,duration_s,utilisation,memory_gb,gpus,estimate_s,user\n", write_utilisation_csv};
    case TraceFormat::swf: return {swf_header(source), write_swf};
    default: throw ContractError("only formats that can be written are asked for");
  }
}

}  // namespace

bool can_write(TraceFormat format) { return format == TraceFormat::swf || format == TraceFormat::jobs_csv || format == TraceFormat::utilisation_csv; }

ReadCounts write_trace(JobSource& source, TraceFormat format, const std::function<void(std::string_view)>& give) {
  Writer const writer = writer_of(format, source);
  ReadCounts counts;
  std::string text = writer.header;
  Job job;
  while (source.next(job)) {
    ++counts.records;
    if (!writer.write(job, text, counts)) continue;
    ++counts.used;
    if (!job.after.empty()) ++counts.changed[no_predecessors];
    if (text.size() < 1u << 16) continue;
    give(text);
    text.clear();
  }
  give(text);
  return counts;
}

}  // namespace headroom
