#include "analysis/capacity/stranded.h"

#include <algorithm>

namespace headroom {

void StrandedCount::normal(const PowerFlow& flow, const std::vector<double>& shares) {
  normal_ = worst_ = shares;
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    if (limits_[i].what == Carries::facility_w) kw_[i] = flow.facility_power() / kilowatt;
    else kw_[i] = (limits_[i].what == Carries::connection_va ? flow.at(limits_[i].node).input.p : flow.at(limits_[i].node).output.p) / kilowatt;
  }
}

void StrandedCount::worst(const std::vector<double>& shares, const std::string& lost) {
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    if (shares[i] <= worst_[i]) continue;
    worst_[i] = shares[i];
    worst_in_[i] = lost;
  }
}

std::vector<Stranded> StrandedCount::result() const {
  std::vector<Stranded> out;
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    if (limits_[i].in_rack) continue;
    Stranded node;
    node.place = name_of(limits_[i], graph_);
    node.level = limits_[i].what == Carries::facility_w ? "connection" : to_text(graph_.nodes[static_cast<std::size_t>(limits_[i].node)].kind);
    // what its limit comes to in kW at the power factor of what it carries
    node.allowed_kw = normal_[i] > 0 ? kw_[i] / normal_[i] : limits_[i].allowed * limits_[i].si_per_unit / 1e3;
    node.normal_kw = kw_[i];
    node.held_kw = (worst_[i] - normal_[i]) * node.allowed_kw;
    node.held_for = worst_in_[i];
    node.stranded_kw = std::max(0.0, (1 - worst_[i]) * node.allowed_kw);
    bool const same = !out.empty() && out.back().place == node.place;
    if (!same) out.push_back(node);
    else if (node.stranded_kw < out.back().stranded_kw) out.back() = node;
  }
  return out;
}

}  // namespace headroom
