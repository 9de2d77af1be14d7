// Standard Workload Format (Chapin et al. 1999; Parallel Workloads Archive): 18 columns, -1 is "unknown", lines that
// begin with ';' are the header.
//
//   processors   allocated, else requested
//   estimate     the requested time as stated, be it below the run time; else the run time
//   memory       requested, else used; KB of 1024 bytes for each processor
//   status 2-4   one burst of a job that was swapped out: the whole job has a line of its own, so these are skipped
//
// Columns nothing is taken from must still be numbers: a line with letters in it is a broken line.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/errors.h"
#include "base/text_file.h"
#include "workloads/formats/cells.h"
#include "workloads/formats/readers.h"
#include "workloads/instant_order.h"

namespace headroom {
namespace {

enum Column : std::size_t {
  job_number, submit_time, wait_time, run_time, allocated_processors, cpu_time, used_memory, requested_processors, requested_time,
  requested_memory, status, user, group_id, executable, queue, partition, preceding_job, think_time, column_count
};
constexpr std::array<const char*, column_count> column_names{
    "job number", "submit time", "wait time", "run time", "allocated processors", "CPU time", "used memory", "requested processors", "requested time",
    "requested memory", "status", "user", "group", "executable", "queue", "partition", "preceding job", "think time"};
constexpr Column unused_columns[] = {wait_time, cpu_time, group_id, executable, queue, partition, preceding_job, think_time};

// The keys of the standard that stand once; the others (Note, Queue, Partition) may be as many as they like.
constexpr std::array<std::string_view, 20> header_keys{
    "Version", "Computer", "Installation", "Acknowledge", "Information", "Conversion", "MaxJobs", "MaxRecords", "Preemption", "UnixStartTime",
    "TimeZone", "TimeZoneString", "StartTime", "EndTime", "MaxNodes", "MaxProcs", "MaxRuntime", "MaxMemory", "MaxQueues", "MaxPartitions"};

constexpr std::int64_t largest_swf_number = 1'000'000'000'000'000;     // leaves room for the numbers of copies
constexpr double largest_memory_kb = 1e15;
constexpr double bits_per_kb = 8 * 1024;

std::string_view trimmed(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

class SwfSource final : public JobSource {
 public:
  // Reads up to the first job, so that the header is known from the start.
  explicit SwfSource(const std::filesystem::path& file) : lines_(file) {
    order_.look_ahead([this](Job& ahead) { return read_job(ahead); });
  }

  bool next(Job& job) override {
    if (!order_.next(job, [this](Job& ahead) { return read_job(ahead); })) return false;
    ++used_;
    return true;
  }

  ReadCounts counts() const override {
    ReadCounts counts{used_, used_, skipped_};
    for (auto const& [reason, count] : skipped_) counts.records += count;
    return counts;
  }

  std::string sha256() override { return lines_.sha256(); }
  double share_read() const override { return lines_.share_read(); }
  std::map<std::string, std::string> header() const override { return header_; }

  std::optional<std::int64_t> machine_processors() const override {
    for (const char* key : {"MaxProcs", "MaxNodes"}) {
      auto const entry = header_.find(key);
      if (entry == header_.end()) continue;
      std::int64_t value = 0;      // people write remarks behind it: "MaxProcs: 128 (of 130)"
      std::from_chars(entry->second.data(), entry->second.data() + entry->second.size(), value);
      if (value > 0) return value;
    }
    return std::nullopt;
  }

 private:
  bool read_job(Job& job) {
    std::string_view line;
    while (lines_.next(line)) {
      if (lines_.line_number() == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
      if (!split(line)) continue;
      if (const char* reason = interpret(job)) ++skipped_[reason];
      else return true;
    }
    return false;
  }

  // False for lines that are not records.
  bool split(std::string_view line) {
    line_ = line;
    std::size_t count = 0;
    const char* at = line.data();
    const char* const end = at + line.size();
    while (true) {
      while (at != end && (*at == ' ' || *at == '\t')) ++at;
      if (at == end) break;
      if (count == 0 && *at == ';') {
        note(line.substr(static_cast<std::size_t>(at - line.data()) + 1));
        return false;
      }
      const char* const begin = at;
      while (at != end && *at != ' ' && *at != '\t') ++at;
      if (count == column_count)
        throw InputError(place(begin), fmt::format("the line has more than the 18 columns of the format: '{}' is one too many", shown({begin, static_cast<std::size_t>(at - begin)})));
      cells_[count++] = {begin, static_cast<std::size_t>(at - begin)};
    }
    if (count == 0) return false;
    if (count < column_count) throw InputError(place(end), fmt::format("the line ends after {} of the 18 columns of the format; '{}' comes next", count, column_names[count]));
    return true;
  }

  void note(std::string_view text) {
    auto const colon = text.find(':');
    if (colon == std::string_view::npos) return;
    std::string_view const key = trimmed(text.substr(0, colon));
    if (std::find(header_keys.begin(), header_keys.end(), key) == header_keys.end()) return;
    header_.try_emplace(std::string(key), trimmed(text.substr(colon + 1)));
  }

  // Fills the job, or says why the record is passed over.
  const char* interpret(Job& job) {
    for (Column column : unused_columns)
      if (!is_number(cells_[column])) fail(column, fmt::format("expected a number, found '{}'", shown(cells_[column])));
    if (!is_number(cells_[user])) fail(user, fmt::format("expected a number, found '{}'", shown(cells_[user])));
    std::int64_t const state = whole(status, INT32_MAX);
    job.id = value_or(read_whole(cells_[job_number], 0, largest_swf_number), [&](const std::string& what) { fail(job_number, what); });
    auto const submit = time(submit_time);
    auto const runtime = time(run_time);
    auto const requested = time(requested_time);
    auto const processors = std::max(whole(allocated_processors, INT32_MAX), std::int64_t{0});
    auto const asked = std::max(whole(requested_processors, INT32_MAX), std::int64_t{0});
    double const used_kb = memory(used_memory), requested_kb = memory(requested_memory);

    if (state >= 2 && state <= 4) return "part of a job (status 2 to 4)";
    if (!submit) return "submit time unknown";
    if (!runtime) return "run time unknown";
    if (processors == 0 && asked == 0) return "processors unknown";
    check_order(*submit);
    job.submit = Instant{submit->ns};
    job.runtime = *runtime;
    job.estimate = requested && requested->ns > 0 ? *requested : *runtime;
    job.processors = static_cast<std::int32_t>(processors > 0 ? processors : asked);
    job.memory = DataSize::from_si((requested_kb > 0 ? requested_kb : std::max(used_kb, 0.0)) * bits_per_kb * job.processors.value());
    job.user.assign(cells_[user] == "-1" ? std::string_view{} : cells_[user]);
    return nullptr;
  }

  void check_order(Duration submit) {
    if (submit < latest_submit_)
      fail(submit_time, fmt::format("{} s is before the {} s of an earlier line; the jobs must be sorted by submit time", cells_[submit_time], exact_seconds(latest_submit_)));
    latest_submit_ = submit;
  }

  std::optional<Duration> time(Column column) const {
    Duration const seconds = value_or(read_seconds(cells_[column]), [&](const std::string& what) { fail(column, what); });
    if (seconds.ns >= 0) return seconds;
    if (seconds != whole_seconds(-1)) fail(column, fmt::format("{} s is negative; only -1 may be, for unknown", shown(cells_[column])));
    return std::nullopt;
  }

  std::int64_t whole(Column column, std::int64_t most) const {
    std::int64_t const value = value_or(read_whole(cells_[column], INT64_MIN, most), [&](const std::string& what) { fail(column, what); });
    if (value < -1) fail(column, fmt::format("{} is negative; only -1 may be, for unknown", shown(cells_[column])));
    return value;
  }

  double memory(Column column) const {
    double const kb = value_or(read_number(cells_[column], -largest_memory_kb, largest_memory_kb), [&](const std::string& what) { fail(column, what); });
    if (kb < 0 && kb != -1) fail(column, fmt::format("{} KB is negative; only -1 may be, for unknown", shown(cells_[column])));
    return kb;
  }

  [[noreturn]] void fail(Column column, const std::string& what) const {
    throw InputError(place(cells_[column].data()), fmt::format("{}: {}", column_names[column], what));
  }

  Location place(const char* at) const { return {lines_.name(), lines_.line_number(), static_cast<int>(at - line_.data()) + 1}; }

  LineReader lines_;
  std::string_view line_;
  std::array<std::string_view, column_count> cells_;
  std::map<std::string, std::string> header_;
  std::map<std::string, std::int64_t> skipped_;
  std::int64_t used_ = 0;
  Duration latest_submit_;
  InstantOrder order_;
};

}  // namespace

std::unique_ptr<JobSource> open_swf(const std::filesystem::path& file) { return std::make_unique<SwfSource>(file); }

}  // namespace headroom
