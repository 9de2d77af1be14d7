// A source made of another: it says of the trace what the other says.
#pragma once

#include "workloads/source.h"

namespace headroom {

class DerivedSource : public JobSource {
 public:
  explicit DerivedSource(std::unique_ptr<JobSource> source) : source_(std::move(source)) {}
  ReadCounts counts() const override { return source_->counts(); }
  std::string sha256() override { return source_->sha256(); }
  std::optional<std::int64_t> machine_processors() const override { return source_->machine_processors(); }
  double share_read() const override { return source_->share_read(); }
  std::map<std::string, std::string> header() const override { return source_->header(); }
  std::map<std::string, double> described() const override { return source_->described(); }

 protected:
  std::unique_ptr<JobSource> source_;
};

}  // namespace headroom
