#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace headroom {

Progress::Progress(ProgressMode mode, Instant expected_end)
    : enabled_(mode != ProgressMode::hidden), rewriting_(isatty(STDERR_FILENO) != 0), expected_end_(expected_end) {}

Progress::~Progress() {
  if (line_open_) fmt::print(stderr, "\r\033[K");
}

void Progress::at(Instant now, std::int64_t jobs_ended) {
  if (!enabled_ || ++calls_ % 256 != 0) return;      // looking at the wall clock costs more than an instant
  auto const wall = Clock::now();
  if (wall - printed_ < (rewriting_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(30000))) return;
  printed_ = wall;
  print(now, jobs_ended, std::chrono::duration<double>(wall - begin_).count());
}

void Progress::print(Instant now, std::int64_t jobs_ended, double elapsed_s) {
  double const done_s = now.seconds();
  std::string text = fmt::format("simulated {}  {} jobs ended  {:.0f}x real time", human({now.ns}), jobs_ended, done_s / elapsed_s);
  if (expected_end_ != never && expected_end_.seconds() > 0 && done_s > 0) {
    double const share = std::min(1.0, done_s / expected_end_.seconds());
    text = fmt::format("{:3.0f} %  {}  about {:.0f} s left", 100 * share, text, elapsed_s * (1 - share) / share);
  }
  if (rewriting_) fmt::print(stderr, "\r\033[K{}", text);
  else fmt::print(stderr, "{}\n", text);
  std::fflush(stderr);
  line_open_ = rewriting_;
}

}  // namespace headroom
