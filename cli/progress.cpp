#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace headroom {

Progress::Progress(ProgressMode mode, Instant horizon) : enabled_(mode != ProgressMode::hidden), rewriting_(isatty(STDERR_FILENO) != 0), horizon_(horizon) {}

Progress::~Progress() {
  if (line_open_) fmt::print(stderr, "\r\033[K");
}

bool Progress::due() {
  if (!enabled_ || ++calls_ % 256 != 0) return false;      // looking at the wall clock costs more than an instant
  auto const wall = Clock::now();
  if (wall - printed_ < (rewriting_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(30000))) return false;
  printed_ = wall;
  return true;
}

void Progress::print(Instant now, std::int64_t jobs_ended, double trace_read) {
  double const elapsed_s = std::chrono::duration<double>(printed_ - begin_).count();
  double const share = horizon_ != never && horizon_.seconds() > 0 ? std::min(1.0, now.seconds() / horizon_.seconds()) : trace_read;
  std::string text = fmt::format("{:3.0f} %  simulated {}  {} jobs ended  {:.3g} x real time", 100 * share, human({now.ns}), jobs_ended, now.seconds() / elapsed_s);
  if (share > 0.01 && share < 1) text += fmt::format("  about {:.0f} s left", elapsed_s * (1 - share) / share);
  if (rewriting_) fmt::print(stderr, "\r\033[K{}", text);
  else fmt::print(stderr, "{}\n", text);
  std::fflush(stderr);
  line_open_ = rewriting_;
}

}  // namespace headroom
