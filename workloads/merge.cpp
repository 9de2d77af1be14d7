#include <algorithm>
#include <tuple>

#include "base/text_file.h"
#include "workloads/source.h"

namespace headroom {
namespace {

// Of two sources, whose next job is later? Heaps have the largest on top, and the earliest is wanted there.
struct Later {
  const std::vector<Job>& heads;
  auto key(std::size_t i) const { return std::tie(heads[i].submit, heads[i].workload, heads[i].id); }
  bool operator()(std::size_t a, std::size_t b) const { return std::tuple_cat(key(b), std::tie(b)) < std::tuple_cat(key(a), std::tie(a)); }
};

class MergedSource final : public JobSource {
 public:
  explicit MergedSource(std::vector<std::unique_ptr<JobSource>> sources) : sources_(std::move(sources)), heads_(sources_.size()) {
    for (std::size_t i = 0; i < sources_.size(); ++i)
      if (sources_[i]->next(heads_[i])) heap_.push_back(i);
    std::make_heap(heap_.begin(), heap_.end(), Later{heads_});
  }

  bool next(Job& job) override {
    if (heap_.empty()) return false;
    std::pop_heap(heap_.begin(), heap_.end(), Later{heads_});
    std::size_t const source = heap_.back();
    job = std::move(heads_[source]);
    if (sources_[source]->next(heads_[source])) std::push_heap(heap_.begin(), heap_.end(), Later{heads_});
    else heap_.pop_back();
    return true;
  }

  // One job of each source is read ahead, so in the middle of a run these are a little more than was given.
  ReadCounts counts() const override {
    ReadCounts sum;
    for (auto const& source : sources_) sum += source->counts();
    return sum;
  }

  double share_read() const override {
    double least = 1;
    for (auto const& source : sources_) least = std::min(least, source->share_read());
    return least;
  }

  std::string sha256() override {
    if (sources_.size() == 1) return sources_.front()->sha256();
    std::string hashes;
    for (auto const& source : sources_) hashes += source->sha256();
    return sha256_of(hashes);
  }

  std::optional<std::int64_t> machine_processors() const override { return sources_.size() == 1 ? sources_.front()->machine_processors() : std::nullopt; }
  std::map<std::string, std::string> header() const override { return sources_.size() == 1 ? sources_.front()->header() : std::map<std::string, std::string>{}; }

 private:
  std::vector<std::unique_ptr<JobSource>> sources_;
  std::vector<Job> heads_;             // the next job of each source
  std::vector<std::size_t> heap_;      // the sources that have one, the earliest on top
};

}  // namespace

ReadCounts& ReadCounts::operator+=(const ReadCounts& b) {
  records += b.records;
  used += b.used;
  for (auto const& [reason, count] : b.skipped) skipped[reason] += count;
  for (auto const& [what, count] : b.changed) changed[what] += count;
  return *this;
}

std::unique_ptr<JobSource> merge(std::vector<std::unique_ptr<JobSource>> sources) { return std::make_unique<MergedSource>(std::move(sources)); }

}  // namespace headroom
