// A workload of Batsim, version 4 or 5, as JSON: jobs that name profiles, and the profiles. Both are held in memory, since
// profiles may come behind the jobs and jobs need not be sorted.
//
//   id         a whole number, or text; where one is no whole number, all jobs are numbered as they stand, from 1
//   subtime    s
//   res        machines: the job's processors
//   walltime   s: the estimate, and where a job ends at the latest, as in Batsim; -1 or missing is none
//   profile    batsim_profiles.cpp says what becomes of each
#include <fmt/format.h>

#include "base/text_file.h"
#include "workloads/formats/batsim_profiles.h"
#include "workloads/formats/cells.h"
#include "workloads/formats/fragments.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/whole_trace.h"

namespace headroom {
namespace {

constexpr std::size_t size_limit_bytes = 256u << 20;
constexpr std::int64_t largest_batsim_number = 1'000'000'000'000'000;      // leaves room for the numbers of copies

// The job ends when its time is up, whatever it does then.
void cut(Job& job, Duration longest) {
  job.runtime = longest;
  std::vector<Fragment> kept;
  for (auto const& fragment : job.fragments) {
    Duration const length = std::min(fragment.length, longest);
    append(kept, {length, fragment.utilisation});
    longest = longest - length;
    if (longest == Duration{}) break;
  }
  job.fragments = std::move(kept);
}

class BatsimSource final : public WholeTrace {
 public:
  BatsimSource(const std::filesystem::path& file, const TraceOptions& options) : file_(file.string()) {
    std::string const text = read_unpacked(file, size_limit_bytes);
    sha256_ = sha256_of(text);
    JsonValue const root = parse_json(text, file_);
    require_kind(root, JsonValue::Kind::map, file_, "");
    JsonValue const& machines = json_member(root, "nb_res", JsonValue::Kind::number, file_, "");
    machines_ = whole(machines, "nb_res", INT32_MAX);
    JsonValue const& jobs = json_member(root, "jobs", JsonValue::Kind::list, file_, "");
    BatsimProfiles profiles(json_member(root, "profiles", JsonValue::Kind::map, file_, ""), file_, options.flop_rate, options.network);
    for (std::size_t i = 0; i < jobs.items.size(); ++i) read_job(jobs.items[i], fmt::format("jobs[{}]", i), profiles);
    if (!all_numbered_)
      for (std::size_t i = 0; i < jobs_.size(); ++i) jobs_[i].id = positions_[i];
    sort_jobs();
  }

  std::optional<std::int64_t> machine_processors() const override { return machines_; }

 private:
  void read_job(const JsonValue& job, const std::string& path, BatsimProfiles& profiles) {
    require_kind(job, JsonValue::Kind::map, file_, path);
    Job out;
    out.id = number(job, path);
    out.submit = Instant{} + time(json_member(job, "subtime", JsonValue::Kind::number, file_, path), path + ".subtime");
    auto const machines = static_cast<std::int32_t>(whole(json_member(job, "res", JsonValue::Kind::number, file_, path), path + ".res", INT32_MAX));
    out.processors = machines;
    auto const walltime = walltime_of(job, path);
    ProfileWork const& work = profiles.work(json_member(job, "profile", JsonValue::Kind::text, file_, path), path + ".profile", machines);
    if (!work.skipped.empty()) {
      ++skipped_[work.skipped];
      return;
    }
    out.runtime = work.length;
    out.fragments = work.fragments;
    out.traffic = work.traffic;
    if (walltime && *walltime < out.runtime) {
      cut(out, *walltime);
      ++changed_["job that ends at its walltime"];
    }
    out.estimate = walltime.value_or(out.runtime);
    settle_utilisation(out);
    jobs_.push_back(std::move(out));
    positions_.push_back(static_cast<std::int64_t>(lines_.size()));
  }

  std::int64_t number(const JsonValue& job, const std::string& path) {
    const JsonValue* const id = job.find("id");
    if (id == nullptr) json_fail(job, file_, path, "'id' is missing; it must be a number or text in quotes");
    if (id->kind != JsonValue::Kind::number) require_kind(*id, JsonValue::Kind::text, file_, path + ".id");
    if (auto const [first, is_new] = lines_.emplace(id->text, id->line); !is_new)
      json_fail(*id, file_, path + ".id", fmt::format("job '{}' stands at line {} already", shown(id->text), first->second));
    auto const parsed = read_whole(id->text, 0, largest_batsim_number);
    if (auto const* value = std::get_if<std::int64_t>(&parsed)) return *value;
    all_numbered_ = false;
    return 0;
  }

  std::optional<Duration> walltime_of(const JsonValue& job, const std::string& path) const {
    const JsonValue* const walltime = job.find("walltime");
    if (walltime == nullptr) return std::nullopt;
    require_kind(*walltime, JsonValue::Kind::number, file_, path + ".walltime");
    auto const parsed = read_seconds(walltime->text);
    if (auto const* seconds = std::get_if<Duration>(&parsed); seconds != nullptr && *seconds == whole_seconds(-1)) return std::nullopt;
    Duration const limit = time(*walltime, path + ".walltime");
    if (limit == Duration{}) json_fail(*walltime, file_, path + ".walltime", "0 s; it must be above zero, or -1 for none");
    return limit;
  }

  Duration time(const JsonValue& value, const std::string& path) const {
    auto const fail = [&](const std::string& what) { json_fail(value, file_, path, what); };
    Duration const seconds = value_or(read_seconds(value.text), fail);
    if (seconds.ns < 0) fail(fmt::format("{} s is negative", shown(value.text)));
    return seconds;
  }

  std::int32_t whole(const JsonValue& value, const std::string& path, std::int64_t most) const {
    return static_cast<std::int32_t>(value_or(read_whole(value.text, 1, most), [&](const std::string& what) { json_fail(value, file_, path, what); }));
  }

  std::string file_;
  std::int64_t machines_ = 0;
  bool all_numbered_ = true;
  std::unordered_map<std::string, int> lines_;      // of the jobs, by id
  std::vector<std::int64_t> positions_;             // of jobs_, in the file
};

}  // namespace

std::unique_ptr<JobSource> open_batsim(const std::filesystem::path& file, const TraceOptions& options) { return std::make_unique<BatsimSource>(file, options); }

}  // namespace headroom
