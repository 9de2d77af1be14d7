// A self-contained page of bar charts: counts of anything.
#pragma once

#include <string>
#include <vector>

namespace headroom {

struct BarChart {
  std::string title, caption;
  std::string of;                        // what is counted: "jobs"
  std::vector<std::string> labels;       // one a bar
  std::vector<double> values;
};

struct BarPage {
  std::string title, above;              // `above`: small, over the title
  std::vector<std::string> facts;        // on one line below it
  std::vector<BarChart> charts;          // those without bars are left out
};

// The same page gives the same bytes.
std::string bar_page(const BarPage& page);

}  // namespace headroom
