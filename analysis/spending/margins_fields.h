// The keys of margins files. Included where they are read, nowhere else.
#pragma once

#include "analysis/spending/margins.h"
#include "analysis/spending/spending_class_fields.h"

namespace headroom {

void fields(auto& v, MarginShare& s) {
  v("share", s.share, required.share(), "of what the buyer pays without tax");
  v("sector", s.sector, required, "who gets it");
}
void fields(auto& v, MarginSpec& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("groups", s.groups, required, "whose purchases have margins: it, network, power_path, cooling, building, grid, generation, outside");
  v("trade", s.trade, required, "what trade takes");
  v("transport", s.transport, required, "what transport takes");
  v("evidence", s.evidence, required, "seen, memory, assumption or share");
  v("source", s.source, required.filled(), "where the shares come from");
}

void check(const MarginSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
