// What the readers of requests share. A request asks for one processor, and states tokens instead of a run time.
#pragma once

#include <cmath>

#include "workloads/source.h"

namespace headroom {

// With it and the slowest service (spec_fields.h) no request is longer than 100 years.
constexpr std::int64_t most_tokens = 10'000'000;

// t = context / prefill rate + generated / decode rate, to the nearest nanosecond: docs/models.md, "Requests".
inline Duration service_time(std::int64_t context_tokens, std::int64_t generated_tokens, const ServiceSpec& service) {
  double const seconds = static_cast<double>(context_tokens) / service.prefill_tokens_per_s + static_cast<double>(generated_tokens) / service.decode_tokens_per_s;
  return Duration{std::llround(seconds * 1e9)};
}

inline Job request(std::int64_t id, Instant submit, Duration service) {
  Job job;
  job.id = id;
  job.submit = submit;
  job.runtime = job.estimate = service;
  job.processors = 1;
  return job;
}

}  // namespace headroom
