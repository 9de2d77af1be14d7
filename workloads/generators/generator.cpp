#include "workloads/generators/generator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_fields.h"
#include "base/text_file.h"
#include "workloads/generators/generator_fields.h"
#include "workloads/source.h"

namespace headroom {
namespace {

RandomStream stream_of(const GeneratorSeat& seat, std::string_view what) { return RandomStream(seat.seed, fmt::format("workload {} {}", seat.index, what)); }

// What both kinds of generators share: the count, the end, the order and the hash.
class GeneratedSource : public JobSource {
 public:
  GeneratedSource(const GenerateSpec& spec, const GeneratorSeat& seat) : spec_(spec), seat_(seat) {}

  bool next(Job& job) override {
    if (!has_next()) return false;
    job = Job{};
    job.id = ++made_;
    job.workload = seat_.index;
    job.submit = next_submit_;
    job.utilisation = spec_.utilisation;
    shape(job);
    job.estimate = job.runtime;
    looked_ = false;
    return true;
  }

  ReadCounts counts() const override { return {made_, made_, {}}; }

  std::string sha256() override {
    Json const told{{"generate", echo(spec_)}, {"workload", seat_.index}, {"seed", seat_.seed}, {"start", to_text(seat_.start)}, {"arrivals", seat_.arrivals}};
    return sha256_of(told.dump());
  }

  double share_read() const override {
    if (spec_.jobs) return static_cast<double>(made_) / static_cast<double>(*spec_.jobs);
    return std::min(1.0, next_submit_.seconds() / spec_.length->seconds());
  }

 protected:
  virtual Instant arrival() = 0;             // of the next job; never: beyond 100 years
  virtual void shape(Job& job) = 0;          // its run time and what it asks for

  const GenerateSpec spec_;
  const GeneratorSeat seat_;

 private:
  bool has_next() {
    if (spec_.jobs && made_ == *spec_.jobs) return false;
    if (!looked_) next_submit_ = arrival();
    looked_ = true;
    if (spec_.length) return next_submit_ < Instant{} + *spec_.length;
    if (next_submit_ == never) throw InputError(spec_.where, fmt::format("generate: job {} of {} would arrive beyond 100 years; write fewer jobs, or more frequent ones", made_ + 1, *spec_.jobs));
    return true;
  }

  std::int64_t made_ = 0;
  Instant next_submit_;
  bool looked_ = false;
};

class RenewalSource final : public GeneratedSource {
 public:
  RenewalSource(const GenerateSpec& spec, const GeneratorSeat& seat)
      : GeneratedSource(spec, seat), arrivals_(stream_of(seat, "arrivals")), runtimes_(stream_of(seat, "run times")), choices_(stream_of(seat, "sizes")),
        cycle_(hours_of_week(spec.arrivals->day, spec.arrivals->week), whole_seconds(3600), into_week(seat.start)), runtime_(*spec.runtime) {
    double sum = 0;
    for (auto const& size : spec.sizes) up_to_.push_back(sum += size.weight);
  }

 private:
  Instant arrival() override { return cycle_.advance(spec_.arrivals->every.si() / seat_.arrivals * gap()); }

  // Of mean 1.
  double gap() {
    double const cv = spec_.arrivals->cv;
    if (cv == 0) return 1;
    if (cv == 1) return standard_exponential(arrivals_);
    return cv * cv * gamma_distributed(arrivals_, 1 / (cv * cv));
  }

  void shape(Job& job) override {
    job.runtime = Duration{std::llround(runtime_.seconds(runtimes_) * 1e9)};
    double const drawn = choices_.uniform() * up_to_.back();
    SizeSpec const& size = spec_.sizes[static_cast<std::size_t>(std::upper_bound(up_to_.begin(), up_to_.end() - 1, drawn) - up_to_.begin())];
    job.processors = size.processors;
    job.gpus = size.gpus;
    job.memory = size.memory;
  }

  RandomStream arrivals_, runtimes_, choices_;
  Cycle cycle_;
  Distribution runtime_;
  std::vector<double> up_to_;        // sums of the weights
};

class LublinSource final : public GeneratedSource {
 public:
  LublinSource(const GenerateSpec& spec, const GeneratorSeat& seat)
      : GeneratedSource(spec, seat), model_(*spec.lublin), arrivals_(stream_of(seat, "arrivals")), runtimes_(stream_of(seat, "run times")), choices_(stream_of(seat, "sizes")),
        cycle_(lublin_half_hours(model_), whole_seconds(1800), into_day(seat.start)) {}

  std::optional<std::int64_t> machine_processors() const override { return model_.processors; }

 private:
  static Duration into_day(DateTime start) { return Duration{into_week(start).ns % whole_seconds(86400).ns}; }

  Instant arrival() override {
    Instant const at = cycle_.advance(lublin_gap(model_, arrivals_) / seat_.arrivals);
    return at == never ? never : Instant{} + whole_seconds(at.ns / nanoseconds_per_second);
  }

  void shape(Job& job) override {
    std::int64_t const size = lublin_size(model_, choices_);
    job.processors = size;
    job.runtime = lublin_runtime(model_, size, runtimes_);
  }

  LublinSpec const model_;
  RandomStream arrivals_, runtimes_, choices_;
  Cycle cycle_;
};

}  // namespace

std::unique_ptr<JobSource> open_generator(const GenerateSpec& spec, const GeneratorSeat& seat) {
  expects(seat.arrivals > 0, "arrivals is a positive factor");
  if (spec.lublin) return std::make_unique<LublinSource>(spec, seat);
  return std::make_unique<RenewalSource>(spec, seat);
}

}  // namespace headroom
