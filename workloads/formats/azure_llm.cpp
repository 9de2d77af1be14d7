// Requests to a language model as Azure published them: TIMESTAMP,ContextTokens,GeneratedTokens, one row a request, sorted
// by time. A request's number is its row, from 1; the first one is submitted at second zero.
#include <fmt/format.h>

#include "workloads/formats/clock.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/requests.h"
#include "workloads/formats/trace_table.h"

namespace headroom {
namespace {

enum Column : std::size_t { timestamp, context_tokens, generated_tokens };

std::vector<CsvReader::Column> columns() { return {{"TIMESTAMP"}, {"ContextTokens"}, {"GeneratedTokens"}}; }

class AzureLlmSource final : public JobSource {
 public:
  AzureLlmSource(const std::filesystem::path& file, const TraceOptions& options) : rows_(file, columns()), service_(options.service) {}

  bool next(Job& job) override {
    if (!rows_.next()) return false;
    Instant const submit = read_submit();
    std::int64_t const context = tokens(context_tokens), generated = tokens(generated_tokens);
    job = request(++used_, submit, service_time(context, generated, service_));
    latest_submit_ = submit;
    context_sum_ += context;
    generated_sum_ += generated;
    return true;
  }

  ReadCounts counts() const override { return {used_, used_, {}}; }
  std::string sha256() override { return rows_.sha256(); }
  double share_read() const override { return rows_.share_read(); }
  std::map<std::string, std::string> header() const override {
    return first_text_.empty() ? std::map<std::string, std::string>{} : std::map<std::string, std::string>{{"StartTime", first_text_}};
  }
  std::map<std::string, double> described() const override {
    return {{"context_tokens", static_cast<double>(context_sum_)}, {"generated_tokens", static_cast<double>(generated_sum_)}, {"span_s", latest_submit_.seconds()}};
  }

 private:
  Instant read_submit() {
    std::string_view const text = rows_.text(timestamp);
    auto const at = clock_time(text);
    if (!at) rows_.fail(timestamp, fmt::format("expected a date and a time of day such as '2023-11-16 18:15:46.6805900', found '{}'", shown(text)));
    if (used_ == 0) {
      first_ = *at;
      first_text_ = text;
    }
    std::int64_t const seconds = at->seconds - first_.seconds;
    if (seconds >= longest_duration.ns / nanoseconds_per_second) rows_.fail(timestamp, fmt::format("{} is more than 100 years after the first time stamp, {}", text, first_text_));
    Instant const submit{seconds * nanoseconds_per_second + at->nanoseconds - first_.nanoseconds};
    if (seconds < 0 || submit < latest_submit_)
      rows_.fail(timestamp, fmt::format("{} is before the time stamp of an earlier line; the requests must be sorted by time", text));
    return submit;
  }

  std::int64_t tokens(std::size_t column) const {
    return value_or(read_whole(rows_.text(column), 0, most_tokens), [&](const std::string& what) { rows_.fail(column, what); });
  }

  TraceTable rows_;
  ServiceSpec service_;
  ClockTime first_;
  std::string first_text_;
  Instant latest_submit_;
  std::int64_t used_ = 0, context_sum_ = 0, generated_sum_ = 0;
};

}  // namespace

std::unique_ptr<JobSource> open_azure_llm(const std::filesystem::path& file, const TraceOptions& options) { return std::make_unique<AzureLlmSource>(file, options); }

}  // namespace headroom
