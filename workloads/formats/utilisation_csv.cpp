// A table of fragments: job,submit_s,cores,duration_s,utilisation and, where they matter, memory_gb, gpus, estimate_s,
// user. Rows of one job stand together and are its fragments, one after the other. What holds for the whole job stands
// in its first row; the others repeat it or leave it blank.
//
// Nothing is kept of the jobs before, except the numbers of those of the same submit time: so a job whose rows are not
// together is found (they have one submit time), and the same number for two jobs of different submit times is not.
#include <fmt/format.h>

#include <unordered_map>

#include "workloads/formats/fragments.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/trace_table.h"
#include "workloads/instant_order.h"

namespace headroom {
namespace {

enum Column : std::size_t { job_number, submit_s, cores, duration_s, utilisation, memory_gb, gpus, estimate_s, user };

std::vector<CsvReader::Column> columns() {
  return {{"job"}, {"submit_s"}, {"cores"}, {"duration_s"}, {"utilisation"}, {"memory_gb", false}, {"gpus", false}, {"estimate_s", false}, {"user", false}};
}

constexpr std::int64_t largest_number = 1'000'000'000'000'000;     // leaves room for the numbers of copies

class UtilisationCsvSource final : public JobSource {
 public:
  explicit UtilisationCsvSource(const std::filesystem::path& file) : rows_(file, columns()) {}

  bool next(Job& job) override {
    if (!order_.next(job, [this](Job& ahead) { return read_job(ahead); })) return false;
    ++used_;
    return true;
  }

  ReadCounts counts() const override { return {used_, used_, {}}; }
  std::string sha256() override { return rows_.sha256(); }
  double share_read() const override { return rows_.share_read(); }

 private:
  bool read_job(Job& job) {
    if (!row_is_read_ && !rows_.next()) return false;
    first_line_ = rows_.line();
    read_whole_job(job);
    check_order(job);
    do {
      read_fragment(job);
      row_is_read_ = rows_.next();
    } while (row_is_read_ && goes_on(job));
    finish(job);
    return true;
  }

  // What the first row says of the whole job.
  void read_whole_job(Job& job) {
    job = Job{};
    job.id = number();
    job.submit = Instant{} + rows_.time(submit_s);
    job.processors = rows_.amount(cores);
    job.gpus = rows_.has(gpus) ? rows_.gpus(gpus) : 0;
    if (job.processors == Amount() && job.gpus == Amount()) rows_.fail(cores, "the job asks for no cores and no GPUs; it needs one at least");
    job.memory = rows_.memory_gb(memory_gb);
    has_estimate_ = rows_.has(estimate_s);
    if (has_estimate_) job.estimate = rows_.time(estimate_s);
    job.user.assign(rows_.text(user));
  }

  void check_order(const Job& job) {
    if (job.submit < latest_submit_)
      rows_.fail(submit_s, fmt::format("{} s is before the {} s of an earlier line; the jobs must be sorted by submit time", rows_.text(submit_s), exact_seconds(latest_submit_ - Instant{})));
    if (job.submit > latest_submit_) lines_of_instant_.clear();
    latest_submit_ = job.submit;
    auto const [earlier, is_new] = lines_of_instant_.emplace(job.id, first_line_);
    if (!is_new) rows_.fail(job_number, fmt::format("job {} stands in line {} already, and other jobs in between; the rows of a job must stand together", job.id, earlier->second));
  }

  // Is the row another one of the job? Then it must say of the whole job what the first one said.
  bool goes_on(const Job& job) const {
    if (number() != job.id) return false;
    check_same(submit_s, [&] { return Instant{} + rows_.time(submit_s) == job.submit; });
    check_same(cores, [&] { return rows_.amount(cores) == job.processors; });
    check_same(memory_gb, [&] { return rows_.memory_gb(memory_gb) == job.memory; });
    check_same(gpus, [&] { return rows_.gpus(gpus) == job.gpus; });
    check_same(estimate_s, [&] { return has_estimate_ && rows_.time(estimate_s) == job.estimate; });
    check_same(user, [&] { return rows_.text(user) == job.user; });
    return true;
  }

  template <class Same>
  void check_same(Column column, Same same) const {
    if (rows_.has(column) && !same())
      rows_.fail(column, fmt::format("'{}' is not what line {}, the first of the job, says; repeat that or leave the cell blank", shown(rows_.text(column)), first_line_));
  }

  void read_fragment(Job& job) {
    Duration const length = rows_.time(duration_s);
    job.runtime = job.runtime + length;
    if (job.runtime > longest_duration) rows_.fail(duration_s, fmt::format("with these {} s the job is longer than 100 years", rows_.text(duration_s)));
    append(job.fragments, {length, rows_.up_to(1, utilisation)});
  }

  void finish(Job& job) const {
    if (!has_estimate_) job.estimate = job.runtime;
    settle_utilisation(job);
  }

  std::int64_t number() const {
    return value_or(read_whole(rows_.text(job_number), 0, largest_number), [&](const std::string& what) { rows_.fail(job_number, what); });
  }

  TraceTable rows_;
  bool row_is_read_ = false;                                   // the first row of the next job
  int first_line_ = 0;                                         // of the job
  bool has_estimate_ = false;
  std::int64_t used_ = 0;
  Instant latest_submit_;
  std::unordered_map<std::int64_t, int> lines_of_instant_;     // the jobs of the latest submit time, by number
  InstantOrder order_;
};

}  // namespace

std::unique_ptr<JobSource> open_utilisation_csv(const std::filesystem::path& file) { return std::make_unique<UtilisationCsvSource>(file); }

}  // namespace headroom
