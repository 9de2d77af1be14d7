#include "analysis/ledger/written.h"

#include <fmt/format.h>

namespace headroom {

WrittenArithmetic written_in_ours(const Claim& claim, std::size_t index, const char* key, const std::string& text) {
  return {text, fmt::format("claims[{}].ours[{}].{}", claim.id, index, key), claim.ours[index].where};
}

WrittenArithmetic written_in_rests_on(const Claim& claim, std::size_t index, const char* key, const std::string& text) {
  return {text, fmt::format("claims[{}].rests_on[{}].{}", claim.id, index, key), claim.rests_on[index].where};
}

std::vector<WrittenArithmetic> written_in(const Claim& claim) {
  std::vector<WrittenArithmetic> out;
  for (std::size_t i = 0; i < claim.ours.size(); ++i) {
    OurFigure const& ours = claim.ours[i];
    out.push_back(written_in_ours(claim, i, "is", ours.is));
    if (ours.low.empty()) continue;
    out.push_back(written_in_ours(claim, i, "low", ours.low));
    out.push_back(written_in_ours(claim, i, "high", ours.high));
  }
  for (std::size_t i = 0; i < claim.rests_on.size(); ++i) {
    out.push_back(written_in_rests_on(claim, i, "is", claim.rests_on[i].is));
    out.push_back(written_in_rests_on(claim, i, "turns_at", claim.rests_on[i].turns_at));
  }
  return out;
}

}  // namespace headroom
