// What "so many times as much" means for a scenario: the settings that make it, as `headroom run --set` takes them.
//
// arrivals: jobs come so many times as fast. A workload with `scale_to` asks for so many times its load instead, since that
// is what decides how many jobs it has.
// racks: so many times the racks, spread over the groups in their proportions, and as many times the arrivals (loads of
// `scale_to` are shares of the site and grow with it). Ratings are a result then: `site.power.oversubscribed` is set.
#pragma once

#include <string>
#include <vector>

#include "sim/model/scenario.h"

namespace headroom {

enum class Grow { arrivals, racks };
constexpr auto names(Grow) { return std::array{std::pair{Grow::arrivals, "arrivals"}, std::pair{Grow::racks, "racks"}}; }

class Growth {
 public:
  // Throws InputError where nothing can grow.
  Growth(const Scenario& scenario, Grow what);

  // The nearest scale that there is: four digits; of racks, whole ones.
  double snap(double scale) const;
  std::vector<std::string> settings(double scale) const;
  // Does this PATH=VALUE set what grows? Its value is in `settings` then, and it must not be set twice.
  bool sets(const std::string& setting) const;
  // "1.25", "10 racks"
  std::string label(double scale) const;
  // "1.25 times the arrivals", "10 racks, 1.25 times the arrivals"
  std::string text(double scale) const;
  Grow what() const { return what_; }

 private:
  struct Part {
    std::string path;                  // of a workload or a rack group
    std::vector<std::string> also;     // other ways to write it: list items by name
    double amount = 0;                 // arrivals or offered load; racks
    bool follows_site = false;         // a workload that asks for a share of the site
  };
  int racks_at(double scale) const;
  std::vector<int> shares_of(int racks) const;

  Grow what_;
  std::vector<Part> workloads_, groups_;
  int racks_ = 0;
};

}  // namespace headroom
