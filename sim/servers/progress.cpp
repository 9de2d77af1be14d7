#include "sim/servers/progress.h"

#include <algorithm>

#include "base/errors.h"

namespace headroom {
namespace {

__extension__ using Wide = __int128;      // a checkpoint each nanosecond, each of 100 years

constexpr Duration too_long = longest_duration + Duration{1};

}  // namespace

JobProgress::JobProgress(const Job& job, const std::optional<CheckpointSpec>& checkpoint, Duration done)
    : checkpoint_(checkpoint), done_(done), work_(job.runtime - done), highest_(job.utilisation), fragments_(job.fragments), end_(job.runtime) {
  expects(Duration{} <= done && done <= job.runtime, "no more than its whole work is done when a job begins");
  expects(!checkpoint || (checkpoint->every > Duration{} && checkpoint->cost >= Duration{}), "there is work between checkpoints");
  checkpoints_ = checkpoints_before(work_);
  length_ = with_checkpoints(work_, checkpoints_);
  if (!fragments_.empty()) end_ = fragments_.front().length;
}

// How many are written before so much work is complete; one that begins at that very moment is not among them.
std::int64_t JobProgress::checkpoints_before(Duration work) const {
  if (!checkpoint_ || work <= Duration{}) return 0;
  return (work.ns - 1) / checkpoint_->every.ns;
}

Duration JobProgress::with_checkpoints(Duration work, std::int64_t checkpoints) const {
  if (!checkpoint_) return work;
  Wide const ns = Wide{work.ns} + Wide{checkpoints} * checkpoint_->cost.ns;
  return ns > too_long.ns ? too_long : Duration{static_cast<std::int64_t>(ns)};
}

JobProgress::Place JobProgress::place(Duration elapsed) const {
  if (!checkpoint_) return {elapsed, work_ - elapsed};
  Duration const every = checkpoint_->every, cost = checkpoint_->cost;
  std::int64_t const written = std::min(elapsed.ns / (every + cost).ns, checkpoints_);
  Duration const before{written * every.ns};
  Duration const since{elapsed.ns - written * (every + cost).ns};
  if (written == checkpoints_ || cost == Duration{}) return {before + since, work_ - before - since};
  if (since < every) return {before + since, every - since};
  return {before + every, every + cost - since, true};
}

// When the job goes beyond so much work of this attempt: a checkpoint that begins there is complete.
Duration JobProgress::leaves(Duration work) const {
  std::int64_t const before = checkpoints_before(work);
  bool const one_more = checkpoint_ && work < work_ && work.ns == (before + 1) * checkpoint_->every.ns;
  return with_checkpoints(work, before + (one_more ? 1 : 0));
}

// The fragment in which so much of the whole job's work lies.
void JobProgress::find_fragment(Duration work) {
  if (work < begin_) {
    fragment_ = 0;
    begin_ = Duration{};
    end_ = fragments_.front().length;
  }
  while (work >= end_ && fragment_ + 1 < fragments_.size()) {
    begin_ = end_;
    end_ = end_ + fragments_[++fragment_].length;
  }
}

JobProgress::Segment JobProgress::segment(Duration elapsed) {
  expects(Duration{} <= elapsed && elapsed <= length_, "a segment is asked for while the job runs");
  Place const now = place(elapsed);
  find_fragment(done_ + now.work);
  Utilisations const utilisation = fragments_.empty() ? highest_ : fragments_[fragment_].utilisation;
  if (utilisation == highest_) return {highest_, leaves(end_ - done_)};      // checkpoints change nothing
  if (now.writing) return {highest_, elapsed + now.rest};
  return {utilisation, elapsed + std::min(now.rest, done_ + now.work < end_ ? end_ - done_ - now.work : Duration{})};
}

Duration JobProgress::safe(Duration elapsed) const {
  if (!checkpoint_) return {};
  std::int64_t const written = std::min(elapsed.ns / (checkpoint_->every + checkpoint_->cost).ns, checkpoints_);
  return done_ + Duration{written * checkpoint_->every.ns};
}

}  // namespace headroom
