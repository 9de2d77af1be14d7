// The arithmetic of a claim, each with its place.
#pragma once

#include <vector>

#include "analysis/ledger/arithmetic.h"
#include "analysis/ledger/ledger_spec.h"

namespace headroom {

// ours[index].KEY or rests_on[index].KEY
WrittenArithmetic written_in_ours(const Claim& claim, std::size_t index, const char* key, const std::string& text);
WrittenArithmetic written_in_rests_on(const Claim& claim, std::size_t index, const char* key, const std::string& text);

// All of it.
std::vector<WrittenArithmetic> written_in(const Claim& claim);

}  // namespace headroom
